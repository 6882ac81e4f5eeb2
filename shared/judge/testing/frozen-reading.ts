// Reads the frozen workspace with today's code into plain values: what shared/log/fixtures/reading.json says the bytes mean.

import { bytesToHex, hexToBytes } from '../../base/bytes.ts'
import { decodeCbor } from '../../base/cbor.ts'
import { importContentKey } from '../../crypto/envelope.ts'
import { sha256 } from '../../crypto/hash.ts'
import { recoveryKeysOf } from '../../crypto/recovery-keys.ts'
import { recoveryShareToCode, splitRecoverySeed } from '../../crypto/recovery-shares.ts'
import { createVerify } from '../../crypto/sign.ts'
import { unwrapKey } from '../../crypto/wrap.ts'
import { parseBeacon, verifyBeacon } from '../../log/beacon.ts'
import type { BlobRef } from '../../log/blob.ts'
import type { LogEvent } from '../../log/event.ts'
import { beaconName, collectionHandle, collectionZero, documentHandle, documentWrapName, epochWrapsName, formatName, packName, personWrapName, sessionName } from '../../log/names.ts'
import { unpackFile } from '../../log/pack.ts'
import { parseSession, verifySession } from '../../log/session.ts'
import { openDocumentKey, parseEpochWraps, parseSingleWrap } from '../../log/wraps.ts'
import { createDoor } from '../door.ts'
import { createMemoryView } from '../memory-view.ts'
import { openSegmentEvents, openSegmentHeader, verifyHeader } from '../open-segment.ts'
import type { KeyRing } from '../ports.ts'
import { frozenCollection, frozenDocument, frozenPublisher, type Frozen } from './frozen-making.ts'
import { testHost } from './world.ts'

const host = testHost('reading')

export async function readFrozen({ objects, keys }: Frozen) {
  const object = (name: string): Uint8Array => hexToBytes(objects[name] ?? '')
  const { ring, opened } = await openKeys({ objects, keys })
  const names = Object.keys(objects)
  const verify = createVerify(host)
  const sessions: Record<string, unknown> = {}
  for (const name of names.filter((n) => n.startsWith('c/'))) {
    const session = parseSession(object(name))
    const seat = keys.seats.find((s) => s.seat === session?.body.seat)
    sessions[name] = session && { body: session.body, hash: session.hash, holds: await verifySession(verify, session, hexToBytes(seat?.public ?? ''), hexToBytes(keys.device.public)) }
  }
  const segments: Record<string, unknown> = {}
  for (const name of names.filter((n) => n.startsWith('j/'))) {
    const header = await openSegmentHeader(host, keys.workspace, ring, object(name))
    const session = typeof header === 'string' ? null : parseSession(object(sessionName(header.header.session)))
    segments[name] =
      typeof header === 'string'
        ? header
        : { header: header.header, epoch: header.segment.epoch, hash: header.segment.hash, holds: !!session && (await verifyHeader(verify, header, session)), ...((await openSegmentEvents(host, ring, header, (doc) => documentHandle(keys.workspace, doc))) as object) }
  }
  const seed = hexToBytes(keys.recoverySeed)
  const recovery = recoveryKeysOf(seed)
  const signed = parseBeacon(object(beaconName(frozenPublisher)))
  return plain({
    format: decodeCbor(object(formatName)),
    ...opened,
    sessions,
    segments,
    beacon: signed && { beacon: signed.beacon, holds: await verifyBeacon(verify, signed, hexToBytes(keys.device.public)) },
    files: await unpackAll({ objects, keys }, ring, segments),
    recovery: { sheets: splitRecoverySeed({ bytes: () => sha256(seed) }, seed).map(recoveryShareToCode), signing: recovery.signing.publicKey, exchange: recovery.exchange.publicKey },
    state: await admitFrozen({ objects, keys }, ring),
  })
}

/** The files of frozen packs, by name of the pack; of a pack that is not here, null. */
async function unpackAll({ objects, keys }: Frozen, ring: KeyRing, segments: Readonly<Record<string, unknown>>) {
  const docHandle = documentHandle(keys.workspace, frozenDocument)
  const key = await ring.documentKey(frozenCollection, docHandle)
  const files: Record<string, Uint8Array | null> = {}
  const events = Object.values(segments).flatMap((one) => (one as { readonly events?: readonly { readonly event: LogEvent }[] }).events ?? [])
  for (const { event } of events.filter((known) => known.event.type === 'draft.attach')) {
    const { blob } = event.body as { readonly blob: BlobRef }
    const read = async (pack: string, at: number, length: number) => (objects[packName(pack)] === undefined ? null : hexToBytes(objects[packName(pack)] ?? '').slice(at, at + length))
    files[packName(blob.chunks[0]?.pack ?? '')] = typeof key === 'string' ? null : await unpackFile(host, key, keys.workspace, docHandle, blob, read)
  }
  return files
}

