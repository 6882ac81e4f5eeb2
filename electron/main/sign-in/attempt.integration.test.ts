// Against a real provider on loopback: the test plays the browser, and whoever stands in between.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes, bytesToUtf8 } from '@shared/base/bytes.ts'
import { sha256 } from '@shared/crypto/hash.ts'
import { nonceOf, type NonceKeys } from '@shared/identity/evidence.ts'
import { browse, startOidcProvider, type OidcServer } from '../../../e2e/servers/oidc-provider.ts'
import { nodeHost } from '../services/node-host.ts'
import { attemptSignIn, type AttemptDeps, type AttemptTrouble, type SignedIn } from './attempt.ts'
import { openProvider, ProviderStop, type Ask } from './provider-client.ts'

const keys: NonceKeys = { workspace: 'w', device: new Uint8Array(65).fill(1), seat: new Uint8Array(65).fill(2) }
const pages = () => ({ done: 'done', notExpected: 'not expected' })

let town: OidcServer
beforeAll(async () => {
  town = await startOidcProvider()
  town.account('yamada').acrs = ['c20']
})
afterAll(() => town.stop())

const plainAsk: Ask = async ({ method, url, headers, body }, signal) => {
  const answer = await fetch(url, { method, headers, redirect: 'manual', signal, ...(body ? { body } : {}) })
  return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) }
}

/** Puts something else into the answer of the token endpoint. */
const swapping = (change: (body: Record<string, string>) => Record<string, string>): Ask => async (question, signal) => {
  const answer = await plainAsk(question, signal)
  if (!question.url.endsWith('/token')) return answer
  return { ...answer, body: Uint8Array.from(utf8ToBytes(JSON.stringify(change(JSON.parse(bytesToUtf8(answer.body)) as Record<string, string>)))) }
}

const isRedirect = (address: string): boolean => new URL(address).pathname === '/signed-in'
const yamada = { account: 'yamada', password: 'password of yamada' }
const atProvider = (address: string): Promise<string> => browse(address, yamada, isRedirect)
const arrive = async (address: string): Promise<number> => (await fetch(address)).status

interface Scene {
  readonly ask?: Ask
  readonly now?: () => number
  readonly keys?: NonceKeys
  readonly issuer?: string
  readonly signal?: AbortSignal
  /** What happens in the browser; usually the person signs in and comes back. */
  readonly inBrowser?: (address: string) => Promise<unknown>
}

async function attempt({ ask = plainAsk, now = Date.now, keys: own = keys, issuer = town.issuer, signal = AbortSignal.timeout(30_000), inBrowser = async (address) => arrive(await atProvider(address)) }: Scene = {}): Promise<SignedIn | AttemptTrouble> {
  let browser: Promise<unknown> = Promise.resolve()
  const deps: AttemptDeps = {
    ask,
    now,
    host: nodeHost,
    pages,
    openExternal: async (address) => {
      browser = inBrowser(address)
      browser.catch(() => undefined)
      return true
    },
  }
  const done = await attemptSignIn(deps, { issuer, clientId: town.clientId }, own, signal)
  await browser
  return done
}

async function signedIn(scene: Scene = {}): Promise<SignedIn> {
  const done = await attempt(scene)
  if ('kind' in done) throw new Error(JSON.stringify(done))
  return done
}

