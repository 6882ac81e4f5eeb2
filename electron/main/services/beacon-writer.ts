// The beacon of this device: a hint that tells other readers which heads there are. One write at a time and the newest last, so that
// a slow disk can never put an older beacon over a newer one; nobody's act waits for it, locking and quitting do.

import type { Clock } from '@shared/base/ports.ts'
import { createBeacon } from '@shared/log/beacon.ts'
import { beaconName, collectionHandle } from '@shared/log/names.ts'
import type { ObjectStore } from './object-store.ts'
import type { OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'

export interface BeaconWriter {
  headsMoved(store: ObjectStore, record: ProfileRecord, session: OpenSession): void
  /** When every beacon asked for so far is on the disk, or could not be written: the next commit writes it again. */
  settled(): Promise<void>
}

export function createBeaconWriter(clock: Clock): BeaconWriter {
  let writing: Promise<void> = Promise.resolve()
  let next: (() => Promise<void>) | null = null
  const writeNewest = async (): Promise<void> => {
    const write = next
    next = null
    await write?.()
  }
  return {
    headsMoved(store, record, session) {
      next = () => writeBeacon(clock, store, record, session)
      writing = writing.then(writeNewest)
    },
    settled: () => writing,
  }
}

async function writeBeacon(clock: Clock, store: ObjectStore, record: ProfileRecord, session: OpenSession): Promise<void> {
  const heads = [...session.heads].map(([collection, head]) => ({ collection: collectionHandle(record.genesis, collection), lane: session.lane, ...head }))
  const beacon = await createBeacon({ suite: 1, schema: 1, kind: 'beacon', workspace: record.workspace, device: record.device.id, at: clock.now(), session: session.certificate.hash, heads }, session.signer)
  await store.replace(beaconName(record.device.id), beacon)
}
