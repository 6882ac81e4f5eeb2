// An office without a disk or a window, for tests: founded with the real code, its objects in memory, each seat with a host that
// gates, signs and journals as main does. Clock and randomness are counted, so that a run can be repeated.

import { givenDocuments } from '@shared/authority/ask.ts'
import type { TownData } from '@shared/authority/model.ts'
import { reduceAuthority, type AuthorityState } from '@shared/authority/reduce.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { sha256 } from '@shared/crypto/hash.ts'
import { createKeyPair, createSigner, publicKeyOf } from '@shared/crypto/keys.ts'
import type { CryptoHost, Signer } from '@shared/crypto/ports.ts'
import { unwrapKey } from '@shared/crypto/wrap.ts'
import { found, type CertificateIssuer, type Founded, type SeatSecrets } from '@shared/flow/found.ts'
import { openSegmentEvents, openSegmentHeader } from '@shared/judge/open-segment.ts'
import type { KeyRing } from '@shared/judge/ports.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import { collectionHandle, collectionZero, epochWrapsName, personWrapName, segmentFolder, sessionName } from '@shared/log/names.ts'
import { createSession, sessionToBytes } from '@shared/log/session.ts'
import { parseEpochWraps, parseSingleWrap, personRecipient } from '@shared/log/wraps.ts'
import type { Clock, Random } from '@shared/base/ports.ts'
import { issueRoot, issueSeat } from '@shared/signing/certificate.ts'
import { issueRevocationList } from '@shared/signing/revocation-list.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'

/** A folder of objects by name. */
export type Objects = Map<string, Uint8Array>

export interface TestClock extends Clock {
  advance(ms: number): void
}

export interface Office {
  readonly crypto: CryptoHost
  readonly clock: TestClock
  readonly founded: Founded
  /** A fresh folder with the objects of the founding. */
  readonly folder: () => Objects
  readonly town: TownData
  /** What main keeps sealed for each seat. */
  readonly pins: Map<string, Uint8Array>
}

/** What main holds while a seat is unlocked. */
export interface UnlockedSeat {
  readonly open: OpenVault
  readonly session: Signer
  readonly secrets: SeatSecrets
  readonly personKey: Uint8Array
}

export function createTestClock(start = Date.parse('2026-10-01T00:00:00.000Z')): TestClock {
  let now = start
  return {
    now: () => (now += 10),
    advance(ms) {
      now += ms
    },
  }
}

export function createTestCrypto(seed: string): CryptoHost {
  let n = 0
  const random: Random = {
    bytes(length) {
      const out = new Uint8Array(length)
      for (let at = 0; at < length; at += 32) out.set(sha256(utf8ToBytes(`${seed}/${n++}`)).subarray(0, Math.min(32, length - at)), at)
      return out
    },
  }
  return { subtle: globalThis.crypto.subtle as unknown as CryptoHost['subtle'], random }
}

export async function createOffice(town: TownData, seats: readonly string[], seed = 'office'): Promise<Office> {
  const crypto = createTestCrypto(seed)
  const clock = createTestClock()
  const founded = await found(crypto, clock, issuerOf(crypto), { kind: 'practice', town, admin: seats[0] as string, level: 'L0', seats })
  return { crypto, clock, founded, town, pins: new Map(), folder: () => new Map(founded.objects.map(({ name, bytes }) => [name, bytes])) }
}

function issuerOf(crypto: CryptoHost): CertificateIssuer {
  return {
    async root(root, genesis, town, at) {
      const { sign } = await createSigner(crypto, root)
      const certificate = await issueRoot({ town, genesis, publicKey: root.publicKey, serial: Uint8Array.of(1), notBefore: at, sign })
      const crl = await issueRevocationList({ root: certificate, number: 1, thisUpdate: at, nextUpdate: '2030-01-01T00:00:00.000Z', revoked: [], sign })
      return { certificate, crl }
    },
    async seat(root, rootCertificate, { name, person, publicKey }, at) {
      const { sign } = await createSigner(crypto, root)
      return issueSeat({ root: rootCertificate, name, personId: person, publicKey, serial: crypto.random.bytes(8).fill(0x41, 0, 1), notBefore: at, sign })
    },
  }
}

