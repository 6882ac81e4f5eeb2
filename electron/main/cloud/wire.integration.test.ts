import { Agent } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPace } from '@shared/sync/bandwidth.ts'
import { startScriptedServer, type ScriptedServer } from './testing/scripted-server.ts'
import { bytesOf } from './testing/storage-contract.ts'
import { createWire } from './wire.ts'

const agent = new Agent({ keepAlive: true })
let server: ScriptedServer
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(async () => {
  agent.destroy()
  await server.stop()
})

/** Time that moves only by waiting, and what was moved by then. */
function limited(limit: number) {
  let now = 1_000_000
  const pace = createPace({ now: () => now }, { after: (ms, act) => ((now += ms), queueMicrotask(act), () => undefined) }, () => limit)
  return { pace, seconds: () => (now - 1_000_000) / 1000 }
}
const free = async (): Promise<void> => undefined

describe('3.5 the wire', () => {
  it('3.5 sends and fetches no faster than the limit of each direction', async () => {
    const [up, down] = [limited(100_000), limited(50_000)]
    const wire = createWire({ agentFor: async () => agent, up: up.pace, down: down.pace })
    server.answer((response) => void response.writeHead(200).end(bytesOf(1, 500_000)))
    const answer = await wire(server.origin, { method: 'PUT', body: bytesOf(2, 1_000_000) as Uint8Array<ArrayBuffer> })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytesOf(1, 500_000))
    expect(Math.round(up.seconds())).toBe(9)
    expect(Math.round(down.seconds())).toBe(9)
  })

  it('3.4 asks once more where the server hung up on a kept connection, and only then', async () => {
    const wire = createWire({ agentFor: async () => agent, up: free, down: free })
    server.answer((response) => void response.writeHead(204).end())
    expect((await wire(server.origin, {})).status).toBe(204)
    await expect.poll(() => Object.keys(agent.freeSockets).length).toBeGreaterThan(0)
    let hangups = 1
    server.answer((response) => (hangups-- > 0 ? response.socket?.destroy() : response.writeHead(204).end()))
    expect((await wire(server.origin, {})).status).toBe(204)
    expect(server.asked).toHaveLength(2)
    server.answer((response) => void response.socket?.destroy())
    await expect(wire(server.origin, {})).rejects.toThrow()
    expect(server.asked.length).toBeLessThanOrEqual(2)
  })

  it('3.4 hears an answer that comes before the whole question, and stops sending', async () => {
    const wire = createWire({ agentFor: async () => agent, up: async () => new Promise((resolve) => void setImmediate(resolve)), down: free })
    for (let time = 0; time < 3; time++) {
      server.answer((response) => void response.writeHead(413).end('too large'))
      const answer = await wire(server.origin, { method: 'PUT', body: bytesOf(3, 30_000_000) as Uint8Array<ArrayBuffer> })
      expect([answer.status, await answer.text()]).toEqual([413, 'too large'])
      server.answer((response) => void response.writeHead(204).end())
      expect((await wire(server.origin, { method: 'GET' })).status).toBe(204)
      expect(server.asked).toEqual(['GET /'])
    }
  })

  it('4.5 PC-21 tells what a server says of the time, and nothing of an answer that a cache kept', async () => {
    const heard: (string | null)[] = []
    const wire = createWire({ agentFor: async () => agent, up: free, down: free, heard: (date, tookMs) => heard.push(tookMs >= 0 ? date : 'before it was asked') })
    const date = 'Sun, 29 Nov 2026 12:00:00 GMT'
    for (const headers of [{ Date: date }, { Date: date, Age: '3600' }]) {
      server.answer((response) => void response.writeHead(204, headers).end())
      await wire(server.origin, {})
    }
    expect(heard).toEqual([date])
  })
})
