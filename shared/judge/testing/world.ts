// A founded workspace in memory for tests: deterministic clock and randomness, every seat's keys at hand, segments composed the way
// main composes them. The objects are real; only the certificates' bytes are stand-ins, which the judge never reads.

import type { Epoch } from '../../authority/events.ts'
import type { TownData } from '../../authority/model.ts'
import { sampleTown } from '../../authority/sample-town.ts'
import type { Clock, Random } from '../../base/ports.ts'
import { concatBytes, utf8ToBytes } from '../../base/bytes.ts'
import { importContentKey } from '../../crypto/envelope.ts'
import { sha256 } from '../../crypto/hash.ts'
import { createKeyPair, createSigner, publicKeyOf } from '../../crypto/keys.ts'
import type { ContentKey, CryptoHost, Signer, Subtle } from '../../crypto/ports.ts'
import { unwrapKey } from '../../crypto/wrap.ts'
import { found, type CertificateIssuer, type Founded, type SeatSecrets } from '../../flow/found.ts'
import { createHybridClock, type HybridClock } from '../../log/clock.ts'
import type { LogEvent } from '../../log/event.ts'
import { evidenceHashes, noEvidence, sealEvidence, type EvidenceSet } from '../../log/evidence.ts'
import { collectionHandle, collectionZero, documentHandle, documentWrapName, epochWrapsName, personWrapName, segmentName, seqName, sessionName, twinFolder } from '../../log/names.ts'
import { createSegment, eventId, eventToBytes } from '../../log/segment.ts'
import { sealEvents, type SealedEvents } from '../../log/seal-events.ts'
import { createSession, sessionToBytes, type SessionCertificate, type Vector } from '../../log/session.ts'
import { epochCommitment, openDocumentKey, parseEpochWraps, parseSingleWrap, personRecipient, sealDocumentKey } from '../../log/wraps.ts'
import { createDoor, type Door, type DoorDeps } from '../door.ts'
import { createMemoryView, type MemoryView } from '../memory-view.ts'
import type { KeyRing, StateRow } from '../ports.ts'

declare const crypto: { readonly subtle: unknown }

/** The same bytes for the same seed; `drawn` blocks of it are gone already. */
export function seededRandom(seed: string, drawn = 0): Random & { readonly drawn: () => number } {
  let n = drawn
  return {
    drawn: () => n,
    bytes(length) {
      const parts: Uint8Array[] = []
      for (let have = 0; have < length; have += 32) parts.push(sha256(utf8ToBytes(`${seed}/${n++}`)))
      return concatBytes(...parts).slice(0, length)
    },
  }
}

export function testHost(seed: string): CryptoHost {
  return { subtle: crypto.subtle as Subtle, random: seededRandom(seed) }
}

/** 2026-10-01 09:00 in Japan, moved on by hand. */
export function testClock(): Clock & { advance(ms: number): void } {
  let now = Date.parse('2026-10-01T00:00:00.000Z')
  return {
    now: () => now,
    advance(ms) {
      now += ms
    },
  }
}

const standInIssuer: CertificateIssuer = {
  root: async (_root, genesis) => ({ certificate: utf8ToBytes(`root ${genesis}`), crl: new Uint8Array(1) }),
  seat: async (_root, _certificate, subject) => utf8ToBytes(`seat ${subject.person}`),
}

export interface Writer {
  readonly lane: string
  readonly person: string
  readonly session: { readonly certificate: SessionCertificate; readonly signer: Signer }
  /** A copy of the profile in which a session of its own was opened: it goes on in the same lane. */
  copy(): Promise<Writer>
  /** Builds an event of this person; deps are the caller's. */
  event(type: string, doc: string | null, body: unknown, options?: { readonly position?: string | null; readonly deps?: readonly string[] }): LogEvent
  /** Seals, signs and stores a segment; `declare` may lie in the header, and `lane` claims another. */
  write(collection: string, events: readonly LogEvent[], options?: { readonly schema?: number; readonly declare?: (sealed: SealedEvents) => SealedEvents; readonly authority?: Vector; readonly epoch?: number; readonly lane?: string }): Promise<string>
}

