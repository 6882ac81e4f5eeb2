import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Storage, StorageFailure } from '@shared/sync/storage.ts'
import { ownKeys } from './s3-role.ts'
import { createS3Storage } from './s3-storage.ts'
import { loopbackWire } from './testing/loopback-wire.ts'
import { bytesOf, everyAct } from './testing/storage-contract.ts'
import { startScriptedServer, type ScriptedServer } from './testing/scripted-server.ts'
import { createWebDavStorage } from './webdav-storage.ts'

const signal = new AbortController().signal
const secret = 'a-secret-that-nobody-may-see'
const now = Date.parse('2026-07-01T00:00:00Z')
const world = { fetch: loopbackWire, clock: { now: () => now }, patience: { silence: 20_000, slowest: 20_000 }, page: 100 }
/** For servers that say nothing; an answer on a busy machine may take longer. */
const impatient = { ...world, patience: { silence: 300, slowest: 20_000 } }
let server: ScriptedServer
let elsewhere: ScriptedServer
beforeAll(async () => {
  server = await startScriptedServer()
  elsewhere = await startScriptedServer()
})
afterAll(() => Promise.all([server.stop(), elsewhere.stop()]))

const kinds: Readonly<Record<string, (how?: typeof world) => Storage>> = {
  S3: (how = world) => createS3Storage({ endpoint: new URL(server.origin), bucket: 'town', region: 'r', style: 'path', ...ownKeys({ accessKey: 'key', secretKey: secret }), workspace: 'w' }, how),
  WebDAV: (how = world) => createWebDavStorage({ folder: new URL('/dav/', server.origin), user: 'staff', password: secret, workspace: 'w' }, how),
}

const loginPage = '\n<!DOCTYPE html><html><head><title>庁内ネットワーク ログイン</title></head><body><form></form></body></html>'
const always = (status: number, headers: Readonly<Record<string, string>> = {}, body: string | Uint8Array = '') =>
  server.answer((response) => void response.writeHead(status, headers).end(body))
const four = (type: StorageFailure['type']): readonly string[] => Array.from({ length: 4 }, () => type)
const types = (failures: readonly (StorageFailure | undefined)[]): readonly (string | undefined)[] => failures.map((failure) => failure?.type)

