// The town's provider over the app's own wire: discovery at the named issuer and nowhere else, the exchange of a code, a refresh, and the keys.
// Everything it answers is checked by our own reader of tokens once more; no secret is in an error.

import * as oauth from 'oauth4webapi'
import { parseJwk } from '@shared/authority/provider-key.ts'
import type { ProviderPublicKey } from '@shared/authority/model.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { driftMs } from '@shared/log/clock.ts'
import { isFor, readToken, verifyToken, type IdToken } from '@shared/identity/token.ts'
import type { ManagedSignIn } from './managed-config.ts'

/** One question and its whole answer; throws where there is none. */
export type Ask = (question: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body?: Uint8Array<ArrayBuffer>; readonly most: number }, signal: AbortSignal) => Promise<{ readonly status: number; readonly headers: Headers; readonly body: Uint8Array<ArrayBuffer> }>

export interface ProviderDeps {
  readonly ask: Ask
  readonly host: Pick<CryptoHost, 'subtle'>
  readonly now: () => number
}

export interface SeenKey {
  readonly kid: string
  readonly key: ProviderPublicKey
}

/** What the provider gave, verified under a key that it shows now. */
export interface Given {
  readonly text: string
  readonly token: IdToken
  readonly key: SeenKey
  /** Null where it gave none (any more). */
  readonly refreshToken: string | null
}

export type Refreshed = Given | { readonly text: null; readonly refreshToken: string | null }

/** `refused`: the provider says no (account disabled, sign-in over, code not ours). `unreachable`: it could not be asked. `wrong`: what it answers does not fit; the code says how. */
export type ProviderTrouble = { readonly kind: 'refused' | 'unreachable' } | { readonly kind: 'wrong'; readonly code: string }

export class ProviderStop extends Error {
  constructor(readonly trouble: ProviderTrouble) {
    super(trouble.kind)
  }
}

export function wrong(code: string): never {
  throw new ProviderStop({ kind: 'wrong', code })
}

export interface ProviderClient {
  /** Where the browser goes. */
  authorizationUrl(parameters: Readonly<Record<string, string>>): URL
  /** Checks state and issuer of an answer (RFC 9207) and exchanges its code. */
  exchange(answer: URLSearchParams, sent: { readonly state: string; readonly verifier: string; readonly nonce: string; readonly redirect: string }, signal: AbortSignal): Promise<Given>
  /** The same sign-in, later. A provider that gives no ID token at a refresh answers null for it. */
  refresh(refreshToken: string, signal: AbortSignal): Promise<Refreshed>
}

const largestAnswer = 512 * 1024