export interface World {
  readonly founded: Founded
  readonly host: CryptoHost
  readonly clock: ReturnType<typeof testClock>
  readonly objects: Map<string, Uint8Array>
  /** `rests`: what its session rests on; `keys`: what it holds beside what its person was founded with. */
  writer(seat: SeatSecrets, rests?: EvidenceSet, keys?: KeyRing): Promise<Writer>
  keyRing(person: string): Promise<KeyRing>
  /** A later key of collection zero, which everybody's ring holds at once; the body of its `epoch.new`. */
  newZeroEpoch(epoch: number): Promise<Epoch>
  /** Makes a document's key and its wrap, as a draft's first act does. */
  newDocument(collection: string, doc: string): Promise<void>
  replica(person: string, rowsOf?: (collection: string, doc: string, events: readonly { readonly id: string }[]) => readonly StateRow[], own?: ReadonlyMap<string, Uint8Array>, keys?: KeyRing): Promise<{ readonly door: Door; readonly view: MemoryView }>
}

const idRows = (_collection: string, doc: string, events: readonly { readonly id: string }[]): readonly StateRow[] => [{ table: 'document', key: doc, value: events.map((e) => e.id).sort() }]

/** The sample town with the writers of one collection, its administrator and nothing else: a short founding for tests that replay often. */
export function fewPeople(collection: string): TownData {
  const granted = sampleTown.grants.filter((g) => g.role === 'admin' || (g.collection === collection && g.role === 'writer'))
  const here = new Set(granted.map((g) => g.person))
  const grants = granted.filter((g) => g.collection === null || g.collection === collection)
  const collections = sampleTown.collections.filter((c) => c.id === collection)
  return { ...sampleTown, sections: [], people: sampleTown.people.filter((p) => here.has(p.id)), positions: [], appointments: [], collections, grants, series: [], schedules: [], decisionTables: [], forms: [] }
}

function foundTown(host: CryptoHost, seatCount: number, town: TownData): Promise<Founded> {
  const admin = town.grants.find((g) => g.role === 'admin')?.person as string
  const people = [...new Set([admin, ...town.people.filter((p) => p.employment === 'regular').map((p) => p.id)])].slice(0, seatCount)
  return found(host, testClock(), standInIssuer, { kind: 'practice', town, admin, level: 'L0', seats: people })
}

const foundings = new Map<string, Promise<{ readonly founded: Founded; readonly drawn: number }>>()

/** The sample town under one seed is founded once for all tests that ask for it: what follows draws on from there. */
async function sampleFounding(seed: string, seatCount: number): Promise<{ readonly founded: Founded; readonly host: CryptoHost }> {
  const make = async () => {
    const random = seededRandom(seed)
    const founded = await foundTown({ ...testHost(seed), random }, seatCount, sampleTown)
    return { founded, drawn: random.drawn() }
  }
  const key = `${seatCount}/${seed}`
  const founding = foundings.get(key) ?? make()
  foundings.set(key, founding)
  const { founded, drawn } = await founding
  return { founded, host: { ...testHost(seed), random: seededRandom(seed, drawn) } }
}

