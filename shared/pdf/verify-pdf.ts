// Judges every signature of a PDF and the document as a whole, offline, with nothing but the bytes and the trust the
// caller brings. It never throws and never repairs; what it cannot establish it calls unknown, with the reason.

import { strictest, type Reason, type Verdict } from '../base/verdict.ts'
import type { Trust } from '../signing/certificate-path.ts'
import { readDerPrefix } from '../signing/read-der.ts'
import { verifyCms } from '../signing/verify-cms.ts'
import { judgeChanges } from './judge-changes.ts'
import { pdfDateToIso } from './pdf-date.ts'
import { resolve, tryOpenPdf, type PdfFile } from './pdf-file.ts'
import { entry, nameValue, numberValue, textValue } from './pdf-object.ts'
import { danglingReferences } from './revisions.ts'
import { signatureFields, type PlacedSignature, type SignatureField } from './signature-fields.ts'

export interface SignatureStatus {
  readonly field: string
  /** From the certificate; null when there is none to read. */
  readonly signer: string | null
  readonly signerId: string | null
  readonly organization: string | null
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array | null
  /** The position acted as and the label (代, 後閲), as the mark says. */
  readonly position: string | null
  readonly label: string | null
  readonly reason: string | null
  readonly location: string | null
  /** ISO 8601 UTC; the signer's word, not attested. */
  readonly claimedTime: string | null
  readonly intact: Verdict
  readonly trusted: Verdict
  /** `whole`: to the last byte of the file. `revision`: to the end of an earlier revision. `partial`: neither. */
  readonly coverage: 'whole' | 'revision' | 'partial'
  /** Whether what was appended behind it keeps to filling signature fields; `none` when nothing certifies the document. */
  readonly docMdp: 'respected' | 'violated' | 'none'
  readonly verdict: Verdict
}

export interface PdfVerification {
  /** In the order in which they were appended. */
  readonly signatures: readonly SignatureStatus[]
  /** Fail over unknown over pass. Unknown when there is no signature; fail when the last one does not cover the whole file. */
  readonly verdict: Verdict
}

/** PF-13, PF-14, SG-5, SG-6. */
export async function verifyPdf(bytes: Uint8Array, trust: Trust): Promise<PdfVerification> {
  const signed = readSigned(bytes)
  if (!signed) return { signatures: [], verdict: { outcome: 'fail', reasons: [{ code: 'pdf-unreadable', facts: { indication: 'FORMAT_FAILURE' } }] } }
  if (signed.length === 0) return { signatures: [], verdict: { outcome: 'unknown', reasons: [{ code: 'no-signatures' }] } }
  const ordered = [...signed].sort((a, b) => endOf(a.signature) - endOf(b.signature))
  const changes = changesBehind(bytes, ordered)
  const signatures = await Promise.all(ordered.map((one, i) => judge(bytes, one, changes[i] as Changes, trust)))
  const whole = signatures.at(-1)?.coverage === 'whole'
  const verdicts = signatures.map((status) => status.verdict)
  if (!whole) verdicts.push({ outcome: 'fail', reasons: [{ code: 'changed-after-last-signature' }] })
  const verdict = strictest(verdicts)
  return { signatures, verdict: { outcome: verdict.outcome, reasons: distinct(verdict.reasons) } }
}

type SignedField = SignatureField & { readonly signature: PlacedSignature }

/** Each one costs a pass over the file. */
const mostSignatures = 256

function readSigned(bytes: Uint8Array): readonly SignedField[] | null {
  const file = tryOpenPdf(bytes)
  const fields = file && attempt(() => signatureFields(file), null)
  const signed = fields?.filter((field): field is SignedField => field.signature !== null)
  if (!signed || signed.length > mostSignatures) return null
  // One signature shown in two fields would count as two.
  return new Set(signed.map((field) => field.signature.objectNumber)).size === signed.length ? signed : null
}

function endOf(signature: PlacedSignature): number {
  return signature.byteRange[2] + signature.byteRange[3]
}

const unreadableRevision: Reason = { code: 'revision-unreadable' }

interface Changes {
  readonly coverage: SignatureStatus['coverage']
  readonly certified: boolean
  readonly reasons: readonly Reason[]
}

/** For each signature: the revision it covers, and the reasons against everything appended behind it. */
function changesBehind(bytes: Uint8Array, ordered: readonly SignedField[]): readonly Changes[] {
  const revisions = ordered.map((one) => openCovered(bytes, one))
  const [first] = revisions
  const certified = first ? attempt(() => certification(first), null) === ordered[0]?.signature.objectNumber : false
  // What later revisions may leave dangling is judged with their changes, so the first one's list serves all.
  const dangling = first ? attempt(() => danglingReferences(first), null) : null
  const steps = revisions.map((older, i) => {
    if (i + 1 === revisions.length) return []
    const newer = revisions[i + 1]
    return older && newer && dangling ? attempt(() => judgeChanges(older, newer, dangling), [unreadableRevision]) : [unreadableRevision]
  })
  return revisions.map((revision, i) => ({
    coverage: revision === null ? 'partial' : revision.bytes.length === bytes.length ? 'whole' : 'revision',
    certified,
    reasons: steps.slice(i).flat(),
  }))
}

