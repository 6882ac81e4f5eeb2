// A dump of the storage after a day's work: no word that somebody typed, no key and no PIN is in it, in no common encoding, and what
// lies there shows its sizes in steps only.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { err } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionHandle, documentHandle, documentWrapName, packName } from '@shared/log/names.ts'
import { packFile } from '@shared/log/pack.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { sealDocumentKey } from '@shared/log/wraps.ts'
import { createSyncEngine } from '@shared/sync/engine.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { createSyncNotes } from '@shared/sync/testing/memory-parts.ts'
import { needlesOf, sizesIn, tracesIn } from '../../../e2e/journeys/storage-traces.ts'
import { startCephRgw } from '../../../e2e/servers/ceph-rgw.ts'
import { openStorage, storageTargetOf } from '../cloud/open-storage.ts'
import { startLentBucket } from '../cloud/testing/lent-bucket.ts'
import type { ConsentDesk } from '../ports.ts'
import { nodeHost, systemClock } from './node-host.ts'
import { createObjectStore } from './object-store.ts'
import { createProfile } from './profile.ts'
import { clearAway, osSecret, sessionIn, temporary } from './testing/session-device.ts'
import { createSigner, pairOf } from '@shared/crypto/keys.ts'

const nobodyAsks: ConsentDesk = { ask: async () => err({ type: 'ConsentCancelled', retry: 'never' }), withdraw: () => undefined }
const { signal } = new AbortController()

afterEach(clearAway)

/** Letters that no program writes by itself in this order. */
function canary(letters: number): string {
  return Array.from({ length: letters }, () => String.fromCodePoint(randomInt(0x4e00, 0x9f00))).join('')
}

interface Office {
  readonly workspace: string
  readonly send: (storage: Storage) => Promise<void>
  readonly typed: Readonly<Record<string, string>>
  readonly keys: Readonly<Record<string, Uint8Array>>
}

/** A real workspace with one administrator, who drafts with a file and unlocks with a PIN. */
async function office(): Promise<Office> {
  const folder = await temporary()
  const typed = { townName: canary(8), familyName: canary(6), givenName: canary(6), reading: canary(8), positionTitle: canary(8), title: canary(14), body: canary(30), fileName: canary(10), fileWords: canary(16), pin: `pin-${canary(6)}` }
  const profile = createProfile(nodeHost, join(folder, 'workspace'), osSecret)
  let workspaceOf = ''
  const storeOf = (workspace: string) => createObjectStore(join(folder, 'objects', 'z1', (workspaceOf = workspace)))
  const session = sessionIn({ folder, clock: systemClock }, { profile, storeOf, desk: nobodyAsks, printSheets: async () => new Uint8Array() })
  const sheet = await session.page.setup.createWorkspace({ kind: 'real', start: 'blank', townName: typed.townName, admin: { familyName: typed.familyName, givenName: typed.givenName, reading: typed.reading, positionTitle: typed.positionTitle }, second: null, seats: [], pin: typed.pin })
  const status = await session.page.session.status({})
  const seat = status.ok && status.value.state === 'locked' ? status.value.seats[0]?.seat : undefined
  const record = await profile.load()
  if (!sheet.ok || seat === undefined || typeof record === 'string' || !(await session.page.session.unlock({ seat, pin: typed.pin })).ok) throw new Error('no office')
  const opened = await session.vault.vault.open({})
  if (!opened.ok) throw new Error(opened.error.type)
  const vault = opened.value
  const epoch = vault.epochKeys.find(({ collection }) => collection === 'collection-1') as (typeof vault.epochKeys)[number]
  const raw = nodeHost.random.bytes(32)
  const docHandle = documentHandle(vault.workspace, 'doc-a')
  const handle = collectionHandle(vault.genesis, epoch.collection)
  const wrap = await sealDocumentKey(nodeHost, await importContentKey(nodeHost, epoch.key), epoch.epoch, { workspace: vault.workspace, collection: epoch.collection, docHandle }, raw)
  await session.vault.objects.put({ name: documentWrapName(handle, docHandle), bytes: wrap })
  const key = await importContentKey(nodeHost, raw)
  const { blob, packs } = await packFile(nodeHost, key, vault.workspace, docHandle, Buffer.from(`${typed.fileName} ${typed.fileWords}\n`.repeat(200)))
  for (const pack of packs) await session.vault.objects.put({ name: packName(pack.sha256), bytes: pack.bytes })
  const hlc = createHybridClock(systemClock)
  const event = (type: string, body: unknown): LogEvent => ({ v: 1, type, doc: 'doc-a', deps: [], hlc: hlc.tick(), at: new Date().toISOString(), person: vault.person, position: null, body, salt: nodeHost.random.bytes(16) })
  const events = [event('draft.cover', { field: 'title', value: typed.title }), event('draft.body', { text: typed.body }), event('attachment.add', { name: typed.fileName, blob })]
  const sealed = await sealEvents(nodeHost, { workspace: vault.workspace, collection: epoch.collection, lane: vault.lane, seq: 1 }, events, () => key)
  const committed = await session.vault.journal.commit({ collection: epoch.collection, seq: 1, hlc: (events.at(-1) as LogEvent).hlc, authority: {}, epoch: 0, acts: [...sealed.acts], events: [...sealed.events] })
  if (!committed.ok) throw new Error(committed.error.type)
  const signer = await createSigner(nodeHost, pairOf(record.device.signing))
  return {
    workspace: vault.workspace,
    typed: { ...typed, ...Object.fromEntries(sheet.value.codes.flatMap((code, i) => [[`code ${i}`, code], [`bare code ${i}`, code.replaceAll('-', '')]])) },
    keys: { document: raw, view: vault.viewKey, device: record.device.signing, ...Object.fromEntries(vault.epochKeys.map(({ collection, key: bytes }) => [`epoch of ${collection}`, bytes])) },
    async send(storage) {
      const engine = createSyncEngine({ host: nodeHost, clock: systemClock, workspace: vault.workspace, storage, local: storeOf(workspaceOf), memory: createSyncNotes(), devices: { keyOf: async () => null }, device: { id: record.device.id, signer } })
      expect(await engine.round(signal)).toMatchObject({ failure: null, unsent: 0 })
    },
  }
}

