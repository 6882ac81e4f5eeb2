// Which sentence says how things stand with the storage. One thing at a time, the one that a person must know first.

import type { TextKey } from '../text/translate.ts'
import type { CarryState, SyncState } from './session-api.ts'

export interface SyncWords {
  readonly key: TextKey
  readonly unsent: number
  /** Milliseconds since 1970 UTC, where the sentence says as of when. */
  readonly at: number | null
}

export function syncWords(state: SyncState | null, carried: CarryState | null): SyncWords {
  const unsent = state?.unsent ?? 0
  const says = (key: TextKey, at: number | null = null): SyncWords => ({ key, unsent, at })
  if (!state) return says('status.saved')
  if (!state.target) return handWords(carried) ?? says('status.noStorage')
  if (state.failure === 'SyncDefect') return says('status.stopped')
  if (state.frozen) return says('status.frozen')
  const certain = state.findings.filter((finding) => finding.certain)
  if (state.doubts.length > 0 || !areTwofold(certain.map(({ code }) => code))) return says('status.doubted')
  if (certain.length > 0) return says('status.twofold')
  if (state.paused) return state.resumesAt === null ? says('status.paused') : says('status.pausedUntil', state.resumesAt)
  if (state.failure !== null) return says('status.unreached')
  if (state.heldBack && (unsent > 0 || state.waiting > 0)) return says('status.heldBack')
  if (state.unsent === null) return says('status.asking')
  if (unsent > 0) return says('status.unsent')
  if (state.missing > 0 || state.strangers > 0 || state.findings.length > 0 || state.completeAt === null) return says('status.incomplete')
  return says('status.complete', state.completeAt)
}

/** All of it is the work of one seat at two machines, and the storage has done nothing; so it is with nothing. */
export function areTwofold(codes: readonly string[]): boolean {
  return codes.every((code) => code === 'object-differs')
}

/** Where no line reaches, a medium is all there is. Null while nothing was ever carried. */
function handWords(carried: CarryState | null): SyncWords | null {
  if (!carried || carried.unsent === null) return null
  const words = { unsent: carried.unsent, at: carried.at }
  if (carried.running) return { key: 'status.carrying', ...words }
  return { key: carried.unsent > 0 || carried.at === null ? 'status.uncarried' : 'status.carried', ...words }
}
