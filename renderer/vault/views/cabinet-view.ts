// 書庫: volumes under their classification, one volume with its records, and the register of files with its eleven columns.

import type { ClassNode, RetentionSchedule } from '@shared/authority/model.ts'
import { inForce } from '@shared/base/in-force.ts'
import { classificationPath, registerRow } from '@shared/filing/register.ts'
import type { RetentionSpan } from '@shared/filing/retention.ts'
import { recordsIn, retentionClassOf, volumeRetention } from '@shared/filing/volume.ts'
import type { CabinetNode, RegisterRow, VolumeView } from '../../services/view-models.ts'
import { actingOf } from '../acting.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, volumeTable, type DocumentRow, type VolumeRow } from '../document-rows.ts'
import { namesOf } from './names.ts'
import { numberFacts } from './numbers-view.ts'
import { summarySources } from './sources.ts'
import { summaryOf } from './summary.ts'

export function cabinetView(core: VaultCore): readonly CabinetNode[] {
  const schedule = inForce(core.authority().schedules.values(), core.today())
  const volumes = volumesOf(core)
  const nodes = schedule?.nodes ?? []
  return nodes.filter(({ parent }) => parent === null).map((node) => nodeView(node, nodes, volumes))
}

function nodeView(node: ClassNode, nodes: readonly ClassNode[], volumes: readonly VolumeView[]): CabinetNode {
  return {
    code: node.code,
    label: node.label,
    level: node.level,
    children: nodes.filter(({ parent }) => parent === node.code).map((child) => nodeView(child, nodes, volumes)),
    volumes: volumes.filter(({ code }) => code === node.code),
  }
}

export function volumeView(core: VaultCore, id: string): VolumeView | null {
  return volumesOf(core).find((volume) => volume.id === id) ?? null
}

/** Newest fiscal year first, then by title. */
export function volumesOf(core: VaultCore): readonly VolumeView[] {
  const filed = filedByVolume(core)
  const sources = summarySources(core)
  const names = namesOf(core.authority())
  const acting = actingOf(core)
  return core.view
    .register(volumeTable)
    .map((row): VolumeView => {
      const volume = row.value as VolumeRow
      const rows = filed.get(volume.id) ?? []
      const byId = new Map(rows.map((row) => [row.state.id, row]))
      const records = recordsIn(volume.id, rows.map(({ state }) => state))
      const schedule = core.authority().schedules.get(volume.schedule)
      const retention = schedule ? retentionClassOf([schedule], volume.schedule, volume.retentionClass) : null
      const span = spanOf(core, volume, rows)
      return {
        id: volume.id,
        code: volume.classification,
        classification: classificationPath(volume.classification, schedule?.nodes ?? []),
        title: volume.title,
        fiscalYear: volume.fiscalYear,
        retentionLabel: retention?.label ?? volume.retentionClass,
        retentionStart: span?.start ?? null,
        retentionEnd: span?.end ?? null,
        disposition: retention?.disposition ?? '',
        location: volume.location,
        medium: volume.medium,
        managerTitle: names.position(volume.manager),
        originalManagerTitle: names.position(volume.originalManager),
        closed: volume.closed !== null,
        mayExport: acting.hasAccess(row.collection, 'document.export'),
        documents: records.map(({ id }) => summaryOf(byId.get(id) as DocumentRow, sources)),
      }
    })
    .sort((a, b) => b.fiscalYear - a.fiscalYear || (a.title < b.title ? -1 : 1))
}

function filedByVolume(core: VaultCore): ReadonlyMap<string, readonly DocumentRow[]> {
  const filed = new Map<string, DocumentRow[]>()
  for (const { value } of core.view.register(documentTable)) {
    const row = value as DocumentRow
    const volume = row.state.filed?.volume
    if (volume === undefined) continue
    const held = filed.get(volume)
    if (held) held.push(row)
    else filed.set(volume, [row])
  }
  return filed
}

/** Counted by the volume's own schedule; null while it is empty. */
function spanOf(core: VaultCore, volume: VolumeRow, rows: readonly DocumentRow[]): RetentionSpan | null {
  const schedules: readonly RetentionSchedule[] = [...core.authority().schedules.values()]
  const retention = retentionClassOf(schedules, volume.schedule, volume.retentionClass)
  const records = recordsIn(volume.id, rows.map(({ state }) => state))
  return retention && volumeRetention(retention, records.flatMap(({ filed }) => (filed ? [filed.eventDate] : [])))
}

export function registerView(core: VaultCore, fiscalYear: number | null): readonly RegisterRow[] {
  return registerRows(core, (volume) => fiscalYear === null || volume.fiscalYear === fiscalYear)
}

export function registerRows(core: VaultCore, isWanted: (volume: VolumeRow) => boolean): readonly RegisterRow[] {
  const schedules = [...core.authority().schedules.values()]
  const filed = filedByVolume(core)
  return core.view
    .register(volumeTable)
    .map((row) => row.value as VolumeRow)
    .filter(isWanted)
    .sort((a, b) => (a.classification < b.classification ? -1 : a.classification > b.classification ? 1 : a.title < b.title ? -1 : 1))
    .flatMap((volume) => {
      const retention = retentionClassOf(schedules, volume.schedule, volume.retentionClass)
      const nodes = core.authority().schedules.get(volume.schedule)?.nodes ?? []
      if (!retention) return []
      return [registerRow({ volume: { ...volume, conflicts: [], unknown: [] }, retention, span: spanOf(core, volume, filed.get(volume.id) ?? []), nodes, positions: [...core.authority().positions.values()], numbers: numbersIn(core, volume.id, filed.get(volume.id) ?? []) })]
    })
}

function numbersIn(core: VaultCore, volume: string, rows: readonly DocumentRow[]): readonly string[] {
  return recordsIn(volume, rows.map(({ state }) => state)).flatMap(({ id }) => numberFacts(core, id, null).number ?? [])
}
