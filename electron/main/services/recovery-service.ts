// A destroyed seat comes back with two of the three recovery sheets: their keys open collection zero, the root and the person's key; a
// new seat introduces itself with an event that the recovery key signed, and waits. Nothing of the old seat is needed, nothing is lost.

import { newestEpoch, positionsOf, readableCollections, recoveryMs } from '@shared/authority/ask.ts'
import type { Device } from '@shared/authority/events.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { encodeCbor } from '@shared/base/cbor.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createKeyPair, createSigner, pairOf, type KeyPair } from '@shared/crypto/keys.ts'
import type { CryptoHost, MadeKey, Signer } from '@shared/crypto/ports.ts'
import { recoveryKeysOf, type RecoveryKeys } from '@shared/crypto/recovery-keys.ts'
import { codeToRecoveryShare, joinRecoveryShares } from '@shared/crypto/recovery-shares.ts'
import { signFor } from '@shared/crypto/sign.ts'
import { unwrapKey, wrapKey } from '@shared/crypto/wrap.ts'
import type { CertificateIssuer } from '@shared/flow/found.ts'
import type { PersonLabel, RecoverFailure } from '@shared/ipc/contract/session.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionHandle, collectionZero, personWrapName, rootWrapName, segmentName, sessionName } from '@shared/log/names.ts'
import { createSegment } from '@shared/log/segment.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { createSession, sessionToBytes } from '@shared/log/session.ts'
import { epochCommitment, parseSingleWrap, recoveryRecipient, singleWrapToBytes } from '@shared/log/wraps.ts'
import { createAuthorityReplica, type AuthorityReplica, type OpenZeroKey } from './authority-replica.ts'
import type { KeyStore } from '../ports.ts'
import { fullName } from '@shared/authority/person-name.ts'
import { isUnavailable, unlessUnavailable } from './kept-key.ts'
import type { ObjectStore } from './object-store.ts'
import { handOn } from './hand-on-epochs.ts'
import { newIncarnation, openEpochKey, type EpochKey } from './open-session.ts'
import type { Profile, ProfileRecord } from './profile.ts'
import { sealSeat, shortestPin, type PinCost } from './seat-file.ts'

export interface RecoveryDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly profile: Profile
  readonly keys: KeyStore
  readonly store: ObjectStore
  readonly issuer: CertificateIssuer
  readonly cost: PinCost
}

interface OpenRecovery {
  readonly keys: RecoveryKeys
  readonly authority: AuthorityReplica
  readonly state: AuthorityState
  readonly openZeroKey: OpenZeroKey
}

/** Two of the three sheets as typed. */
type Codes = readonly [string, string]

async function openRecovery(deps: RecoveryDeps, record: ProfileRecord, codes: Codes): Promise<Result<OpenRecovery, RecoverFailure>> {
  const [one, other] = [codeToRecoveryShare(codes[0]), codeToRecoveryShare(codes[1])]
  if (!one || !other) return err({ type: 'BadCode', retry: 'now' })
  const seed = joinRecoveryShares(one, other)
  if (!seed) return err({ type: 'SheetsDiffer', retry: 'now' })
  const keys = recoveryKeysOf(seed)
  const openZeroKey: OpenZeroKey = (epoch) => openEpochKey(deps.store, record, collectionZero, epoch, recoveryRecipient, keys.exchange.privateKey)
  const raw = await openZeroKey(0)
  if (!raw) return err({ type: 'WrongWorkspace', retry: 'now' })
  const authority = createAuthorityReplica(deps.host, deps.store, record, await importContentKey(deps.host, raw), openZeroKey)
  await authority.catchUp()
  return ok({ keys, authority, state: await authority.state(), openZeroKey })
}

export async function recoverablePeople(deps: RecoveryDeps, record: ProfileRecord, codes: Codes): Promise<Result<readonly PersonLabel[], RecoverFailure>> {
  const open = await openRecovery(deps, record, codes)
  if (!open.ok) return open
  const { state } = open.value
  const date = jstDate(deps.clock.now())
  return ok([...state.people.values()].filter((p) => state.personKeys.has(p.id)).map((p) => ({ person: p.id, name: fullName(p), positions: positionsOf(state, p.id, date).map((x) => x.title) })))
}

