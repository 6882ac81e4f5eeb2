// What main does for snapshots: it signs what this session says of rows that it never sees, and keeps and lists the objects. A
// snapshot is no act: nothing is decided by it, so neither gate nor consent is asked.

import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import type { Clock } from '@shared/base/ports.ts'
import { signFor } from '@shared/crypto/sign.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { SessionLocked } from '@shared/ipc/contract/consent.ts'
import type { ObjectRefused } from '@shared/ipc/contract/vault.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { snapshotPlace } from '@shared/log/names.ts'
import { sessionToBytes } from '@shared/log/session.ts'
import { isSnapshot, parseSnapshotHeader } from '@shared/log/snapshot.ts'
import type { ObjectStore } from './object-store.ts'
import type { OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'

type WhenOpen = <I, V, E extends Failure>(work: (session: OpenSession, record: ProfileRecord, store: ObjectStore, input: I) => Promise<Result<V, E>>) => (input: I) => Promise<Result<V, E | SessionLocked>>

const refused: Result<never, ObjectRefused> = err({ type: 'ObjectRefused', retry: 'never' })
const driftMs = 5 * 60 * 1000

export type VaultSnapshots = Omit<Handlers<Contract, 'vault'>['snapshots'], 'covered'>

export function createVaultSnapshots(whenOpen: WhenOpen, clock: Clock): VaultSnapshots {
  return {
    sign: whenOpen(async (session, record, _store, { header: body }: { readonly header: Uint8Array }) => {
      const header = parseSnapshotHeader(body)
      const { certificate, epochKeys, lane } = session
      const isOwn = header?.workspace === record.workspace && header.session === certificate.hash && header.lane === lane && epochKeys.some(({ collection }) => collection === header.collection)
      if (!header || !isOwn || Math.abs(header.at - clock.now()) > driftMs) return refused
      return ok({ signature: await signFor(session.signer, 'snapshot', body), session: sessionToBytes(certificate) })
    }),
    keep: whenOpen(async (_session, _record, store, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) => {
      const place = snapshotPlace(name)
      if (!place || place.sha256 !== sha256Hex(bytes) || !isSnapshot(bytes)) return refused
      const written = await store.put(name, bytes)
      if (!written.ok) return written
      for (const other of await namesOf(store, place.of)) if ((snapshotPlace(other)?.records ?? 0) < place.records) await store.forget(other)
      return ok(null)
    }),
    list: whenOpen(async (_session, _record, store, { of }: { readonly of: string }) => ok(await namesOf(store, of))),
  }
}

async function namesOf(store: ObjectStore, of: string): Promise<readonly string[]> {
  const names = (await store.list(`s/${of}`)).map((file) => `s/${of}/${file}`)
  return names.filter((name) => snapshotPlace(name)).sort().reverse()
}
