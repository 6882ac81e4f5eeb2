import { describe, expect, it } from 'vitest'
import { readText } from '../cloud/read-text.ts'
import { createProxyScripts, scriptAddress } from './proxy-script.ts'

const hour = 60 * 60 * 1000

function place() {
  const state = { now: 0, answer: (): Response => new Response('function FindProxyForURL() { return "DIRECT" }'), asked: 0 }
  const scripts = createProxyScripts({
    clock: { now: () => state.now },
    evaluate: async (script, url) => `${script.length} ${url.host}`,
    readText: (address) =>
      readText(async () => {
        state.asked += 1
        return state.answer()
      }, address),
  })
  return { state, ask: (address = 'http://files.test/proxy.pac') => scripts.answerFor(address, new URL('https://s3.test/a')) }
}

describe('3.4 a proxy script', () => {
  it('3.4 is fetched once an hour and asked for every address; one that cannot be fetched anew holds on', async () => {
    const { state, ask } = place()
    expect([await ask(), await ask()]).toEqual(['46 s3.test', '46 s3.test'])
    expect(state.asked).toBe(1)
    state.now = hour
    state.answer = () => new Response('gone', { status: 404 })
    expect(await ask()).toBe('46 s3.test')
    expect(state.asked).toBe(2)
    expect(await ask()).toBe('46 s3.test')
    state.now = 2 * hour
    state.answer = () => new Response('function FindProxyForURL() {}')
    expect(await ask()).toBe('29 s3.test')
  })

  it.each([
    ['a page with 200', () => new Response('<html>login</html>')],
    ['a failure', () => new Response('FindProxyForURL', { status: 500 })],
    ['nothing', () => Response.error()],
    ['what is no text', () => new Response(new Uint8Array([0xff, 0xfe, 0x46]))],
    ['too much', () => new Response('FindProxyForURL'.padEnd(2 * 1024 * 1024))],
  ])('3.4 is not there where the place gives %s', async (_what, answer) => {
    const { state, ask } = place()
    state.answer = answer
    expect(await ask()).toBeNull()
  })

  it('3.4 of another place counts no more', async () => {
    const { state, ask } = place()
    await ask()
    state.answer = () => new Response('', { status: 404 })
    expect(await ask('http://other.test/proxy.pac')).toBeNull()
  })

  it('3.4 lies at an address of the web without name and password', () => {
    expect(['http://a.jp/p.pac', 'https://a.jp', 'file:///etc/p.pac', 'http://u:p@a.jp/p.pac', 'p.pac', ''].map(scriptAddress)).toEqual(['http://a.jp/p.pac', 'https://a.jp/', null, null, null, null])
  })
})
