// Judges whether a signer's certificate leads to a root the caller trusts, at the time the signer claims, and whether a
// given revocation list speaks against it. Reasons carry the sub-indications of ETSI EN 319 102-1. No roots: unknown.

import { bytesToHex, equalBytes } from '../base/bytes.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import { schemeByIdentifier } from './identifiers.ts'
import { tryParseCertificate, type Certificate } from './parse-certificate.ts'
import type { SubtleVerifier } from './ports.ts'
import { tryParseRevocationList, type RevocationList } from './revocation-list.ts'
import { checkSignature } from './verify-signature.ts'

export interface Trust {
  /** Certificates, DER, that the caller trusts by their bytes. */
  readonly roots: readonly Uint8Array[]
  /** Revocation lists, DER; those no certificate of the path has signed are ignored. */
  readonly crls?: readonly Uint8Array[]
  /** When the judgement is made (ISO 8601). Without it, expiry since the claimed time is not looked at. */
  readonly at?: string
  readonly subtle: SubtleVerifier
}

const longestPath = 6
const keyCertSign = 0b0000_0100
const crlSign = 0b0000_0010
const signing = 0b1100_0000

/** SG-6. `claimed` is the signer's time in milliseconds, null when there is none. */
export async function judgePath(signer: Certificate, embedded: readonly Certificate[], claimed: number | null, trust: Trust): Promise<Verdict> {
  if (trust.roots.length === 0) return unknown('no-root-given', 'NO_CERTIFICATE_CHAIN_FOUND')
  const roots = trust.roots.map(tryParseCertificate).filter((one) => one !== null)
  const path = await findPath([signer], embedded, roots, trust.subtle)
  if (!path) return fail('signer-not-under-root', 'NO_CERTIFICATE_CHAIN_FOUND')
  const stranger = embedded.find((one) => !path.some((on) => equalBytes(on.raw, one.raw)))
  if (stranger) return unknown('certificate-not-on-path', 'CHAIN_CONSTRAINTS_FAILURE')
  return constraintsOf(path) ?? timesOf(path, claimed, trust.at) ?? (await revocationOf(path, claimed, trust))
}

async function findPath(path: readonly Certificate[], embedded: readonly Certificate[], roots: readonly Certificate[], subtle: SubtleVerifier): Promise<readonly Certificate[] | null> {
  const last = path.at(-1) as Certificate
  if (roots.some((root) => equalBytes(root.raw, last.raw))) return path
  if (path.length >= longestPath) return null
  for (const issuer of [...roots, ...embedded]) {
    if (!equalBytes(issuer.subjectRaw, last.issuerRaw) || path.some((one) => equalBytes(one.raw, issuer.raw))) continue
    const scheme = schemeByIdentifier(last.signatureAlgorithm, null)
    if ((await checkSignature(subtle, issuer, scheme, last.signature, last.tbs)) !== 'valid') continue
    const found = await findPath([...path, issuer], embedded, roots, subtle)
    if (found) return found
  }
  return null
}

function constraintsOf(path: readonly Certificate[]): Verdict | null {
  const [signer, ...issuers] = path
  if (signer?.keyUsage !== null && signer !== undefined && (signer.keyUsage & signing) === 0) return fail('key-not-for-signatures', 'CHAIN_CONSTRAINTS_FAILURE')
  if (path.some((one) => one.unknownCritical.length > 0)) return unknown('extension-not-understood', 'CHAIN_CONSTRAINTS_FAILURE')
  const wrong = issuers.some(
    (one, below) => !one.isAuthority || (one.keyUsage !== null && (one.keyUsage & keyCertSign) === 0) || (one.pathLength !== null && below > one.pathLength),
  )
  return wrong ? fail('issuer-is-no-authority', 'CHAIN_CONSTRAINTS_FAILURE') : null
}

function timesOf(path: readonly Certificate[], claimed: number | null, at: string | undefined): Verdict | null {
  const outside = (ms: number): boolean => path.some((one) => ms < one.notBefore || ms > one.notAfter)
  if (claimed === null) return unknown('no-claimed-time', 'OUT_OF_BOUNDS_NO_POE')
  if (outside(claimed)) return unknown('claimed-outside-validity', 'OUT_OF_BOUNDS_NO_POE')
  if (at !== undefined && claimed > Date.parse(at)) return unknown('claimed-in-the-future', 'OUT_OF_BOUNDS_NO_POE')
  return at !== undefined && outside(Date.parse(at)) ? unknown('certificate-expired-since', 'OUT_OF_BOUNDS_NO_POE') : null
}

/** A pass says in its reasons what it rests on: the time is the signer's own, and whether revocation was looked up. */
async function revocationOf(path: readonly Certificate[], claimed: number | null, trust: Trust): Promise<Verdict> {
  const lists = (trust.crls ?? []).map(tryParseRevocationList).filter((one) => one !== null)
  let looked = path.length === 1
  for (let i = 0; i + 1 < path.length; i++) {
    const [subject, issuer] = [path[i] as Certificate, path[i + 1] as Certificate]
    for (const list of lists) {
      if (!(await speaksFor(list, issuer, trust.subtle))) continue
      looked = true
      const revokedAt = list.revoked.get(bytesToHex(subject.serial))
      if (revokedAt === undefined) continue
      return claimed !== null && claimed >= revokedAt ? fail('revoked', 'REVOKED') : unknown('revoked-later', 'REVOKED_NO_POE')
    }
  }
  return { outcome: 'pass', reasons: looked ? [{ code: 'time-not-attested' }] : [{ code: 'time-not-attested' }, { code: 'revocation-not-checked' }] }
}

async function speaksFor(list: RevocationList, issuer: Certificate, subtle: SubtleVerifier): Promise<boolean> {
  if (!equalBytes(list.issuerRaw, issuer.subjectRaw) || (issuer.keyUsage !== null && (issuer.keyUsage & crlSign) === 0)) return false
  return (await checkSignature(subtle, issuer, schemeByIdentifier(list.signatureAlgorithm, null), list.signature, list.tbs)) === 'valid'
}

function reason(code: string, indication: string): Reason {
  return { code, facts: { indication } }
}

function fail(code: string, indication: string): Verdict {
  return { outcome: 'fail', reasons: [reason(code, indication)] }
}

function unknown(code: string, indication: string): Verdict {
  return { outcome: 'unknown', reasons: [reason(code, indication)] }
}