export async function createWorld(seed: string, seatCount = 3, town: TownData = sampleTown, ownHost: CryptoHost | null = null): Promise<World> {
  const clock = testClock()
  const newHost = ownHost ?? testHost(seed)
  const { founded, host } = town === sampleTown && !ownHost ? await sampleFounding(seed, seatCount) : { founded: await foundTown(newHost, seatCount, town), host: newHost }
  const objects = new Map(founded.objects.map(({ name, bytes }) => [name, bytes]))
  const epochKeys = new Map<string, ContentKey>()
  const personKey = async (seat: SeatSecrets): Promise<Uint8Array> => {
    const wrapped = parseSingleWrap(objects.get(personWrapName(seat.person, seat.seat)) as Uint8Array)
    return (wrapped && (await unwrapKey(seat.exchange.privateKey, { purpose: 'person', workspace: founded.workspace, subject: seat.person, epoch: 0, recipient: seat.seat }, wrapped))) as Uint8Array
  }
  const epochKey = async (seat: SeatSecrets, collection: string): Promise<ContentKey | null> => {
    const wraps = parseEpochWraps(objects.get(epochWrapsName(collectionHandle(founded.genesis, collection), 0)) ?? new Uint8Array())
    const own = await personKey(seat)
    const recipient = personRecipient(seat.person, publicKeyOf(own))
    const wrapped = wraps?.[recipient]
    const raw = wrapped && (await unwrapKey(own, { purpose: 'epoch', workspace: founded.workspace, subject: collection, epoch: 0, recipient }, wrapped))
    if (!raw) return null
    const key = await importContentKey(host, raw)
    epochKeys.set(collection, key)
    return key
  }
  const seatOf = (person: string): SeatSecrets => founded.seats.find((s) => s.person === person) as SeatSecrets
  const laterZero = new Map<number, ContentKey>()
  const keyRing = async (person: string): Promise<KeyRing> => {
    const held = new Map<string, ContentKey | null>()
    const epoch = async (collection: string): Promise<ContentKey | null> => {
      if (!held.has(collection)) held.set(collection, await epochKey(seatOf(person), collection))
      return held.get(collection) ?? null
    }
    return {
      epochKey: async (collection, n) => (collection === collectionZero && n > 0 ? (laterZero.get(n) ?? null) : epoch(collection)),
      async documentKey(collection, docHandle) {
        const key = await epoch(collection)
        if (!key) return 'not-granted'
        const object = objects.get(documentWrapName(collectionHandle(founded.genesis, collection), docHandle))
        return (object && (await openDocumentKey(host, () => key, { workspace: founded.workspace, collection, docHandle }, object))) || 'not-here'
      },
    }
  }
  return {
    founded,
    host,
    clock,
    objects,
    keyRing,
    async newZeroEpoch(epoch) {
      const raw = host.random.bytes(32)
      laterZero.set(epoch, await importContentKey(host, raw))
      return { collection: collectionZero, epoch, commitment: epochCommitment(collectionZero, epoch, raw) }
    },
    async newDocument(collection, doc) {
      const docHandle = documentHandle(founded.workspace, doc)
      for (const seat of founded.seats) if (!epochKeys.has(collection)) await epochKey(seat, collection)
      const sealed = await sealDocumentKey(host, epochKeys.get(collection) as ContentKey, 0, { workspace: founded.workspace, collection, docHandle }, host.random.bytes(32))
      objects.set(documentWrapName(collectionHandle(founded.genesis, collection), docHandle), sealed)
    },
    async replica(person, rowsOf = idRows, own = objects, keys) {
      const view = createMemoryView()
      const door = createDoor({ host, workspace: founded.workspace, genesis: founded.genesis, keys: keys ?? (await keyRing(person)), view, session: async (hash) => objects.get(sessionName(hash)) ?? null, candidates: candidatesOf(own, founded.genesis), rowsOf })
      return { door, view }
    },
    writer: (seat, rests, keys) => createWriter({ host, clock, founded, objects }, seat, keys ? async () => keys : keyRing, undefined, rests),
  }
}

/** Every object under a lane's number: the named one first, then those beside it. */
export function candidatesOf(objects: ReadonlyMap<string, Uint8Array>, genesis: string): DoorDeps['candidates'] {
  return async (collection, lane, seq) => {
    const handle = collectionHandle(genesis, collection)
    const beside = [...objects.keys()].filter((name) => name.startsWith(`${twinFolder(handle)}/${lane}/${seqName(seq)}/`)).sort()
    return [segmentName(handle, lane, seq), ...beside].flatMap((name) => {
      const bytes = objects.get(name)
      return bytes ? [{ name, bytes }] : []
    })
  }
}

