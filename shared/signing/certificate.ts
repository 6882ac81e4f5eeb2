// Issues the two kinds of certificate there are: the workspace root and the seat certificate it signs (RFC 5280).
// Serial, dates and key come from the caller; nothing here is random and no private key passes through.

import { sha256 } from '@noble/hashes/sha2.js'
import { bitString, boolean, ecdsaToDer, element, integer, objectIdentifier, octetString, printableString, sequence, setOf, tagged, time, utf8String } from './der.ts'
import { ecdsaSha256Identifier, oids, p256PublicKeyInfo } from './identifiers.ts'
import { parseCertificate } from './parse-certificate.ts'
import type { Signer } from './ports.ts'
import { utf8ToBytes } from '../base/bytes.ts'

export interface RootRequest {
  /** Name of the town or body, exactly as it should read. */
  readonly town: string
  /** Hash of the genesis event, hex: one file then anchors the signatures and the trail. */
  readonly genesis: string
  /** 65 bytes 04‖x‖y, or SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array
  /** 1 to 20 bytes, from a strong source; unique in the workspace. */
  readonly serial: Uint8Array
  readonly notBefore: string
  readonly sign: Signer
}

export interface SeatRequest {
  /** The root certificate, DER. */
  readonly root: Uint8Array
  /** The person's name, code point for code point (it becomes the common name), and id. */
  readonly name: string
  readonly personId: string
  readonly publicKey: Uint8Array
  readonly serial: Uint8Array
  readonly notBefore: string
  readonly sign: Signer
}

const rootYears = 30
const seatYears = 5

/** SG-1: the workspace root, self-signed, P-256, 30 years, with the genesis hash as a SAN URI. */
export async function issueRoot(request: RootRequest): Promise<Uint8Array> {
  const name = distinguishedName([oids.organizationName, request.town], [oids.commonName, `${request.town} 文箱`])
  const spki = p256PublicKeyInfo(request.publicKey)
  const extensions = [
    extension(oids.basicConstraints, true, sequence(boolean(true), integer(0))),
    // keyCertSign (5) and cRLSign (6)
    extension(oids.keyUsage, true, bitString(Uint8Array.of(0b0000_0110), 1)),
    extension(oids.subjectKeyIdentifier, false, octetString(keyIdentifier(spki))),
    extension(oids.subjectAltName, false, sequence(element(0x86, utf8ToBytes(genesisUri(request.genesis))))),
  ]
  return seal(request, { issuer: name, subject: name, notAfter: yearsAfter(request.notBefore, rootYears), spki, extensions })
}

/** SG-2: a seat certificate: names the person, for signatures with non-repudiation only, five years or until the root ends. */
export async function issueSeat(request: SeatRequest): Promise<Uint8Array> {
  const root = parseCertificate(request.root)
  const spki = p256PublicKeyInfo(request.publicKey)
  const subject = distinguishedName(
    [oids.organizationName, root.subject.organization ?? ''],
    [oids.serialNumber, request.personId],
    [oids.commonName, request.name],
  )
  const end = Math.min(Date.parse(yearsAfter(request.notBefore, seatYears)), root.notAfter)
  const extensions = [
    extension(oids.basicConstraints, true, sequence()),
    // digitalSignature (0) and contentCommitment (1)
    extension(oids.keyUsage, true, bitString(Uint8Array.of(0b1100_0000), 6)),
    extension(oids.subjectKeyIdentifier, false, octetString(keyIdentifier(spki))),
    extension(oids.authorityKeyIdentifier, false, sequence(element(0x80, keyIdentifier(root.publicKeyInfo)))),
  ]
  return seal(request, { issuer: root.subjectRaw, subject, notAfter: new Date(end).toISOString(), spki, extensions })
}

export function genesisUri(genesis: string): string {
  return `urn:fumibako:genesis:${genesis}`
}

/** RFC 7093 method 1: the leftmost 160 bits of SHA-256 over the public key info's bits. */
export function keyIdentifier(publicKeyInfo: Uint8Array): Uint8Array {
  return sha256(publicKeyInfo).slice(0, 20)
}

interface Body {
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notAfter: string
  readonly spki: Uint8Array
  readonly extensions: readonly Uint8Array[]
}

async function seal(request: { readonly serial: Uint8Array; readonly notBefore: string; readonly sign: Signer }, body: Body): Promise<Uint8Array> {
  if (request.serial.length < 1 || request.serial.length > 20) throw new Error('defect: a serial is 1 to 20 bytes')
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(request.serial),
    ecdsaSha256Identifier,
    body.issuer,
    sequence(time(request.notBefore), time(body.notAfter)),
    body.subject,
    body.spki,
    tagged(3, sequence(...body.extensions)),
  )
  return sequence(tbs, ecdsaSha256Identifier, bitString(ecdsaToDer(await request.sign(tbs))))
}

export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return critical ? sequence(objectIdentifier(oid), boolean(true), octetString(value)) : sequence(objectIdentifier(oid), octetString(value))
}

function distinguishedName(...attributes: readonly (readonly [string, string])[]): Uint8Array {
  return sequence(
    ...attributes.map(([oid, text]) => setOf(sequence(objectIdentifier(oid), oid === oids.serialNumber ? printable(text) : utf8String(text)))),
  )
}

function printable(text: string): Uint8Array {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text) ? printableString(text) : utf8String(text)
}

function yearsAfter(iso: string, years: number): string {
  const date = new Date(iso)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString()
}
