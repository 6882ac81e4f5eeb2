// Makes the frozen workspace of shared/log/fixtures: one small office with one object of every form the log has. Clock, randomness
// and ECDSA nonces (RFC 6979) are counted, so that the same code makes the same bytes; only HPKE draws its own ephemeral keys.

import { p256 } from '@noble/curves/nist.js'
import type { TownData } from '../../authority/model.ts'
import { bytesToHex } from '../../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../../base/cbor.ts'
import type { CryptoHost, Subtle } from '../../crypto/ports.ts'
import { createBeacon } from '../../log/beacon.ts'
import { beaconName, collectionZero, documentHandle, packName } from '../../log/names.ts'
import { packFile } from '../../log/pack.ts'
import { createWorld, idOf, testHost, type World } from './world.ts'

export type FrozenObjects = Readonly<Record<string, string>>

/** Test keys that protect nothing: what is needed to read the frozen objects. */
export interface FrozenKeys {
  readonly workspace: string
  readonly genesis: string
  readonly recoverySeed: string
  readonly device: { readonly id: string; readonly public: string }
  readonly seats: readonly { readonly seat: string; readonly person: string; readonly exchange: string; readonly public: string }[]
}

export interface Frozen {
  /** Hex by name. */
  readonly objects: FrozenObjects
  readonly keys: FrozenKeys
}

export const frozenCollection = 'c1'
export const frozenDocument = 'document-1'
export const frozenPublisher = 'publisher1'
/** A file of one small chunk, whose pack is frozen byte for byte, and one of two chunks, whose pack is frozen by its name. */
export const frozenFiles = (): readonly Uint8Array[] => [70, 1024 * 1024 + 3].map((length) => new Uint8Array(length).map((_, i) => i % 251))
const largestFrozen = 4096

const always = { from: '2020-01-01', to: null } as const
const grant = (person: string, role: 'admin' | 'writer', collection: string | null) => ({ id: `${person}-${role}`, person, collection, role, reason: '設立', reviewBy: '2100-01-01', ...always })

const town: TownData = {
  town: { name: '凍町', nameEn: 'Itecho', mayorTitle: '凍町長', code: '000000' },
  sections: [{ id: 'general', name: '総務課', nameEn: 'General' }],
  people: [
    { id: 'first', familyName: '\u{20BB7}田', givenName: '一郎', reading: 'ヨシダイチロウ', employment: 'regular' },
    { id: 'second', familyName: '髙橋', givenName: '花子', reading: 'タカハシハナコ', employment: 'regular' },
  ],
  positions: [{ id: 'clerk', title: '主事', titleEn: 'Clerk', section: 'general', superior: null, mayDecide: false }],
  appointments: [{ id: 'a-1', person: 'second', position: 'clerk', kind: 'primary', ...always }],
  collections: [{ id: frozenCollection, name: '総務課の文書', nameEn: 'General', section: 'general' }],
  grants: [grant('first', 'admin', null), grant('first', 'writer', frozenCollection), grant('second', 'writer', frozenCollection)],
  series: [], schedules: [], decisionTables: [], forms: [],
  policies: [{ id: 'trial', kind: 'trial', title: '試行', consentFor: [], sessionHours: 12, idleLockMinutes: 10, ...always }],
}

/** The host of a test whose signatures are the same each time. */
function countedHost(seed: string): CryptoHost {
  const { subtle, random } = testHost(seed)
  const scalars = new WeakMap<object, Uint8Array>()
  const counted: Partial<Subtle> = {
    async importKey(format, keyData, algorithm, extractable, usages) {
      const key = await subtle.importKey(format, keyData, algorithm, extractable, usages)
      const { d } = (keyData ?? {}) as { readonly d?: string }
      if (d !== undefined) scalars.set(key as object, fromBase64Url(d))
      return key
    },
    async sign(_algorithm, key, data) {
      return p256.sign(data, scalars.get(key as object) as Uint8Array, { lowS: false }).slice().buffer as ArrayBuffer
    },
  }
  return { random, subtle: new Proxy(subtle, { get: (target, name: keyof Subtle) => counted[name] ?? (target[name] as (...all: unknown[]) => unknown).bind(target) }) }
}

function fromBase64Url(text: string): Uint8Array {
  const sixes = [...text].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(c).toString(2).padStart(6, '0')).join('')
  return Uint8Array.from(sixes.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2))
}

