import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { err, ok, type Failure } from '../base/result.ts'
import { createClient } from './client.ts'
import { method, namesFor, nothing, type Client, type Handlers } from './define.ts'
import { createServe, type ServeDeps } from './serve.ts'

type TooBig = Failure<'TooBig'>
const table = {
  sum: {
    add: method('page', v.strictObject({ a: v.number(), b: v.number() })).gives<number, TooBig>(),
    secret: method('vault', nothing).gives<string>(),
  },
  bytes: { echo: method('page', v.strictObject({ bytes: v.instance(Uint8Array) })).gives<Uint8Array>() },
  inner: { only: method('vault', nothing).gives<null>() },
} as const

const page: Handlers<typeof table, 'page'> = {
  sum: {
    add: async ({ a, b }) => {
      if (a === 13) throw new Error('secret detail of the host')
      return a + b > 100 ? err({ type: 'TooBig', retry: 'never' }) : ok(a + b)
    },
  },
  bytes: { echo: async ({ bytes }) => ok(bytes) },
}

function fixture(open = true) {
  const notes: string[] = []
  const deps: ServeDeps = {
    refused: (channel) => notes.push(`refused ${channel}`),
    defect: (channel) => (notes.push(`defect ${channel}`), 'd1'),
    track: (_channel, work) => (open ? work() : false),
  }
  const serve = createServe(table, 'page', page, deps)
  const client = createClient(table, 'page', async (channel, input) => structuredClone(await serve(channel, structuredClone(input))))
  return { notes, serve, client }
}

describe('the IPC table', () => {
  it('2.4 gives each audience its own channels, derived from the table', () => {
    expect(namesFor(table, 'page')).toEqual(['sum.add', 'bytes.echo'])
    expect(namesFor(table, 'vault')).toEqual(['sum.secret', 'inner.only'])
    expectTypeOf<keyof Client<typeof table, 'page'>>().toEqualTypeOf<'sum' | 'bytes'>()
    expectTypeOf<keyof Client<typeof table, 'vault'>>().toEqualTypeOf<'sum' | 'inner'>()
    // @ts-expect-error a missing handler does not compile
    const incomplete: Handlers<typeof table, 'page'> = { sum: page.sum }
    expect(() => createServe(table, 'page', incomplete, {} as ServeDeps)).toThrow('no handler for bytes.echo')
  })

  it('carries values and expected failures', async () => {
    const { client } = fixture()
    expect(await client.sum.add({ a: 1, b: 2 })).toEqual({ ok: true, value: 3 })
    expect(await client.sum.add({ a: 60, b: 60 })).toEqual({ ok: false, error: { type: 'TooBig', retry: 'never' } })
    expect(await client.bytes.echo({ bytes: Uint8Array.of(1, 2) })).toEqual({ ok: true, value: Uint8Array.of(1, 2) })
  })

  it('2.4 answers bad input with BadRequest and notes the channel only', async () => {
    const { serve, notes } = fixture()
    const hostile = { a: 1, get b(): number { throw new Error('trap') } }
    for (const input of [undefined, null, 7, [], {}, { a: 1 }, { a: '1', b: 2 }, { a: 1, b: 2, c: 3 }, hostile]) {
      expect(await serve('sum.add', input)).toEqual({ ok: false, error: { type: 'BadRequest', retry: 'never', channel: 'sum.add' } })
    }
    expect(new Set(notes)).toEqual(new Set(['refused sum.add']))
  })

  it('2.4 does not serve unknown channels or those of another audience, and does not repeat their names', async () => {
    const { serve, notes } = fixture()
    for (const channel of ['sum.secret', 'inner.only', 'constructor.call', '__proto__', 'sum.add2', '']) {
      expect(await serve(channel, {})).toEqual({ ok: false, error: { type: 'BadRequest', retry: 'never', channel: 'unknown' } })
    }
    expect(new Set(notes)).toEqual(new Set(['refused unknown']))
  })

  it('turns a defect into HostDefect with an id and no detail', async () => {
    const { client, notes } = fixture()
    const answer = await client.sum.add({ a: 13, b: 0 })
    expect(answer).toEqual({ ok: false, error: { type: 'HostDefect', retry: 'later', id: 'd1' } })
    expect(notes).toEqual(['defect sum.add'])
  })

  it('begins nothing new while quitting', async () => {
    const { client } = fixture(false)
    expect(await client.sum.add({ a: 1, b: 1 })).toEqual({ ok: false, error: { type: 'HostClosing', retry: 'later' } })
  })

  it('rejects an answer that is no envelope', async () => {
    for (const answer of [undefined, null, 'ok', {}, { ok: true }, { ok: false, error: 'x' }, { ok: false, error: { type: 'X', retry: 'soon' } }]) {
      const client = createClient(table, 'page', async () => answer)
      await expect(client.sum.add({ a: 1, b: 1 })).rejects.toThrow('no envelope')
    }
  })
})
