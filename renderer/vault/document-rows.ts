// The rows that a document or a volume leaves in the register, as a pure function of the set of its events. The bodies stay out:
// a row is what lists, the desk and the state hash need.

import { sha256Hex } from '@shared/crypto/hash.ts'
import { concatBytes } from '@shared/base/bytes.ts'
import { reduceDocument } from '@shared/document/reduce.ts'
import type { DocumentRules } from '@shared/document/rules.ts'
import type { DocumentState } from '@shared/document/state.ts'
import { voidType } from '@shared/judge/counted.ts'
import { compareForDisplay, type KnownEvent } from '@shared/log/event.ts'
import { reduceVolume, type VolumeState } from '@shared/filing/volume.ts'
import type { StateRow } from '@shared/judge/ports.ts'

export const documentTable = 'document'
export const volumeTable = 'volume'

export interface DocumentRow {
  /** Without body updates, frozen bodies and unknown events. */
  readonly state: DocumentState
  /** SHA-256 (hex) over the body updates in causal order. */
  readonly bodyHash: string
  /** Claimed time of the latest act that changed something (opening and printing do not). */
  readonly updatedAt: string
  /** Ids of events of types this version does not know. */
  readonly unknown: readonly string[]
}

/** A volume; events that had no effect or are not known are named by id. */
export interface VolumeRow extends Omit<VolumeState, 'conflicts' | 'unknown'> {
  readonly conflicts: readonly string[]
  readonly unknown: readonly string[]
}

const accessTypes: ReadonlySet<string> = new Set(['document.open', 'document.print', 'document.export', 'document.rekey'])

/** `events`: all of one document or volume, in any order. */
export function rowsOf(doc: string, events: readonly KnownEvent[], rules: DocumentRules): readonly StateRow[] {
  const sorted = events.toSorted(compareForDisplay)
  const volume = reduceVolume(sorted)
  if (volume) {
    const { conflicts, unknown, ...rest } = volume
    const row: VolumeRow = { ...rest, conflicts: conflicts.map(({ id }) => id), unknown: idsOfUnknown(unknown) }
    return [{ table: volumeTable, key: doc, value: row }]
  }
  const state = reduceDocument(events, rules)
  const changes = sorted.filter(({ event }) => !accessTypes.has(event.type))
  const row: DocumentRow = {
    state: withoutBodies(state),
    bodyHash: sha256Hex(concatBytes(...state.bodyUpdates)),
    updatedAt: changes.at(-1)?.event.at ?? '',
    unknown: idsOfUnknown(state.unknown),
  }
  return [{ table: documentTable, key: doc, value: row }]
}

/** What has no effect since its seat was taken away is known well enough. */
function idsOfUnknown(unknown: readonly KnownEvent[]): readonly string[] {
  return unknown.filter(({ event }) => event.type !== voidType).map(({ id }) => id)
}

function withoutBodies(state: DocumentState): DocumentState {
  const light = (revision: NonNullable<DocumentState['current']>) => ({ ...revision, frozen: { ...revision.frozen, body: new Uint8Array() } })
  return {
    ...state,
    bodyUpdates: [],
    unknown: [],
    revisions: state.revisions.map(light),
    current: state.current && light(state.current),
  }
}
