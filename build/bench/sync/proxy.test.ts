import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startProxy } from './proxy.ts'

const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function behind(delay: number) {
  const server = createServer((asked, answer) => {
    let size = 0
    asked.on('data', (piece: Buffer) => void (size += piece.length))
    asked.on('end', () => answer.end(`${asked.method} ${asked.headers.host} ${asked.headers['transfer-encoding'] ?? 'whole'} ${size}`))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  ends.push(() => new Promise((resolve) => {
    server.closeAllConnections()
    server.close(resolve)
  }))
  const proxy = await startProxy((server.address() as AddressInfo).port, delay)
  ends.push(proxy.close)
  return { proxy, url: `http://127.0.0.1:${proxy.port}/` }
}

describe('the counting proxy', () => {
  it('3.16 counts requests by verb and every byte both ways, and begins anew when it was asked', async () => {
    const { proxy, url } = await behind(0)
    const passed: [string, number][] = []
    proxy.watch((verb, bytes) => void passed.push([verb, bytes]))
    const put = await fetch(url, { method: 'PUT', body: new Uint8Array(10_000) })
    expect(await put.text()).toBe(`PUT 127.0.0.1:${proxy.port} whole 10000`)
    await (await fetch(url)).text()
    const taken = proxy.take()
    expect(taken).toMatchObject({ requests: 2, verbs: { GET: 1, PUT: 1 } })
    expect(taken.up).toBeGreaterThan(10_000)
    expect(taken.up).toBeLessThan(11_500)
    expect(taken.down).toBeGreaterThan(50)
    expect(passed.filter(([verb]) => verb === 'PUT').reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(10_000)
    expect(proxy.take()).toEqual({ requests: 0, verbs: {}, up: 0, down: 0 })
  })

  it('3.16 announces no body where there is none, and holds a request back as long as it was told', async () => {
    const { url } = await behind(30)
    const begun = performance.now()
    expect(await (await fetch(url, { method: 'MKCOL' })).text()).toMatch(/^MKCOL \S+ whole 0$/)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(29)
  })
})