/** The file as it was when this signature was made; null when the signature does not end where a revision ends. */
function openCovered(bytes: Uint8Array, one: SignedField): PdfFile | null {
  const end = endOf(one.signature)
  if (end > bytes.length) return null
  const file = tryOpenPdf(bytes.subarray(0, end))
  if (!file) return null
  const isSame = (field: SignatureField): boolean => field.name === one.name && field.signature?.contents.start === one.signature.contents.start
  return attempt(() => signatureFields(file).some(isSame), false) ? file : null
}

/** What a reader throws on malformed bytes becomes the answer for "could not be read". */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The object number of the certifying signature that the catalog names, when its permission is one we keep to. */
function certification(file: PdfFile): number | null {
  const reference = entry(resolve(file, entry(file.catalog, 'Perms')), 'DocMDP')
  if (reference?.kind !== 'reference') return null
  const references = resolve(file, entry(resolve(file, reference), 'Reference'))
  const first = references.kind === 'array' ? resolve(file, references.items[0]) : undefined
  if (nameValue(entry(first, 'TransformMethod')) !== 'DocMDP') return null
  const level = numberValue(entry(resolve(file, entry(first, 'TransformParams')), 'P')) ?? 2
  return level === 2 || level === 3 ? reference.number : null
}

async function judge(bytes: Uint8Array, one: SignedField, changes: Changes, trust: Trust): Promise<SignatureStatus> {
  const { dictionary } = one.signature
  const mark = entry(dictionary, 'FBKO_Mark')
  const claimedTime = pdfDateToIso(textValue(entry(dictionary, 'M')) ?? '')
  const cms = signatureBytes(bytes, one.signature)
  const judged = await judgeCms(bytes, one, cms, claimedTime, trust)
  const covered: Verdict = changes.coverage === 'partial' ? fail('signature-covers-no-revision', 'FORMAT_FAILURE') : { outcome: 'pass', reasons: [] }
  const kept: Verdict = { outcome: changes.reasons.length > 0 ? 'fail' : 'pass', reasons: distinct(changes.reasons) }
  return {
    field: one.name,
    signer: judged.signer?.subject.commonName ?? null,
    signerId: judged.signer?.subject.serialNumber ?? null,
    organization: judged.signer?.subject.organization ?? null,
    certificate: judged.signer?.raw ?? null,
    position: textValue(entry(mark, 'Position')),
    label: textValue(entry(mark, 'Label')),
    reason: textValue(entry(dictionary, 'Reason')),
    location: textValue(entry(dictionary, 'Location')),
    claimedTime,
    intact: judged.intact,
    trusted: judged.trusted,
    coverage: changes.coverage,
    docMdp: changes.reasons.length > 0 ? 'violated' : changes.certified ? 'respected' : 'none',
    verdict: strictest([judged.intact, judged.trusted, covered, kept]),
  }
}

async function judgeCms(bytes: Uint8Array, one: SignedField, cms: Uint8Array | null, claimedTime: string | null, trust: Trust): Promise<Awaited<ReturnType<typeof verifyCms>>> {
  const [, before, after, rest] = one.signature.byteRange
  const malformed: Verdict = fail('signature-unreadable', 'FORMAT_FAILURE')
  const subFilter = nameValue(entry(one.signature.dictionary, 'SubFilter'))
  if (!cms || (subFilter !== 'ETSI.CAdES.detached' && subFilter !== 'adbe.pkcs7.detached')) return { signer: null, intact: malformed, trusted: { outcome: 'unknown', reasons: malformed.reasons } }
  const covered = [bytes.subarray(0, before), bytes.subarray(after, after + rest)]
  return verifyCms(cms, covered, claimedTime === null ? null : Date.parse(claimedTime), trust)
}

/**
 * The CMS inside Contents. Null unless ByteRange leaves out exactly `<…>`, the digits are of one case without white
 * space, and what follows the CMS is zero: nothing outside the range may vary (PF-13).
 */
function signatureBytes(bytes: Uint8Array, { byteRange: [start, before, after, rest], contents }: PlacedSignature): Uint8Array | null {
  if (start !== 0 || before !== contents.start || after !== contents.end || after + rest > bytes.length) return null
  const digits = bytes.subarray(contents.start + 1, contents.end - 1)
  if (digits.length % 2 !== 0 || !(digits.every(isLowerHex) || digits.every(isUpperHex))) return null
  const raw = attempt(() => readDerPrefix(contents.bytes).raw, null)
  return raw && contents.bytes.subarray(raw.length).every((octet) => octet === 0) ? raw : null
}

function isLowerHex(digit: number): boolean {
  return (digit >= 0x30 && digit <= 0x39) || (digit >= 0x61 && digit <= 0x66)
}

function isUpperHex(digit: number): boolean {
  return (digit >= 0x30 && digit <= 0x39) || (digit >= 0x41 && digit <= 0x46)
}

function fail(code: string, indication: string): Verdict {
  return { outcome: 'fail', reasons: [{ code, facts: { indication } }] }
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Map(reasons.map((reason) => [JSON.stringify([reason.code, reason.facts]), reason]))
  return [...seen.values()]
}
