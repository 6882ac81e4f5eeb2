// The cabinet as the screen shows it: the path of a node, the volumes under it, the years there are, which volume suits a document. Pure.

import type { CabinetNode, DocumentView, VolumeView } from '../../services/view-models.ts'

export interface PathNode {
  readonly node: CabinetNode
  /** Labels from the top down, the node's own last. */
  readonly path: readonly string[]
}

export function flattenNodes(nodes: readonly CabinetNode[], above: readonly string[] = []): readonly PathNode[] {
  return nodes.flatMap((node) => {
    const path = [...above, node.label]
    return [{ node, path }, ...flattenNodes(node.children, path)]
  })
}

export function volumesUnder(node: CabinetNode): readonly VolumeView[] {
  return [...node.volumes, ...node.children.flatMap(volumesUnder)]
}

/** Fiscal years with volumes, newest first. */
export function fiscalYears(nodes: readonly CabinetNode[]): readonly number[] {
  return [...new Set(nodes.flatMap(volumesUnder).map((volume) => volume.fiscalYear))].sort((a, b) => b - a)
}

/** Is there anything of that year that this person may take out? */
export function mayExportYear(nodes: readonly CabinetNode[], year: number): boolean {
  return nodes.flatMap(volumesUnder).some((volume) => volume.fiscalYear === year && volume.mayExport && volume.documents.length > 0)
}

/** Open volumes a document can be filed in; those under the node of its cover sheet come first. */
export function suitableVolumes(nodes: readonly CabinetNode[], view: DocumentView): readonly { readonly volume: VolumeView; readonly path: readonly string[]; readonly fits: boolean }[] {
  const wanted = view.cover.find((one) => one.field === 'classNode')?.values[0]
  const all = flattenNodes(nodes).flatMap(({ node, path }) => node.volumes.filter((volume) => !volume.closed).map((volume) => ({ volume, path, fits: node.code === wanted })))
  return [...all.filter((one) => one.fits), ...all.filter((one) => !one.fits)]
}

/** The fiscal year (1 April to 31 March) of today in Japan. */
export function fiscalYearOf(now: number): number {
  const japan = new Date(now + 9 * 3_600_000)
  return japan.getUTCMonth() >= 3 ? japan.getUTCFullYear() : japan.getUTCFullYear() - 1
}
