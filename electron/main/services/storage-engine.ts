// The engine of one storage over this machine's disk: the same for the network and for a medium that is carried.

import type { Clock } from '@shared/base/ports.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { collectionHandle, collectionZero } from '@shared/log/names.ts'
import { createSyncEngine, type SyncEngine } from '@shared/sync/engine.ts'
import type { KnownDevices, LostDevices, ReplacedContent } from '@shared/sync/ports.ts'
import type { Storage } from '@shared/sync/storage.ts'
import type { KeyStore } from '../ports.ts'
import type { ObjectStore } from './object-store.ts'
import type { Profile, ProfileRecord } from './profile.ts'
import { createFileNotes } from './sync-target.ts'

export interface StorageEngineDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly profile: Profile
  readonly storeOf: (workspace: string) => ObjectStore
  readonly devices: KnownDevices
  readonly lost: LostDevices
  readonly replaced: ReplacedContent
  readonly keys: KeyStore
  /** A snapshot is here whose records are still coming. */
  readonly snapshotCame: () => Promise<void>
}

/** `notes`: the folder of the notes about this storage. `byNeed`: content is fetched when somebody wants it, not with the records. */
export async function createStorageEngine(deps: StorageEngineDeps, record: ProfileRecord, storage: Storage, notes: string, byNeed: boolean): Promise<SyncEngine> {
  const { host, clock, profile } = deps
  const signer = deps.keys.signerOf(record.device.signing)
  const devices: KnownDevices = { keyOf: async (id) => (id === record.device.id ? signer.publicKey : deps.devices.keyOf(id)) }
  return createSyncEngine({ host, clock, workspace: record.workspace, storage, local: deps.storeOf(record.workspace), memory: createFileNotes(profile, notes), first: collectionHandle(record.genesis, collectionZero), byNeed, snapshotCame: deps.snapshotCame, devices, lost: deps.lost, replaced: deps.replaced, device: { id: record.device.id, signer } })
}
