// One attempt to sign in: the system's own browser, PKCE (RFC 7636), state, and a nonce that commits to this device and seat. The page of the
// provider is never shown inside the app, and nothing but the provider's own answer ends the attempt well.

import { bytesToBase64Url, utf8ToBytes } from '@shared/base/bytes.ts'
import { sha256 } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { nonceOf, openingLength, type NonceKeys } from '@shared/identity/evidence.ts'
import { awaitRedirect, type ClosingPages } from './loopback-redirect.ts'
import type { ManagedSignIn } from './managed-config.ts'
import { openProvider, ProviderStop, type Given, type ProviderDeps, type ProviderTrouble } from './provider-client.ts'

export interface AttemptDeps extends ProviderDeps {
  readonly host: CryptoHost
  /** Opens an address in the browser of the system; false when it could not. */
  readonly openExternal: (address: string) => Promise<boolean>
  readonly pages: () => ClosingPages
}

export interface SignedIn extends Given {
  readonly opening: Uint8Array
}

export type AttemptTrouble = ProviderTrouble | { readonly kind: 'ended' | 'no-browser' }

/** A sign-in of at most this many seconds ago is asked for: the provider then says when that was. */
const freshSeconds = 12 * 60 * 60

/** Ends with the signal: a time limit, another attempt, the person. */
export async function attemptSignIn(deps: AttemptDeps, managed: ManagedSignIn, keys: NonceKeys, signal: AbortSignal): Promise<SignedIn | AttemptTrouble> {
  const { random } = deps.host
  const own = new AbortController()
  const either = AbortSignal.any([signal, own.signal])
  try {
    const provider = await openProvider(deps, managed, either)
    const [state, verifier] = [bytesToBase64Url(random.bytes(32)), bytesToBase64Url(random.bytes(32))]
    const opening = random.bytes(openingLength)
    const nonce = nonceOf(keys, opening)
    const redirect = await awaitRedirect(state, deps.pages, either)
    const address = provider.authorizationUrl({
      redirect_uri: redirect.address,
      scope: 'openid profile email offline_access',
      state,
      nonce,
      code_challenge: bytesToBase64Url(sha256(utf8ToBytes(verifier))),
      code_challenge_method: 'S256',
      max_age: String(freshSeconds),
    })
    if (!(await deps.openExternal(address.href))) return { kind: 'no-browser' }
    const given = await provider.exchange(await redirect.answer, { state, verifier, nonce, redirect: redirect.address }, either)
    return { ...given, opening }
  } catch (thrown) {
    if (signal.aborted) return { kind: 'ended' }
    if (thrown instanceof ProviderStop) return thrown.trouble
    throw thrown
  } finally {
    own.abort()
  }
}
