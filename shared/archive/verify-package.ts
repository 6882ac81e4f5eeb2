// Judges a folder: as one of our packages when it says it is one, else as a bag of anybody's. A package is judged whole:
// every file in its place, every proof anchored, nothing left over. Without a root to trust the answer is never pass.

import { bytesToUtf8, concatBytes, equalBytes } from '../base/bytes.ts'
import { strictest, type Reason, type Verdict } from '../base/verdict.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { verifyPdf } from '../pdf/verify-pdf.ts'
import type { Trust } from '../signing/certificate-path.ts'
import { createAnchor, isListOf, rootsOfPem } from './anchor.ts'
import { parseAuditCsv } from './audit-table.ts'
import { isPackagePath } from './bag-path.ts'
import { createFindings, type Findings } from './findings.ts'
import { auditFormat, packageFormats } from './package-format.ts'
import type { Digests, FileTree } from './ports.ts'
import { trailReading } from './readings.ts'
import type { DecisionFinding, Report, SignatureFinding } from './report.ts'
import { parseTrail, type Trail } from './trail.ts'
import { verifyAuditPages, verifyAuditTable } from './verify-audit.ts'
import { verifyBag, type BagReport } from './verify-bag.ts'
import { verifyDocument } from './verify-document.ts'
import { verifyTrail, type TrailReport } from './verify-trail.ts'

export interface VerifyDeps {
  readonly host: CryptoHost
  readonly digests: Digests
  /** Roots (DER) that whoever asks trusts; null when none was given. */
  readonly roots: readonly Uint8Array[] | null
  readonly subtle: Trust['subtle']
  /** When the judgement is made, ISO 8601. */
  readonly at: string
  readonly signal?: AbortSignal
}

const fileLimit = 512 * 1024 * 1024

/** A single PDF. Without trusted roots the signatures are looked at, and the answer is at best unknown. */
export async function verifySinglePdf(bytes: Uint8Array, deps: VerifyDeps): Promise<Report> {
  const pdf = await verifyPdf(bytes, { roots: deps.roots ?? [], subtle: deps.subtle, at: deps.at })
  const signatures = pdf.signatures.map((s): SignatureFinding => ({ path: '', field: s.field, signer: s.signer, position: s.position, at: s.claimedTime, reason: s.reason, location: s.location, verdict: s.verdict }))
  const found = createFindings()
  found.add(pdf.verdict)
  if (deps.roots === null) found.unknown('no-trust-given')
  return { kind: 'pdf', verdict: found.verdict(), signatures, decisions: [], notices: [] }
}

/** A folder: one of our packages or any RFC 8493 bag. */
export async function verifyFolder(tree: FileTree, deps: VerifyDeps): Promise<Report> {
  const bag = await verifyBag(tree, deps.digests, deps.signal)
  const audit = bag.info.find((e) => e.label === 'Fumibako-Audit-Format')?.value ?? null
  if (audit !== null) return verifyAuditFolder(tree, bag, audit, deps)
  const format = bag.info.find((e) => e.label === 'Fumibako-Package-Format')?.value ?? null
  if (format === null && !bag.files.has('data/trail.cbor')) return foreignBag(bag, deps)
  const found = createFindings()
  found.add(bag.verdict)
  if (format !== null && !packageFormats.includes(format)) found.unknown('package-format-unknown', { format })
  checkShape(bag, found)
  const notices: Reason[] = [{ code: 'readings-not-proven' }]
  const { signatures, decisions, verdict } = await verifyContents(tree, bag, deps, notices)
  return { kind: 'package', verdict: strictest([found.verdict(), verdict]), signatures, decisions, notices }
}

