import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStorage, type StorageTarget } from './open-storage.ts'
import { bytesOf } from './testing/storage-contract.ts'

const signal = new AbortController().signal
const asked: { url: string; headers: Headers }[] = []
const world = {
  fetch: async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, headers: new Headers(init.headers) })
    return new Response(null, { status: 204 })
  },
  clock: { now: () => Date.parse('2026-07-01T00:00:00Z') },
}
const open = (target: StorageTarget) => openStorage(target, 'town', world)
const webdav = (address: string, user = 'staff', password = 'pass') => open({ kind: 'webdav', address, user, password })
const s3 = (changes: Partial<Extract<StorageTarget, { kind: 's3' }>>) =>
  open({ kind: 's3', address: 'https://s3.example.jp', bucket: 'town-a', region: 'jp-east-1', style: 'host', accessKey: 'AK', secretKey: 'SK', ...changes })
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

describe('3.4 opening a storage', () => {
  it('3.4 opens a folder by its whole path only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fumibako-open-'))
    folders.push(folder)
    const storage = open({ kind: 'folder', address: folder, founding: true })
    expect(storage.ok && (await storage.value.put('f', bytesOf(1, 10), signal))).toMatchObject({ ok: true })
    expect(storage.ok && (await storage.value.list('', signal))).toMatchObject({ value: [{ name: 'f', size: 10 }] })
    for (const address of ['', 'objects', '../objects', 'C:objects']) expect(open({ kind: 'folder', address, founding: true })).toMatchObject({ error: { type: 'StorageAddressUnusable' } })
    for (const address of ['C:\\town', '\\\\server\\share']) expect(open({ kind: 'folder', address, founding: true })).toMatchObject({ ok: true })
  })

  it('3.4 sends names, passwords and requests over https or to this machine only', () => {
    for (const address of ['https://dav.example.jp/dav', 'http://127.0.0.1:8080/', 'http://localhost/dav/', 'http://[::1]:1/']) expect(webdav(address)).toMatchObject({ ok: true })
    for (const address of ['http://dav.example.jp/dav', 'http://192.168.0.4/dav', 'http://127.0.0.1.example.jp/', 'http://localhost.example.jp/']) expect(webdav(address)).toMatchObject({ error: { type: 'StorageAddressInsecure', retry: 'never' } })
    expect(s3({ address: 'http://s3.example.jp' })).toMatchObject({ error: { type: 'StorageAddressInsecure' } })
  })

  it('3.4 says which address cannot be one', () => {
    for (const address of ['', 'dav.example.jp', 'ftp://dav.example.jp/', 'file:///etc', 'https://staff:pass@dav.example.jp/', 'https://dav.example.jp/?a=b', 'https://dav.example.jp/#a']) expect(webdav(address)).toMatchObject({ error: { type: 'StorageAddressUnusable' } })
    for (const wrong of [{ address: 'https://s3.example.jp/town' }, { bucket: '' }, { bucket: 'Town' }, { bucket: 'a/b' }, { bucket: '町' }, { region: '' }, { region: 'a b' }, { address: 'https://192.0.2.1' }, { bucket: 'town.a' }]) expect(s3(wrong)).toMatchObject({ error: { type: 'StorageAddressUnusable' } })
    expect(s3({ address: 'https://192.0.2.1', style: 'path' })).toMatchObject({ ok: true })
  })

  it('3.4 says which credentials cannot be sent, and shows them in no failure', () => {
    for (const [user, password] of [['', 'pass'], ['a:b', 'pass'], ['staff', 'pass\nHost: x']] as const) {
      const opened = webdav('https://dav.example.jp/', user, password)
      expect(opened).toEqual({ ok: false, error: { type: 'StorageCredentialsUnusable', retry: 'never' } })
    }
    for (const wrong of [{ accessKey: '' }, { secretKey: '' }, { accessKey: '鍵' }, { secretKey: 'a\r\nb' }, { sessionToken: 'a b' }]) expect(s3(wrong)).toEqual({ ok: false, error: { type: 'StorageCredentialsUnusable', retry: 'never' } })
  })

  it('3.4 asks at the address that was chosen', async () => {
    asked.length = 0
    const storages = [webdav('https://dav.example.jp/remote/文書', '職員', 'パス'), s3({}), s3({ style: 'path', sessionToken: 'TOKEN' })]
    for (const storage of storages) if (storage.ok) await storage.value.remove('b/0/aa', signal)
    expect(asked.map(({ url }) => url)).toEqual(['https://dav.example.jp/remote/%E6%96%87%E6%9B%B8/z1/town/b/0/aa', 'https://town-a.s3.example.jp/z1/town/b/0/aa', 'https://s3.example.jp/town-a/z1/town/b/0/aa'])
    expect(asked[0]?.headers.get('authorization')).toBe(`Basic ${Buffer.from('職員:パス', 'utf8').toString('base64')}`)
    expect(asked[2]?.headers.get('x-amz-security-token')).toBe('TOKEN')
  })
})
