// What the screens ask of main before and around the vault: who sits here, unlock, lock, set-up, settings.
// These are the page-audience methods of the IPC table, in the shape the screens use.

import type { Failure, Result } from '@shared/base/result.ts'
import type { ActRule } from '@shared/posture/model.ts'
import type { RehearsedPerson } from '@shared/ipc/contract/session.ts'
import type { InvitationLabel, Joining, SixWordsShown, StorageAccess } from '@shared/ipc/contract/enrol.ts'
import type { CarryFailure, CarryStatus } from '@shared/ipc/contract/carry.ts'
import type { PostureView } from '@shared/ipc/contract/posture.ts'
import type { NetworkFailure, NetworkStatus, ProxyInput } from '@shared/ipc/contract/network.ts'
import type { SignInStatus } from '@shared/ipc/contract/sign-in.ts'
import type { LineChoice, SyncStatus, TargetChoice, TargetFailure } from '@shared/ipc/contract/sync.ts'

export interface SeatTile {
  readonly seat: string
  readonly name: string
  readonly positions: readonly string[]
  /** ISO 8601 UTC, while a recovered seat waits. */
  readonly waitsUntil?: string
}

export type SessionState =
  | { readonly state: 'empty' | 'sealed'; readonly keystore: 'os' | 'none' }
  | { readonly state: 'locked'; readonly workspace: { readonly kind: 'practice' | 'real'; readonly townName: string }; readonly seats: readonly SeatTile[]; readonly keystore: 'os' | 'none' }
  | { readonly state: 'unlocked'; readonly workspace: { readonly kind: 'practice' | 'real'; readonly townName: string }; readonly seat: SeatTile; readonly keystore: 'os' | 'none' }

export interface UnlockFailure extends Failure<'WrongPin' | 'SeatMissing' | 'TryLater' | 'KeystoreChanged' | 'SeatRemoved' | 'SeatWaits' | 'SignInEnded' | 'KeyUnavailable' | 'ContactNeeded'> {
  /** Milliseconds until the next try is accepted (wrong PINs slow down). */
  readonly waitMs: number
}

export interface FirstAdmin {
  readonly familyName: string
  readonly givenName: string
  readonly reading: string
  readonly positionTitle: string
}

export interface SetupInput {
  readonly kind: 'practice' | 'real'
  /** `sample` = the fictional sample town as data; `blank` = only this town and its first admin. */
  readonly start: 'sample' | 'blank'
  readonly townName: string
  readonly admin: FirstAdmin
  /** Of a blank town: a second administrator with a PIN of their own; without one it is a trial. */
  readonly second: (FirstAdmin & { readonly pin: string }) | null
  /** For the sample town: which of its people get a seat on this device (person ids); all share the PIN typed here until changed. */
  readonly seats: readonly string[]
  readonly pin: string
}

export interface SetupFailure extends Failure<'PinTooShort' | 'KeystoreMissing' | 'WorkspaceExists' | 'DiskFull' | 'BadInput'> {}

/** The three recovery sheets: their codes in groups of characters and the PDF to print or save. Shown once; any two restore. */
export interface RecoverySheets {
  readonly codes: readonly string[]
  readonly pdf: Uint8Array
}

export interface RecoverFailure extends Failure<'BadCode' | 'SheetsDiffer' | 'WrongWorkspace' | 'PinTooShort' | 'PersonUnknown'> {}

export interface Settings {
  readonly language: 'ja' | 'en'
  readonly theme: 'system' | 'light' | 'dark'
  readonly zoom: number
}

export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly chrome: string
  /** The pinned runtime for development and test: shown, never a release. */
  readonly testRuntime: boolean
  /** When this device was erased because it was called lost (milliseconds since 1970 UTC), or null. */
  readonly erasedAt: number | null
}

export type SyncState = SyncStatus

export type CarryState = CarryStatus

/** The state of this device. */
export type PostureState = PostureView

export type NetworkState = NetworkStatus

export type SignInState = SignInStatus

export type { LineChoice }

/** Where to send, with the credentials as they were typed. */
export type StorageChoice = TargetChoice

/** A machine that asked to join this workspace. */
export interface JoinRequest {
  readonly id: string
  readonly digest: string
  readonly name: string
  readonly level: 'L0' | 'L1' | 'L2' | 'L3'
  readonly at: number
  readonly words: SixWordsShown
  /** Why it cannot be approved; empty when it can. */
  readonly reasons: readonly { readonly code: string; readonly facts?: Readonly<Record<string, string | number>> }[]
}

