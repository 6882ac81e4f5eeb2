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
  /** When a pause ends by itself; null without one, or where it waits for a person. */
  readonly resumesAt: number | null
  readonly line: LineChoice
  /** What the system says of the line. */
  readonly metered: Metered
  /** No document moves by itself because the line is metered. */
  readonly heldBack: boolean
  /** Bytes that were seen in the storage and left there. */
  readonly waiting: number
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
  /** Other machines that publish there; `at`: when each was last heard of, milliseconds since 1970 UTC by its own clock. */
  readonly machines: readonly { readonly device: string; readonly at: number }[]
}

/** Does the line cost by volume? */
export type Metered = 'yes' | 'no' | 'unknown'

const limit = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000_000))
/** `metered`: hold documents back never, where the system says that the line is metered, or always. `up`, `down`: bytes in a second, 0 = no limit. */
export const lineChoice = v.strictObject({ metered: v.picklist(['never', 'told', 'always']), up: limit, down: limit })
export type LineChoice = Readonly<v.InferOutput<typeof lineChoice>>

export type TargetFailure = Failure<
  | 'StorageUnreachable'
  | 'StorageBusy'
  | 'StorageRefused'
  | 'StorageFull'
  | 'StorageNonsense'
  | 'StorageUntrusted'
  | 'StorageProxyRefused'
  | 'StorageSignInNeeded'
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
  s3: { kind: v.literal('s3'), address, bucket: words(100), region: words(100), style: v.picklist(['path', 'host']), accessKey: words(500), secretKey: words(500), role: v.exactOptional(words(300)) },
} as const

export const targetInput = v.variant('kind', [v.strictObject(targetFields.folder), v.strictObject(targetFields.webdav), v.strictObject(targetFields.s3)])
/** `address`: an absolute path, of the WebDAV folder, or of the S3 service. `style`: where the bucket's name stands. `role`: with one the keys are
 * empty, and the storage lends for hours by the person's sign-in. */
export type TargetChoice = v.InferOutput<typeof targetInput>

export const sync = {
  status: method('page', nothing).gives<SyncStatus>(),
  /** Resolves when the round is over; also while paused or held back. */
  now: method('page', nothing).gives<null>(),
  /** `minutes`: how long; null until somebody goes on. Kept over a start of the app. */
  pause: method('page', v.strictObject({ paused: v.boolean(), minutes: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1440))) })).gives<null, Failure<'DiskFull'>>(),
  setLine: method('page', lineChoice).gives<null, Failure<'DiskFull'>>(),
  /** Writes, reads back and takes away one small object. */
  testTarget: method('page', targetInput).gives<null, TargetFailure>(),
  /** Devices that are known to have a record of this machine, by the name of its segment. */
  reached: method('page', v.strictObject({ segment: v.pipe(v.string(), v.maxLength(120)) })).gives<readonly string[]>(),
  /** Tests, then begins anew there: everything on this disk is held out that is not there yet. */
  setTarget: method('page', targetInput).gives<null, TargetFailure>(),
} as const

export const syncEvents = {
  changed: event('page').carries<SyncStatus>(),
  /** Objects came from elsewhere: the vault takes in what it can. */
  arrived: event('vault').carries<null>(),
  /** The storage was reached, and all that it showed is here. */
  reached: event('vault').carries<null>(),
} as const
