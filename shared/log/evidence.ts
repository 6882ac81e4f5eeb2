// LG-13 to LG-16: what a session certificate rests on, the posture statement and the sign-in token. The certificate names each by a
// salted hash; the bytes travel beside it, sealed under collection zero's key, so that the storage reads neither and a trail can show
// one without the other.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { open, seal } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { ContentKey, CryptoHost } from '../crypto/ports.ts'

export const evidenceKinds = ['posture', 'token'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** One piece: what is named is the hash of both. */
export interface Evidence {
  /** 16 bytes: keeps the hash from betraying what it is of. */
  readonly salt: Uint8Array
  readonly bytes: Uint8Array
}

export type EvidenceSet = Readonly<Record<EvidenceKind, Evidence | null>>

/** As it stands beside the certificate. */
export interface SealedEvidence {
  /** Of collection zero. */
  readonly epoch: number
  readonly sealed: Uint8Array
}

export const noEvidence: EvidenceSet = { posture: null, token: null }

/** LG-16 no more than this is opened. */
export const largestEvidenceBytes = 64 * 1024

const pieceSchema = v.nullable(v.strictObject({ salt: v.pipe(v.instance(Uint8Array), v.length(16)), bytes: v.instance(Uint8Array) }))
const setSchema = v.strictObject({ posture: pieceSchema, token: pieceSchema })

export function newEvidence({ random }: Pick<CryptoHost, 'random'>, bytes: Uint8Array): Evidence {
  return { salt: random.bytes(16), bytes }
}

/** LG-13 what a certificate names a piece by; null for none. */
export function evidenceHash(kind: EvidenceKind, evidence: Evidence | null): string | null {
  return evidence && sha256Hex(encodeCbor(['evidence', 1, kind, evidence.salt, evidence.bytes]))
}

/** Hashes of both, as fields of a certificate's body. */
export function evidenceHashes(set: EvidenceSet): Readonly<Record<EvidenceKind, string | null>> {
  return { posture: evidenceHash('posture', set.posture), token: evidenceHash('token', set.token) }
}

const aadOf = (workspace: string, epoch: number): Uint8Array => encodeCbor(['evidence', workspace, epoch])

/** LG-14 null where there is nothing to seal. */
export async function sealEvidence(host: CryptoHost, workspace: string, { epoch, key }: { readonly epoch: number; readonly key: ContentKey }, set: EvidenceSet): Promise<SealedEvidence | null> {
  if (!set.posture && !set.token) return null
  return { epoch, sealed: await seal(host, key, 'evidence', aadOf(workspace, epoch), encodeCbor(set)) }
}

/** LG-15 null where the bytes are not what the certificate names: this copy of them proves nothing. */
export async function openEvidence(host: CryptoHost, workspace: string, key: ContentKey, { epoch, sealed }: SealedEvidence, named: Readonly<Record<EvidenceKind, string | null>>): Promise<EvidenceSet | null> {
  if (sealed.length > largestEvidenceBytes) return null
  const plain = await open(host, key, 'evidence', aadOf(workspace, epoch), sealed)
  const set = plain && v.safeParse(setSchema, decodeCbor(plain))
  if (!set?.success) return null
  const hashes = evidenceHashes(set.output)
  return evidenceKinds.every((kind) => hashes[kind] === named[kind]) ? set.output : null
}