export interface SessionApi {
  status(): Promise<SessionState>
  unlock(input: { readonly seat: string; readonly pin: string }): Promise<Result<null, UnlockFailure>>
  lock(): Promise<void>
  /** Creates the workspace; afterwards the admin's seat is locked and shown on the unlock screen. */
  createWorkspace(input: SetupInput): Promise<Result<RecoverySheets, SetupFailure>>
  samplePeople(): Promise<readonly { readonly person: string; readonly name: string; readonly positions: readonly string[] }[]>
  /** People of the workspace who may get a new seat with two recovery sheets (needs their codes to name them). */
  recoverPeople(input: { readonly codes: [string, string] }): Promise<Result<readonly { readonly person: string; readonly name: string; readonly positions: readonly string[] }[], RecoverFailure>>
  recover(input: { readonly codes: [string, string]; readonly person: string; readonly pin: string }): Promise<Result<null, RecoverFailure>>
  changePin(input: { readonly current: string; readonly next: string }): Promise<Result<null, UnlockFailure | SetupFailure>>
  /** Saves the recovery sheets through the system's own dialog; null when the person closed it. */
  saveSheet(input: { readonly pdf: Uint8Array }): Promise<Result<{ readonly path: string } | null, Failure>>
  readInvitation(input: { readonly invitation: Uint8Array }): Promise<Result<InvitationLabel, Failure>>
  /** Asks to join; the PIN will open the seat, `access` the storage (both empty for a folder). */
  beginJoin(input: { readonly invitation: Uint8Array; readonly name: string; readonly pin: string; readonly access: StorageAccess }): Promise<Result<Joining, Failure>>
  joining(): Promise<Joining | null>
  /** Looks once whether the answer is there; after `joined` the seats are shown. */
  lookForAnswer(input: { readonly pin: string | null }): Promise<Result<'waiting' | 'joined', Failure>>
  leaveJoin(): Promise<void>
  /** For administrators: who asks to join, newest first. */
  /** For administrators: who would have been stopped by these rules in the last thirty days. */
  rehearse(rules: readonly ActRule[]): Promise<Result<readonly RehearsedPerson[], Failure>>
  joinRequests(): Promise<Result<readonly JoinRequest[], Failure>>
  refuseJoin(input: { readonly id: string }): Promise<Result<null, Failure>>
  /** Saves an invitation through the system's own dialog; null when the person closed it. */
  saveInvitation(): Promise<Result<{ readonly path: string } | null, Failure>>
  settings(): Promise<Settings>
  saveSettings(settings: Settings): Promise<void>
  info(): Promise<AppInfo>
  sync(): Promise<SyncState>
  syncNow(): Promise<void>
  /** Devices that are known to have what was written here, by the name the document's view gives. */
  reached(segment: string): Promise<readonly string[]>
  /** `minutes`: how long; null until somebody goes on. */
  pauseSync(paused: boolean, minutes: number | null): Promise<Result<null, Failure>>
  setLine(line: LineChoice): Promise<Result<null, Failure>>
  testStorage(choice: StorageChoice): Promise<Result<null, TargetFailure>>
  setStorage(choice: StorageChoice): Promise<Result<null, TargetFailure>>
  carrying(): Promise<CarryState>
  /** Answers once it is under way. `fresh`: a medium that is used for the first time. */
  beginCarry(input: { readonly address: string; readonly fresh: boolean }): Promise<Result<null, CarryFailure>>
  stopCarry(): Promise<void>
  /** How signing in stands for a seat of this machine. */
  signIn(seat: string): Promise<SignInState>
  /** Opens the system's browser; `onSignIn` tells the rest. */
  beginSignIn(seat: string): Promise<Result<null, Failure>>
  cancelSignIn(): Promise<void>
  network(): Promise<NetworkState>
  setProxy(input: ProxyInput): Promise<Result<NetworkState, NetworkFailure>>
  /** Null takes all back. */
  setAuthorities(input: { readonly file: Uint8Array | null }): Promise<Result<NetworkState, NetworkFailure>>
  setClientCertificate(input: { readonly file: Uint8Array | null; readonly passphrase: string }): Promise<Result<NetworkState, NetworkFailure>>
  posture(): Promise<PostureState>
  /** Looks anew. */
  checkPosture(): Promise<PostureState>
  /** Opens the system's own settings for a check. */
  openSettings(check: PostureState['checks'][number]['id']): Promise<Result<null, Failure>>
  /** Tells main how many edits are not on disk yet: locking and quitting wait for zero. */
  unsaved(count: number): void
  /** Main is about to lock or quit. */
  onSaveNow(callback: () => void): () => void
  /** A file of ours was opened from outside: its path, to be shown only. */
  onFileOpened(callback: (path: string) => void): () => void
  onSync(callback: (state: SyncState) => void): () => void
  onPosture(callback: (state: PostureState) => void): () => void
  onCarry(callback: (state: CarryState) => void): () => void
  onSignIn(callback: (told: { readonly seat: string; readonly status: SignInState }) => void): () => void
  onState(callback: (state: SessionState) => void): () => void
}
