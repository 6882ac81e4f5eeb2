// Builds the CMS SignedData of a PAdES B-B signature (RFC 5652, ETSI EN 319 122-1, EN 319 142-1): detached, one signer,
// attributes content-type, message-digest and signing-certificate-v2. It holds no key and knows no PDF.

import { sha256 } from '@noble/hashes/sha2.js'
import { ecdsaToDer, element, integer, objectIdentifier, octetString, sequence, setOf, tagged } from './der.ts'
import { ecdsaSha256Identifier, oids, sha256Identifier } from './identifiers.ts'
import { parseCertificate } from './parse-certificate.ts'
import type { SigningKey } from './ports.ts'

/**
 * SG-4: signs a SHA-256 digest of the covered bytes.
 * The attributes are sorted and hashed as a SET (RFC 5652 5.4), and stored under [0]. The time is not among them:
 * PAdES takes it from the signature dictionary's /M (EN 319 142-1 6.3).
 */
export async function signDetached(digest: Uint8Array, signer: SigningKey): Promise<Uint8Array> {
  const certificate = parseCertificate(signer.certificate)
  const attributes = setOf(
    attribute(oids.contentType, objectIdentifier(oids.data)),
    attribute(oids.messageDigest, octetString(digest)),
    // SigningCertificateV2 with the default hash, SHA-256 (RFC 5035 3)
    attribute(oids.signingCertificateV2, sequence(sequence(sequence(octetString(sha256(signer.certificate)))))),
  )
  const signature = ecdsaToDer(await signer.sign(attributes))
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuerRaw, integer(certificate.serial)),
    sha256Identifier,
    element(0xa0, setContent(attributes)),
    ecdsaSha256Identifier,
    octetString(signature),
  )
  const certificates = setContent(setOf(signer.certificate, ...signer.chain))
  const signedData = sequence(
    integer(1),
    setOf(sha256Identifier),
    sequence(objectIdentifier(oids.data)),
    element(0xa0, certificates),
    setOf(signerInfo),
  )
  return sequence(objectIdentifier(oids.signedData), tagged(0, signedData))
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(oid), setOf(value))
}

function setContent(set: Uint8Array): Uint8Array {
  const long = set[1] as number
  return set.subarray(long < 0x80 ? 2 : 2 + (long & 0x7f))
}