/** Every wrap opened: what each hands to whom. */
async function openKeys({ objects, keys }: Frozen) {
  const { workspace, genesis } = keys
  const object = (name: string): Uint8Array => hexToBytes(objects[name] ?? '')
  const people: Record<string, Uint8Array | null> = {}
  const epochs: Record<string, Uint8Array | null> = {}
  const recovery = recoveryKeysOf(hexToBytes(keys.recoverySeed)).exchange.privateKey
  const personKey = async (person: string, recipient: string, exchange: Uint8Array): Promise<Uint8Array | null> => {
    const wrapped = parseSingleWrap(object(personWrapName(person, recipient)))
    return wrapped && unwrapKey(exchange, { purpose: 'person', workspace, subject: person, epoch: 0, recipient }, wrapped)
  }
  const openEpochs = async (recipient: string, key: Uint8Array | null): Promise<void> => {
    for (const collection of [collectionZero, frozenCollection]) {
      const name = epochWrapsName(collectionHandle(genesis, collection), 0)
      const mine = parseEpochWraps(object(name))?.[recipient]
      epochs[`${name} ${recipient}`] = key && mine ? await unwrapKey(key, { purpose: 'epoch', workspace, subject: collection, epoch: 0, recipient }, mine) : null
    }
  }
  for (const { seat, person, exchange } of keys.seats) {
    const key = await personKey(person, seat, hexToBytes(exchange))
    people[personWrapName(person, seat)] = key
    people[personWrapName(person, 'recovery')] = await personKey(person, 'recovery', recovery)
    await openEpochs(person, key)
  }
  await openEpochs('recovery', recovery)
  const root = parseSingleWrap(object('u/root/recovery'))
  const rootKey = root && (await unwrapKey(recovery, { purpose: 'root', workspace, subject: '', epoch: 0, recipient: 'recovery' }, root))
  const epochKey: KeyRing['epochKey'] = async (collection) => {
    const raw = epochs[`${epochWrapsName(collectionHandle(genesis, collection), 0)} ${keys.seats[0]?.person}`]
    return raw ? importContentKey(host, raw) : null
  }
  const documentKey: KeyRing['documentKey'] = async (collection, docHandle) => {
    const epoch = await epochKey(collection, 0)
    return (epoch && (await openDocumentKey(host, () => epoch, { workspace, collection, docHandle }, object(documentWrapName(collectionHandle(genesis, collection), docHandle))))) ?? 'not-here'
  }
  return { ring: { epochKey, documentKey } satisfies KeyRing, opened: { people, epochs, root: rootKey } }
}

/** All segments through the door, again and again until nothing moves. */
async function admitFrozen({ objects, keys }: Frozen, ring: KeyRing) {
  const view = createMemoryView()
  const door = createDoor({
    host, workspace: keys.workspace, genesis: keys.genesis, keys: ring, view,
    session: async (hash) => hexToBytes(objects[sessionName(hash)] ?? ''),
    candidates: async () => [],
    rowsOf: (_collection, doc, events) => [{ table: 'document', key: doc, value: events.map(({ id }) => id).toSorted() }],
  })
  let left = Object.keys(objects).filter((name) => name.startsWith('j/'))
  const outcomes: Record<string, unknown> = {}
  for (let moved = true; moved; ) {
    moved = false
    const later: string[] = []
    for (const name of left) {
      const answer = await door.admit(name, hexToBytes(objects[name] ?? ''))
      outcomes[name] = 'reasons' in answer ? [answer.outcome, ...answer.reasons.map(({ code }) => code)] : [answer.outcome]
      if (answer.outcome === 'waiting' || answer.outcome === 'refused') later.push(name)
      else moved = true
    }
    left = later
  }
  const events = (await view.documentEvents(frozenCollection, frozenDocument)).map(({ event }) => `${event.type} v${event.v}`)
  return { stateHash: await view.stateHash(), outcomes, events, sections: [...(await door.authority()).sections.keys()] }
}

/** Bytes as `hex:…`, so that the reading is plain JSON. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `hex:${bytesToHex(value)}`
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}
