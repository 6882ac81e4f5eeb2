// ID-1, ID-2: what a session keeps of a sign-in: the ID token with the nonce, what opens the nonce, and the latest token that the provider
// gave for the same sign-in since. The nonce commits to the device's and the seat's key: a token fits one seat on one machine.

import * as v from 'valibot'
import { bytesToBase64Url } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { sha256 } from '../crypto/hash.ts'
import type { PublicKey } from '../crypto/ports.ts'

export interface SignInEvidence {
  /** As the provider wrote it (JWS compact serialisation). */
  readonly token: string
  /** 32 random bytes, drawn for one attempt to sign in. */
  readonly opening: Uint8Array
  /** The latest one that was refreshed; null while there is none. It usually carries no nonce. */
  readonly refreshed: string | null
}

/** Whom a nonce commits to. */
export interface NonceKeys {
  readonly workspace: string
  readonly device: PublicKey
  readonly seat: PublicKey
}

export const openingLength = 32
/** ID-3 no token is longer. */
export const longestToken = 12 * 1024

const token = v.pipe(v.string(), v.maxLength(longestToken))
const schema = v.strictObject({ v: v.literal(1), token, opening: v.pipe(v.instance(Uint8Array), v.length(openingLength)), refreshed: v.nullable(token) })

export function signInToBytes({ token: original, opening, refreshed }: SignInEvidence): Uint8Array {
  return encodeCbor({ v: 1, token: original, opening, refreshed })
}

export function parseSignIn(bytes: Uint8Array): SignInEvidence | null {
  const parsed = v.safeParse(schema, decodeCbor(bytes))
  if (!parsed.success) return null
  const { token: original, opening, refreshed } = parsed.output
  return { token: original, opening, refreshed }
}

/** ID-1 43 characters of base64url. */
export function nonceOf({ workspace, device, seat }: NonceKeys, opening: Uint8Array): string {
  return bytesToBase64Url(sha256(encodeCbor(['sign-in', 1, device, seat, workspace, opening])))
}
