import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startApacheDav } from '../../../e2e/servers/apache-dav.ts'
import { loopbackWire } from './testing/loopback-wire.ts'
import { bytesOf } from './testing/storage-contract.ts'
import { webDavSuite, webDavWorld as world } from './testing/webdav-suite.ts'
import { createWebDavStorage } from './webdav-storage.ts'

const signal = new AbortController().signal
// Two more than on S3: a MKCOL while the parcel's folder is new, and a MOVE for the beacon.
const { server, place } = webDavSuite('Apache mod_dav', { start: startApacheDav, names: 600, mayCut: true, edit: 5 })

describe('WebDAV by Apache', () => {
  it('3.4 takes objects of machines that make the same folders at the same moment', async () => {
    for (let time = 0; time < 20; time++) {
      const machines = Array.from({ length: 8 }, () => createWebDavStorage(place(`at-once-${time}`), world))
      const answers = await Promise.all(machines.map((storage, at) => storage.put(`s/new/${at}`, bytesOf(at, 5), signal)))
      expect(answers.filter((answer) => !answer.ok)).toEqual([])
    }
  })

  it('3.4 sends one request for a parcel into a known folder, two for what is replaced, and nothing twice while folders are missing', async () => {
    const asked: string[] = []
    const storage = createWebDavStorage(place('counted'), { ...world, fetch: (url, init) => (asked.push(init.method ?? ''), loopbackWire(url, init)) })
    await storage.put('b/0/aa', bytesOf(1, 100), signal)
    expect(asked).toEqual(['MKCOL', 'MKCOL', 'MKCOL', 'MKCOL', 'MKCOL', 'PUT', 'MOVE'])
    asked.length = 0
    await storage.put('b/0/bb', bytesOf(2, 100), signal)
    await storage.list('b/0/', signal)
    expect(asked).toEqual(['PUT', 'MOVE', 'PROPFIND'])
    asked.length = 0
    await storage.put('o/aa/first', bytesOf(2, 100), signal)
    await storage.put('o/aa/second', bytesOf(3, 200_000), signal)
    expect(asked).toEqual(['MKCOL', 'MKCOL', 'MKCOL', 'PUT', 'PUT'])
    asked.length = 0
    await storage.put('o/bb/third', bytesOf(3, 100), signal)
    expect(asked).toEqual(['MKCOL', 'PUT'])
  })

  it('3.4 makes the folders anew when somebody took them away', async () => {
    const storage = createWebDavStorage(place('taken'), world)
    await storage.put('p/aa/one', bytesOf(4, 100_000), signal)
    rmSync(join(server().folder, 'z1/taken'), { recursive: true })
    expect(await storage.put('p/aa/two', bytesOf(5, 100_000), signal)).toMatchObject({ ok: true })
    expect(readdirSync(join(server().folder, 'z1/taken/p/aa'))).toEqual(['two'])
  })

  it('3.4 does not tell what others keep beside the objects', async () => {
    const storage = createWebDavStorage(place('beside'), world)
    await storage.put('b/0/aa', bytesOf(6, 100), signal)
    const folder = join(server().folder, 'z1/beside/b/0')
    for (const name of ['Stranger', '.hidden', 'a b', '文書', '100%', 'a&b']) writeFileSync(join(folder, name), 'x')
    mkdirSync(join(folder, 'Folder of others'))
    const listed = await storage.list('', signal)
    expect(listed.ok && listed.value.map((entry) => entry.name)).toEqual(['b/0/aa'])
  })

  it('3.4 keeps the whole old object when a PUT breaks off half-way: Apache writes beside and renames', async () => {
    const storage = createWebDavStorage(place('broken-off'), world)
    await storage.put('b/0/aa', bytesOf(7, 5000), signal)
    const url = new URL('z1/broken-off/b/0/aa', server().address)
    const authorization = Buffer.from(`${server().user}:${server().password}`).toString('base64')
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => {
        socket.write(`PUT ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Basic ${authorization}\r\nContent-Length: 1000000\r\n\r\n`)
        socket.end(bytesOf(8, 600_000))
      })
      socket.once('error', reject)
      socket.on('data', () => {})
      socket.once('close', () => resolve())
    })
    expect(await storage.get('b/0/aa', signal)).toEqual({ ok: true, value: bytesOf(7, 5000) })
    const listed = await storage.list('b/0/', signal)
    expect(listed.ok && listed.value.map(({ name, size }) => [name, size])).toEqual([['b/0/aa', 5000]])
  })

  it('3.4 has only whole objects after it, each under its own name', async () => {
    const asked: string[] = []
    const storage = createWebDavStorage(place('whole'), { ...world, fetch: (url, init) => (asked.push(init.method ?? ''), loopbackWire(url, init)) })
    for (let time = 0; time < 3; time++) await storage.put('f', bytesOf(time, 1000), signal)
    expect(asked.slice(-2)).toEqual(['PUT', 'MOVE'])
    expect(readdirSync(join(server().folder, 'z1/whole'))).toEqual(['f'])
    writeFileSync(join(server().folder, 'z1/whole/f.0a1b2c3d4e5f.part'), 'left by a kill')
    expect(await storage.list('', signal)).toMatchObject({ ok: true, value: [{ name: 'f', size: 1000 }] })
  })

  it('3.4 says refused when the chosen folder is not there', async () => {
    const storage = createWebDavStorage({ ...place('lost'), folder: new URL('not-made/', server().address) }, world)
    expect(await storage.put('f', bytesOf(9, 10), signal)).toMatchObject({ ok: false, error: { type: 'StorageRefused' } })
  })
})
