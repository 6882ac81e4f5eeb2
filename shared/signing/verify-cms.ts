// Judges one detached CMS signature: is it whole over these bytes, and is its signer under a trusted root.
// It never throws: what cannot be read is a failure with its reason.

import { concatBytes, equalBytes } from '../base/bytes.ts'
import type { Verdict } from '../base/verdict.ts'
import { judgePath, type Trust } from './certificate-path.ts'
import type { DigestName } from './identifiers.ts'
import { parseCms, type ParsedCms } from './parse-cms.ts'
import type { Certificate } from './parse-certificate.ts'
import type { SubtleVerifier } from './ports.ts'
import { checkSignature } from './verify-signature.ts'

export interface CmsJudgement {
  readonly signer: Certificate | null
  /** Never unknown but for an algorithm that is not supported. */
  readonly intact: Verdict
  readonly trusted: Verdict
}

/** SG-5. `covered` are the signed bytes in pieces; `claimed` the signer's time in milliseconds. */
export async function verifyCms(cms: Uint8Array, covered: readonly Uint8Array[], claimed: number | null, trust: Trust): Promise<CmsJudgement> {
  let parsed: ParsedCms
  try {
    parsed = parseCms(cms)
  } catch {
    return { signer: null, intact: fail('signature-unreadable', 'FORMAT_FAILURE'), trusted: unknown('signature-unreadable', 'FORMAT_FAILURE') }
  }
  const { signer } = parsed
  if (!signer) return { signer, intact: fail('signer-certificate-missing', 'NO_SIGNING_CERTIFICATE_FOUND'), trusted: unknown('signer-certificate-missing', 'NO_SIGNING_CERTIFICATE_FOUND') }
  const intact = await judgeIntact(parsed, signer, covered, trust)
  if (parsed.signingCertificate === null) return { signer, intact, trusted: unknown('signing-certificate-not-bound', 'SIG_CONSTRAINTS_FAILURE') }
  return { signer, intact, trusted: await judgePath(signer, parsed.certificates, claimed, trust) }
}

async function judgeIntact(parsed: ParsedCms, signer: Certificate, covered: readonly Uint8Array[], trust: Trust): Promise<Verdict> {
  if (!equalBytes(await digestOf(trust.subtle, parsed.digest, covered), parsed.messageDigest)) return fail('bytes-changed', 'HASH_FAILURE')
  const bound = parsed.signingCertificate
  if (bound && !equalBytes(await digestOf(trust.subtle, bound.digest, [signer.raw]), bound.hash)) return fail('signer-certificate-exchanged', 'SIG_CRYPTO_FAILURE')
  const check = await checkSignature(trust.subtle, signer, parsed.scheme, parsed.signature, parsed.signedAttributes)
  if (check === 'unsupported') return unknown('algorithm-not-supported', 'CRYPTO_CONSTRAINTS_FAILURE')
  return check === 'valid' ? { outcome: 'pass', reasons: [] } : fail('signature-wrong', 'SIG_CRYPTO_FAILURE')
}

async function digestOf(subtle: SubtleVerifier, name: DigestName, pieces: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest(name, concatBytes(...pieces)))
}

function fail(code: string, indication: string): Verdict {
  return { outcome: 'fail', reasons: [{ code, facts: { indication } }] }
}

function unknown(code: string, indication: string): Verdict {
  return { outcome: 'unknown', reasons: [{ code, facts: { indication } }] }
}
