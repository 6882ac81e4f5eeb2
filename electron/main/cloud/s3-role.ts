// Credentials that are borrowed for hours by the person's sign-in (AssumeRoleWithWebIdentity of the AWS Security Token Service, which Ceph
// and MinIO speak too): nothing lies on this disk that opens the storage, and who may not sign in any more soon reaches nothing.

import type { Clock } from '@shared/base/ports.ts'
import { stop } from './answers.ts'
import { exchange, isPage, refusal, textOf, type Answer, type Fetch, type Patience } from './exchange.ts'
import { readXml } from './read-xml.ts'

export interface Credentials {
  readonly accessKey: string
  readonly secretKey: string
  /** Of temporary credentials. */
  readonly sessionToken?: string
}

export interface Role {
  /** `arn:…:iam::…:role/…` */
  readonly arn: string
  /** An ID token of whoever sits here; null while nobody does or nobody signed in. */
  readonly token: () => Promise<string | null>
}

export interface RoleWorld {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly patience: Patience
}

/** Seconds that are asked for, the most first: a role may allow fewer. */
const durations = [12 * 60 * 60, 60 * 60]
/** They are borrowed anew this long before their end. */
const beforeEndMs = 5 * 60 * 1000
const answerBytes = 64 * 1024
const spaces = ['https://sts.amazonaws.com/doc/2011-06-15/', '']

export interface Borrowed {
  /** Ends in `StorageSignInNeeded` where nothing is held any more and nobody signed in. */
  credentials(signal: AbortSignal): Promise<Credentials>
  /** The storage did not take them. */
  forget(): void
}

export function borrow(endpoint: URL, name: string, role: Role, world: RoleWorld): Borrowed {
  let held: { readonly credentials: Credentials; readonly until: number } | null = null
  let under: Promise<Credentials> | null = null
  const ask = async (signal: AbortSignal): Promise<Credentials> => {
    const token = await role.token()
    if (token === null) return stop('StorageSignInNeeded')
    for (const seconds of durations) {
      const form = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: role.arn, RoleSessionName: name, DurationSeconds: String(seconds), WebIdentityToken: token })
      const answer = await exchange(world.fetch, { method: 'POST', url: stsOf(endpoint).href, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new TextEncoder().encode(form.toString()), most: answerBytes }, signal, world.patience)
      if (answer.status === 400 && seconds !== durations.at(-1)) continue
      if (answer.status === 400 || answer.status === 401 || answer.status === 403) return stop('StorageSignInNeeded')
      if (answer.status !== 200) throw refusal(answer, world.clock.now())
      held = readCredentials(answer)
      return held.credentials
    }
    return stop('StorageSignInNeeded')
  }
  return {
    async credentials(signal) {
      if (held && world.clock.now() < held.until - beforeEndMs) return held.credentials
      under ??= ask(signal).finally(() => (under = null))
      return under
    },
    forget: () => void (held = null),
  }
}

/** Keys that somebody entered: always the same. */
export function ownKeys(credentials: Credentials): { readonly credentials: Borrowed['credentials']; readonly refused: () => void } {
  return { credentials: async () => credentials, refused: () => undefined }
}

/** Amazon's own service has a host of its own in each region; everywhere else it is the storage itself. */
export function stsOf(endpoint: URL): URL {
  const region = /^s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(endpoint.hostname)?.[1]
  return region === undefined ? new URL('/', endpoint) : new URL(`https://sts.${region}.amazonaws.com/`)
}

function readCredentials(answer: Answer): { readonly credentials: Credentials; readonly until: number } {
  const found = new Map<string, string>()
  const wellFormed = readXml(textOf(answer) ?? '', spaces, (path, text) => {
    const name = /^AssumeRoleWithWebIdentityResponse\/AssumeRoleWithWebIdentityResult\/Credentials\/(\w+)$/.exec(path)?.[1]
    if (name !== undefined) found.set(name, text)
  })
  const [accessKey = '', secretKey = '', sessionToken = ''] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => found.get(name))
  const until = Date.parse(found.get('Expiration') ?? '')
  const isUsable = [accessKey, secretKey, sessionToken].every((word) => /^[!-~]+$/.test(word)) && !Number.isNaN(until)
  if (!wellFormed || isPage(answer) || !isUsable) stop('StorageNonsense')
  return { credentials: { accessKey, secretKey, sessionToken }, until }
}
