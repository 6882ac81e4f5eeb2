// Writes and reads the workspace's certificate revocation list (RFC 5280 5): signed by the root, usually empty.
// Whether a revocation touches a signature is decided in certificate-path.ts.

import { bytesToHex, equalBytes } from '../base/bytes.ts'
import { extension, keyIdentifier } from './certificate.ts'
import { bitString, ecdsaToDer, element, integer, sequence, tagged, time } from './der.ts'
import { ecdsaSha256Identifier, oids } from './identifiers.ts'
import { parseCertificate } from './parse-certificate.ts'
import type { Signer } from './ports.ts'
import { expectTag, malformed, readDer, readOctetBits, readSequence, readSmallInteger, readTime, readUnsigned, type DerNode } from './read-der.ts'

export interface Revocation {
  readonly serial: Uint8Array
  /** ISO 8601. */
  readonly at: string
}

export interface RevocationListRequest {
  readonly root: Uint8Array
  readonly number: number
  readonly thisUpdate: string
  readonly nextUpdate: string
  readonly revoked: readonly Revocation[]
  readonly sign: Signer
}

/** SG-3: a v2 CRL signed by the root key, with AKI and number. */
export async function issueRevocationList(request: RevocationListRequest): Promise<Uint8Array> {
  const root = parseCertificate(request.root)
  const entries = request.revoked.map((one) => sequence(integer(one.serial), time(one.at)))
  const tbs = sequence(
    integer(1),
    ecdsaSha256Identifier,
    root.subjectRaw,
    time(request.thisUpdate),
    time(request.nextUpdate),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    tagged(
      0,
      sequence(
        extension(oids.authorityKeyIdentifier, false, sequence(element(0x80, keyIdentifier(root.publicKeyInfo)))),
        extension(oids.crlNumber, false, integer(request.number)),
      ),
    ),
  )
  return sequence(tbs, ecdsaSha256Identifier, bitString(ecdsaToDer(await request.sign(tbs))))
}

export interface RevocationList {
  readonly tbs: Uint8Array
  readonly issuerRaw: Uint8Array
  readonly thisUpdate: number
  readonly signatureAlgorithm: Uint8Array
  readonly signature: Uint8Array
  /** Revocation time in milliseconds by serial in hex. */
  readonly revoked: ReadonlyMap<string, number>
}

export function tryParseRevocationList(der: Uint8Array): RevocationList | null {
  try {
    return parseRevocationList(der)
  } catch {
    return null
  }
}

function parseRevocationList(der: Uint8Array): RevocationList {
  const [tbs, signatureAlgorithm, signature, ...rest] = readSequence(readDer(der), 'CRL')
  if (rest.length > 0) malformed('CRL')
  const [version, innerAlgorithm, issuer, thisUpdate, ...optional] = readSequence(tbs, 'TBSCertList')
  if (readSmallInteger(version, 'version') !== 1) malformed('not CRL v2')
  const algorithm = expectTag(signatureAlgorithm, 0x30, 'signature algorithm').raw
  if (!equalBytes(algorithm, expectTag(innerAlgorithm, 0x30, 'signature algorithm').raw)) malformed('signature algorithms differ')
  const list = optional.find((node) => node.tag === 0x30)
  const revoked = new Map<string, number>()
  for (const entry of list ? readSequence(list, 'revoked certificates') : []) {
    const [serial, at] = readSequence(entry, 'revoked certificate')
    revoked.set(bytesToHex(readUnsigned(serial, 'serial')), readTime(at, 'revocation date'))
  }
  return {
    tbs: (tbs as DerNode).raw,
    issuerRaw: expectTag(issuer, 0x30, 'issuer').raw,
    thisUpdate: readTime(thisUpdate, 'thisUpdate'),
    signatureAlgorithm: algorithm,
    signature: readOctetBits(signature, 'signature'),
    revoked,
  }
}
