import { request } from 'node:http'
import { AwsClient } from 'aws4fetch'
import { equalBytes } from '@shared/base/bytes.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCephRgw, type CephRgw } from '../../../e2e/servers/ceph-rgw.ts'
import { freePorts } from '../../../e2e/servers/loopback.ts'
import type { Fetch } from './exchange.ts'
import { partBytes, type UploadNote } from './s3-parts.ts'
import { ownKeys } from './s3-role.ts'
import { createS3Storage, type S3Place, type S3World } from './s3-storage.ts'
import { bytesOf, everyAct, storageContract } from './testing/storage-contract.ts'
import { loopbackWire } from './testing/loopback-wire.ts'
import { countingFetch, syncScenes } from './testing/sync-scenes.ts'

const signal = new AbortController().signal
const world: S3World = { fetch: loopbackWire, clock: { now: () => Date.now() }, patience: { silence: 20_000, slowest: 20_000 }, page: 100 }
let ceph: CephRgw
beforeAll(async () => {
  ceph = await startCephRgw()
  await ceph.makeBucket('town')
})
afterAll(() => ceph.stop())

const place = (workspace: string): S3Place => ({ endpoint: new URL(ceph.endpoint), bucket: 'town', region: ceph.region, style: 'path', ...ownKeys({ accessKey: ceph.accessKey, secretKey: ceph.secretKey }), workspace })

function noteInMemory(): UploadNote {
  let held: Uint8Array | null = null
  return { read: async () => held, write: async (note) => void (held = note) }
}

storageContract('Ceph RGW', async () => {
  const [nobody] = await freePorts(1)
  return {
    storage: createS3Storage(place('contract'), { ...world, uploads: noteInMemory() }),
    stranger: createS3Storage({ ...place('contract'), ...ownKeys({ accessKey: ceph.accessKey, secretKey: 'wrong' }) }, world),
    unreachable: createS3Storage({ ...place('contract'), endpoint: new URL(`http://127.0.0.1:${nobody}`) }, world),
    names: 450,
  }
})

syncScenes(
  'Ceph RGW',
  () => {
    const wire = countingFetch()
    return { storage: createS3Storage(place('synced'), { ...world, fetch: wire.fetch }), requests: wire.count }
  },
  3,
)

/** Every host is this machine, as a town's name server would say of `<bucket>.<service>`. */
const atLoopback: Fetch = (url, init) =>
  new Promise((resolve, reject) => {
    const { hostname, host, port, pathname, search } = new URL(url)
    if (!hostname.endsWith('.localhost')) throw new Error('not a name of the service')
    const asked = request({ host: '127.0.0.1', port, method: init.method ?? 'GET', path: pathname + search, headers: { ...(init.headers as Record<string, string>), Host: host } }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => resolve(new Response(answer.statusCode === 204 ? null : Buffer.concat(pieces), { status: answer.statusCode ?? 0, headers: answer.headers as Record<string, string> })))
    })
    asked.once('error', reject)
    asked.end(init.body)
  })

