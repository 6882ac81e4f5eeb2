// One question over Node's own HTTP: a `fetch` that knows no redirect, no cookie, no packing and no proxy of its own; the way to a
// server is the caller's agent. Bodies move in small pieces, so that a limit holds in both directions.

import { request as askPlain, type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as askSecure } from 'node:https'
import { Readable } from 'node:stream'
import type { Pace } from '@shared/sync/bandwidth.ts'
import type { Fetch } from './exchange.ts'

export interface WireParts {
  /** Of the way to this address, kept between questions. Throws where there is none. */
  readonly agentFor: (url: URL) => Promise<Agent>
  readonly up: Pace
  readonly down: Pace
  /** Told of each answer what the server says of the time, and how many milliseconds after the question it came. Not of one that a cache kept. */
  readonly heard?: (date: string | null, tookMs: number) => void
}

const piece = 16 * 1024

export function createWire(parts: WireParts): Fetch {
  const ask = async (url: string, init: RequestInit, isAgain: boolean): Promise<Response> => {
    const target = new URL(url)
    const body = init.body instanceof Uint8Array ? init.body : null
    const agent = await parts.agentFor(target)
    init.signal?.throwIfAborted()
    const begin = target.protocol === 'https:' ? askSecure : askPlain
    const asked = begin(target, {
      method: init.method ?? 'GET',
      agent,
      headers: { ...(init.headers as Readonly<Record<string, string>>), ...(body ? { 'Content-Length': String(body.length) } : {}) },
      ...(init.signal ? { signal: init.signal } : {}),
    })
    const askedAt = performance.now()
    try {
      const isHeard = { yet: false }
      const [answer] = await Promise.all([answerOf(asked, isHeard), send(asked, body, parts.up, isHeard)])
      if (answer.headers.age === undefined) parts.heard?.(answer.headers.date ?? null, performance.now() - askedAt)
      return await responseOf(answer, parts.down)
    } catch (thrown) {
      asked.destroy()
      // The server hung up on a kept connection before it heard anything: every act of the port may be repeated.
      if (asked.reusedSocket && !isAgain && !init.signal?.aborted) return ask(url, init, true)
      throw thrown
    }
  }
  return (url, init) => ask(url, init, false)
}

interface Heard {
  yet: boolean
}

function answerOf(asked: ClientRequest, heard: Heard): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once('response', (answer) => {
      heard.yet = true
      resolve(answer)
    })
    asked.on('error', reject)
  })
}

async function send(asked: ClientRequest, body: Uint8Array | null, pace: Pace, heard: Heard): Promise<void> {
  const bytes = body ?? new Uint8Array()
  for (let at = 0; at < bytes.length && !asked.destroyed && !heard.yet; at += piece) {
    const part = bytes.subarray(at, at + piece)
    await pace(part.length)
    if (!asked.write(part) && !heard.yet) await drained(asked)
  }
  // A server that has answered already wants no more of it; what it still waits for must not be the next question.
  if (asked.getHeader('content-length') !== undefined && heard.yet) asked.shouldKeepAlive = false
  asked.end()
}

function drained(asked: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      for (const event of ['drain', 'close', 'response'] as const) asked.off(event, go)
      resolve()
    }
    for (const event of ['drain', 'close', 'response'] as const) asked.on(event, go)
  })
}

async function responseOf(answer: IncomingMessage, pace: Pace): Promise<Response> {
  const headers = new Headers()
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '')
  const status = answer.statusCode ?? 0
  const isBare = status === 204 || status === 205 || status === 304
  // Only after its end the connection serves the next question.
  if (isBare) await answer.resume().toArray()
  return new Response(isBare ? null : (Readable.toWeb(Readable.from(paced(answer, pace), { objectMode: false, highWaterMark: piece })) as ReadableStream<Uint8Array>), { status, headers })
}

async function* paced(answer: IncomingMessage, pace: Pace): AsyncGenerator<Uint8Array> {
  for await (const bytes of answer as AsyncIterable<Buffer>) {
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.subarray(at, at + piece)
      await pace(part.length)
      yield part
    }
  }
}
