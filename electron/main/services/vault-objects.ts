// What the vault reads and writes on this disk: keys of the open session once, sealed objects, segments lane by lane. It may write
// packs and document wraps only; everything else on the disk is main's.

import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { SessionLocked } from '@shared/ipc/contract/consent.ts'
import type { ObjectRefused } from '@shared/ipc/contract/vault.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import { newEvidence } from '@shared/log/evidence.ts'
import { collectionHandle, isObjectName, segmentName } from '@shared/log/names.ts'
import { statementToBytes } from '@shared/posture/statement.ts'
import type { DeviceState } from '../ports.ts'
import { listLanes } from './authority-replica.ts'
import { listBeside } from './lane-twins.ts'
import type { ObjectStore } from './object-store.ts'
import type { OpenSession } from './open-session.ts'
import type { Profile, ProfileRecord } from './profile.ts'

type WhenOpen = <I, V, E extends Failure>(work: (session: OpenSession, record: ProfileRecord, store: ObjectStore, input: I) => Promise<Result<V, E>>) => (input: I) => Promise<Result<V, E | SessionLocked>>

const refused: Result<never, ObjectRefused> = err({ type: 'ObjectRefused', retry: 'never' })

const readable = /^(p|k|c|j|s|x)\//
const packs = /^p\/([0-9a-f]{2})\/([0-9a-f]{64})$/
const documentWraps = /^k\/[0-9a-z]+\/d\/[0-9a-z]+$/

function mayWrite(name: string, bytes: Uint8Array): boolean {
  const pack = packs.exec(name)
  if (pack) return pack[1] === pack[2]?.slice(0, 2) && sha256Hex(bytes) === pack[2]
  return documentWraps.test(name)
}

type Served = Handlers<Contract, 'vault'>

export interface VaultObjectsDeps {
  readonly host: CryptoHost
  readonly profile: Profile
  readonly device: Pick<DeviceState, 'current'>
}

export interface VaultObjects extends Pick<Served, 'vault' | 'objects'> {
  readonly pins: Pick<Served['content'], 'readPins' | 'keepPins'>
  readonly journal: Omit<Served['journal'], 'commit'>
}

export function createVaultObjects(whenOpen: WhenOpen, { host, profile, device }: VaultObjectsDeps): VaultObjects {
  return {
    vault: {
      open: whenOpen(async (session, record) =>
        ok({
          workspace: record.workspace,
          genesis: record.genesis,
          kind: record.kind,
          person: session.person,
          seat: session.seat,
          device: record.device.id,
          lane: session.lane,
          viewKey: session.viewKey,
          epochKeys: session.epochKeys,
          session: session.certificate.hash,
          keystore: profile.keystore === 'os' ? ('os' as const) : ('pin-only' as const),
        }),
      ),
      keys: whenOpen(async (session) => ok([...session.epochKeys])),
      evidence: whenOpen(async ({ evidence }) => {
        const statement = device.current()
        return ok(statement ? { ...evidence, posture: newEvidence(host, statementToBytes(statement)) } : evidence)
      }),
    },
    objects: {
      get: whenOpen(async (_session, _record, store, { name }: { readonly name: string }) => (isObjectName(name) && readable.test(name) ? ok({ bytes: await store.get(name) }) : refused)),
      range: whenOpen(async (_session, _record, store, { name, at, length }: { readonly name: string; readonly at: number; readonly length: number }) =>
        isObjectName(name) && packs.test(name) ? ok({ bytes: await store.range(name, at, length) }) : refused,
      ),
      put: whenOpen(async (_session, _record, store, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) => {
        if (!isObjectName(name) || !mayWrite(name, bytes)) return refused
        return store.put(name, bytes)
      }),
    },
    pins: {
      readPins: whenOpen(async ({ seat }) => ok({ sealed: await profile.readPins(seat) })),
      keepPins: whenOpen(({ seat }, _record, _store, { sealed }: { readonly sealed: Uint8Array }) =>
        profile.writePins(seat, sealed).then(
          () => ok(null),
          () => err({ type: 'DiskFull', retry: 'later' } as const),
        ),
      ),
    },
    journal: {
      beside: whenOpen(async (_session, record, store, { collection }: { readonly collection: string }) => ok(await listBeside(store, record.genesis, collection))),
      lanes: whenOpen(async (_session, record, store, { collection }: { readonly collection: string }) => ok(await listLanes(store, record.genesis, collection))),
      read: whenOpen(async (_session, record, store, { collection, lane, from, count }: { readonly collection: string; readonly lane: string; readonly from: number; readonly count: number }) => {
        const segments: { name: string; bytes: Uint8Array }[] = []
        for (let seq = from; seq < from + count; seq++) {
          const name = segmentName(collectionHandle(record.genesis, collection), lane, seq)
          const bytes = isObjectName(name) ? await store.get(name) : null
          if (!bytes) break
          segments.push({ name, bytes })
        }
        return ok(segments)
      }),
    },
  }
}