describe.each(Object.keys(kinds))('3.4 %s over a line and a server that go wrong', (kind) => {
  let storage: Storage
  beforeAll(() => {
    storage = (kinds[kind] as (how?: typeof world) => Storage)()
  })
  const get = (range?: { at: number; length: number }) => storage.get('p/aa/one', signal, range)

  it('3.4 takes no login page for an answer', async () => {
    for (const type of ['text/html', 'TEXT/HTML; charset=Shift_JIS', 'application/xhtml+xml']) {
      always(200, { 'Content-Type': type }, loginPage)
      expect(types(await everyAct(storage))).toEqual(four('StorageNonsense'))
    }
  })

  it('3.4 gives bytes that look like a page when the server does not call them one, and the reverse', async () => {
    always(200, { 'Content-Type': 'application/octet-stream' }, loginPage)
    expect(await get()).toEqual({ ok: true, value: Uint8Array.from(Buffer.from(loginPage)) })
    always(200, { 'Content-Type': 'text/html' }, bytesOf(1, 500))
    expect(await get()).toEqual({ ok: true, value: bytesOf(1, 500) })
  })

  it.each([301, 302, 303, 307, 308])('3.4 does not follow a %i, and sends no credentials after it', async (status) => {
    elsewhere.answer((response) => void response.writeHead(200).end(loginPage))
    always(status, { Location: `${elsewhere.origin}/login` })
    expect(types(await everyAct(storage))).toEqual(four('StorageNonsense'))
    expect(elsewhere.asked).toEqual([])
  })

  it('3.4 says busy, and for how long', async () => {
    for (const status of [408, 423, 429, 500, 502, 503, 504]) {
      always(status, { 'Retry-After': '7', 'Content-Type': 'text/html' }, loginPage)
      for (const failure of await everyAct(storage)) expect(failure).toEqual({ type: 'StorageBusy', retry: 'later', retryAfterMs: 7000 })
    }
    const waits: Readonly<Record<string, number | undefined>> = { 'Wed, 01 Jul 2026 00:00:30 GMT': 30_000, 'Wed, 01 Jul 2026 09:00:00 GMT': 3_600_000, 'Tue, 30 Jun 2026 00:00:00 GMT': 0, '999999999': 3_600_000, soon: undefined, '-1': undefined }
    for (const [said, wait] of Object.entries(waits)) {
      always(503, { 'Retry-After': said, Date: new Date(now).toUTCString() })
      expect(await get()).toEqual({ ok: false, error: { type: 'StorageBusy', retry: 'later', ...(wait === undefined ? {} : { retryAfterMs: wait }) } })
    }
  })

  it('3.4 says full, refused, and nonsense', async () => {
    for (const [status, type] of [[507, 'StorageFull'], [401, 'StorageRefused'], [403, 'StorageRefused'], [511, 'StorageNonsense'], [400, 'StorageNonsense'], [418, 'StorageNonsense'], [501, 'StorageNonsense']] as const) {
      always(status, { 'Content-Type': 'text/html' }, loginPage)
      expect(types(await everyAct(storage))).toEqual(four(type))
    }
  })

  it('3.4 never gives a part for the whole', async () => {
    const cut = (response: ServerResponse): void => void response.write(bytesOf(2, 400), () => response.destroy())
    server.answer((response) => cut(response.writeHead(200, { 'Content-Length': '1000' })))
    expect(types(await everyAct(storage))).toEqual(four('StorageUnreachable'))
    server.answer((response) => cut(response.writeHead(200)))
    expect(types(await everyAct(storage))).toEqual(four('StorageUnreachable'))
    server.answer((response) => cut(response.writeHead(206, { 'Content-Range': 'bytes 0-999/2000', 'Content-Length': '1000' })))
    expect(await get({ at: 0, length: 1000 })).toMatchObject({ ok: false, error: { type: 'StorageUnreachable' } })
  })

  it('3.4 checks that a range is the one that was asked for', async () => {
    const whole = bytesOf(3, 1000)
    const answers: readonly (readonly [string, Uint8Array])[] = [['bytes 0-99/1000', whole.subarray(0, 100)], ['bytes 100-198/1000', whole.subarray(100, 199)], ['bytes 100-199/1000', whole.subarray(0, 50)], ['bytes 100-249/1000', whole.subarray(100, 250)], ['100-199', whole.subarray(100, 200)], ['', whole.subarray(100, 200)]]
    for (const [says, bytes] of answers) {
      always(206, says ? { 'Content-Range': says } : {}, bytes)
      expect(await get({ at: 100, length: 100 })).toMatchObject({ ok: false, error: { type: 'StorageNonsense' } })
    }
    always(206, { 'Content-Range': 'bytes 100-199/*' }, whole.subarray(100, 200))
    expect(await get({ at: 100, length: 100 })).toEqual({ ok: true, value: whole.slice(100, 200) })
    always(206, { 'Content-Range': 'bytes 0-9/1000' }, whole.subarray(0, 10))
    expect(await get()).toMatchObject({ ok: false, error: { type: 'StorageNonsense' } })
    always(200, {}, whole)
    expect(await get({ at: 100, length: 100 })).toEqual({ ok: true, value: whole.slice(100, 200) })
  })

  it('3.4 does not read without end', async () => {
    always(200, { 'Content-Length': '99000000000' })
    expect(types(await everyAct(storage))).toEqual(four('StorageNonsense'))
    server.answer((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(bytesOf(4, 1_000_000)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(await storage.list('', signal)).toMatchObject({ ok: false, error: { type: 'StorageNonsense' } })
  })

  it('3.4 does not wait without end, before the answer or within', async () => {
    const hasty = (kinds[kind] as (how?: typeof world) => Storage)(impatient)
    server.answer(() => {})
    expect(types(await everyAct(hasty))).toEqual(four('StorageUnreachable'))
    server.answer((response) => void response.writeHead(200, { 'Content-Length': '1000' }).write('x'))
    expect(types(await everyAct(hasty))).toEqual(four('StorageUnreachable'))
  })

  it('3.4 lets go by the signal while the server is silent', async () => {
    const controller = new AbortController()
    const closed = new Promise<void>((resolve) =>
      server.answer((response) => {
        response.once('close', () => resolve())
        controller.abort()
      }),
    )
    expect(await storage.put('p/aa/one', bytesOf(5, 1000), controller.signal)).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
    await closed
  })

  it('3.4 shows its credentials in no address and in no failure', async () => {
    for (const answer of [200, 302, 401, 403, 500, 507]) {
      server.answer((response, question) => void response.writeHead(answer, { 'Content-Type': 'text/html' }).end(`${loginPage}${question.headers.authorization}`))
      expect(JSON.stringify(await everyAct(storage))).not.toMatch(/secret|staff|Basic|AWS4|key/)
      expect(server.asked.join()).not.toMatch(/secret|staff/)
    }
  })
})

describe('3.4 listings that lie', () => {
  const page = (inner: string): string => `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</ListBucketResult>`
  const contents = (key: string, size: string): string => `<Contents><Key>${key}</Key><Size>${size}</Size></Contents>`
  const answered = (href: string, size: string): string => `<response><href>${href}</href><propstat><prop><getcontentlength>${size}</getcontentlength><resourcetype/></prop><status>HTTP/1.1 200 OK</status></propstat></response>`
  const strangers = ['../../etc/passwd', 'b/0/../../x', 'b/0/A', 'b/0/a b', 'b/0/%2e%2e', 'b/0/%00', 'b/0/%zz', 'b/0/', 'b//0', '']

  it('3.4 S3: tells names of ours only', async () => {
    always(200, {}, page(`<IsTruncated>false</IsTruncated>${['z1/w/b/0/aa', ...strangers.map((name) => `z1/w/${name}`), 'z1/other/b/0/aa', 'b/0/aa', 'z1/w/j/x/y'].map((key) => contents(key, '5')).join('')}`))
    expect(await kinds['S3']?.().list('b/', signal)).toEqual({ ok: true, value: [{ name: 'b/0/aa', size: 5, tag: null }] })
  })

  it('3.4 WebDAV: tells names of ours in the folder that was asked for only', async () => {
    const hrefs = ['/dav/z1/w/b/0/', '/dav/z1/w/b/0/aa', ...['../../etc/passwd', '..', '../x', 'A', 'a b', 'a%20b', '%00', '%zz', '%2f', 'a%2fb', '', '.', '%E6%96%87'].map((name) => `/dav/z1/w/b/0/${name}`), '/dav/z1/other/b/0/aa', '/dav/z1/w/b/0/deep/er', 'http://[', 'https://elsewhere.example/x']
    always(207, {}, `<multistatus xmlns="DAV:">${hrefs.map((href) => answered(href, '5')).join('')}</multistatus>`)
    expect(await kinds['WebDAV']?.().list('b/0/', signal)).toEqual({ ok: true, value: [{ name: 'b/0/aa', size: 5, tag: null }] })
  })

  it('3.4 WebDAV: takes the time for a tag where there are no entity tags, once its second is over', async () => {
    const storage = kinds['WebDAV']?.() as Storage
    const bodies: string[] = []
    const tagged = async (modified: string): Promise<string | null | undefined> => {
      server.answer((response, question) => {
        let body = ''
        question.on('data', (piece: Buffer) => (body += piece.toString()))
        question.on('end', () => {
          bodies.push(body)
          const asked = body.includes('getlastmodified') ? `<getlastmodified>${modified}</getlastmodified>` : ''
          const inner = `<response><href>/dav/z1/w/f</href><propstat><prop><getcontentlength>5</getcontentlength>${asked}<resourcetype/></prop><status>HTTP/1.1 200 OK</status></propstat></response>`
          response.writeHead(207, { Date: 'Wed, 01 Jul 2026 00:00:10 GMT' }).end(`<multistatus xmlns="DAV:">${inner}</multistatus>`)
        })
      })
      const listed = await storage.list('', signal)
      return listed.ok ? listed.value[0]?.tag : undefined
    }
    expect(await tagged('Wed, 01 Jul 2026 00:00:00 GMT')).toBeNull()
    expect(await tagged('Wed, 01 Jul 2026 00:00:00 GMT')).toBe('Wed, 01 Jul 2026 00:00:00 GMT/5')
    for (const young of ['Wed, 01 Jul 2026 00:00:09 GMT', 'Wed, 01 Jul 2026 00:00:10 GMT', 'Thu, 02 Jul 2026 00:00:00 GMT', 'yesterday']) expect(await tagged(young)).toBeNull()
    expect(bodies.map((body) => body.includes('getetag'))).toEqual([true, false, false, false, false, false])
  })

  it('3.4 S3: stops on a page that is none', async () => {
    const pages = ['', page(''), page(contents('z1/w/f', '-1')), page(contents('z1/w/f', '')), page('<IsTruncated>true</IsTruncated>'), `<!DOCTYPE x>${page('')}`, page('<IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>'), '<Error><Code>AccessDenied</Code></Error>']
    for (const [at, body] of pages.entries()) {
      always(200, { 'Content-Type': 'application/xml' }, body)
      const listed = await kinds['S3']?.().list('', signal)
      expect([at, listed?.ok ? listed.value : listed?.error.type]).toEqual([at, at === 1 ? [] : 'StorageNonsense'])
    }
  })

  it('3.4 WebDAV: stops on an answer that is none, and on folders without end', async () => {
    for (const body of ['', '<multistatus/>', '<multistatus xmlns="DAV:">', `<multistatus xmlns="DAV:">${answered('/dav/z1/w/f', 'many')}</multistatus>`, '<!DOCTYPE x><multistatus xmlns="DAV:"/>']) {
      always(207, { 'Content-Type': 'application/xml' }, body)
      expect(await kinds['WebDAV']?.().list('', signal)).toMatchObject({ ok: false, error: { type: 'StorageNonsense' } })
    }
    server.answer((response, question) => void response.writeHead(207).end(`<multistatus xmlns="DAV:"><response><href>${question.url}a/</href><propstat><prop><resourcetype><collection/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`))
    expect(await kinds['WebDAV']?.().list('', signal)).toEqual({ ok: true, value: [] })
    expect(server.asked.length).toBe(5)
  })

  it('3.4 S3: reads the code of an error, which says more than the status', async () => {
    const codes: Readonly<Record<string, readonly [number, string]>> = { SlowDown: [503, 'StorageBusy'], QuotaExceeded: [403, 'StorageFull'], NoSuchBucket: [404, 'StorageRefused'], ExpiredToken: [400, 'StorageRefused'], RequestTimeout: [400, 'StorageBusy'], AuthorizationHeaderMalformed: [400, 'StorageRefused'], AccessDenied: [403, 'StorageRefused'] }
    for (const [code, [status, type]] of Object.entries(codes)) {
      always(status, {}, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${secret}</Message></Error>`)
      expect(types(await everyAct(kinds['S3']?.() as Storage))).toEqual(four(type as StorageFailure['type']))
    }
    always(404, { 'Content-Type': 'text/html' }, loginPage)
    expect(types(await everyAct(kinds['S3']?.() as Storage))).toEqual(four('StorageNonsense'))
  })
})
