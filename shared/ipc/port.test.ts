import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ok } from '../base/result.ts'
import { event } from './define.ts'
import { createPortCaller, domPort, servePort, type DomPort } from './port.ts'

const events = { session: { locked: event('vault').carries<{ reason: string }>(), changed: event('page').carries<null>() } } as const

function pair() {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  const asked: unknown[] = []
  const emit = servePort(domPort(port1 as unknown as DomPort), async (channel, input) => {
    asked.push([channel, input])
    return ok(input)
  })
  return { asked, emit, caller: createPortCaller<typeof events>(domPort(port2 as unknown as DomPort)), raw: port2 }
}

describe('the vault port', () => {
  it('answers each call with its own answer, also when many are under way', async () => {
    const { caller } = pair()
    const answers = await Promise.all([1, 2, 3].map((n) => caller.call('a.b', { n, bytes: Uint8Array.of(n) })))
    expect(answers).toEqual([1, 2, 3].map((n) => ok({ n, bytes: Uint8Array.of(n) })))
  })

  it('delivers events until the listener ends it', async () => {
    const { caller, emit } = pair()
    const heard: unknown[] = []
    const end = caller.on('session.locked', (payload) => heard.push(payload.reason))
    emit('session.locked', { reason: 'idle' })
    emit('session.other', {})
    await caller.call('a.b', {})
    end()
    emit('session.locked', { reason: 'suspend' })
    await caller.call('a.b', {})
    expect(heard).toEqual(['idle'])
  })

  it('2.4 drops messages that are no calls', async () => {
    const { caller, raw, asked } = pair()
    for (const bad of [null, 1, 'x', {}, { id: 'x', channel: 'a.b', input: {} }, { id: 1, channel: 5, input: {} }, { id: 1, channel: 'a.b' }]) {
      raw.postMessage(bad)
    }
    await caller.call('a.b', { n: 1 })
    expect(asked).toEqual([['a.b', { n: 1 }]])
  })
})
