// Snapshots, as the vault makes and finds them: main signs what is said of the rows and never sees a row. Names are those of the
// objects; how far somebody else's snapshot reaches is told without fetching it.
import * as v from 'valibot'
import { bytes, event, method, nothing } from '../define.ts'
import type { SessionLocked } from './consent.ts'
import type { DiskBroken, DiskFull, ObjectRefused } from './vault.ts'

const largestHeader = 1024 * 1024
const name = v.pipe(v.string(), v.regex(/^s\/[0-9a-z]+\/\d{8}-[0-9a-f]{64}$/))

export const snapshots = {
  /** Handle of a collection → records of the furthest snapshot that is held out; null where there is no storage to hold one out. */
  covered: method('vault', nothing).gives<Readonly<Record<string, number>> | null, SessionLocked>(),
  /** The signature of this session over a header of its own, and the session's certificate. */
  sign: method('vault', v.strictObject({ header: v.pipe(bytes, v.check((header) => header.length <= largestHeader)) })).gives<{ readonly signature: Uint8Array; readonly session: Uint8Array }, SessionLocked | ObjectRefused>(),
  /** Durable when answered; those of the same collection that reach less far are gone then. */
  keep: method('vault', v.strictObject({ name, bytes })).gives<null, SessionLocked | ObjectRefused | DiskFull | DiskBroken>(),
  /** Those of a collection (its handle) on this disk, the furthest first. */
  list: method('vault', v.strictObject({ of: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/)) })).gives<readonly string[], SessionLocked>(),
} as const

export const snapshotEvents = {
  /** One came from elsewhere. */
  came: event('vault').carries<null>(),
} as const
