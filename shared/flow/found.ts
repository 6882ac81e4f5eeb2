// First, a workspace is founded: keys for root, recovery, device, people and seats; collection zero with the town's data as its
// first segment; wraps for everybody who may read. Pure: whoever calls seals the secrets and writes the objects.

import type { Grant, TownData } from '../authority/model.ts'
import { bytesToBase32 } from '../base/bytes.ts'
import type { Clock } from '../base/ports.ts'
import { importContentKey } from '../crypto/envelope.ts'
import { createKeyPair, createSigner, createSigningKey, type KeyPair } from '../crypto/keys.ts'
import type { ContentKey, CryptoHost, MadeKey } from '../crypto/ports.ts'
import type { ProtectionLevel } from '../posture/model.ts'
import { recoveryKeysOf } from '../crypto/recovery-keys.ts'
import { wrapKey } from '../crypto/wrap.ts'
import { createHybridClock, type HybridClock } from '../log/clock.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionHandle, collectionZero, epochWrapsName, formatName, personWrapName, rootWrapName, segmentName, sessionName } from '../log/names.ts'
import { createSegment, eventId, eventToBytes } from '../log/segment.ts'
import { sealEvents } from '../log/seal-events.ts'
import { createSession, sessionToBytes } from '../log/session.ts'
import { epochCommitment, epochWrapsToBytes, personRecipient, singleWrapToBytes, type EpochWraps } from '../log/wraps.ts'
import { encodeCbor } from '../base/cbor.ts'
import { foundingEvents } from '../authority/founding-events.ts'
import { fullName } from '../authority/person-name.ts'

/** Issues the X.509 certificates (DER); `genesis` goes into the root's SAN URI. */
export interface CertificateIssuer {
  root(root: KeyPair, genesis: string, town: string, at: string): Promise<{ readonly certificate: Uint8Array; readonly crl: Uint8Array }>
  seat(root: KeyPair, rootCertificate: Uint8Array, subject: { readonly person: string; readonly name: string; readonly town: string; readonly publicKey: Uint8Array }, at: string): Promise<Uint8Array>
}

export interface FoundInput {
  readonly kind: 'practice' | 'real'
  readonly town: TownData
  readonly admin: string
  /** How well the keys that `makeKey` gives are kept. */
  readonly level: ProtectionLevel
  /** People (ids) who get a seat on this device; the admin is among them. */
  readonly seats: readonly string[]
}

export interface SeatSecrets {
  readonly seat: string
  readonly person: string
  readonly incarnation: string
  readonly signing: MadeKey
  readonly exchange: KeyPair
  readonly certificate: Uint8Array
}

export interface Founded {
  readonly workspace: string
  readonly genesis: string
  readonly device: { readonly id: string; readonly signing: MadeKey }
  readonly root: KeyPair
  readonly rootCertificate: Uint8Array
  readonly recoverySeed: Uint8Array
  readonly seats: readonly SeatSecrets[]
  /** Objects to write, in this order (a reference after its target). */
  readonly objects: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Hash of the first segment: the head of the founder's lane. */
  readonly head: { readonly lane: string; readonly seq: number; readonly hash: string }
}

