// The evidence of an audit: what a query finds as pages that whoever makes it signs, as a table, and with what proves each line of it. That
// it was made is an act of collection zero, which names both by their hash and is written before anything leaves.

import { createAnchor } from '@shared/archive/anchor.ts'
import { auditBag } from '@shared/archive/audit-package.ts'
import { auditField, auditReport } from '@shared/archive/audit-report.ts'
import { auditCsv, parseAuditCsv, type AuditLine } from '@shared/archive/audit-table.ts'
import { createFindings } from '@shared/archive/findings.ts'
import type { PackageFile } from '@shared/archive/ports.ts'
import { buildTrail } from '@shared/archive/trail.ts'
import { isAuditShown, verifyAuditTable } from '@shared/archive/verify-audit.ts'
import { verifyTrail } from '@shared/archive/verify-trail.ts'
import { isAdmin, positionsOf } from '@shared/authority/ask.ts'
import { bytesToBase32, bytesToUtf8, utf8ToBytes } from '@shared/base/bytes.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { formatWareki } from '@shared/base/wareki.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { collectionHandle, collectionZero, segmentName } from '@shared/log/names.ts'
import type { SubtleVerifier } from '@shared/signing/ports.ts'
import type { AuditQuery, AuditRow } from '../../services/audit-models.ts'
import { aboutWords, actWords, ruleWords, stateWordsOf } from '../../services/audit-words.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import { consentWords } from '../../text/consent.ts'
import { formatInstant } from '../../text/dates.ts'
import { auditLabels } from '../../text/print.ts'
import { createText } from '../../text/translate.ts'
import type { AuditedAct } from '../audit-log.ts'
import type { VaultCore } from '../core.ts'
import { failed, notAllowed } from '../failure.ts'
import { sessionsBehind, trailSources } from '../trail-sources.ts'
import { chosen } from '../views/audit-view.ts'
import { namesOf } from '../views/names.ts'
import { act } from './administering.ts'
import type { Command, CommandContext } from './context.ts'
import { writeSignedReport } from './signed-report.ts'

