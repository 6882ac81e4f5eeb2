// What the vault reads and writes on this disk: keys of the open session once, sealed objects, segments lane by lane. It may write
// packs, document wraps, books of them and keys handed on only; everything else on the disk is main's.

import { equalBytes } from '@shared/base/bytes.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { SessionLocked } from '@shared/ipc/contract/consent.ts'
import type { ObjectRefused } from '@shared/ipc/contract/vault.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { ReplacedPacks } from '@shared/document/replaced-content.ts'
import { newEvidence } from '@shared/log/evidence.ts'
import { collectionHandle, isObjectName, segmentName } from '@shared/log/names.ts'
import { statementToBytes } from '@shared/posture/statement.ts'
import type { DeviceState, SignInEvidence } from '../ports.ts'
import { listLanes } from './authority-replica.ts'
import type { Contact } from './contact.ts'
import { listBeside } from './lane-twins.ts'
import { givenKey, type AskedKey } from './given-key.ts'
import { keepBook } from './keep-book.ts'
import { keepHanded } from './keep-handed.ts'
import type { ObjectStore } from './object-store.ts'
import { learnGiven, type OpenSession } from './open-session.ts'
import type { Profile, ProfileRecord } from './profile.ts'
import type { ReplacedNotes } from './replaced-notes.ts'

type WhenOpen = <I, V, E extends Failure>(work: (session: OpenSession, record: ProfileRecord, store: ObjectStore, input: I) => Promise<Result<V, E>>) => (input: I) => Promise<Result<V, E | SessionLocked>>

const refused: Result<never, ObjectRefused> = err({ type: 'ObjectRefused', retry: 'never' })

const readable = /^(p|k|c|j|s|x)\//
const packs = /^p\/([0-9a-f]{2})\/([0-9a-f]{64})$/
const documentWraps = /^k\/[0-9a-z]+\/d\/[0-9a-z]+(\.[0-9a-z]+)?$/
const wrapBooks = /^k\/[0-9a-z]+\/w\/[0-9a-z]$/
const handedKeys = /^k\/[0-9a-z]+\/p\/[0-9a-z]+(\.[0-9a-z]+)?$/

function mayWrite(name: string, bytes: Uint8Array): boolean {
  const pack = packs.exec(name)
  if (pack) return pack[1] === pack[2]?.slice(0, 2) && sha256Hex(bytes) === pack[2]
  return documentWraps.test(name)
}

type Served = Handlers<Contract, 'vault'>

export interface VaultObjectsDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly profile: Profile
  readonly device: Pick<DeviceState, 'current'>
  readonly signIn: SignInEvidence
  readonly contact: Pick<Contact, 'last'>
  readonly replaced: ReplacedNotes
}

export interface VaultObjects extends Pick<Served, 'vault' | 'objects'> {
  readonly pins: Pick<Served['content'], 'readPins' | 'keepPins' | 'readReplaced' | 'keepReplaced'>
  readonly journal: Omit<Served['journal'], 'commit'>
}

const givenOf = ({ given }: OpenSession): readonly AskedKey[] => given.map(({ collection, document }) => ({ collection, document }))

export function createVaultObjects(whenOpen: WhenOpen, { host, clock, profile, device, signIn, contact, replaced }: VaultObjectsDeps): VaultObjects {
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
          given: givenOf(session),
          session: session.certificate.hash,
        }),
      ),
      keys: whenOpen(async (session) => ok([...session.epochKeys])),
      given: whenOpen(async (session, record, store) => {
        await learnGiven({ store }, record, session, jstDate(clock.now()))
        return ok(givenOf(session))
      }),
      givenKey: whenOpen(async (session, record, store, asked: AskedKey) => ok({ key: await givenKey(store, record, session, asked) })),
      contact: whenOpen(async () => ok({ at: await contact.last() })),
      evidence: whenOpen(async ({ seat, evidence }) => {
        const statement = device.current()
        const token = await signIn.evidence(seat)
        const vouched = token && !(evidence.token && equalBytes(evidence.token.bytes, token)) ? newEvidence(host, token) : null
        return ok({ ...evidence, ...(statement ? { posture: newEvidence(host, statementToBytes(statement)) } : {}), vouched })
      }),
    },
    objects: {
      get: whenOpen(async (_session, _record, store, { name }: { readonly name: string }) => (isObjectName(name) && readable.test(name) ? ok({ bytes: await store.get(name) }) : refused)),
      range: whenOpen(async (_session, _record, store, { name, at, length }: { readonly name: string; readonly at: number; readonly length: number }) =>
        isObjectName(name) && packs.test(name) ? ok({ bytes: await store.range(name, at, length) }) : refused,
      ),
      put: whenOpen(async (_session, _record, store, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) => {
        if (isObjectName(name) && wrapBooks.test(name)) return keepBook(store, name, bytes)
        if (isObjectName(name) && handedKeys.test(name)) return keepHanded(store, name, bytes)
        if (!isObjectName(name) || !mayWrite(name, bytes)) return refused
        return store.put(name, bytes)
      }),
    },
    pins: {
      readReplaced: whenOpen(async () => ok({ documents: await replaced.read() })),
      keepReplaced: whenOpen((_session, _record, _store, { documents }: { readonly documents: readonly ReplacedPacks[] }) =>
        replaced.keep(documents).then(
          () => ok(null),
          () => err({ type: 'DiskFull', retry: 'later' } as const),
        ),
      ),
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