/** Every name and every byte, as it lies there and unpacked where it could be packed. */
async function dump(storage: Storage): Promise<ReadonlyMap<string, Buffer>> {
  const listed = await storage.list('', signal)
  if (!listed.ok) throw new Error(listed.error.type)
  const all = new Map<string, Buffer>()
  for (const { name } of listed.value) {
    const got = await storage.get(name, signal)
    if (!got.ok || got.value === null) throw new Error(`${name} is listed and not there`)
    all.set(name, Buffer.from(got.value))
  }
  return all
}

async function expectNothing(storage: Storage, of: Office): Promise<void> {
  await of.send(storage)
  const all = await dump(storage)
  expect(all.size).toBeGreaterThan(2)
  expect(tracesIn(all, needlesOf(of.typed, of.keys))).toEqual([])
  const { parcels, parts, off } = sizesIn(of.workspace, all)
  expect(parcels).toBeGreaterThan(0)
  expect(parts).toBeGreaterThan(5)
  expect(off).toEqual([])
}

function open(choice: Parameters<typeof storageTargetOf>[0], workspace: string): Storage {
  const opened = openStorage(storageTargetOf(choice, true), workspace, { fetch, clock: systemClock })
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}

describe('3.13 a dump of the storage', () => {
  it('3.13 of a folder holds no plaintext, no name, no key and no size below the padding step', async () => {
    const of = await office()
    await expectNothing(open({ kind: 'folder', address: await temporary() }, of.workspace), of)
  })

  it('3.13 of an S3 bucket holds no plaintext, no name, no key and no size below the padding step', async () => {
    const ceph = await startCephRgw()
    try {
      await ceph.makeBucket('fumibako')
      const of = await office()
      const { endpoint, region, accessKey, secretKey } = ceph
      await expectNothing(open({ kind: 's3', address: endpoint, bucket: 'fumibako', region, style: 'path', accessKey, secretKey }, of.workspace), of)
    } finally {
      await ceph.stop()
    }
  })

  it('4.16 T4 whoever phished a password reaches a bucket that lends by the sign-in: they read nothing and no name there, can take all of it away, and the machines fill it again', async () => {
    const bucket = await startLentBucket()
    try {
      const of = await office()
      const [person, thief] = [await bucket.signIn('yamada'), await bucket.signIn('yamada')]
      const at = ({ text }: typeof person): Storage => bucket.machineWith(async () => text, { workspace: of.workspace }).storage
      await expectNothing(at(person), of)
      const before = await dump(at(thief))
      for (const name of before.keys()) expect(await at(thief).remove(name, signal)).toMatchObject({ ok: true })
      expect([...(await dump(at(person))).keys()]).toEqual([])
      await of.send(at(person))
      const again = await dump(at(person))
      // Lists and marks are told anew; what was written is there again, byte for byte.
      const written = [...before].filter(([name]) => !name.startsWith('b/'))
      expect(written.length).toBeGreaterThan(2)
      for (const [name, bytes] of written) expect([name, again.get(name)?.equals(bytes)]).toEqual([name, true])
    } finally {
      await bucket.stop()
    }
  })

  it('3.13 the search finds what is there: plain, wide, in base64, packed, in a name', async () => {
    const [typed, keys] = [{ word: canary(8) }, { key: nodeHost.random.bytes(32) }]
    const cases: readonly (readonly [string, Buffer])[] = [
      ['plain', Buffer.from(`..${typed.word}..`)],
      ['wide', Buffer.from(`.${typed.word}`, 'utf16le')],
      ['base64', Buffer.from(Buffer.from(`ab${typed.word}cd`).toString('base64'))],
      ['packed', Buffer.concat([Buffer.from('zz'), deflateSync(Buffer.from(`....${typed.word}....`))])],
      ['zipped', Buffer.concat([Buffer.from('zz'), gzipSync(Buffer.from(`....${typed.word}....`))])],
      [`name-${typed.word}`, Buffer.from('')],
      ['raw key', Buffer.concat([Buffer.from('x'), Buffer.from(keys.key)])],
      ['key in hex', Buffer.from(`k=${Buffer.from(keys.key).toString('hex')}`)],
    ]
    for (const one of cases) expect([one[0], tracesIn(new Map([one]), needlesOf(typed, keys)).length > 0]).toEqual([one[0], true])
  })
})