describe('signing in at a real provider', () => {
  it('4.1 gives a token that fits this seat on this device, how and in which context the person signed in, and a way to refresh it', async () => {
    const { token, opening, refreshToken, key } = await signedIn()
    expect(token.claims).toMatchObject({ iss: town.issuer, aud: town.clientId, sub: 'yamada', nonce: nonceOf(keys, opening), acr: 'urn:town:password', acrs: ['c20'], amr: ['pwd'], preferred_username: 'yamada' })
    expect(token.claims.auth_time).toBeTypeOf('number')
    const provider = await openProvider({ ask: plainAsk, now: Date.now, host: nodeHost }, town, AbortSignal.timeout(10_000))
    const later = await provider.refresh(refreshToken ?? '', AbortSignal.timeout(10_000))
    if (later.text === null) throw new Error('this provider gives an ID token at a refresh')
    expect([later.token.claims.sub, later.key.kid, later.refreshToken === refreshToken]).toEqual(['yamada', key.kid, false])
  })

  it('4.1 what the browser is asked to open holds a challenge and no secret, and only this machine is named as where to come back to', async () => {
    let opened = new URL('http://x')
    const { opening } = await signedIn({ inBrowser: async (address) => arrive(await atProvider((opened = new URL(address)).href)) })
    expect(Object.fromEntries(opened.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: town.clientId, nonce: nonceOf(keys, opening) })
    expect([...opened.searchParams.keys()].toSorted()).toEqual(['client_id', 'code_challenge', 'code_challenge_method', 'max_age', 'nonce', 'redirect_uri', 'response_type', 'scope', 'state'])
    expect(opened.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/)
  })

  it('4.1 T22 a code that somebody else catches on its way is worth nothing to them: they do not have the verifier', async () => {
    let stolen: Response | null = null
    const done = await attempt({
      async inBrowser(address) {
        const back = new URL(await atProvider(address))
        const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: town.clientId, code: back.searchParams.get('code') ?? '', redirect_uri: `${back.origin}${back.pathname}`, code_verifier: 'v'.repeat(43) })
        stolen = await fetch(`${town.issuer}/token`, { method: 'POST', body })
        return arrive(back.href)
      },
    })
    expect([(stolen as Response | null)?.status, 'kind' in done ? done.kind : 'signed in']).toEqual([400, expect.stringMatching(/refused|signed in/)])
  })

  it('4.1 T22 a code of somebody else’s that is slipped into this attempt gives nothing: another challenge was made with it', async () => {
    const others: string[] = []
    const end = new AbortController()
    await attempt({ signal: end.signal, inBrowser: async (address) => (others.push(await atProvider(address)), end.abort()) })
    const done = await attempt({
      async inBrowser(address) {
        const back = new URL(await atProvider(address))
        back.searchParams.set('code', new URL(others[0] ?? '').searchParams.get('code') ?? '')
        return arrive(back.href)
      },
    })
    expect(done).toEqual({ kind: 'refused' })
  })

  it('4.1 T22 an answer that another provider claims, or that does not say whose it is, ends the attempt (RFC 9207)', async () => {
    for (const iss of ['https://evil.example', null]) {
      const done = await attempt({
        async inBrowser(address) {
          const back = new URL(await atProvider(address))
          if (iss === null) back.searchParams.delete('iss')
          else back.searchParams.set('iss', iss)
          return arrive(back.href)
        },
      })
      expect(done).toMatchObject({ kind: 'wrong' })
    }
  })

  it('4.1 T22 a provider that answers in the name of another, and one whose endpoints lie elsewhere without TLS, are not asked further', async () => {
    const evil = await startOidcProvider()
    try {
      const named: Ask = (question, signal) => plainAsk({ ...question, url: question.url.replace(town.issuer, evil.issuer) }, signal)
      expect(await attempt({ ask: named })).toMatchObject({ kind: 'wrong' })
      const elsewhere: Ask = async (question, signal) => {
        const answer = await plainAsk(question, signal)
        const text = bytesToUtf8(answer.body).replaceAll('"authorization_endpoint":"http://127.0.0.1', '"authorization_endpoint":"http://10.0.0.1')
        return { ...answer, body: Uint8Array.from(utf8ToBytes(text)) }
      }
      expect(await attempt({ ask: elsewhere })).toEqual({ kind: 'wrong', code: 'endpoint' })
      expect(evil.asked.every((path) => path.startsWith('/.well-known/'))).toBe(true)
    } finally {
      await evil.stop()
    }
  })

  it('4.1 T22 a token that the same provider made for another application is refused', async () => {
    const other = await startOtherApp()
    const done = await attempt({ ask: swapping((body) => ({ ...body, id_token: other })) })
    expect(done).toMatchObject({ kind: 'wrong' })
  })

  it('4.1 T22 a token that the provider made for another seat or device of the same person is refused', async () => {
    const { text } = await signedIn({ keys: { ...keys, device: new Uint8Array(65).fill(9) } })
    expect(await attempt({ ask: swapping((body) => ({ ...body, id_token: text })) })).toMatchObject({ kind: 'wrong' })
  })

  it('4.1 forged acrs, another algorithm and no signature are refused', async () => {
    const forge = (over: object, head: object = {}) => (body: Record<string, string>): Record<string, string> => {
      const [header = '', claims = '', signature = ''] = (body['id_token'] ?? '').split('.')
      const read = (part: string): object => JSON.parse(bytesToUtf8(base64UrlToBytes(part) as Uint8Array)) as object
      const write = (value: object): string => bytesToBase64Url(utf8ToBytes(JSON.stringify(value)))
      return { ...body, id_token: `${write({ ...read(header), ...head })}.${write({ ...read(claims), ...over })}.${'alg' in head ? '' : signature}` }
    }
    expect(await attempt({ ask: swapping(forge({ acrs: ['c99'] })) })).toEqual({ kind: 'wrong', code: 'signature' })
    expect(await attempt({ ask: swapping(forge({}, { alg: 'none' })) })).toMatchObject({ kind: 'wrong' })
    expect(await attempt({ ask: swapping(forge({}, { alg: 'HS256' })) })).toMatchObject({ kind: 'wrong' })
  })

  it('4.1 a token that ran out, or from a time that has not come, is not taken for a fresh sign-in', async () => {
    expect(await attempt({ now: () => Date.now() + 2 * 60 * 60 * 1000 })).toEqual({ kind: 'wrong', code: 'times' })
    expect(await attempt({ now: () => Date.now() - 60 * 60 * 1000 })).toEqual({ kind: 'wrong', code: 'times' })
  })

  it('4.1 when the provider changes its key the next sign-in is under the new one, and a token under one it took away is refused', async () => {
    const before = await signedIn()
    town.rotateKeys(true)
    const after = await signedIn()
    expect(after.key.kid).not.toBe(before.key.kid)
    town.rotateKeys(false)
    const stale = await attempt({ ask: swapping((body) => ({ ...body, id_token: before.text })) })
    expect(stale).toMatchObject({ kind: 'wrong' })
    const provider = await openProvider({ ask: swapping((body) => ({ ...body, id_token: before.text })), now: Date.now, host: nodeHost }, town, AbortSignal.timeout(10_000))
    const next = await signedIn()
    await expect(provider.refresh(next.refreshToken ?? '', AbortSignal.timeout(10_000))).rejects.toMatchObject({ trouble: { kind: 'wrong', code: 'key' } })
  })

  it('4.1 an answer without the state, with another, for another path or under another name is turned away and the attempt goes on; a second answer finds nobody', async () => {
    const seen: number[] = []
    let back = new URL('http://x')
    await signedIn({
      async inBrowser(address) {
        back = new URL(await atProvider(address))
        for (const change of [(url: URL) => url.searchParams.delete('state'), (url: URL) => url.searchParams.set('state', 'x'), (url: URL) => url.searchParams.append('state', 'x'), (url: URL) => (url.pathname = '/else')]) {
          const other = new URL(back)
          change(other)
          seen.push(await arrive(other.href))
        }
        seen.push((await fetch(back, { method: 'POST' })).status, await arrive(back.href.replace('127.0.0.1', 'localhost')).catch(() => 400))
        seen.push(await arrive(back.href))
      },
    })
    expect(seen).toEqual([400, 400, 400, 400, 400, 400, 200])
    await expect(fetch(back)).rejects.toThrow()
  })

  it('4.1 an attempt ends with its time, with a person who says no, and where the provider cannot be asked, and leaves no port open', async () => {
    const end = new AbortController()
    let came = ''
    const ended = await attempt({ signal: end.signal, inBrowser: async (address) => ((came = new URL(address).searchParams.get('redirect_uri') ?? ''), end.abort(new Error('time'))) })
    expect(ended).toEqual({ kind: 'ended' })
    await expect(fetch(came)).rejects.toThrow()
    const denied = await attempt({
      async inBrowser(address) {
        const asked = new URL(address)
        return arrive(`${asked.searchParams.get('redirect_uri') ?? ''}?error=access_denied&state=${asked.searchParams.get('state') ?? ''}&iss=${encodeURIComponent(town.issuer)}`)
      },
    })
    expect(denied).toEqual({ kind: 'refused' })
    expect(await attempt({ ask: () => Promise.reject(new Error('no line')) })).toEqual({ kind: 'unreachable' })
  })

  it('4.2 a disabled account is refused at the next refresh, and a provider that only fails says nothing of it', async () => {
    const { refreshToken } = await signedIn()
    const provider = await openProvider({ ask: plainAsk, now: Date.now, host: nodeHost }, town, AbortSignal.timeout(10_000))
    const failing = await openProvider({ ask: plainAskOrFail(), now: Date.now, host: nodeHost }, town, AbortSignal.timeout(10_000))
    await expect(failing.refresh(refreshToken ?? '', AbortSignal.timeout(10_000))).rejects.toMatchObject({ trouble: { kind: 'unreachable' } })
    town.account('yamada').disabled = true
    try {
      await expect(provider.refresh(refreshToken ?? '', AbortSignal.timeout(10_000))).rejects.toThrow(ProviderStop)
      await expect(provider.refresh(refreshToken ?? '', AbortSignal.timeout(10_000))).rejects.toMatchObject({ trouble: { kind: 'refused' } })
    } finally {
      town.account('yamada').disabled = false
    }
  })
})

/** A real ID token of the same provider, for the other application that it knows. */
async function startOtherApp(): Promise<string> {
  const verifier = 'w'.repeat(43)
  const redirect = 'http://127.0.0.1:9/signed-in'
  const challenge = bytesToBase64Url(sha256(utf8ToBytes(verifier)))
  const url = new URL(`${town.issuer}/auth`)
  const asked = { response_type: 'code', client_id: 'another-app', redirect_uri: redirect, scope: 'openid', code_challenge: challenge, code_challenge_method: 'S256', state: 's', nonce: 'n' }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  const code = new URL(await atProvider(url.href)).searchParams.get('code') ?? ''
  const answer = await fetch(`${town.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'another-app', code, redirect_uri: redirect, code_verifier: verifier }) })
  const { id_token: token } = (await answer.json()) as { readonly id_token?: string }
  if (token === undefined) throw new Error('the other application gets a token')
  return token
}

/** Discovery works, the token endpoint is down. */
function plainAskOrFail(): Ask {
  return (question, signal) => (question.url.endsWith('/token') ? Promise.resolve({ status: 503, headers: new Headers(), body: new Uint8Array() }) : plainAsk(question, signal))
}
