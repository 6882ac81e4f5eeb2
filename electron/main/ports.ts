// What the services (plain Node) ask of Electron, and what the shell asks of the services. No Electron type appears here,
// so every service can be tested without a window.
import type { Failure, Result } from '@shared/base/result.ts'
import type { MadeKey, Signer } from '@shared/crypto/ports.ts'
import type { ConsentBusy, ConsentCancelled, PinRefused, ShownConsent } from '@shared/ipc/contract/consent.ts'
import type { StorageAccess } from '@shared/ipc/contract/enrol.ts'
import type { FieldOffPage, FontMissing, Printed, PrintRequest, PrinterMissing, PrinterShown, PrintFailed } from '@shared/ipc/contract/print.ts'
import type { KeyUnavailable, LockReason } from '@shared/ipc/contract/session.ts'
import type { DevicePolicy } from '@shared/authority/model.ts'
import type { ProtectionLevel } from '@shared/posture/model.ts'
import type { PostureStatement } from '@shared/posture/statement.ts'
import type { Storage } from '@shared/sync/storage.ts'
import type { HardwareKey, HardwareKind } from './services/kept-key.ts'

/** Prints one document at a time; calls queue. Nothing of it is left in memory or on disk afterwards. */
export interface Printer {
  render(request: PrintRequest): Promise<Result<Printed, FontMissing | FieldOffPage>>
}

/** Puts a file on paper. What a printer is called is the system's; printing is answered when the system took the job. */
export interface PaperPrinter {
  printers(): Promise<readonly PrinterShown[]>
  print(pdf: Uint8Array, printer: string): Promise<Result<null, PrinterMissing | PrintFailed>>
}

/** What the window shows; the hash of the pages and the language are the window's own business. */
export type ConsentQuestion = Omit<ShownConsent, 'pdfSha256' | 'language'>

/** Asks a person in main's own window. One question at a time: a second one answers ConsentBusy. */
export interface ConsentDesk {
  /**
   * Shows the question until `check` accepts the PIN that was typed (its value is the answer) or the person cancels.
   * A refusal of `check` is shown and the window stays. `check` never runs twice at once and drops the PIN when done.
   * `pdfSha256` is computed here over the bytes shown.
   */
  ask<V>(
    question: ConsentQuestion,
    check: (pin: string) => Promise<Result<V, PinRefused>>,
  ): Promise<Result<{ readonly value: V; readonly pdfSha256: string | null }, ConsentCancelled | ConsentBusy>>
  /** Closes an open question as cancelled (the session locked). */
  withdraw(): void
}

/** The shell tells the session to lock; what locking means is the session's own matter. */
export interface SessionLock {
  /** Idempotent. Resolves when every key is gone. */
  lock(reason: LockReason): Promise<void>
  /** Minutes without input after which to lock, and for how many seconds the seat has been open; null while none is. */
  openSeat(): { readonly idleMinutes: number; readonly seconds: number } | null
}

/** Facts in a log line are ids, sizes and codes: never content, names, keys or what a person typed. */
export interface Log {
  note(code: string, facts?: Readonly<Record<string, string | number | boolean>>): void
  /** Notes a defect with its stack but without its message; returns the id shown to people. */
  defect(where: string, thrown: unknown): string
}

/** The workspace's storage and how an invitation names it. */
export interface StoragePlace {
  readonly storage: Storage
  /** Without any credential. */
  readonly target: StorageTarget
}

/** Where a storage is: plain words by name. */
export type StorageTarget = Readonly<Record<string, string | boolean>>

/** Opens somebody else's storage. */
export interface Storages {
  /** Null while this workspace has none here. */
  placeOf(workspace: string): Promise<StoragePlace | null>
  open(target: StorageTarget, workspace: string, access: StorageAccess): Result<Storage, Failure>
  /** From now on this is the storage of the workspace that this machine joined. */
  keep(target: StorageTarget, access: StorageAccess): Promise<void>
}

/** What this device says of its own state. */
/** What a policy asks of machines and of sign-ins. */
export type TownAsks = Pick<DevicePolicy, 'thresholds' | 'rules'>

export interface DeviceState {
  /** As last evaluated; null where nothing was, or this build has no checks. */
  current(): PostureStatement | null
  /** Evaluates every check anew. */
  measure(): Promise<PostureStatement | null>
  /** From now on the checks go by what the town's policy asks; null = as usual. */
  follow(policy: TownAsks | null): void
}

/** What the sign-in of a seat's person proves (ID-2); null where nobody signed in. */
export interface SignInEvidence {
  evidence(seat: string): Promise<Uint8Array | null>
}

/** Asks the person for a place with the system's own dialog. Null = cancelled. */
export interface SaveDialog {
  chooseFolder(): Promise<string | null>
  chooseFile(suggestedName: string): Promise<string | null>
}

/** Where the signing keys of this device and its seats are made and used. */
export interface KeyStore {
  /** How well a key made now is kept. */
  readonly level: ProtectionLevel
  /** A fresh P-256 key. Nothing of it is left behind when the answer is a failure. */
  make(): Promise<Result<MadeKey, KeyUnavailable>>
  /** Asks no hardware before it signs; its `sign` then throws `KeyFailed`. */
  signerOf(kept: Uint8Array): Signer
  levelOf(kept: Uint8Array): ProtectionLevel
  /** Signs something and checks it: null where the key works now. */
  test(kept: Uint8Array): Promise<KeyUnavailable | null>
}

/** Hardware that makes keys which do not leave it. Both methods throw `KeyFailed`, and one thing is done at a time. */
export interface KeyHome {
  readonly in: HardwareKind
  /** P-256, not exportable; durable before it is answered. */
  make(): Promise<HardwareKey>
  /** ECDSA with SHA-256 of the data: r‖s (64 bytes). */
  sign(key: HardwareKey, data: Uint8Array): Promise<Uint8Array>
}