describe('S3 by Ceph', () => {
  it('3.4 sends one request for each act, and one for each page of a listing', async () => {
    const asked: string[] = []
    const storage = createS3Storage(place('counted'), { ...world, page: 2, fetch: (url, init) => (asked.push(init.method ?? ''), loopbackWire(url, init)) })
    for (const name of ['a', 'b', 'c', 'd', 'e']) await storage.put(`b/0/${name}`, bytesOf(1, 100), signal)
    await storage.list('b/0/', signal)
    await storage.get('b/0/a', signal)
    expect(asked).toEqual([...Array.from({ length: 5 }, () => 'PUT'), 'GET', 'GET', 'GET', 'GET'])
  })

  it('3.4 finds the same objects with the bucket before the host', async () => {
    await createS3Storage(place('styles'), world).put('b/0/aa', bytesOf(2, 1000), signal)
    const storage = createS3Storage({ ...place('styles'), style: 'host' }, { ...world, fetch: atLoopback })
    expect(await storage.get('b/0/aa', signal)).toEqual({ ok: true, value: bytesOf(2, 1000) })
    expect(await storage.put('b/0/bb', bytesOf(3, 10), signal)).toMatchObject({ ok: true })
    expect(await storage.list('b/', signal)).toMatchObject({ ok: true, value: [{ name: 'b/0/aa' }, { name: 'b/0/bb' }] })
  })

  it.each([365, -365])('3.4 works on a machine whose clock is %i days wrong', async (days) => {
    const asked: string[] = []
    const storage = createS3Storage(place('skewed'), { ...world, clock: { now: () => Date.now() + days * 24 * 3_600_000 }, fetch: (url, init) => (asked.push(init.method ?? ''), loopbackWire(url, init)) })
    expect(await storage.put('f', bytesOf(4, 10), signal)).toMatchObject({ ok: true })
    expect(await storage.get('f', signal)).toEqual({ ok: true, value: bytesOf(4, 10) })
    expect(asked).toEqual(['PUT', 'PUT', 'GET'])
  })

  it('3.4 says refused for an unknown key, and for a bucket that is not there', async () => {
    for (const wrong of [ownKeys({ accessKey: 'UNKNOWN', secretKey: ceph.secretKey }), { bucket: 'elsewhere' }]) {
      const failures = await everyAct(createS3Storage({ ...place('f'), ...wrong }, world))
      expect(failures.map((failure) => failure?.type)).toEqual(Array.from({ length: 4 }, () => 'StorageRefused'))
    }
  })

  it('3.4 does not take bytes that changed on the way', async () => {
    const storage = createS3Storage(place('changed'), {
      ...world,
      fetch: (url, init) => loopbackWire(url, init.body ? { ...init, body: bytesOf(6, 1000).slice() } : init),
    })
    expect(await storage.put('b/0/aa', bytesOf(5, 1000), signal)).toMatchObject({ ok: false, error: { type: 'StorageBusy' } })
    expect(await storage.get('b/0/aa', signal)).toEqual({ ok: true, value: null })
  })

  it('3.5 sends a large object in parts; cut off in the middle and begun anew it sends at most one part again', async () => {
    const note = noteInMemory()
    const large = bytesOf(9, 5 * partBytes + 1_000)
    let sent = 0
    const counting = (end: (sent: number) => void): S3World => ({
      ...world,
      uploads: note,
      fetch(url, init) {
        sent += (init.body as Uint8Array | undefined)?.length ?? 0
        end(sent)
        return loopbackWire(url, init)
      },
    })
    const kill = new AbortController()
    const first = createS3Storage(place('parts'), counting((so) => so > 2.5 * partBytes && kill.abort()))
    expect(await first.put('o/aa/large', large, kill.signal)).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
    expect(await first.get('o/aa/large', signal)).toEqual({ ok: true, value: null })
    expect(await uploads()).toHaveLength(1)
    sent = 0
    const again = createS3Storage(place('parts'), counting(() => undefined))
    expect(await again.put('o/aa/large', large, signal)).toMatchObject({ ok: true })
    expect(sent).toBeLessThan(large.length - 2 * partBytes + 2_000)
    expect(await isThere(again, 'o/aa/large', large)).toBe(true)
    expect(await uploads()).toEqual([])
  })

  it('3.5 takes back an upload that nobody goes on with, and begins anew one that the service cleared up', async () => {
    const note = noteInMemory()
    const cut = async (name: string, seed: number): Promise<void> => {
      const kill = new AbortController()
      let parts = 0
      const storage = createS3Storage(place('stale'), { ...world, uploads: note, fetch: (url, init) => ((parts += url.includes('partNumber') ? 1 : 0) === 2 && kill.abort(), loopbackWire(url, init)) })
      expect(await storage.put(name, bytesOf(seed, 2 * partBytes + 5), kill.signal)).toMatchObject({ ok: false })
    }
    const storage = createS3Storage(place('stale'), { ...world, uploads: note })
    await cut('o/aa/left', 10)
    expect(await storage.put('o/bb/other', bytesOf(11, 2 * partBytes), signal)).toMatchObject({ ok: true })
    expect(await uploads()).toEqual([])
    await cut('o/aa/cleared', 12)
    for (const { key, id } of await uploads()) await client().fetch(`${ceph.endpoint}/town/${key}?uploadId=${encodeURIComponent(id)}`, { method: 'DELETE' })
    expect(await storage.put('o/aa/cleared', bytesOf(12, 2 * partBytes + 5), signal)).toMatchObject({ ok: true })
    expect(await isThere(storage, 'o/aa/cleared', bytesOf(12, 2 * partBytes + 5))).toBe(true)
  })
})

async function isThere(storage: Storage, name: string, bytes: Uint8Array): Promise<boolean> {
  const got = await storage.get(name, signal)
  return got.ok && got.value !== null && equalBytes(got.value, bytes)
}

const client = (): AwsClient => new AwsClient({ accessKeyId: ceph.accessKey, secretAccessKey: ceph.secretKey, service: 's3', region: ceph.region, retries: 0 })

/** Uploads that were begun in the bucket and not ended. */
async function uploads(): Promise<readonly { readonly key: string; readonly id: string }[]> {
  const answer = await (await client().fetch(`${ceph.endpoint}/town?uploads`)).text()
  return [...answer.matchAll(/<Upload>.*?<Key>(.*?)<\/Key>.*?<UploadId>(.*?)<\/UploadId>/gs)].map(([, key = '', id = '']) => ({ key, id }))
}
