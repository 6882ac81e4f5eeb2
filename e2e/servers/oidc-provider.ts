// A real OpenID Connect provider on loopback, as a town's is: accounts with passwords, a login form, refresh tokens that rotate, RFC 9207,
// PKCE, keys that change. It lives in the process of the test and ends with it.
import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Provider, type Adapter, type AdapterPayload, type Configuration, type JWK } from 'oidc-provider'

export interface OidcAccount {
  readonly name: string
  readonly password: string
  readonly email: string
  /** Authentication contexts that the provider puts into the ID token (`acrs`), as Entra does for a device that keeps its rules. */
  acrs: readonly string[]
  acr: string
  amr: readonly string[]
  disabled: boolean
}

export interface OidcServer {
  readonly issuer: string
  readonly clientId: string
  account(subject: string): OidcAccount
  /** From now on tokens are signed with another key. `keepOld`: the old one stays in the key set, as it usually does for a while. */
  rotateKeys(keepOld: boolean): void
  /** SHA-1 (hex) of the certificate that stands beside the key (`x5c`), which a storage asks for that lends by tokens. */
  fingerprint(): string
  /** Every path that was asked so far. */
  readonly asked: readonly string[]
  stop(): Promise<void>
}

export interface OidcChoice {
  readonly clientId?: string
  readonly algorithm?: 'RS256' | 'ES256'
}

export async function startOidcProvider({ clientId = 'fumibako-town', algorithm = 'RS256' }: OidcChoice = {}): Promise<OidcServer> {
  const accounts = new Map<string, OidcAccount>()
  const adapter = storedIn(new Map())
  const asked: string[] = []
  let keys = [newKey(algorithm)]
  let answer: RequestListener = (_request, response) => void response.writeHead(503).end()
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const build = (): void => {
    const provider = new Provider(issuer, configurationOf({ accounts, adapter, keys, clientId, algorithm }))
    const callback = provider.callback()
    answer = (request, response) => (request.url?.startsWith('/interaction/') ? void logIn(provider, accounts, request, response).catch(() => response.writeHead(400).end()) : void callback(request, response))
  }
  build()
  return {
    issuer,
    clientId,
    asked,
    fingerprint: () => new X509Certificate(Buffer.from((keys[0] as JWK & { readonly x5c: readonly string[] }).x5c[0] ?? '', 'base64')).fingerprint.replaceAll(':', ''),
    account(subject) {
      const known = accounts.get(subject) ?? { name: subject, password: `password of ${subject}`, email: `${subject}@town.example`, acrs: [], acr: 'urn:town:password', amr: ['pwd'], disabled: false }
      accounts.set(subject, known)
      return known
    },
    rotateKeys(keepOld) {
      keys = [newKey(algorithm), ...(keepOld ? keys : [])]
      build()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function newKey(alg: 'RS256' | 'ES256'): JWK {
  const { privateKey } = alg === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })
  return { ...jwk, alg, use: 'sig', x5c: [certificateOf(privateKey)], kid: createHash('sha256').update(JSON.stringify(jwk)).digest('base64url').slice(0, 16) } as JWK
}

/** One that signed itself; who lends by tokens knows the key by it. DER in base64. */
function certificateOf(key: KeyObject): string {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-idp-'))
  try {
    const file = join(folder, 'key.pem')
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const pem = execFileSync('openssl', ['req', '-x509', '-new', '-key', file, '-days', '30', '-subj', '/CN=the town'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return new X509Certificate(pem).raw.toString('base64')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Parts {
  readonly accounts: ReadonlyMap<string, OidcAccount>
  readonly adapter: (name: string) => Adapter
  readonly keys: readonly JWK[]
  readonly clientId: string
  readonly algorithm: 'RS256' | 'ES256'
}

function configurationOf({ accounts, adapter, keys, clientId, algorithm }: Parts): Configuration {
  return {
    adapter,
    jwks: { keys: [...keys] as never[] },
    clients: [
      { client_id: clientId, application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: ['http://127.0.0.1/signed-in'], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], id_token_signed_response_alg: algorithm },
      // Somebody else's application at the same provider.
      { client_id: 'another-app', application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: ['http://127.0.0.1/signed-in'], grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: algorithm },
    ],
    claims: { openid: ['sub', 'acr', 'acrs', 'amr', 'auth_time'], profile: ['preferred_username'], email: ['email'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 3600, RefreshToken: 86_400, Session: 86_400, Interaction: 600, Grant: 86_400 },
    async findAccount(_ctx, subject) {
      const known = accounts.get(subject)
      if (!known || known.disabled) return undefined
      return { accountId: subject, claims: async () => ({ sub: subject, preferred_username: known.name, email: known.email, acrs: [...known.acrs] }) }
    },
  }
}

/** A form as people see it; what it is answered with is checked as a provider would. */
async function logIn(provider: Provider, accounts: ReadonlyMap<string, OidcAccount>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const form = new URLSearchParams(request.method === 'POST' ? await bodyOf(request) : '')
  const subject = form.get('account') ?? ''
  const known = accounts.get(subject)
  if (!known || known.disabled || form.get('password') !== known.password) {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<form method="post"><input name="account"><input name="password" type="password"><button>Sign in</button></form>')
    return
  }
  // Native applications are confirmed each time (RFC 8252 section 8.6); here with the password.
  const grant = new provider.Grant({ accountId: subject, clientId: String(params['client_id']) })
  grant.addOIDCScope('openid profile email offline_access')
  await provider.interactionFinished(request, response, { login: { accountId: subject, acr: known.acr, amr: [...known.amr] }, consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: false })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** What a provider keeps, also when its keys change. */
function storedIn(kept: Map<string, AdapterPayload>): (model: string) => Adapter {
  return (model) => {
    const name = (id: string): string => `${model} ${id}`
    const findBy = (field: 'uid' | 'userCode', value: string): AdapterPayload | undefined => [...kept].find(([key, payload]) => key.startsWith(`${model} `) && payload[field] === value)?.[1]
    return {
      upsert: async (id, payload) => void kept.set(name(id), payload),
      find: async (id) => kept.get(name(id)),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (code) => findBy('userCode', code),
      consume: async (id) => void Object.assign(kept.get(name(id)) ?? {}, { consumed: Math.floor(Date.now() / 1000) }),
      destroy: async (id) => void kept.delete(name(id)),
      async revokeByGrantId(grant) {
        for (const [key, payload] of kept) if (payload.grantId === grant) kept.delete(key)
      },
    }
  }
}

/** Plays the person's browser: follows what the app would open, fills the form in, and answers where the provider sends it at last. */
export async function browse(address: string, who: { readonly account: string; readonly password: string }, isEnd: (address: string) => boolean): Promise<string> {
  const cookies = new Map<string, string>()
  let next: { url: string; body: URLSearchParams | null } = { url: address, body: null }
  for (let step = 0; step < 12; step++) {
    const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(next.url, { redirect: 'manual', headers: { Cookie: sent }, ...(next.body ? { method: 'POST', body: next.body } : {}) })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to !== null) {
      const url = new URL(to, next.url).href
      if (isEnd(url)) return url
      next = { url, body: null }
    } else if (answer.ok && next.body === null) {
      next = { url: next.url, body: new URLSearchParams({ account: who.account, password: who.password }) }
    } else throw new Error(`the provider said ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  }
  throw new Error('the provider sends the browser round and round')
}
