// What the engine asks of this machine: its objects, a small memory for each storage, and the keys of known devices. It never asks
// for a content key; a locked device syncs all the same.

import type { Failure, Result } from '../base/result.ts'
import type { PublicKey } from '../crypto/ports.ts'

export type KeepFailure = Failure<'DiskFull' | 'DiskBroken' | 'ObjectRefused'>

/** The workspace's objects on this disk. */
export interface LocalObjects {
  /** Every name there is, in no order. Asked once per start. */
  names(): Promise<readonly string[]>
  get(name: string): Promise<Uint8Array | null>
  has(name: string): Promise<boolean>
  /** Write-once and durable when answered: the same bytes again are fine, other bytes are `ObjectRefused`. */
  put(name: string, bytes: Uint8Array): Promise<Result<null, KeepFailure>>
  /** For wraps. Atomic and durable when answered. */
  replace(name: string, bytes: Uint8Array): Promise<Result<null, KeepFailure>>
}

/**
 * Notes about one storage. Losing them costs transfers and what was known of old lies, never content; a note that cannot be read is
 * one that is not there. A new storage, or one that is to be filled anew, begins with an empty memory.
 */
export interface SyncMemory {
  keys(): Promise<readonly string[]>
  read(key: string): Promise<Uint8Array | null>
  /** Atomic and durable when answered. */
  write(key: string, bytes: Uint8Array): Promise<Result<null, KeepFailure>>
}

export interface KnownDevices {
  /** The key of a device that collection zero, as far as this machine has read it, knows. Null: not (yet) known. */
  keyOf(device: string): Promise<PublicKey | null>
}

/** Packs that a new key of their document took the place of, as whoever reads it here found: pack → packs that hold the same files since. */
export interface ReplacedContent {
  list(): Promise<ReadonlyMap<string, readonly string[]>>
}

/** What this machine knows of devices that administrators call lost. */
export interface LostDevices {
  /** What it holds out to others, signed. */
  notices(): Promise<readonly Uint8Array[]>
  /** True: an administrator calls this very device lost. Of another device it is kept and held out; what proves nothing is dropped. */
  heard(notice: Uint8Array): Promise<boolean>
}
