// AR-73 to AR-77: judges an exported audit. Every line of its table is what a signed header, a certified session or a shown act says; the
// table and the pages are those that whoever made them wrote into collection zero; and of what the filter asks for nothing is left out of
// the stretches of the log that are shown.

import { parseAuthorityBody, type AuditReported } from '../authority/events.ts'
import { fullName } from '../authority/person-name.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { equalBytes } from '../base/bytes.ts'
import { collectionZero } from '../log/names.ts'
import type { PdfVerification } from '../pdf/verify-pdf.ts'
import { auditGroups, auditStateOf, isWanted, type AuditFilter } from './audit.ts'
import { provenColumns, type AuditLine, type ProvenColumn } from './audit-table.ts'
import type { Findings } from './findings.ts'
import type { ProvenAct, TrailReport } from './verify-trail.ts'

/** AR-74 acts that bring what was typed are listed and not shown: of them the position they were done as is not proven. */
export function isAuditShown(type: string): boolean {
  return !type.startsWith('draft.') && type !== 'document.submit' && type !== 'identity.claim' && type !== 'session.open'
}

/** What the proven columns of a line have to be. */
export function provenFields({ id, type, collection, doc, at, session: { body }, said, rule, event }: ProvenAct, authority: AuthorityState): Readonly<Record<ProvenColumn, string>> {
  const person = authority.people.get(body.person)
  const state = auditStateOf(said)
  const position = event?.position ?? ''
  return {
    at: new Date(at).toISOString(),
    person: body.person,
    personName: person ? fullName(person) : '',
    position,
    positionTitle: position === '' ? '' : (authority.positions.get(position)?.title ?? ''),
    type,
    collection,
    document: doc ?? '',
    device: body.device,
    state: state.kind,
    checks: state.bad.join(' '),
    rule: rule?.id ?? '',
    ruleFrom: rule?.from ?? '',
    id,
  }
}

export interface AuditTableReport {
  readonly rows: number
  /** Of acts that are not shown: their position, and whether they count, is not proven. */
  readonly hidden: number
  readonly report: (AuditReported & { readonly seat: string }) | null
}

/** `lines`: of the table; `table`: its bytes' SHA-256 (hex). */
export function verifyAuditTable(lines: readonly AuditLine[], table: string, { acts, zero, authority }: TrailReport, listed: readonly string[], found: Findings): AuditTableReport {
  const report = reportOf(zero, table)
  if (report === null) found.fail('audit-table-not-named')
  const seen = new Set<string>()
  let hidden = 0
  for (const [i, line] of lines.entries()) {
    const act = acts.get(line.id)
    const facts = { line: i + 2 }
    if (act === undefined || seen.has(line.id)) {
      found.fail('audit-line-not-proven', facts)
      continue
    }
    seen.add(line.id)
    const fields = provenFields(act, authority)
    const isShown = act.event !== null || act.type === 'session.open'
    if (!isShown) hidden++
    for (const column of provenColumns) {
      const isOpen = isShown || (column !== 'position' && column !== 'positionTitle')
      if (isOpen && line[column] !== fields[column]) found.fail('audit-line-differs', { ...facts, column })
    }
    if (act.why !== null && act.why.length > 0) found.note('audit-act-not-counted', { ...facts, why: act.why.map(({ code }) => code).join(' ') })
  }
  if (listed.length !== seen.size || listed.some((id) => !seen.has(id))) found.fail('audit-list-differs')
  if (report !== null) checkComplete(report, seen, acts, found)
  return { rows: lines.length, hidden, report }
}

function reportOf(zero: TrailReport['zero'], table: string): AuditTableReport['report'] {
  for (const { event, lane } of zero) {
    const body = event.type === 'audit.report' ? parseAuthorityBody('audit.report', event.body) : null
    if (body?.table === table) return { ...body, seat: lane.slice(0, lane.indexOf('.')) }
  }
  return null
}

/** AR-77 what the filter asks for is listed, of everything that the trail runs over and that was there when the list was made. */
function checkComplete({ person, device, group, from, to, words, until }: AuditReported, seen: ReadonlySet<string>, acts: TrailReport['acts'], found: Findings): void {
  if (words !== '') {
    found.note('audit-narrowed-by-words', { words })
    return
  }
  const known = group === 'usual' || group === 'all' || (auditGroups as readonly string[]).includes(group)
  if (!known) return found.unknown('audit-filter-unknown', { group })
  const wanted = isWanted({ person, device, group: group as AuditFilter['group'], from, to })
  for (const act of acts.values()) {
    const { body } = act.session
    if (act.at <= until && !seen.has(act.id) && wanted({ type: act.type, inZero: act.collection === collectionZero, person: body.person, device: body.device, at: act.at })) found.fail('audit-act-left-out', { type: act.type, at: new Date(act.at).toISOString() })
  }
}

/** AR-76 the signed pages begin with those that were named, and whoever wrote that down signed them. */
export function verifyAuditPages(pdf: Uint8Array, judged: PdfVerification, { report }: AuditTableReport, authority: AuthorityState, found: Findings): void {
  found.add(judged.verdict)
  if (report === null) return
  if (pdf.length < report.size || sha256Hex(pdf.subarray(0, report.size)) !== report.revision) found.fail('audit-pages-differ')
  const certificate = authority.seats.get(report.seat)?.certificate
  const isSigned = judged.signatures.length === 1 && judged.signatures.every((one) => one.certificate !== null && certificate !== undefined && equalBytes(one.certificate, certificate))
  if (!isSigned) found.fail('audit-signer-differs')
}