export async function makeFrozen(): Promise<Frozen> {
  const world = await createWorld('frozen', 2, town, countedHost('frozen'))
  const { founded, host, objects } = world
  const [first, second] = await Promise.all(founded.seats.map((seat) => world.writer(seat)))
  if (!first || !second) throw new Error('two seats are founded')
  await first.write(collectionZero, [first.event('session.unlock', null, { session: first.session.certificate.hash })])
  await first.write(collectionZero, [first.event('section.put', null, { id: 'works', name: '建設課', nameEn: 'Works' })])
  // Nobody let this person do it: quarantined by every reader.
  await second.write(collectionZero, [second.event('section.put', null, { id: 'forged', name: '偽課', nameEn: 'Forged' })])
  await writeDocument(world, first, second)
  await writeLater(world, second)
  for (const file of frozenFiles()) {
    const { blob, packs } = await packFile(host, await documentKey(world), founded.workspace, documentHandle(founded.workspace, frozenDocument), file)
    for (const { sha256, bytes } of packs) if (bytes.length <= largestFrozen) objects.set(packName(sha256), bytes)
    await first.write(frozenCollection, [first.event('draft.attach', frozenDocument, { blob })])
  }
  const parcels = [{ sha256: 'ab'.repeat(32), index: 1000, size: 200_000 }]
  const beacon = { workspace: founded.workspace, publisher: frozenPublisher, device: founded.device.id, serial: 7, at: world.clock.now(), parcels, seen: { publisher2: 3 }, wants: ['cd'.repeat(32)] }
  objects.set(beaconName(frozenPublisher), await createBeacon(beacon, founded.device.signing.signer))
  return {
    objects: Object.fromEntries([...objects].map(([name, bytes]) => [name, bytesToHex(bytes)]).sort()),
    keys: {
      workspace: founded.workspace,
      genesis: founded.genesis,
      recoverySeed: bytesToHex(founded.recoverySeed),
      device: { id: founded.device.id, public: bytesToHex(founded.device.signing.publicKey) },
      seats: founded.seats.map(({ seat, person, exchange, signing }) => ({ seat, person, exchange: bytesToHex(exchange.privateKey), public: bytesToHex(signing.publicKey) })),
    },
  }
}

type Pen = Awaited<ReturnType<World['writer']>>

async function documentKey({ founded, keyRing }: World) {
  const key = await (await keyRing('first')).documentKey(frozenCollection, documentHandle(founded.workspace, frozenDocument))
  if (typeof key === 'string') throw new Error('the document has a key')
  return key
}

async function writeDocument(world: World, first: Pen, second: Pen): Promise<void> {
  await world.newDocument(frozenCollection, frozenDocument)
  const create = first.event('draft.create', frozenDocument, { form: 't1' })
  const title = first.event('draft.cover', frozenDocument, { field: 'title', value: '葛\u{E0100}城市との協定について' }, { deps: [idOf(create)] })
  await first.write(frozenCollection, [create, title])
  world.clock.advance(60_000)
  const change = second.event('draft.cover', frozenDocument, { field: 'title', value: '協定について' }, { deps: [idOf(title)], position: 'clerk' })
  await second.write(frozenCollection, [change])
  world.clock.advance(60_000)
  const notHeld = second.event('draft.cover', frozenDocument, { field: 'title', value: '職なし' }, { deps: [idOf(change)], position: 'mayor' })
  await second.write(frozenCollection, [notHeld])
  await first.write(frozenCollection, [first.event('draft.cover', frozenDocument, { field: 'title', value: 'その続き' }, { deps: [idOf(notHeld)] })])
}

/** What a later version of the product may write: an act, an event, a header and a segment that today's reader does not know. */
async function writeLater(world: World, second: Pen): Promise<void> {
  await second.write(frozenCollection, [second.event('poem.recite', frozenDocument, { lines: 3 })])
  await second.write(frozenCollection, [{ ...second.event('draft.cover', frozenDocument, { field: 'title', value: '後の版' }), v: 2, weight: 7 } as never])
  const header = await second.write(frozenCollection, [second.event('draft.cover', frozenDocument, {})], { schema: 2 })
  const segment = decodeCbor(world.objects.get(header) as Uint8Array) as Record<string, unknown>
  world.objects.set(`${header}.segment`, encodeCbor({ ...segment, v: 2, n: 'later' }))
}

/** Objects that HPKE makes differently each time: wraps of people's, epoch and root keys. */
export const isHpke = (name: string): boolean => /^u\/|^k\/[^/]+\/\d+$/.test(name)

/** What was made, with the wraps that were frozen before: they hand over the same keys. */
export function keepWraps(made: FrozenObjects, before: FrozenObjects): FrozenObjects {
  return Object.fromEntries(Object.entries(made).map(([name, bytes]) => [name, (isHpke(name) ? before[name] : undefined) ?? bytes]))
}