/** Opens the seat of a person and writes its session certificate into the folder. */
export async function unlockSeat({ crypto, clock, founded, town }: Office, objects: Objects, person: string): Promise<UnlockedSeat> {
  const seat = founded.seats.find((candidate) => candidate.person === person)
  if (!seat) throw new Error('no seat for this person')
  const session = createKeyPair(crypto)
  const now = clock.now()
  const certificate = await createSession(
    {
      suite: 1, schema: 1, kind: 'session', workspace: founded.workspace, seat: seat.seat, device: founded.device.id, person, incarnation: seat.incarnation, n: 1,
      sessionKey: session.publicKey, notBefore: now - 1000, notAfter: now + 12 * 60 * 60 * 1000 - 1000, policy: town.policies[0]?.id ?? '', authority: {}, token: null, posture: null,
    },
    seat.signing.signer,
    founded.device.signing.signer,
  )
  objects.set(sessionName(certificate.hash), sessionToBytes(certificate))
  const epochKeys = await epochKeysOf(founded, objects, seat, town)
  const open: OpenVault = {
    workspace: founded.workspace, genesis: founded.genesis, kind: 'practice', person, seat: seat.seat, device: founded.device.id, lane: `${seat.seat}.${seat.incarnation}`,
    viewKey: sha256(seat.signing.kept), epochKeys, given: await givenHere({ crypto, founded }, objects, { person, epochKeys }, jstDate(now)), session: certificate.hash,
  }
  return { open, session: await createSigner(crypto, session), secrets: seat, personKey: await personKeyOf(founded, objects, seat) }
}

async function personKeyOf({ workspace }: Founded, objects: Objects, { person, seat, exchange }: SeatSecrets): Promise<Uint8Array> {
  const wrap = parseSingleWrap(objects.get(personWrapName(person, seat)) ?? new Uint8Array())
  const personKey = wrap && (await unwrapKey(exchange.privateKey, { purpose: 'person', workspace, subject: person, epoch: 0, recipient: seat }, wrap))
  if (!personKey) throw new Error('the person key does not open')
  return personKey
}

/** What a person is given one by one by what lies in the folder. */
export async function givenHere({ crypto, founded }: Pick<Office, 'crypto' | 'founded'>, objects: Objects, { person, epochKeys }: Pick<OpenVault, 'person' | 'epochKeys'>, date: string): Promise<OpenVault['given']> {
  const state = await authorityOf(crypto, founded, objects, epochKeys)
  return givenDocuments(state, person, date, epochKeys.map(({ collection }) => collection)).map(({ collection, document }) => ({ collection, document }))
}

/** Who there is by what lies in the folder, as if the judge had let all in. */
async function authorityOf(crypto: CryptoHost, { workspace, genesis }: Founded, objects: Objects, epochKeys: OpenVault['epochKeys']): Promise<AuthorityState> {
  const zero = await importContentKey(crypto, epochKeys.find(({ collection }) => collection === collectionZero)?.key ?? new Uint8Array())
  const keys: KeyRing = { epochKey: async () => zero, documentKey: async () => 'not-granted' }
  const events: KnownEvent[] = []
  for (const [name, object] of objects) {
    if (!name.startsWith(segmentFolder(collectionHandle(genesis, collectionZero), ''))) continue
    const opened = await openSegmentHeader(crypto, workspace, keys, object)
    const inside = typeof opened === 'object' ? await openSegmentEvents(crypto, keys, opened, () => '') : null
    if (typeof opened === 'object' && inside && typeof inside === 'object') events.push(...inside.events.map((one) => ({ ...one, lane: `${opened.header.lane}/${collectionZero}`, seq: opened.header.seq })))
  }
  return reduceAuthority(events)
}

async function epochKeysOf(founded: Founded, objects: Objects, seat: SeatSecrets, town: TownData): Promise<OpenVault['epochKeys']> {
  const { person } = seat
  const { workspace, genesis } = founded
  const personKey = await personKeyOf(founded, objects, seat)
  const recipient = personRecipient(person, publicKeyOf(personKey))
  const keys: { collection: string; epoch: number; key: Uint8Array }[] = []
  for (const collection of [collectionZero, ...town.collections.map(({ id }) => id)]) {
    const wraps = parseEpochWraps(objects.get(epochWrapsName(collectionHandle(genesis, collection), 0)) ?? new Uint8Array())
    const mine = wraps?.[recipient]
    const key = mine && (await unwrapKey(personKey, { purpose: 'epoch', workspace, subject: collection, epoch: 0, recipient }, mine))
    if (key) keys.push({ collection, epoch: 0, key })
  }
  return keys
}
