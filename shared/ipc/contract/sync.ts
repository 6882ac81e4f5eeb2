// Sync as a page sees it: where to, how it stands, and what a person may ask for. Nothing of a document crosses here; a credential
// crosses once, from the person to main, and never back.
import * as v from 'valibot'
import { event, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'

export interface SyncFinding {
  /** A code of `shared/sync/report.ts`. */
  readonly code: string
  /** False while a storage that is merely late would look the same. */
  readonly certain: boolean
}

/** How the storage and this machine stand to each other. Instants are milliseconds since 1970 UTC. */
export interface SyncStatus {
  readonly target: { readonly kind: TargetChoice['kind']; readonly address: string } | null
  readonly running: boolean
  readonly paused: boolean
  readonly nextAt: number | null
  /** Objects on this disk that the storage does not hold yet; null before the first round since the start. */
  readonly unsent: number | null
  /** When everything that the storage showed was last read, verified and kept. */
  readonly completeAt: number | null
  /** Why the last round ended early; a failure type. */
  readonly failure: string | null
  /** What is so now and nobody has looked into. */
  readonly findings: readonly SyncFinding[]
  /** What a storage did that stays said until a person looked into it; `at`: when it was first noticed. */
  readonly doubts: readonly { readonly code: string; readonly at: number }[]
  /** Nothing is decided at this machine until then. */
  readonly frozen: boolean
  /** Parcels that were promised and did not come whole. */
  readonly missing: number
  /** Publishers whose device is not known here yet. */
  readonly strangers: number
}

export type TargetFailure = Failure<
  | 'StorageUnreachable'
  | 'StorageBusy'
  | 'StorageRefused'
  | 'StorageFull'
  | 'StorageNonsense'
  | 'StorageCancelled'
  | 'StorageAddressUnusable'
  | 'StorageAddressInsecure'
  | 'StorageCredentialsUnusable'
  | 'SessionLocked'
  | 'DiskFull'
>

const words = (most: number) => v.pipe(v.string(), v.maxLength(most))
const address = v.pipe(v.string(), v.minLength(1), v.maxLength(1000))
/** What a person enters, by kind; empty or impossible words are answered as a failure, not as a bad request. */
export const targetFields = {
  folder: { kind: v.literal('folder'), address },
  webdav: { kind: v.literal('webdav'), address, user: words(200), password: words(1000) },
  s3: { kind: v.literal('s3'), address, bucket: words(100), region: words(100), style: v.picklist(['path', 'host']), accessKey: words(500), secretKey: words(500) },
} as const

const target = v.variant('kind', [v.strictObject(targetFields.folder), v.strictObject(targetFields.webdav), v.strictObject(targetFields.s3)])
/** `address`: an absolute path, of the WebDAV folder, or of the S3 service. `style`: where the bucket's name stands. */
export type TargetChoice = v.InferOutput<typeof target>

export const sync = {
  status: method('page', nothing).gives<SyncStatus>(),
  /** Resolves when the round is over; also while paused. */
  now: method('page', nothing).gives<null>(),
  pause: method('page', v.strictObject({ paused: v.boolean() })).gives<null>(),
  /** A person looked into what is said of the storage: it is not said again while it stays so, and decisions are free. */
  settle: method('page', nothing).gives<null, Failure<'SessionLocked' | 'DiskFull'>>(),
  /** Writes, reads back and takes away one small object. */
  testTarget: method('page', target).gives<null, TargetFailure>(),
  /** Tests, then begins anew there: everything on this disk is held out that is not there yet. */
  setTarget: method('page', target).gives<null, TargetFailure>(),
} as const

export const syncEvents = {
  changed: event('page').carries<SyncStatus>(),
  /** Objects came from elsewhere: the vault takes in what it can. */
  arrived: event('vault').carries<null>(),
} as const