/** Makes a new seat for the person on this device and takes the old ones of that person here off the list. */
export async function recoverSeat(deps: RecoveryDeps, record: ProfileRecord, input: { readonly codes: Codes; readonly person: string; readonly pin: string }): Promise<Result<ProfileRecord, RecoverFailure>> {
  if ([...input.pin].length < shortestPin) return err({ type: 'PinTooShort', retry: 'now' })
  const open = await openRecovery(deps, record, input.codes)
  if (!open.ok) return open
  const { keys, state } = open.value
  const person = state.people.get(input.person)
  const root = await openRoot(deps.store, record.workspace, keys)
  if (!person || !root || !state.personKeys.has(person.id)) return err({ type: 'PersonUnknown', retry: 'never' })
  const name = fullName(person)
  const made = await deps.keys.make()
  if (!made.ok) return made
  const signing = made.value
  const exchange = createKeyPair(deps.host)
  const at = new Date(deps.clock.now()).toISOString()
  const certificate = await deps.issuer.seat(root, record.rootCertificate, { person: person.id, name, town: record.townName, publicKey: signing.publicKey }, at)
  // A key of its own: a seat that was taken away may hold the person's others.
  const personKey = createKeyPair(deps.host)
  const machine = await workingDevice(deps, record, state)
  if (!machine.ok) return machine
  const { device, signing: deviceKey } = machine.value
  const seat = { id: bytesToBase32(deps.host.random.bytes(10)), person: person.id, device: device.id, signingKey: signing.publicKey, exchangeKey: exchange.publicKey, certificate, personKey: personKey.publicKey }
  const info = { purpose: 'person', workspace: record.workspace, subject: person.id, epoch: 0, recipient: seat.id } as const
  const wrap = await deps.store.put(personWrapName(person.id, seat.id), singleWrapToBytes(await wrapKey(exchange.publicKey, info, personKey.privateKey)))
  const stands = wrap.ok && (await handOn(deps.store, record, await openedEpochs(deps, record, open.value, person.id), () => [[person.id, personKey.publicKey]]))
  const incarnation = newIncarnation(deps.host)
  const since = stands ? await unlessUnavailable(() => introduce(deps, record, open.value, { seat, device, signing, deviceSigner: deps.keys.signerOf(deviceKey), incarnation })) : null
  if (isUnavailable(since)) return err(since)
  if (since === null) return err({ type: 'DiskFull', retry: 'later' })
  const wasAdmin = [...state.grants.values()].some((g) => g.person === person.id && g.collection === null && g.role === 'admin')
  const sealed = await sealSeat(deps.host, { seat: seat.id, workspace: record.workspace, signing: signing.kept, exchange: exchange.privateKey, viewKey: deps.host.random.bytes(32), root: wasAdmin ? root.privateKey : null }, input.pin, await deps.profile.deviceSecret(), deps.cost)
  await deps.profile.writeSeat(seat.id, sealed)
  const positions = positionsOf(state, person.id, jstDate(deps.clock.now())).map((p) => p.title)
  // Seats of a device that cannot sign any more stay closed: their people are enrolled anew as well.
  const kept = device.id === record.device.id ? record.seats.filter((s) => s.person !== person.id) : []
  const next = { ...record, device: { id: device.id, signing: deviceKey }, seats: [...kept, { seat: seat.id, person: person.id, name, positions, incarnation, sessions: 0, waitsUntil: since + recoveryMs(state, since) }] }
  await deps.profile.save(next)
  return ok(next)
}

/** The device as the log knows it, or a new one in its place where its key is in hardware that signs no more. */
async function workingDevice({ host, keys }: RecoveryDeps, record: ProfileRecord, state: AuthorityState): Promise<Result<{ readonly device: Device; readonly signing: Uint8Array }, RecoverFailure>> {
  const known = state.devices.get(record.device.id)
  if (!known) return err({ type: 'PersonUnknown', retry: 'never' })
  if ((await keys.test(record.device.signing)) === null) return ok({ device: { ...known }, signing: record.device.signing })
  const made = await keys.make()
  if (!made.ok) return made
  return ok({ device: { id: bytesToBase32(host.random.bytes(10)), signingKey: made.value.publicKey, level: keys.level }, signing: made.value.kept })
}

