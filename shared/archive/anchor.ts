// A root certificate as the thing everything hangs on: which genesis it names, and which seats it stands behind.
// Whether it is the right root is known only to whoever brings it.

import { bytesToUtf8, equalBytes } from '../base/bytes.ts'
import { judgePath } from '../signing/certificate-path.ts'
import { p256PublicKeyInfo, schemeByIdentifier } from '../signing/identifiers.ts'
import { tryParseCertificate } from '../signing/parse-certificate.ts'
import { pemToDer } from '../signing/pem.ts'
import type { SubtleVerifier } from '../signing/ports.ts'
import { tryParseRevocationList } from '../signing/revocation-list.ts'
import { checkSignature } from '../signing/verify-signature.ts'
import type { TrailAnchor } from './verify-trail.ts'

/** Certificates (DER) of a PEM file that parse; empty for anything else. */
export function rootsOfPem(file: Uint8Array): readonly Uint8Array[] {
  try {
    return pemToDer('CERTIFICATE', bytesToUtf8(file)).filter((der) => tryParseCertificate(der) !== null)
  } catch {
    return []
  }
}

/** AR-33: is this a list that the root signed, not older than the one the proof holds? */
export async function isListOf(root: Uint8Array, list: Uint8Array, known: Uint8Array, subtle: SubtleVerifier): Promise<boolean> {
  const certificate = tryParseCertificate(root)
  const [now, before] = [tryParseRevocationList(list), tryParseRevocationList(known)]
  if (certificate === null || now === null || before === null || now.thisUpdate < before.thisUpdate) return false
  const scheme = schemeByIdentifier(now.signatureAlgorithm, null)
  return (await checkSignature(subtle, certificate, scheme, now.signature, now.tbs)) === 'valid'
}

/** Null when the bytes are no certificate. */
export function createAnchor(root: Uint8Array, subtle: SubtleVerifier): TrailAnchor | null {
  const certificate = tryParseCertificate(root)
  if (certificate === null) return null
  const uri = certificate.uris.find((one) => /^urn:fumibako:genesis:[0-9a-f]{64}$/.test(one))
  return {
    certificate: root,
    holdsKey: (publicKey) => equalBytes(certificate.publicKeyInfo, p256PublicKeyInfo(publicKey)),
    genesis: uri === undefined ? null : uri.slice(-64),
    async certifies(der, publicKey, person) {
      const seat = tryParseCertificate(der)
      if (seat === null || seat.subject.serialNumber !== person || !equalBytes(seat.publicKeyInfo, p256PublicKeyInfo(publicKey))) return false
      // Expiry and revocation are judged where something was signed; here only who issued it.
      return (await judgePath(seat, [], seat.notBefore, { roots: [root], subtle })).outcome === 'pass'
    },
  }
}
