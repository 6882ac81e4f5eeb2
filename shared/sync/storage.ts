// What sync asks of somebody else's storage: four acts on named bytes. Its answers are hints, never facts: whoever reads through this
// port verifies every byte, takes absence for nothing, and is right without locks, conditions, times or a complete listing.

import type { Failure, Result } from '../base/result.ts'

/**
 * Unreachable: no answer (name, connection, TLS, broken off). Busy: it asks to come later; `retryAfterMs` when it says how long.
 * Untrusted: its certificate is not vouched for. ProxyRefused: the proxy on the way does not let through.
 * SignInNeeded: it lends by the person's sign-in, and there is none that it takes. Refused: credentials or rights. Full: no room. Nonsense: an answer that is none of this protocol, such as a login page.
 * Cancelled: by the signal; what was under way may or may not have happened.
 */
export type StorageFailure = Failure<'StorageUnreachable' | 'StorageBusy' | 'StorageRefused' | 'StorageFull' | 'StorageNonsense' | 'StorageUntrusted' | 'StorageProxyRefused' | 'StorageSignInNeeded' | 'StorageCancelled'> & {
  /** Milliseconds. */
  readonly retryAfterMs?: number
}

export interface StoredEntry {
  /** An object name; what is none (conflict copies, half files, strangers) is not told. */
  readonly name: string
  /** Bytes, as the storage says. */
  readonly size: number
  /** Differs when the object may have changed; null when the storage has nothing of the kind. A hint. */
  readonly tag: string | null
}

/** Objects under `z1/<workspace>/` of one storage; names are those of `log/names.ts`. Anything else as a name is a defect and throws. */
export interface Storage {
  /** A large `put` that broke off, by a kill too, is gone on with when the same bytes are put again: what of it has arrived is not sent twice. */
  readonly resumes: boolean
  /**
   * Entries whose name begins with `prefix`, at any depth, in no order; a folder with its closing `/` costs least, empty is all. A hint:
   * may lie or be incomplete. Objects of no bytes may be left out (a synchronised folder has such placeholders).
   */
  list(prefix: string, signal: AbortSignal): Promise<Result<readonly StoredEntry[], StorageFailure>>
  /** null: the storage says there is none. With a range (`length` from 1): these bytes, fewer or none only where the object ends. Never short bytes of a broken answer. */
  get(name: string, signal: AbortSignal, range?: { readonly at: number; readonly length: number }): Promise<Result<Uint8Array | null, StorageFailure>>
  /** Whole object, made or replaced; atomic as the storage can; safe to repeat. After `ok` the storage has said that it holds it. */
  put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<Result<{ readonly tag: string | null }, StorageFailure>>
  /** Safe to repeat: removing what is not there is fine. */
  remove(name: string, signal: AbortSignal): Promise<Result<null, StorageFailure>>
}