async function openRoot(store: ObjectStore, workspace: string, keys: RecoveryKeys): Promise<KeyPair | null> {
  const object = await store.get(rootWrapName)
  const wrapped = object && parseSingleWrap(object)
  const raw = wrapped && (await unwrapKey(keys.exchange.privateKey, { purpose: 'root', workspace, subject: '', epoch: 0, recipient: 'recovery' }, wrapped))
  return raw ? pairOf(raw) : null
}

/** Every epoch of what the person may read, as it is sealed to the recovery key. */
async function openedEpochs({ clock, store }: RecoveryDeps, record: ProfileRecord, { keys, state }: OpenRecovery, person: string): Promise<readonly EpochKey[]> {
  const granted = new Set([collectionZero, ...readableCollections(state, person, jstDate(clock.now()))])
  const epochs: EpochKey[] = []
  for (const { collection, epoch, commitment } of state.everyEpoch) {
    const key = granted.has(collection) ? await openEpochKey(store, record, collection, epoch, recoveryRecipient, keys.exchange.privateKey) : null
    if (key && epochCommitment(collection, epoch, key) === commitment) epochs.push({ collection, epoch, key })
  }
  return epochs
}

type NewSeat = { readonly seat: { readonly id: string; readonly person: string; readonly device: string; readonly signingKey: Uint8Array; readonly exchangeKey: Uint8Array; readonly certificate: Uint8Array; readonly personKey: Uint8Array }; readonly device: Device; readonly signing: MadeKey; readonly deviceSigner: Signer; readonly incarnation: string }

/** The first segment of the new seat's lane: `seat.recover`, signed by the recovery key. Its clock, from which the seat waits; null where it could not be written. */
async function introduce(deps: RecoveryDeps, record: ProfileRecord, { keys, authority, state, openZeroKey }: OpenRecovery, fresh: NewSeat): Promise<number | null> {
  const { host, clock, store } = deps
  const { seat, device } = fresh
  const epoch = newestEpoch(state, collectionZero)
  const raw = await openZeroKey(epoch)
  if (!raw) return null
  const zero = await importContentKey(host, raw)
  const signature = await signFor(await createSigner(host, keys.signing), 'recovery', encodeCbor({ workspace: record.workspace, seat, device }))
  const event: LogEvent = { v: 1, type: 'seat.recover', doc: null, deps: [], hlc: createHybridClock(clock).tick(), at: new Date(clock.now()).toISOString(), person: seat.person, position: null, body: { seat, device, signature }, salt: host.random.bytes(16) }
  const lane = `${seat.id}.${fresh.incarnation}`
  const place = { workspace: record.workspace, collection: collectionZero, lane, seq: 1 }
  const sealed = await sealEvents(host, place, [event], () => zero)
  const session = createKeyPair(host)
  const now = clock.now()
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace: record.workspace, seat: seat.id, device: device.id, person: seat.person, incarnation: fresh.incarnation, n: 0, sessionKey: session.publicKey, notBefore: now - 1000, notAfter: now + 60 * 60 * 1000, policy: '', authority: authority.vector(), token: null, posture: null },
    fresh.signing.signer,
    fresh.deviceSigner,
  )
  const header = { suite: 1, schema: 1, ...place, prev: null, session: certificate.hash, authority: authority.vector(), hlc: event.hlc, acts: sealed.acts } as const
  const segment = await createSegment(host, { epoch, key: zero }, header, sealed.events, await createSigner(host, session))
  const written = await store.put(sessionName(certificate.hash), sessionToBytes(certificate))
  const isWritten = written.ok && (await store.put(segmentName(collectionHandle(record.genesis, collectionZero), lane, 1), segment.bytes)).ok
  return isWritten ? event.hlc.ms : null
}
