import { beforeAll, describe, expect, it } from 'vitest'
import { createKeyPair } from '../crypto/keys.ts'
import { createWorld, type World } from '../judge/testing/world.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { judgeRequest, openRequest, requestLifeMs } from './request.ts'
import { sixWords } from './six-words.ts'
import { authorityOf, newcomer } from './testing/newcomer.ts'

const day = 24 * 60 * 60 * 1000
const codes = (verdict: { readonly reasons: readonly { readonly code: string }[] }): string[] => verdict.reasons.map(({ code }) => code)

describe('a request to join', () => {
  let world: World
  let state: AuthorityState
  let ids: { workspace: string; genesis: string }
  beforeAll(async () => {
    world = await createWorld('enrol-request')
    ids = { workspace: world.founded.workspace, genesis: world.founded.genesis }
    state = (await authorityOf(world)).state
  })

  it('3.2 opens to every administrator of the invitation at its own name, and to nobody else', async () => {
    const admins = [createKeyPair(world.host), createKeyPair(world.host)]
    const asking = newcomer(world.host, ids, world.clock.now())
    const { object, digest } = await asking.ask('e/one', admins.map((a) => a.publicKey))
    for (const admin of admins) expect(await openRequest(world.host, ids, 'e/one', admin.privateKey, object)).toEqual({ request: asking.request, digest })
    expect(await openRequest(world.host, ids, 'e/one', createKeyPair(world.host).privateKey, object)).toBeNull()
    expect(await openRequest(world.host, ids, 'e/two', admins[0]!.privateKey, object)).toBeNull()
    expect(await openRequest(world.host, { ...ids, workspace: 'another' }, 'e/one', admins[0]!.privateKey, object)).toBeNull()
    expect(await openRequest(world.host, { ...ids, genesis: '0'.repeat(64) }, 'e/one', admins[0]!.privateKey, object)).toBeNull()
  })

  it('3.2 is as long with a short name and one administrator as with a long name and eight', async () => {
    const keys = Array.from({ length: 8 }, () => createKeyPair(world.host).publicKey)
    const short = await newcomer(world.host, ids, 1, '林').ask('e/one', keys.slice(0, 1))
    const long = await newcomer(world.host, ids, world.clock.now(), '\u{20bb7}'.repeat(100)).ask('e/one', keys)
    expect(long.object.length).toBe(short.object.length)
  })

  it('3.2 does not hold without the private keys it names', async () => {
    const admin = createKeyPair(world.host)
    const asking = newcomer(world.host, ids, world.clock.now())
    const theirs = createKeyPair(world.host).publicKey
    const { device, seat } = asking.request
    for (const change of [{ device: { ...device, signingKey: theirs } }, { seat: { ...seat, signingKey: theirs } }]) {
      const { object } = await asking.ask('e/one', [admin.publicKey], change)
      expect(await openRequest(world.host, ids, 'e/one', admin.privateKey, object)).toBeNull()
    }
  })

  it('3.2 is refused when it is older than seven days, from tomorrow, or known already', () => {
    const now = world.clock.now()
    const asked = (request: Parameters<typeof judgeRequest>[0]['request']) => codes(judgeRequest({ request, digest: '' }, state, now))
    const { request } = newcomer(world.host, ids, now)
    expect(asked(request)).toEqual([])
    expect(asked({ ...request, at: now - requestLifeMs })).toEqual([])
    expect(asked({ ...request, at: now - requestLifeMs - 1 })).toEqual(['enrol-old'])
    expect(asked({ ...request, at: now + day + 1 })).toEqual(['enrol-ahead'])
    const known = world.founded.seats[0]!
    expect(asked({ ...request, device: { ...request.device, id: world.founded.device.id } })).toEqual(['enrol-known'])
    expect(asked({ ...request, seat: { ...request.seat, id: known.seat } })).toEqual(['enrol-known'])
    expect(asked({ ...request, seat: { ...request.seat, exchangeKey: known.exchange.publicKey } })).toEqual(['enrol-known'])
    expect(asked({ ...request, device: { ...request.device, signingKey: request.seat.signingKey } })).toEqual(['enrol-known'])
  })

  it('3.2 has six words of its own: a storage that asks in its place with its own keys shows others', async () => {
    const admin = createKeyPair(world.host)
    const asking = newcomer(world.host, ids, world.clock.now())
    const mine = await asking.ask('e/one', [admin.publicKey])
    const words = sixWords(ids.workspace, ids.genesis, mine.digest)
    expect(words.ja).toHaveLength(6)
    expect(words.ja.every((word) => /^[ぁ-ゖ]+$/.test(word) && word === word.normalize('NFC'))).toBe(true)
    expect(words.en.every((word) => /^[a-z]+$/.test(word))).toBe(true)
    // Even one that copies every word a person can read from the request.
    const thief = newcomer(world.host, ids, asking.request.at, asking.request.name)
    const swapped = await thief.ask('e/one', [admin.publicKey], { nonce: asking.request.nonce })
    const opened = await openRequest(world.host, ids, 'e/one', admin.privateKey, swapped.object)
    expect(opened?.request.name).toBe(asking.request.name)
    expect(sixWords(ids.workspace, ids.genesis, opened?.digest ?? '').ja).not.toEqual(words.ja)
    expect(sixWords(ids.workspace, '1'.repeat(64), mine.digest).ja).not.toEqual(words.ja)
  })
})
