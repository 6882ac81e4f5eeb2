// Judges one document of a package: that its files are the ones the proven events name, that the decided PDF stands
// unchanged at the start of the signed one, and that every signature in it belongs to an act that was proven.

import { bytesToUtf8, equalBytes } from '../base/bytes.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import type { Verdict } from '../base/verdict.ts'
import { verifyPdf, type SignatureStatus } from '../pdf/verify-pdf.ts'
import type { Trust } from '../signing/certificate-path.ts'
import { createFindings, type Findings } from './findings.ts'
import { heldCode } from './held.ts'
import type { Digests } from './ports.ts'
import { documentReading, placedFiles } from './readings.ts'
import { toRecord, type DocumentRecord } from './record.ts'
import type { DecisionFinding, SignatureFinding } from './report.ts'
import type { ProvenEvent } from './verify-trail.ts'

export interface DocumentCase {
  readonly n: number
  readonly events: ReadonlyMap<string, readonly ProvenEvent[]>
  readonly authority: AuthorityState
  readonly trust: Trust
  readonly digests: Digests
  /** A file of the package, by its path relative to `data/`; null when it is not there or cannot be read. */
  read(path: string): Promise<Uint8Array | null>
}

export interface DocumentReport {
  readonly verdict: Verdict
  readonly signatures: readonly SignatureFinding[]
  readonly decisions: readonly DecisionFinding[]
  /** Paths relative to `data/` that belong to this document. */
  readonly paths: readonly string[]
  readonly id: string | null
}

/** Rules AR-50 to AR-55. */
export async function verifyDocument(one: DocumentCase): Promise<DocumentReport> {
  const found = createFindings()
  const nothing = (id: string | null): DocumentReport => ({ verdict: found.verdict(), signatures: [], decisions: [], paths: [`documents/${one.n}/document.json`], id })
  const reading = await one.read(`documents/${one.n}/document.json`)
  const id = reading === null ? null : idOf(reading)
  const record = id === null ? null : toRecord(id, one.events.get(id) ?? [], one.authority)
  if (reading === null || id === null || record === null) {
    found.fail('document-not-proven', { n: one.n })
    return nothing(id)
  }
  // AR-51: the reading says what the proof says, byte for byte.
  if (bytesToText(reading) !== documentReading(one.n, record)) found.fail('reading-differs', { path: `documents/${one.n}/document.json` })
  const files = placedFiles(one.n, record)
  for (const file of files) {
    const bytes = await one.read(file.path)
    if (bytes === null) found.fail('document-file-missing', { n: one.n, path: file.path })
    else if (sha256(one.digests, bytes) !== file.sha256) found.fail('document-file-differs', { n: one.n, path: file.path })
  }
  const signatures = record.signed === null ? [] : await judgeSigned(one, record, found)
  const decisions = record.acts.map((act): DecisionFinding => ({
    n: one.n,
    document: id,
    title: record.title,
    act: act.confirms === undefined ? act.kind : 'confirm',
    step: act.stepTitle,
    person: act.personName,
    position: act.positionTitle,
    at: act.at,
    device: act.device ?? null,
    verdict: act.judged,
  }))
  // AR-56: what is held is neither forged nor in doubt; it does not count.
  for (const { judged } of record.acts) {
    if (judged.outcome === 'unknown') found.note(heldCode, { n: one.n, title: record.title })
    else found.add(judged)
  }
  if (record.status === 'contested') found.unknown('document-contested', { n: one.n, title: record.title })
  else if (record.status === 'open') found.note('document-undecided', { n: one.n, title: record.title })
  return { verdict: found.verdict(), signatures, decisions, paths: [`documents/${one.n}/document.json`, ...files.map((f) => f.path)], id }
}

function idOf(reading: Uint8Array): string | null {
  try {
    const value = JSON.parse(bytesToText(reading) ?? '') as { id?: unknown }
    return typeof value.id === 'string' ? value.id : null
  } catch {
    return null
  }
}

function bytesToText(bytes: Uint8Array): string | null {
  try {
    return bytesToUtf8(bytes)
  } catch {
    return null
  }
}

function sha256(digests: Digests, bytes: Uint8Array): string {
  const running = digests.start('sha256')
  running.update(bytes)
  return running.hex()
}

/** AR-52 to AR-54: prefix, signatures, and whose they are. */
async function judgeSigned(one: DocumentCase, record: DocumentRecord, found: Findings): Promise<readonly SignatureFinding[]> {
  const path = `documents/${one.n}/signed.pdf`
  const signed = await one.read(path)
  const frozen = await one.read(`documents/${one.n}/frozen.pdf`)
  if (signed === null || frozen === null) return []
  if (signed.length <= frozen.length || !equalBytes(signed.subarray(0, frozen.length), frozen)) found.fail('frozen-not-prefix', { n: one.n })
  const pdf = await verifyPdf(signed, one.trust)
  found.add(pdf.verdict)
  if (pdf.signatures.length !== record.marks.length) found.fail('signatures-and-acts-differ', { n: one.n, signatures: pdf.signatures.length, acts: record.marks.length })
  const approved = new Set(record.acts.filter((a) => a.kind === 'approve' && a.judged.outcome !== 'fail').map((a) => `${a.step} ${a.person}`))
  const findings = pdf.signatures.map((status, i) => {
    const verdict = judgeMark(status, record.marks[i], one.authority, approved)
    found.add({ outcome: verdict.outcome, reasons: verdict.reasons.filter((r) => !status.verdict.reasons.includes(r)) })
    return { path: `data/${path}`, field: status.field, signer: status.signer, position: status.position, at: status.claimedTime, reason: status.reason, location: status.location, verdict }
  })
  const marked = new Set(record.marks.map((mark) => mark.step))
  const missing = record.acts.filter((act) => act.kind === 'approve' && act.judged.outcome === 'pass' && !marked.has(act.step)).length
  if (missing > 0) found.note('marks-missing', { n: one.n, count: missing })
  return findings
}

/** AR-54: the certificate in the file is that of the seat that made the act, and the step it marks was approved by the same person. */
function judgeMark(status: SignatureStatus, mark: DocumentRecord['marks'][number] | undefined, authority: AuthorityState, approved: ReadonlySet<string>): Verdict {
  const seat = mark === undefined ? undefined : authority.seats.get(mark.seat)
  const codes: string[] = []
  if (mark === undefined || seat === undefined || status.certificate === null || !equalBytes(status.certificate, seat.certificate)) codes.push('signer-is-not-the-actor')
  else if (mark.step !== null && !approved.has(`${mark.step} ${mark.person}`)) codes.push('mark-without-approval')
  const reasons = codes.map((code) => ({ code, facts: { field: status.field } }))
  return { outcome: codes.length > 0 ? 'fail' : status.verdict.outcome, reasons: [...status.verdict.reasons, ...reasons] }
}
