// Writing a package outside the app. It needs a consent that was given for export; main asks for the folder itself.
import * as v from 'valibot'
import { bytes, method } from '../define.ts'
import type { Failure } from '../../base/result.ts'
import type { ConsentMissing } from './vault.ts'
import type { SessionLocked } from './consent.ts'

/** Why a package could not be written; nothing half written is left behind. */
export type SinkFailure = Failure<'TargetFull' | 'TargetReadOnly' | 'TargetVanished' | 'TargetExists' | 'TargetRefused'>
/** More than is sealed in one file; `begin` it as a folder or in parts. */
export type ShareTooLarge = Failure<'ShareTooLarge'>
export type ExportCancelled = Failure<'ExportCancelled'>

const job = v.pipe(v.string(), v.maxLength(64))

export const exporting = {
  /** Asks for the folder; `name` is the package's folder name (ASCII). `sealed`: one file that opens with a passphrase, and the guide beside it. Null when the person closed the dialog. */
  begin: method('vault', v.strictObject({ consent: v.string(), name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,80}$/)), sealed: v.optional(v.strictObject({ guide: bytes })) })).gives<
    { readonly job: string; readonly path: string } | null,
    SessionLocked | ConsentMissing | SinkFailure
  >(),
  /** One file of the package, in order; answered when written. */
  put: method('vault', v.strictObject({ job, path: v.pipe(v.string(), v.maxLength(200)), bytes: bytes })).gives<null, SinkFailure | ShareTooLarge | ExportCancelled>(),
  /** Makes the package appear under its name, all at once. The passphrase of a sealed one is told here and nowhere again. */
  finish: method('vault', v.strictObject({ job })).gives<{ readonly path: string; readonly passphrase: string | null }, SinkFailure | ExportCancelled>(),
  cancel: method('vault', v.strictObject({ job })).gives<null>(),
} as const