interface WriterWorld {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly founded: Founded
  readonly objects: Map<string, Uint8Array>
}

type Heads = ReadonlyMap<string, { readonly seq: number; readonly hash: string }>

async function createWriter(around: WriterWorld, seat: SeatSecrets, keyRing: World['keyRing'], start?: Heads, rests: EvidenceSet = noEvidence): Promise<Writer> {
  const { host, clock, founded, objects } = around
  const lane = `${seat.seat}.${seat.incarnation}`
  const keys = await keyRing(seat.person)
  const hlc: HybridClock = createHybridClock(clock)
  const heads = new Map(start ?? (lane === founded.head.lane ? [[collectionZero, founded.head]] : []))
  const session = createKeyPair(host)
  const certificate: SessionCertificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace: founded.workspace, seat: seat.seat, device: founded.device.id, person: seat.person, incarnation: seat.incarnation, n: 1, sessionKey: session.publicKey, notBefore: clock.now() - 1000, notAfter: clock.now() + 8 * 60 * 60 * 1000, policy: '', authority: { [founded.head.lane]: 1 }, ...evidenceHashes(rests) },
    seat.signing.signer,
    founded.device.signing.signer,
    await sealEvidence(host, founded.workspace, { epoch: 0, key: (await keys.epochKey(collectionZero, 0)) as ContentKey }, rests),
  )
  objects.set(sessionName(certificate.hash), sessionToBytes(certificate))
  const signer: Signer = await createSigner(host, session)
  return {
    lane,
    person: seat.person,
    session: { certificate, signer },
    copy: () => createWriter(around, seat, keyRing, heads, rests),
    event: (type, doc, body, options = {}) => ({ v: 1, type, doc, deps: options.deps ?? [], hlc: hlc.tick(), at: new Date(clock.now()).toISOString(), person: seat.person, position: options.position ?? null, body, salt: host.random.bytes(16) }),
    async write(collection, events, options = {}) {
      const head = heads.get(collection)
      const place = { workspace: founded.workspace, collection, lane: options.lane ?? lane, seq: (head?.seq ?? 0) + 1 }
      const { epoch = 0 } = options
      const documentKeys = new Map<string | null, ContentKey>()
      for (const { doc } of events) {
        const key = doc === null ? await keys.epochKey(collectionZero, epoch) : await keys.documentKey(collection, documentHandle(founded.workspace, doc))
        if (!key || typeof key === 'string') throw new Error('the writer does not hold this key')
        documentKeys.set(doc, key)
      }
      const honest = await sealEvents(host, place, events, (event) => documentKeys.get(event.doc) as ContentKey)
      const sealed = options.declare?.(honest) ?? honest
      const header = { suite: 1, schema: (options.schema ?? 1) as 1, ...place, prev: head?.hash ?? null, session: certificate.hash, authority: options.authority ?? { [founded.head.lane]: 1 }, hlc: (events.at(-1) as LogEvent).hlc, acts: sealed.acts } as const
      const segment = await createSegment(host, { epoch, key: (await keys.epochKey(collectionZero, epoch)) as ContentKey }, header, sealed.events, signer)
      heads.set(collection, { seq: place.seq, hash: segment.hash })
      const name = segmentName(collectionHandle(founded.genesis, collection), place.lane, place.seq)
      objects.set(name, segment.bytes)
      return name
    },
  }
}

export function idOf(event: LogEvent): string {
  return eventId(eventToBytes(event))
}

/** Admits segments in this order, again and again until nothing moves; the names that still wait. */
export async function admitUntilStill(world: World, door: Door, names: readonly string[]): Promise<readonly string[]> {
  let left = [...names]
  for (let moved = true; moved; ) {
    moved = false
    const later: string[] = []
    for (const name of left) {
      const { outcome } = await door.admit(name, world.objects.get(name) as Uint8Array)
      if (outcome === 'waiting') later.push(name)
      else moved = true
    }
    left = later
  }
  return left
}