/** Throws a `ProviderStop`, as do all its methods. */
export async function openProvider(deps: ProviderDeps, { issuer, clientId }: ManagedSignIn, signal: AbortSignal): Promise<ProviderClient> {
  const isLoopback = new URL(issuer).protocol === 'http:'
  const options = (own: AbortSignal) => ({ [oauth.customFetch]: fetchBy(deps.ask), [oauth.allowInsecureRequests]: isLoopback, signal: own })
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: driftMs / 1000 }
  const at = new URL(issuer)
  const server = await translated(async () => oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, { algorithm: 'oidc', ...options(signal) })))
  if (server.issuer !== issuer) wrong('issuer')
  const endpoint = (address: string | undefined): URL => {
    const url = URL.canParse(address ?? '') ? new URL(address ?? '') : wrong('endpoint')
    return url.protocol === 'https:' || (isLoopback && url.hostname === '127.0.0.1') ? url : wrong('endpoint')
  }

  const keyOf = async (token: IdToken, own: AbortSignal): Promise<SeenKey> => {
    const answer = await translated(async () => deps.ask({ method: 'GET', url: endpoint(server.jwks_uri).href, headers: { Accept: 'application/json' }, most: largestAnswer }, own))
    const set = answer.status === 200 ? jsonOf(answer.body) : null
    const keys = (Array.isArray(set?.['keys']) ? set['keys'] : []).map(parseJwk)
    for (const one of keys) if (one?.kid === token.kid && (await verifyToken(deps.host, token, one.key))) return one
    return wrong(keys.some((one) => one?.kid === token.kid) ? 'signature' : 'key')
  }
  const checked = async (answer: oauth.TokenEndpointResponse, nonce: string | null, own: AbortSignal): Promise<Given> => {
    const text = answer.id_token ?? wrong('no-token')
    const token = readToken(text)
    if (typeof token === 'string') return wrong(token)
    const { claims } = token
    const now = deps.now()
    if (claims.iss !== issuer) wrong('issuer')
    if (!isFor(claims, clientId)) wrong('audience')
    if (nonce !== null && claims.nonce !== nonce) wrong('nonce')
    if (claims.exp * 1000 < now - driftMs || claims.iat * 1000 > now + driftMs) wrong('times')
    return { text, token, key: await keyOf(token, own), refreshToken: answer.refresh_token ?? null }
  }

  return {
    authorizationUrl(parameters) {
      const url = endpoint(server.authorization_endpoint)
      for (const [name, value] of Object.entries({ response_type: 'code', client_id: clientId, ...parameters })) url.searchParams.set(name, value)
      return url
    },
    async exchange(answer, { state, verifier, nonce, redirect }, own) {
      const response = await translated(async () => {
        const valid = oauth.validateAuthResponse(server, client, answer, state)
        const given = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), valid, redirect, verifier, options(own))
        return oauth.processAuthorizationCodeResponse(server, client, given, { expectedNonce: nonce, requireIdToken: true })
      })
      return checked(response, nonce, own)
    },
    async refresh(refreshToken, own) {
      const response = await translated(async () => oauth.processRefreshTokenResponse(server, client, await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options(own))))
      return response.id_token === undefined ? { text: null, refreshToken: response.refresh_token ?? null } : checked(response, null, own)
    },
  }
}

/** Asks once whether a sign-in still holds. */
export async function refreshSignIn(deps: ProviderDeps, managed: ManagedSignIn, refreshToken: string, signal: AbortSignal): Promise<Refreshed | ProviderTrouble> {
  try {
    return await (await openProvider(deps, managed, signal)).refresh(refreshToken, signal)
  } catch (thrown) {
    if (thrown instanceof ProviderStop) return thrown.trouble
    throw thrown
  }
}

/** What the library throws, in our words. An answer that cannot be read says nothing of the account. */
async function translated<V>(work: () => Promise<V>): Promise<V> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof ProviderStop) throw thrown
    if (thrown instanceof oauth.ResponseBodyError) throw new ProviderStop(thrown.error === 'invalid_grant' ? { kind: 'refused' } : { kind: 'wrong', code: 'refused-request' })
    if (thrown instanceof oauth.AuthorizationResponseError) throw new ProviderStop({ kind: 'refused' })
    if (thrown instanceof oauth.OperationProcessingError) throw new ProviderStop({ kind: 'wrong', code: (thrown.code ?? 'answer').toLowerCase().replaceAll('_', '-') })
    throw new ProviderStop({ kind: 'unreachable' })
  }
}

function fetchBy(ask: Ask) {
  return async (url: string, { method, headers, body, signal }: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: unknown; readonly signal?: AbortSignal | undefined }): Promise<Response> => {
    const answer = await ask({ method, url, headers, ...(body instanceof URLSearchParams || typeof body === 'string' ? { body: new TextEncoder().encode(body.toString()) } : {}), most: largestAnswer }, signal ?? AbortSignal.timeout(60_000))
    // A server that fails, or has no time, says nothing of who somebody is.
    if (answer.status >= 500 || answer.status === 429) throw new ProviderStop({ kind: 'unreachable' })
    return new Response([204, 304].includes(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers })
  }
}

function jsonOf(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
