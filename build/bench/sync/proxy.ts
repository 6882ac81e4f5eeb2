// Stands between a contender and a server on loopback: counts requests by verb and every byte on the wire, heads included, and can
// hold each request back as a distant server would. It changes nothing of what passes.

import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { askOnward } from '../../../e2e/servers/onward.ts'

export interface Traffic {
  readonly requests: number
  readonly verbs: Readonly<Record<string, number>>
  /** Bytes from the contender, and to it. */
  readonly up: number
  readonly down: number
}

/** A request began (`bytes` 0), or so many bytes of its body passed. */
export type Watch = (verb: string, bytes: number) => void

export interface CountingProxy {
  readonly port: number
  /** What passed since it was asked last. */
  take(): Traffic
  watch(watch: Watch | null): void
  close(): Promise<void>
}

/** `delay`: milliseconds from the head of a request to its forwarding, once for each: a round trip. */
export async function startProxy(target: number, delay: number): Promise<CountingProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const sockets = new Map<Socket, { up: number; down: number }>()
  let verbs = new Map<string, number>()
  let gone = { up: 0, down: 0 }
  let watching: Watch | null = null
  const sumUp = (socket: Socket): void => {
    const before = sockets.get(socket)
    if (!before) return
    gone = { up: gone.up + socket.bytesRead - before.up, down: gone.down + socket.bytesWritten - before.down }
    sockets.set(socket, { up: socket.bytesRead, down: socket.bytesWritten })
  }
  const forward = (asked: IncomingMessage, answer: ServerResponse): void => {
    const verb = asked.method ?? ''
    const onward = askOnward(asked, target, agent)
    onward.on('response', (given) => {
      answer.writeHead(given.statusCode ?? 502, given.rawHeaders)
      given.pipe(answer)
      given.on('error', () => answer.destroy())
    })
    onward.on('error', () => answer.destroy())
    answer.on('close', () => void (answer.writableFinished || onward.destroy()))
    asked.on('data', (piece: Buffer) => watching?.(verb, piece.length))
    asked.pipe(onward)
  }
  const server = createServer((asked, answer) => {
    const verb = asked.method ?? ''
    verbs.set(verb, (verbs.get(verb) ?? 0) + 1)
    watching?.(verb, 0)
    if (delay > 0) setTimeout(() => forward(asked, answer), delay)
    else forward(asked, answer)
  })
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  server.on('connection', (socket) => {
    socket.setNoDelay(true)
    sockets.set(socket, { up: 0, down: 0 })
    socket.once('close', () => {
      sumUp(socket)
      sockets.delete(socket)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      for (const socket of sockets.keys()) sumUp(socket)
      const taken = { requests: [...verbs.values()].reduce((sum, n) => sum + n, 0), verbs: Object.fromEntries([...verbs].toSorted(([a], [b]) => (a < b ? -1 : 1))), ...gone }
      verbs = new Map()
      gone = { up: 0, down: 0 }
      return taken
    },
    watch: (next) => void (watching = next),
    async close() {
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}
