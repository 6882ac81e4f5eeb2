// Reads the CMS SignedData of one detached signature (RFC 5652) strictly: one signer, named by issuer and serial, no
// embedded content. What it returns has been read, not believed; verify-cms.ts judges it.

import { digestByIdentifier, oids, schemeByIdentifier, type DigestName, type SignatureScheme } from './identifiers.ts'
import { parseCertificate, type Certificate } from './parse-certificate.ts'
import { children, expectTag, malformed, readDer, readOid, readSequence, readSet, readSmallInteger, readUnsigned, type DerNode } from './read-der.ts'
import { concatBytes, equalBytes } from '../base/bytes.ts'

export interface ParsedCms {
  readonly certificates: readonly Certificate[]
  /** The certificate that the SignerInfo names; null when it is not embedded. */
  readonly signer: Certificate | null
  readonly digest: DigestName
  readonly messageDigest: Uint8Array
  /** From signing-certificate-v2 (RFC 5035); null when the attribute is absent. */
  readonly signingCertificate: { readonly digest: DigestName; readonly hash: Uint8Array } | null
  /** The signed attributes as the SET that was hashed. */
  readonly signedAttributes: Uint8Array
  /** Null when the algorithm is not supported. */
  readonly scheme: SignatureScheme | null
  readonly signature: Uint8Array
}

/** Throws with the reason on anything malformed. */
export function parseCms(der: Uint8Array): ParsedCms {
  const [type, holder, ...rest] = readSequence(readDer(der), 'ContentInfo')
  if (readOid(type, 'content type') !== oids.signedData || rest.length > 0) malformed('not SignedData')
  const wrapped = children(expectTag(holder, 0xa0, 'SignedData'))
  if (wrapped.length !== 1) malformed('SignedData')
  const [version, digests, encapsulated, ...optional] = readSequence(wrapped[0], 'SignedData')
  if (readSmallInteger(version, 'version') !== 1) malformed('SignedData version')
  const signers = readSet(optional.at(-1), 'signerInfos')
  const content = readSequence(encapsulated, 'content')
  if (content.length !== 1 || readOid(content[0], 'content type') !== oids.data) malformed('signature is not detached')
  if (signers.length !== 1) malformed('not exactly one signer')
  const certificates = readCertificates(optional)
  const info = readSignerInfo(signers[0] as DerNode, certificates)
  const listed = readSet(digests, 'digest algorithms').map((node) => digestByIdentifier(node.raw))
  if (listed.length !== 1 || listed[0] !== info.digest) malformed('digest algorithms differ')
  return { certificates, ...info }
}

function readCertificates(optional: readonly DerNode[]): readonly Certificate[] {
  const holders = optional.slice(0, -1)
  if (holders.some((node) => node.tag !== 0xa0 && node.tag !== 0xa1)) malformed('SignedData')
  const holder = holders.find((node) => node.tag === 0xa0)
  return holder ? children(holder).map((node) => parseCertificate(node.raw)) : []
}

function readSignerInfo(node: DerNode, certificates: readonly Certificate[]): Omit<ParsedCms, 'certificates'> {
  const [version, sid, digestAlgorithm, attributes, signatureAlgorithm, signature, ...rest] = readSequence(node, 'SignerInfo')
  if (readSmallInteger(version, 'version') !== 1) malformed('SignerInfo version')
  if (rest.length > 1 || (rest[0] && rest[0].tag !== 0xa1)) malformed('SignerInfo')
  const [issuer, serial] = readSequence(sid, 'signer identifier')
  const issuerRaw = expectTag(issuer, 0x30, 'issuer').raw
  const serialBytes = readUnsigned(serial, 'serial')
  const digest = digestByIdentifier(expectTag(digestAlgorithm, 0x30, 'digest algorithm').raw) ?? malformed('digest not supported')
  const implicit = expectTag(attributes, 0xa0, 'signed attributes').raw
  const signedAttributes = concatBytes(Uint8Array.of(0x31), implicit.subarray(1))
  const found = readAttributes(signedAttributes)
  const contentType = readOid(found.get(oids.contentType), 'content-type')
  if (contentType !== oids.data) malformed('content-type')
  return {
    signer: certificates.find((one) => equalBytes(one.issuerRaw, issuerRaw) && equalBytes(one.serial, serialBytes)) ?? null,
    digest,
    messageDigest: expectTag(found.get(oids.messageDigest), 0x04, 'message-digest').content,
    signingCertificate: readSigningCertificate(found.get(oids.signingCertificateV2)),
    signedAttributes,
    scheme: schemeByIdentifier(expectTag(signatureAlgorithm, 0x30, 'signature algorithm').raw, digest),
    signature: expectTag(signature, 0x04, 'signature').content,
  }
}

function readAttributes(set: Uint8Array): ReadonlyMap<string, DerNode> {
  const found = new Map<string, DerNode>()
  for (const attribute of readSet(readDer(set), 'signed attributes')) {
    const [type, values, ...rest] = readSequence(attribute, 'attribute')
    const oid = readOid(type, 'attribute type')
    const [value, ...more] = readSet(values, 'attribute values')
    if (found.has(oid) || value === undefined || more.length > 0 || rest.length > 0) malformed('attribute given twice')
    found.set(oid, value as DerNode)
  }
  return found
}

/** The first ESSCertIDv2, which is the signer's (RFC 5035 3); SHA-256 unless it says otherwise. */
function readSigningCertificate(value: DerNode | undefined): ParsedCms['signingCertificate'] {
  if (value === undefined) return null
  const [list] = readSequence(value, 'signing-certificate-v2')
  const [first] = readSequence(list, 'certificate ids')
  const parts = [...readSequence(first, 'certificate id')]
  const algorithm = parts[0]?.tag === 0x30 ? parts.shift() : undefined
  const digest = algorithm === undefined ? 'SHA-256' : (digestByIdentifier(algorithm.raw) ?? malformed('digest not supported'))
  return { digest, hash: expectTag(parts[0], 0x04, 'certificate hash').content }
}