/** `makeKey` is asked for the device's key first, then for one of each seat in their order. */
export async function found(host: CryptoHost, clock: Clock, issuer: CertificateIssuer, input: FoundInput, makeKey: () => Promise<MadeKey> = () => createSigningKey(host)): Promise<Founded> {
  const newId = (): string => bytesToBase32(host.random.bytes(10))
  const workspace = bytesToBase32(host.random.bytes(15))
  const recoverySeed = host.random.bytes(32)
  const recovery = recoveryKeysOf(recoverySeed)
  const root = createKeyPair(host)
  const device = { id: newId(), signing: await makeKey() }
  const people = new Map(input.town.people.map((person) => [person.id, createKeyPair(host)]))
  const epochKeys = new Map([collectionZero, ...input.town.collections.map((c) => c.id)].map((id) => [id, host.random.bytes(32)]))
  const hlc = createHybridClock(clock)
  const at = new Date(clock.now()).toISOString()
  const event = (type: string, body: unknown): LogEvent => ({ v: 1, type, doc: null, deps: [], hlc: hlc.tick(), at, person: input.admin, position: null, body, salt: host.random.bytes(16) })

  const genesisEvent = event('workspace.genesis', {
    workspace,
    kind: input.kind,
    rootKey: root.publicKey,
    recoverySigningKey: recovery.signing.publicKey,
    recoveryExchangeKey: recovery.exchange.publicKey,
    epoch: epochCommitment(collectionZero, 0, epochKeys.get(collectionZero) as Uint8Array),
  })
  const genesis = eventId(eventToBytes(genesisEvent))
  const rootX509 = await issuer.root(root, genesis, input.town.town.name, at)
  const seats: SeatSecrets[] = []
  for (const id of input.seats) {
    const person = input.town.people.find((p) => p.id === id)
    if (!person) throw new Error('a seat for a person who is not in the town')
    const signing = await makeKey()
    const subject = { person: id, name: fullName(person), town: input.town.town.name, publicKey: signing.publicKey }
    const certificate = await issuer.seat(root, rootX509.certificate, subject, at)
    seats.push({ seat: newId(), person: id, incarnation: newId(), signing, exchange: createKeyPair(host), certificate })
  }
  const events = [
    genesisEvent,
    ...foundingEvents({ town: input.town, root: rootX509, device: { id: device.id, signingKey: device.signing.publicKey, level: input.level }, seats: seats.map((s) => ({ id: s.seat, person: s.person, device: device.id, signingKey: s.signing.publicKey, exchangeKey: s.exchange.publicKey, certificate: s.certificate })), personKeys: [...people].map(([person, pair]) => ({ person, exchangeKey: pair.publicKey })), epochs: [...epochKeys].filter(([id]) => id !== collectionZero).map(([id, key]) => ({ collection: id, epoch: 0, commitment: epochCommitment(id, 0, key) })) }).map(({ type, body }) => event(type, body)),
  ]

  const founder = seats.find((s) => s.person === input.admin)
  if (!founder) throw new Error('the first administrator has no seat')
  const lane = `${founder.seat}.${founder.incarnation}`
  const zeroKey = await importContentKey(host, epochKeys.get(collectionZero) as Uint8Array)
  const place = { workspace, collection: collectionZero, lane, seq: 1 }
  const sealed = await sealEvents(host, place, events, () => zeroKey)
  const session = createKeyPair(host)
  const now = clock.now()
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace, seat: founder.seat, device: device.id, person: input.admin, incarnation: founder.incarnation, n: 0, sessionKey: session.publicKey, notBefore: now - 1000, notAfter: now + 60 * 60 * 1000, policy: input.town.policies[0]?.id ?? '', authority: {}, token: null, posture: null },
    founder.signing.signer,
    device.signing.signer,
  )
  const lastHlc = (events.at(-1) as LogEvent).hlc
  const segment = await createSegment(host, { epoch: 0, key: zeroKey }, { suite: 1, schema: 1, ...place, prev: null, session: certificate.hash, authority: {}, hlc: lastHlc, acts: sealed.acts }, sealed.events, await createSigner(host, session))

  const confirmed = await confirmations({ host, hlc, at, now, workspace, genesis, device, policy: input.town.policies[0]?.id ?? '', zeroKey, lane, seats: seats.filter((seat) => seat !== founder && isAdministrator(input.town, seat.person)), newId })
  const handle = (collection: string): string => collectionHandle(genesis, collection)
  const objects: { name: string; bytes: Uint8Array }[] = [{ name: formatName, bytes: encodeCbor({ z: 1, min: 1 }) }]
  const rootWrap = await wrapKey(recovery.exchange.publicKey, { purpose: 'root', workspace, subject: '', epoch: 0, recipient: 'recovery' }, root.privateKey)
  objects.push({ name: rootWrapName, bytes: singleWrapToBytes(rootWrap) })
  for (const [person, pair] of people) {
    const targets: [string, Uint8Array][] = [['recovery', recovery.exchange.publicKey], ...seats.filter((s) => s.person === person).map((s): [string, Uint8Array] => [s.seat, s.exchange.publicKey])]
    for (const [recipient, key] of targets) {
      const wrapped = await wrapKey(key, { purpose: 'person', workspace, subject: person, epoch: 0, recipient }, pair.privateKey)
      objects.push({ name: personWrapName(person, recipient), bytes: singleWrapToBytes(wrapped) })
    }
  }
  for (const [collection, key] of epochKeys) {
    const to: Record<string, EpochWraps[string]> = { recovery: await wrapKey(recovery.exchange.publicKey, { purpose: 'epoch', workspace, subject: collection, epoch: 0, recipient: 'recovery' }, key) }
    for (const person of readersOf(input.town, collection)) {
      const pair = people.get(person)
      if (!pair) continue
      const recipient = personRecipient(person, pair.publicKey)
      to[recipient] = await wrapKey(pair.publicKey, { purpose: 'epoch', workspace, subject: collection, epoch: 0, recipient }, key)
    }
    objects.push({ name: epochWrapsName(handle(collection), 0), bytes: epochWrapsToBytes(to) })
  }
  objects.push({ name: sessionName(certificate.hash), bytes: sessionToBytes(certificate) })
  objects.push({ name: segmentName(handle(collectionZero), lane, 1), bytes: segment.bytes }, ...confirmed)
  return { workspace, genesis, device, root, rootCertificate: rootX509.certificate, recoverySeed, seats, objects, head: { lane, seq: 1, hash: segment.hash } }
}

