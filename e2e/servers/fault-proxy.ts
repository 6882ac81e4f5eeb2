// Stands before a real server on loopback and misbehaves on command, as lines, gateways and tired servers do. Which question meets what
// is drawn from a seed: of so many questions in a row that send something, and of as many that do not, each fault meets one, so that
// whoever asks again gets through. What reaches the server reaches it as it was asked; nothing is invented on its behalf but what a fault says.
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createChance } from '@shared/sync/testing/chance.ts'
import { askOnward } from './onward.ts'

export const faults = [
  /** The line ends in the middle of what is sent; the server gets half of it. */
  'cut-going',
  /** The line ends in the middle of the answer. */
  'cut-coming',
  /** The server did it; its answer never comes. */
  'lost-reply',
  /** 429: come again in a second. */
  'later',
  /** 503. */
  'busy',
  /** 423: somebody holds it. */
  'locked',
  /** 200, and a page for people to sign in on. */
  'login-page',
  /** The answer takes its time. */
  'slow',
] as const
export type Fault = (typeof faults)[number]

export interface FaultProxy {
  readonly port: number
  /** From now on each of these meets one of every `among` questions; at least half of them pass. */
  misbehave(which: readonly Fault[], among?: number): void
  /** From now on nobody gets an answer; with verbs, only to those. */
  unplug(verbs?: readonly string[]): void
  /** From now on everything passes. */
  calm(): void
  /** How often each fault was met so far. */
  met(): Readonly<Record<Fault, number>>
  stop(): Promise<void>
}

const page = '<!doctype html><html><head><title>Sign in</title></head><body><form><input name="user"></form></body></html>'
const slow = 700

export async function startFaultProxy(target: number, seed: number): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const chance = createChance(seed)
  const met = Object.fromEntries(faults.map((fault) => [fault, 0])) as Record<Fault, number>
  let deal: (verb: string, sends: boolean) => Fault | 'unplugged' | null = () => null

  const answered = (asked: IncomingMessage, body: Buffer): Promise<{ readonly head: IncomingMessage; readonly body: Buffer }> =>
    new Promise((resolve, reject) => {
      const onward = askOnward(asked, target, agent)
      onward.on('response', (head) => void buffer(head).then((whole) => resolve({ head, body: whole }), reject))
      onward.on('error', reject)
      onward.end(body)
    })
  const half = (asked: IncomingMessage, body: Buffer): Promise<void> =>
    new Promise((resolve) => {
      const onward = askOnward(asked, target, agent)
      onward.on('error', () => {})
      onward.on('close', () => resolve())
      onward.write(body.subarray(0, Math.ceil(body.length / 2)), () => onward.destroy())
    })

  const serve = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const [verb, sends] = [asked.method ?? '', Number(asked.headers['content-length'] ?? 0) > 0]
    const fault = deal(verb, sends)
    if (fault === 'unplugged') return void answer.destroy()
    const body = await buffer(asked)
    if (fault) met[fault] += 1
    if (fault === 'later') return void answer.writeHead(429, { 'Retry-After': '1' }).end()
    if (fault === 'busy') return void answer.writeHead(503).end()
    if (fault === 'locked') return void answer.writeHead(423).end()
    if (fault === 'login-page') return void answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
    if (fault === 'cut-going') {
      await half(asked, body)
      return void answer.destroy()
    }
    if (fault === 'slow') await new Promise<void>((resolve) => void setTimeout(() => resolve(), slow))
    const given = await answered(asked, body)
    if (fault === 'lost-reply') return void answer.destroy()
    answer.writeHead(given.head.statusCode ?? 502, given.head.rawHeaders)
    if (fault !== 'cut-coming') return void answer.end(given.body)
    answer.write(given.body.subarray(0, Math.floor(given.body.length / 2)), () => answer.destroy())
  }

  const server = createServer((asked, answer) => {
    answer.on('error', () => {})
    serve(asked, answer).catch(() => answer.destroy())
  })
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  return {
    port: (server.address() as AddressInfo).port,
    misbehave(which, among = which.length * 3) {
      if (among < which.length * 2) throw new Error('half must pass')
      const draw = (from: readonly Fault[]): (() => Fault | null) => {
        let rest: (Fault | null)[] = from.filter((fault) => fault === 'cut-going')
        return () => {
          if (rest.length === 0) rest = [...from, ...Array.from({ length: among - from.length }, () => null)]
          return rest.splice(chance.below(rest.length), 1)[0] ?? null
        }
      }
      // What sends nothing cannot be cut while it sends: the first that sends something meets that.
      const [sending, asking] = [draw(which), draw(which.filter((fault) => fault !== 'cut-going'))]
      deal = (_, sends) => (sends ? sending() : asking())
    },
    unplug: (verbs) => void (deal = (verb) => (verbs === undefined || verbs.includes(verb) ? 'unplugged' : null)),
    calm: () => void (deal = () => null),
    met: () => ({ ...met }),
    async stop() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
      agent.destroy()
    },
  }
}
