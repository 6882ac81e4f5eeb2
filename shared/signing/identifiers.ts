// The object identifiers and fixed encodings this room knows. Anything else is "unsupported", never a guess.

import { bytesToHex } from '../base/bytes.ts'
import { element, objectIdentifier, sequence } from './der.ts'
import type { KeyAlgorithmName } from './ports.ts'

export const oids = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  organizationName: '2.5.4.10',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  crlNumber: '2.5.29.20',
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha256: '1.2.840.113549.2.9',
  pwriKek: '1.2.840.113549.1.9.16.3.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  ecPublicKey: '1.2.840.10045.2.1',
  prime256v1: '1.2.840.10045.3.1.7',
} as const

const asn1Null = Uint8Array.of(0x05, 0x00)

/** AlgorithmIdentifier of a digest or signature that carries no parameters (RFC 5754, RFC 5758). */
export const sha256Identifier = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'))
export const ecdsaSha256Identifier = sequence(objectIdentifier('1.2.840.10045.4.3.2'))

export type DigestName = 'SHA-256' | 'SHA-384' | 'SHA-512'

const digestOids: readonly (readonly [string, DigestName])[] = [
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
]

/** Digest AlgorithmIdentifiers by their whole encoding, parameters absent or NULL (RFC 5754 2). */
const digests = new Map(
  digestOids.flatMap(([oid, name]) => [
    [bytesToHex(sequence(objectIdentifier(oid))), name] as const,
    [bytesToHex(sequence(objectIdentifier(oid), asn1Null)), name] as const,
  ]),
)

export interface SignatureScheme {
  readonly kind: 'ecdsa' | 'rsa'
  readonly hash: DigestName
}

const signatureOids: readonly (readonly [string, SignatureScheme])[] = [
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', hash: 'SHA-256' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', hash: 'SHA-384' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', hash: 'SHA-512' }],
  ['1.2.840.113549.1.1.11', { kind: 'rsa', hash: 'SHA-256' }],
  ['1.2.840.113549.1.1.12', { kind: 'rsa', hash: 'SHA-384' }],
  ['1.2.840.113549.1.1.13', { kind: 'rsa', hash: 'SHA-512' }],
]

const schemes = new Map(
  signatureOids.map(([oid, scheme]) => [
    bytesToHex(scheme.kind === 'rsa' ? sequence(objectIdentifier(oid), asn1Null) : sequence(objectIdentifier(oid))),
    scheme,
  ]),
)

/** rsaEncryption, with which many signers name an RSA signature in CMS: the hash is then the SignerInfo's digest. */
const plainRsa = bytesToHex(sequence(objectIdentifier('1.2.840.113549.1.1.1'), asn1Null))

const publicKeys: ReadonlyMap<string, { readonly algorithm: KeyAlgorithmName; readonly kind: 'ecdsa' | 'rsa'; readonly octets: number }> = new Map([
  [curveIdentifier('1.2.840.10045.3.1.7'), { algorithm: { name: 'ECDSA', namedCurve: 'P-256' }, kind: 'ecdsa', octets: 32 }],
  [curveIdentifier('1.3.132.0.34'), { algorithm: { name: 'ECDSA', namedCurve: 'P-384' }, kind: 'ecdsa', octets: 48 }],
  [plainRsa, { algorithm: { name: 'RSASSA-PKCS1-v1_5' }, kind: 'rsa', octets: 0 }],
])

function curveIdentifier(curve: string): string {
  return bytesToHex(sequence(objectIdentifier(oids.ecPublicKey), objectIdentifier(curve)))
}

export function digestByIdentifier(raw: Uint8Array): DigestName | null {
  return digests.get(bytesToHex(raw)) ?? null
}

/** The scheme an AlgorithmIdentifier names; `digest` decides where it names only RSA. Null when unsupported. */
export function schemeByIdentifier(raw: Uint8Array, digest: DigestName | null): SignatureScheme | null {
  const hex = bytesToHex(raw)
  if (hex === plainRsa) return digest ? { kind: 'rsa', hash: digest } : null
  return schemes.get(hex) ?? null
}

export function publicKeyByIdentifier(raw: Uint8Array): { readonly algorithm: KeyAlgorithmName; readonly kind: 'ecdsa' | 'rsa'; readonly octets: number } | null {
  return publicKeys.get(bytesToHex(raw)) ?? null
}

/** SubjectPublicKeyInfo of a P-256 key given as 65 bytes 04‖x‖y; an encoding that is one already is returned as it is. */
export function p256PublicKeyInfo(publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== 65) return publicKey
  return sequence(sequence(objectIdentifier(oids.ecPublicKey), objectIdentifier(oids.prime256v1)), element(0x03, Uint8Array.of(0), publicKey))
}