/** AR-73 to AR-77. */
async function verifyAuditFolder(tree: FileTree, bag: BagReport, format: string, deps: VerifyDeps): Promise<Report> {
  const found = createFindings()
  const notices: Reason[] = []
  const signatures: SignatureFinding[] = []
  const done = (): Report => ({ kind: 'audit', verdict: found.verdict(), signatures, decisions: [], notices })
  const read = createReader(tree, bag, found)
  const expected = new Set(['audit.pdf', 'audit.csv', 'trail.cbor', 'trail.json', 'trust/root.pem', 'trust/root.crl'])
  found.add(bag.verdict)
  checkShape(bag, found)
  if (format !== auditFormat) found.unknown('package-format-unknown', { format })
  for (const path of [...expected].map((name) => `data/${name}`)) if (!bag.files.has(path)) found.fail('package-file-missing', { path })
  for (const path of bag.files.keys()) if (path.startsWith('data/') && !expected.has(path.slice('data/'.length))) found.fail('package-file-unexpected', { path })
  const proven = await proofIn(read, deps, notices, found)
  if (proven === null) return done()
  const { trail, proof, doubt, trust } = proven
  const [table, pages] = [await read('audit.csv'), await read('audit.pdf')]
  const lines = table && parseAuditCsv(textOf(table) ?? '')
  if (trail.listed === undefined || table === null || lines === null) {
    found.fail('audit-table-malformed')
    return done()
  }
  const told = verifyAuditTable(lines, sha256Hex(table), proof, trail.listed, found)
  if (pages !== null) {
    const pdf = await verifyPdf(pages, trust)
    verifyAuditPages(pages, pdf, told, proof.authority, found)
    signatures.push(...pdf.signatures.map((s): SignatureFinding => ({ path: 'data/audit.pdf', field: s.field, signer: s.signer, position: s.position, at: s.claimedTime, reason: s.reason, location: s.location, verdict: underDoubt(s.verdict, doubt) })))
  }
  if (found.verdict().outcome === 'pass') notices.push({ code: 'audit-proven', facts: { rows: told.rows, hidden: told.hidden } })
  return done()
}

interface Proof {
  readonly trail: Trail
  readonly proof: TrailReport
  readonly doubt: ReturnType<typeof doubtOf>
  readonly trust: Trust
}

/** Trail, reading, root and list of a package of ours, judged; null where there is nothing to go on with. */
async function proofIn(read: (path: string) => Promise<Uint8Array | null>, deps: VerifyDeps, notices: Reason[], found: Findings): Promise<Proof | null> {
  const object = await read('trail.cbor')
  const trail = object === null ? null : parseTrail(object)
  const enclosed = rootsOfPem((await read('trust/root.pem')) ?? new Uint8Array())[0]
  const anchor = enclosed === undefined ? null : createAnchor(enclosed, deps.subtle)
  if (trail === null) found.fail('trail-malformed')
  if (enclosed === undefined || anchor === null) found.fail('root-malformed')
  if (trail === null || enclosed === undefined || anchor === null) return null
  const doubt = doubtOf(enclosed, deps)
  if (doubt !== null) found.unknown(doubt)
  const proof = await verifyTrail(deps.host, trail, anchor)
  found.add(proof.verdict)
  if (proof.kind === 'practice') notices.push({ code: 'practice' })
  if (proof.unjudged.device) notices.push({ code: 'device-state-sealed' })
  if (proof.unjudged.signIn) notices.push({ code: 'sign-in-sealed' })
  const reading = await read('trail.json')
  if (reading !== null && textOf(reading) !== trailReading(trail)) found.fail('reading-differs', { path: 'trail.json' })
  const crl = await read('trust/root.crl')
  const known = proof.authority.root?.crl
  if (crl !== null && known !== undefined && !equalBytes(crl, known)) {
    if (await isListOf(enclosed, crl, known, deps.subtle)) notices.push({ code: 'revocation-list-renewed' })
    else found.fail('revocation-list-wrong')
  }
  return { trail, proof, doubt, trust: { roots: [enclosed], crls: crl === null ? [] : [crl], at: deps.at, subtle: deps.subtle } }
}

/** AR-32: a bag without our proof is judged by its checksums; asked for trust, there is nothing in it to trust. */
function foreignBag(bag: BagReport, deps: VerifyDeps): Report {
  const found = createFindings()
  found.add(bag.verdict)
  if (deps.roots !== null) found.unknown('nothing-signed')
  return { kind: 'bag', verdict: found.verdict(), signatures: [], decisions: [], notices: [{ code: 'fixity-only', facts: bag.payload }] }
}

