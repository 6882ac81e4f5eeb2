// What is remembered of a signing key: the scalar of a key in software (32 bytes), or the name of one that does not leave its hardware.
// Both are sealed by whoever keeps them: in the profile, or in a seat's file under the PIN.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { publicKeyOf, SignerSilent } from '@shared/crypto/keys.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import type { KeyFault, KeyUnavailable } from '@shared/ipc/contract/session.ts'

export const hardwareKinds = ['pkcs11', 'cng', 'secure-enclave'] as const
export type HardwareKind = (typeof hardwareKinds)[number]

export interface HardwareKey {
  readonly in: HardwareKind
  /** Which token, container or helper of that kind. */
  readonly token: string
  /** What it is called there. */
  readonly id: Uint8Array
  readonly publicKey: PublicKey
}

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
const schema = v.strictObject({ v: v.literal(1), in: v.picklist(hardwareKinds), token: v.string(), id: bytes, publicKey: v.pipe(bytes, v.length(65)) })
const scalarLength = 32

export function hardwareKeyToKept(key: HardwareKey): Uint8Array {
  return encodeCbor({ v: 1, ...key })
}

/** Null for a key in software. Throws for what is neither: it was sealed by this app. */
export function hardwareKeyOf(kept: Uint8Array): HardwareKey | null {
  if (kept.length === scalarLength) return null
  const { v: _version, ...key } = v.parse(schema, decodeCbor(kept))
  return key
}

export function publicKeyOfKept(kept: Uint8Array): PublicKey {
  return hardwareKeyOf(kept)?.publicKey ?? publicKeyOf(kept)
}

/** Thrown by a signer whose hardware does not sign; `unlessUnavailable` makes it a value again. */
export class KeyFailed extends SignerSilent {
  readonly why: KeyFault
  constructor(why: KeyFault) {
    super(`a key in hardware does not sign: ${why}`)
    this.why = why
  }
}

export function unavailable(why: KeyFault): KeyUnavailable {
  return { type: 'KeyUnavailable', why, waitMs: 0, retry: 'later' }
}

/** Runs work that signs. */
export async function unlessUnavailable<V>(work: () => Promise<V>): Promise<V | KeyUnavailable> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof KeyFailed) return unavailable(thrown.why)
    throw thrown
  }
}

export function isUnavailable(value: unknown): value is KeyUnavailable {
  return typeof value === 'object' && value !== null && (value as { readonly type?: unknown }).type === 'KeyUnavailable'
}