export const exportAudit: Command<'exportAudit'> = async (context, query) => {
  const { core, pages } = context
  const authority = core.authority()
  const date = core.today()
  if (!isAdmin(authority, core.seat.person, date)) return failed('RightNotYours')
  const acts = await context.audit.whole()
  const { wanted: found, rowOf } = await chosen(core, acts, query)
  const wanted = found.filter((one) => isProvable(core, one))
  if (wanted.length === 0) return failed('NothingToExport')
  const lines = wanted.map((one, i) => lineOf(one, rowOf(one), i + 1))
  const table = utf8ToBytes(auditCsv(lines, auditLabels.columns))
  const hash = sha256Hex(table)
  const title = consentWords.ja.auditReport
  const pdf = await pages.report((look) => auditReport({ lines, labels: auditLabels, townName: authority.town?.name ?? '', asked: askedWords(core, query), date: formatWareki(date) }, hash, look), title)
  if (!pdf.ok) return pdf
  const { words, ...filter } = query
  const body = { ...filter, words: words.trim(), rows: lines.length, until: acts.reduce((latest, { at }) => Math.max(latest, at), 0), revision: sha256Hex(pdf.value), size: pdf.value.length, table: hash }
  const position = positionsOf(authority, core.seat.person, date)[0]?.id ?? null
  const events = await core.build(collectionZero, [{ ...act('audit.report', body), position }])
  const reasons = await core.judge(collectionZero, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const said = consentWords[context.language()]
  const identifier = bytesToBase32(core.around.crypto.random.bytes(10))
  return writeSignedReport(core, {
    events,
    title: said.auditReport,
    table: { label: said.reviewTable, value: hash },
    pages: pdf.value,
    field: auditField,
    name: `fumibako-audit-${date}-${identifier.slice(0, 8)}`,
    files: (signed) => filesOf(context, wanted, { table, pages: signed, title, identifier }),
  })
}

/** What is not read here, and second records that lie beside their lane, no trail of this machine can show. */
function isProvable({ keys, seat }: VaultCore, { collection, lane, seq, segment }: AuditedAct): boolean {
  return seq === 0 || (keys.collections.includes(collection) && segment === segmentName(collectionHandle(seat.genesis, collection), lane, seq))
}

interface Made {
  readonly table: Uint8Array
  readonly pages: Uint8Array
  readonly title: string
  readonly identifier: string
}

async function filesOf({ core }: CommandContext, wanted: readonly AuditedAct[], { table, pages, title, identifier }: Made): Promise<Result<AsyncIterable<PackageFile>, CommandFailure>> {
  const { crypto } = core.around
  const { root } = core.authority()
  const anchor = root && createAnchor(root.certificate, crypto.subtle as unknown as SubtleVerifier)
  if (!anchor) return failed('RootMissing')
  const shown = new Set(wanted.filter(({ type, opened }) => opened !== null && isAuditShown(type)).map(({ id }) => id))
  const sources = await trailSources(core, [...new Set(wanted.map(({ collection }) => collection))], [], shown)
  if (!sources.ok) return sources
  const behind = await sessionsBehind(core, sources.value, wanted.map(({ session }) => session.hash))
  const trail = buildTrail({ workspace: core.seat.workspace, genesis: core.seat.genesis, subjects: [], sources: sources.value, numbers: shown, listed: new Set(wanted.map(({ id }) => id)), ...behind })
  const proof = await verifyTrail(crypto, trail, anchor)
  const found = createFindings()
  found.add(proof.verdict)
  verifyAuditTable(parseAuditCsv(bytesToUtf8(table)) ?? [], sha256Hex(table), proof, trail.listed ?? [], found)
  const verdict = found.verdict()
  if (verdict.outcome !== 'pass') return failed('TrailDoesNotHold', 'never', { reason: verdict.reasons[0]?.code ?? '' })
  return ok(auditBag({ trail, proof, pages, table, title, identifier, date: core.today(), software: 'Fumibako' }, crypto.subtle))
}

const text = createText('ja')

function lineOf(act: AuditedAct, row: AuditRow, number: number): AuditLine {
  return {
    number: String(number),
    when: formatInstant('ja', row.at),
    what: actWords(text, row),
    about: aboutWords(text, row) ?? '',
    place: row.place ?? '',
    reason: String(row.facts['reason'] ?? ''),
    stateWords: stateWordsOf(text, row),
    ruleWords: ruleWords(text, row).join('、'),
    counts: text(`audit.counts.${row.counts}`),
    why: row.why.map((one) => text.code(one.area, one.code, one.facts)).join('、'),
    at: row.at,
    person: act.person,
    personName: row.personName,
    position: act.opened?.position ?? '',
    positionTitle: row.positionTitle === 'unread' ? '' : (row.positionTitle ?? ''),
    type: act.type,
    collection: act.collection,
    document: act.handle ?? '',
    device: act.device,
    state: row.state.kind,
    checks: row.state.bad.join(' '),
    rule: row.rule?.id ?? '',
    ruleFrom: row.rule?.from ?? '',
    id: act.id,
  }
}

/** What was asked for, as it stands on the pages. */
function askedWords(core: VaultCore, { person, device, group, from, to, words }: AuditQuery): string {
  const parts = [
    text(`audit.group.${group}`),
    person === null ? text('audit.anybody') : namesOf(core.authority()).person(person),
    ...(device === null ? [] : [`${text('audit.device')} ${device.slice(0, 6)}`]),
    ...(from === null && to === null ? [] : [`${from === null ? '' : formatWareki(from)} ～ ${to === null ? '' : formatWareki(to)}`]),
    ...(words.trim() === '' ? [] : [`「${words.trim()}」`]),
  ]
  return parts.join('・')
}