/** AR-30: the four tag files, and payload paths as we write them. */
function checkShape(bag: BagReport, found: Findings): void {
  const tags = new Set(['bagit.txt', 'bag-info.txt', 'manifest-sha512.txt', 'tagmanifest-sha512.txt'])
  const { declaration } = bag
  if (declaration === null || declaration.major !== 1 || declaration.minor !== 0 || declaration.encoding !== 'UTF-8') found.fail('package-declaration')
  for (const tag of tags) if (!bag.files.has(tag)) found.fail('package-tag-missing', { path: tag })
  for (const path of bag.files.keys()) {
    if (path.startsWith('data/') ? !isPackagePath(path) : !tags.has(path)) found.fail('package-file-unexpected', { path })
  }
}

async function verifyContents(tree: FileTree, bag: BagReport, deps: VerifyDeps, notices: Reason[]) {
  const found = createFindings()
  const signatures: SignatureFinding[] = []
  const decisions: DecisionFinding[] = []
  const done = () => ({ verdict: found.verdict(), signatures, decisions })
  const read = createReader(tree, bag, found)
  const expected = new Set(['trail.cbor', 'trail.json', 'register.csv', 'index.html', 'trust/root.pem', 'trust/root.crl'])
  for (const path of expected) if (!bag.files.has(`data/${path}`)) found.fail('package-file-missing', { path: `data/${path}` })
  const given = await proofIn(read, deps, notices, found)
  if (given === null) return done()
  const { trail, proof, doubt, trust } = given
  if (trail.listed !== undefined) found.fail('trail-malformed')
  const proven = new Set<string>()
  for (const n of documentNumbers(bag)) {
    deps.signal?.throwIfAborted()
    const report = await verifyDocument({ n, events: proof.events, authority: proof.authority, trust, digests: deps.digests, read })
    found.add(report.verdict)
    signatures.push(...report.signatures.map((one) => ({ ...one, verdict: underDoubt(one.verdict, doubt) })))
    decisions.push(...report.decisions.map((one) => ({ ...one, verdict: underDoubt(one.verdict, doubt) })))
    for (const path of report.paths) expected.add(path)
    if (report.id !== null && proven.has(report.id)) found.fail('document-twice', { n })
    if (report.id !== null) proven.add(report.id)
  }
  for (const [id, events] of proof.events) {
    if (!proven.has(id) && events.some((e) => e.known.event.type === 'document.submit')) found.fail('document-left-out', { document: id })
  }
  for (const path of bag.files.keys()) {
    if (path.startsWith('data/') && !expected.has(path.slice('data/'.length))) found.fail('package-file-unexpected', { path })
  }
  if (decisions.length > 0 && found.verdict().outcome === 'pass') notices.push({ code: 'package-proven', facts: { documents: proven.size, decisions: decisions.length, signatures: signatures.length } })
  return done()
}

/** AR-48: the package's own root proves nothing by itself; it has to be the one that was brought along. Null when it is. */
function doubtOf(enclosed: Uint8Array, deps: VerifyDeps): 'no-trust-given' | 'root-not-trusted' | null {
  if (deps.roots === null) return 'no-trust-given'
  return deps.roots.some((root) => equalBytes(root, enclosed)) ? null : 'root-not-trusted'
}

/** What would pass under the enclosed root is unknown as long as nobody vouches for that root. */
function underDoubt(verdict: Verdict, doubt: string | null): Verdict {
  return doubt === null ? verdict : strictest([verdict, { outcome: 'unknown', reasons: [{ code: doubt }] }])
}

function createReader(tree: FileTree, bag: BagReport, found: Findings): (path: string) => Promise<Uint8Array | null> {
  return async (path) => {
    const full = `data/${path}`
    const size = bag.files.get(full)
    if (size === undefined) return null
    if (size > fileLimit) {
      found.unknown('file-too-large', { path: full, limit: fileLimit })
      return null
    }
    const parts: Uint8Array[] = []
    const done = await tree.read(full, (chunk) => parts.push(chunk.slice()))
    if (!done.ok) found.unknown('file-unreadable', { path: full })
    return done.ok ? concatBytes(...parts) : null
  }
}

function documentNumbers(bag: BagReport): readonly number[] {
  const numbers = new Set<number>()
  for (const path of bag.files.keys()) {
    const n = /^data\/documents\/([1-9][0-9]{0,6})\//.exec(path)?.[1]
    if (n !== undefined) numbers.add(Number(n))
  }
  return [...numbers].toSorted((a, b) => a - b)
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return bytesToUtf8(bytes)
  } catch {
    return null
  }
}
