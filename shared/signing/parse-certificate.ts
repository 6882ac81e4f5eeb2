// Reads an X.509 v3 certificate (RFC 5280) strictly into the facts that a path check asks for.
// It judges nothing: whether the certificate may be relied on is decided in certificate-path.ts.

import { children, expectTag, malformed, readBoolean, readDer, readOctetBits, readOid, readSequence, readSet, readSmallInteger, readText, readTime, readUnsigned, type DerNode } from './read-der.ts'
import { equalBytes } from '../base/bytes.ts'
import { oids } from './identifiers.ts'

export interface Subject {
  readonly commonName: string | null
  readonly serialNumber: string | null
  readonly organization: string | null
}

export interface Certificate {
  readonly raw: Uint8Array
  readonly tbs: Uint8Array
  /** Big-endian without leading zeros. */
  readonly serial: Uint8Array
  readonly issuerRaw: Uint8Array
  readonly subjectRaw: Uint8Array
  readonly subject: Subject
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKeyInfo: Uint8Array
  readonly keyAlgorithm: Uint8Array
  readonly signatureAlgorithm: Uint8Array
  readonly signature: Uint8Array
  readonly isAuthority: boolean
  readonly pathLength: number | null
  /** First octet of keyUsage, bit 0 (digitalSignature) highest; null when absent. */
  readonly keyUsage: number | null
  readonly uris: readonly string[]
  /** Critical extensions this reader does not know. */
  readonly unknownCritical: readonly string[]
}

/** Throws on anything but one well-formed certificate; use `tryParseCertificate` on foreign bytes. */
export function parseCertificate(der: Uint8Array): Certificate {
  const [tbs, signatureAlgorithm, signature, ...rest] = readSequence(readDer(der), 'certificate')
  if (rest.length > 0) malformed('certificate')
  const parts = [...readSequence(tbs, 'TBSCertificate')]
  const version = expectTag(parts.shift(), 0xa0, 'version')
  if (readSmallInteger(children(version)[0], 'version') !== 2) malformed('not X.509 v3')
  const [serial, innerAlgorithm, issuer, validity, subject, spki, ...optional] = parts
  const algorithm = expectTag(signatureAlgorithm, 0x30, 'signature algorithm')
  if (!equalBytes(algorithm.raw, expectTag(innerAlgorithm, 0x30, 'signature algorithm').raw)) malformed('signature algorithms differ')
  const [notBefore, notAfter] = readSequence(validity, 'validity')
  const extensions = readExtensions(optional)
  return {
    raw: der,
    tbs: (tbs as DerNode).raw,
    serial: readUnsigned(serial, 'serial'),
    issuerRaw: expectTag(issuer, 0x30, 'issuer').raw,
    subjectRaw: expectTag(subject, 0x30, 'subject').raw,
    subject: readSubject(subject),
    notBefore: readTime(notBefore, 'notBefore'),
    notAfter: readTime(notAfter, 'notAfter'),
    publicKeyInfo: expectTag(spki, 0x30, 'public key').raw,
    keyAlgorithm: expectTag(readSequence(spki, 'public key')[0], 0x30, 'key algorithm').raw,
    signatureAlgorithm: algorithm.raw,
    signature: readOctetBits(signature, 'signature'),
    ...extensions,
  }
}

export function tryParseCertificate(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der)
  } catch {
    return null
  }
}

function readSubject(name: DerNode | undefined): Subject {
  const found = new Map<string, string>()
  for (const relative of readSequence(name, 'subject')) {
    for (const attribute of readSet(relative, 'relative name')) {
      const [type, value] = readSequence(attribute, 'attribute')
      if (value === undefined) return malformed('attribute')
      const oid = readOid(type, 'attribute type')
      if (oid === oids.commonName || oid === oids.serialNumber || oid === oids.organizationName) found.set(oid, readText(value))
    }
  }
  return {
    commonName: found.get(oids.commonName) ?? null,
    serialNumber: found.get(oids.serialNumber) ?? null,
    organization: found.get(oids.organizationName) ?? null,
  }
}

type Extensions = Pick<Certificate, 'isAuthority' | 'pathLength' | 'keyUsage' | 'uris' | 'unknownCritical'>

function readExtensions(optional: readonly DerNode[]): Extensions {
  const holder = optional.find((node) => node.tag === 0xa3)
  const found: { -readonly [K in keyof Extensions]: Extensions[K] } = { isAuthority: false, pathLength: null, keyUsage: null, uris: [], unknownCritical: [] }
  if (!holder) return found
  const seen = new Set<string>()
  for (const node of readSequence(children(holder)[0], 'extensions')) {
    const [oidNode, ...rest] = readSequence(node, 'extension')
    const oid = readOid(oidNode, 'extension id')
    if (seen.has(oid)) malformed('extension given twice')
    seen.add(oid)
    const critical = rest.length === 2 && readBoolean(rest[0], 'critical')
    const value = readDer(expectTag(rest.at(-1), 0x04, 'extension value').content)
    if (oid === oids.basicConstraints) {
      const [ca, length] = readSequence(value, 'basicConstraints')
      found.isAuthority = ca !== undefined && readBoolean(ca, 'CA')
      found.pathLength = length === undefined ? null : readSmallInteger(length, 'path length')
    } else if (oid === oids.keyUsage) found.keyUsage = expectTag(value, 0x03, 'keyUsage').content[1] ?? 0
    else if (oid === oids.subjectAltName) found.uris = children(value).filter((n) => n.tag === 0x86).map((n) => String.fromCharCode(...n.content))
    else if (critical) found.unknownCritical = [...found.unknownCritical, oid]
  }
  return found
}