interface Confirming {
  readonly host: CryptoHost
  readonly hlc: HybridClock
  readonly at: string
  readonly now: number
  readonly workspace: string
  readonly genesis: string
  readonly device: Founded['device']
  readonly policy: string
  readonly zeroKey: ContentKey
  /** The founder's: its first segment is what they stand behind. */
  readonly lane: string
  readonly seats: readonly SeatSecrets[]
  readonly newId: () => string
}

/** AU-12 every further administrator's seat signs the founding, on a lane of its own that ends with it. */
async function confirmations({ host, hlc, at, now, workspace, genesis, device, policy, zeroKey, lane: founding, seats, newId }: Confirming): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
  const objects: { name: string; bytes: Uint8Array }[] = []
  const authority = { [founding]: 1 }
  for (const { seat, person, signing } of seats) {
    const incarnation = newId()
    const lane = `${seat}.${incarnation}`
    const place = { workspace, collection: collectionZero, lane, seq: 1 }
    const event: LogEvent = { v: 1, type: 'genesis.confirm', doc: null, deps: [], hlc: hlc.tick(), at, person, position: null, body: { genesis }, salt: host.random.bytes(16) }
    const sealed = await sealEvents(host, place, [event], () => zeroKey)
    const session = createKeyPair(host)
    const certificate = await createSession(
      { suite: 1, schema: 1, kind: 'session', workspace, seat, device: device.id, person, incarnation, n: 0, sessionKey: session.publicKey, notBefore: now - 1000, notAfter: now + 60 * 60 * 1000, policy, authority, token: null, posture: null },
      signing.signer,
      device.signing.signer,
    )
    const segment = await createSegment(host, { epoch: 0, key: zeroKey }, { suite: 1, schema: 1, ...place, prev: null, session: certificate.hash, authority, hlc: event.hlc, acts: sealed.acts }, sealed.events, await createSigner(host, session))
    objects.push({ name: sessionName(certificate.hash), bytes: sessionToBytes(certificate) }, { name: segmentName(collectionHandle(genesis, collectionZero), lane, 1), bytes: segment.bytes })
  }
  return objects
}

function isAdministrator(town: TownData, person: string): boolean {
  return town.grants.some((grant) => grant.person === person && grant.collection === null && grant.role === 'admin')
}

/** Everybody reads collection zero; a collection is read by whoever has any grant on it. */
function readersOf(town: TownData, collection: string): readonly string[] {
  if (collection === collectionZero) return town.people.map((p) => p.id)
  return [...new Set(town.grants.filter((g: Grant) => g.collection === collection).map((g) => g.person))]
}
