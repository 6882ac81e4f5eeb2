// ID-6 to ID-12: what a session's token proves, judged at a position of the log: by the provider, its keys and the bindings that
// collection zero has there, and by the session's own times. No clock of the reader's: every replica answers alike, for ever.

import { accountHolder, isConfirmedKey, keysNamed, providerOn } from '../authority/accounts.ts'
import type { ProviderKey } from '../authority/model.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { jstDate } from '../base/civil-date.ts'
import type { Reason } from '../base/verdict.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { driftMs } from '../log/clock.ts'
import type { SignInFacts } from '../posture/evaluate.ts'
import { nonceOf, parseSignIn, type NonceKeys } from './evidence.ts'
import { contextsOf, isFor, labelOf, readToken, verifyToken, type IdToken } from './token.ts'

/** Of the session that rests on the token. */
export interface SignInPlace extends NonceKeys {
  readonly person: string
  /** Milliseconds since 1970 UTC. */
  readonly notBefore: number
}

export interface ProvenAccount {
  readonly issuer: string
  readonly subject: string
  readonly label: string
}

export interface SignIn {
  /** For the policy; null = unknown, and `reasons` says why. */
  readonly facts: SignInFacts | null
  /** Whose token it is, as far as that is proven, bound or not. */
  readonly account: ProvenAccount | null
  readonly reasons: readonly Reason[]
}

/** Does the signature hold? Asked again and again for the same token: whoever calls may remember what held. */
export type VerifyToken = (token: IdToken, key: ProviderKey) => Promise<boolean>

export function tokenVerifier(host: Pick<CryptoHost, 'subtle'>): VerifyToken {
  return (token, { key }) => verifyToken(host, token, key)
}

const unknown = (code: string, account: ProvenAccount | null = null): SignIn => ({ facts: null, account, reasons: [{ code }] })

export async function judgeSignIn(verify: VerifyToken, evidence: Uint8Array, place: SignInPlace, state: AuthorityState): Promise<SignIn> {
  const parsed = parseSignIn(evidence)
  if (!parsed) return unknown('token-malformed')
  const original = readToken(parsed.token)
  const refreshed = parsed.refreshed === null ? null : readToken(parsed.refreshed)
  if (typeof original === 'string') return unknown(original)
  if (typeof refreshed === 'string') return unknown(refreshed)
  const { claims } = original
  const date = jstDate(place.notBefore)
  const provider = providerOn(state, claims.iss, date)
  if (!provider) return unknown('token-issuer')
  if (claims.nonce !== nonceOf(place, parsed.opening)) return unknown('token-nonce')
  const fault = faultOf(original, provider.clientId, place) ?? (refreshed && (faultOf(refreshed, provider.clientId, place) ?? continues(original, refreshed)))
  if (fault) return unknown(fault)
  const keys: ProviderKey[] = []
  for (const token of refreshed ? [original, refreshed] : [original]) {
    const key = await keyOf(verify, token, state, date)
    if (typeof key === 'string') return unknown(key)
    keys.push(key)
  }
  const account = { issuer: claims.iss, subject: claims.sub, label: labelOf(claims) }
  if (!keys.every((key) => isConfirmedKey(state, key, date))) return unknown('provider-key-unconfirmed', account)
  const holder = accountHolder(state, account.issuer, account.subject)
  if (holder === 'contested') return unknown('account-contested', account)
  if (!holder) return unknown('account-unbound', account)
  if (holder.person !== place.person) return unknown('account-of-another', account)
  return { facts: factsOf(original, refreshed), account, reasons: [] }
}

/** ID-7 audience and times. A token may be old (how old, the policy judges); it is not from after its session began. */
function faultOf({ claims }: IdToken, clientId: string, { notBefore }: SignInPlace): string | null {
  if (!isFor(claims, clientId)) return 'token-audience'
  if (claims.exp <= claims.iat || (claims.auth_time ?? 0) * 1000 > claims.iat * 1000 + driftMs) return 'token-times'
  return claims.iat * 1000 > notBefore + driftMs ? 'token-later' : null
}

/** ID-8 a refreshed token is of the same sign-in (OpenID Connect Core section 12.2). */
function continues({ claims: first }: IdToken, { claims: next }: IdToken): string | null {
  const isSame = next.iss === first.iss && next.sub === first.sub && next.iat >= first.iat
  const says = (claim: 'nonce' | 'auth_time'): boolean => next[claim] === undefined || next[claim] === first[claim]
  return isSame && says('nonce') && says('auth_time') ? null : 'token-refreshed-differs'
}

/** ID-9 the key under which it holds; of several one that may be believed. */
async function keyOf(verify: VerifyToken, token: IdToken, state: AuthorityState, date: string): Promise<ProviderKey | 'provider-key-unknown' | 'token-signature'> {
  const named = keysNamed(state, token.claims.iss, token.kid)
  if (named.length === 0) return 'provider-key-unknown'
  let found: ProviderKey | null = null
  for (const key of named) if ((!found || isConfirmedKey(state, key, date)) && (await verify(token, key))) found = key
  return found ?? 'token-signature'
}

/** ID-12 the latest token says when the provider last vouched and in which contexts; how the person proved themselves belongs to the first. */
function factsOf(original: IdToken, refreshed: IdToken | null): SignInFacts {
  const latest = refreshed ?? original
  return {
    at: latest.claims.iat * 1000,
    provenAt: (original.claims.auth_time ?? 0) * 1000,
    contexts: contextsOf(latest.claims),
    methods: [...new Set(latest.claims.amr ?? original.claims.amr ?? [])].toSorted(),
  }
}
