import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAnchor } from '@shared/archive/anchor.ts'
import { parseAuditCsv, type AuditLine } from '@shared/archive/audit-table.ts'
import { createFindings } from '@shared/archive/findings.ts'
import { memoryTree } from '@shared/archive/testing/memory-tree.ts'
import { nobleDigests } from '@shared/archive/testing/noble-digests.ts'
import { parseTrail, trailToBytes, type Trail } from '@shared/archive/trail.ts'
import { verifyAuditPages, verifyAuditTable } from '@shared/archive/verify-audit.ts'
import { verifyFolder } from '@shared/archive/verify-package.ts'
import { verifyTrail } from '@shared/archive/verify-trail.ts'
import { bytesToUtf8 } from '@shared/base/bytes.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { PdfVerification } from '@shared/pdf/verify-pdf.ts'
import type { SubtleVerifier } from '@shared/signing/ports.ts'
import type { AuditQuery } from '../services/audit-models.ts'
import { apartOffice, submittedApart, type Apart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'

const all: AuditQuery = { person: null, device: null, group: 'all', from: null, to: null, words: '' }
const subtle = globalThis.crypto.subtle as unknown as SubtleVerifier

async function exported(apart: Apart, query: Partial<AuditQuery> = {}): Promise<Map<string, Uint8Array>> {
  const clerk = await apart.at('clerk')
  await clerk.done('exportAudit', { ...all, ...query })
  return new Map(clerk.host.exported)
}

async function judged(apart: Apart, files: ReadonlyMap<string, Uint8Array>, roots: readonly Uint8Array[] | null = [apart.office.founded.rootCertificate]) {
  const report = await verifyFolder(memoryTree(files), { host: apart.office.crypto, digests: nobleDigests, roots, subtle, at: '2026-10-02T00:00:00Z' })
  return { kind: report.kind, outcome: report.verdict.outcome, codes: report.verdict.reasons.map(({ code }) => code), notices: report.notices }
}

describe('4.15 P-07 an exported audit', () => {
  let apart: Apart
  let files: Map<string, Uint8Array>
  let lines: readonly AuditLine[]
  const trailOf = (): Trail => parseTrail(files.get('data/trail.cbor') ?? new Uint8Array()) as Trail
  const tableOf = (): Uint8Array => files.get('data/audit.csv') as Uint8Array

  beforeAll(async () => {
    apart = await apartOffice(smallTown, ['clerk', 'manager', 'other'], async (path) => new Uint8Array(await readFile(path)))
    const id = await submittedApart(apart)
    const [clerk, manager] = [await apart.at('clerk'), await apart.at('manager')]
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    await manager.done('act', { id, act: 'approve', step: '1', position: 'p-manager', comment: '至急' })
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    files = await exported(apart)
    lines = parseAuditCsv(bytesToUtf8(tableOf())) ?? []
  })

  it('4.15 AR-73 AR-75 P-07 is proven line by line under the town’s root, with unlocks, and is unknown without it', async () => {
    expect(await judged(apart, files)).toMatchObject({ kind: 'audit', outcome: 'pass', codes: ['time-not-attested'] })
    const { notices } = await judged(apart, files)
    expect(notices).toContainEqual({ code: 'audit-proven', facts: { rows: lines.length, hidden: lines.filter(({ type }) => type.startsWith('draft.') || type === 'document.submit').length } })
    expect(await judged(apart, files, null)).toMatchObject({ outcome: 'unknown', codes: ['no-trust-given', 'time-not-attested'] })
    expect(lines.map(({ type }) => type)).toEqual(expect.arrayContaining(['session.open', 'document.submit', 'decision.approve', 'grant.put']))
    expect(lines.find(({ type }) => type === 'decision.approve')).toMatchObject({ personName: '課長 太郎', positionTitle: '総務課長', reason: '至急', state: 'untold', ruleFrom: '2020-01-01' })
  })

  it('4.15 AR-74 P-07 shows nothing of what was typed', () => {
    const shown = trailOf().segments.flatMap((segment) => segment.shown.flatMap((plain) => (plain === null ? [] : [Buffer.from(plain).toString('latin1')])))
    expect(shown.filter((text) => text.includes('draft.body') || text.includes('document.submit'))).toEqual([])
    expect(shown.some((text) => text.includes('decision.approve'))).toBe(true)
  })

  it('4.15 AR-75 AR-77 P-07 a line that was changed, added, taken out or told twice is found', async () => {
    const anchor = createAnchor(apart.office.founded.rootCertificate, subtle)
    const proof = await verifyTrail(apart.office.crypto, trailOf(), anchor as NonNullable<typeof anchor>)
    const told = (changed: readonly AuditLine[]) => {
      const found = createFindings()
      verifyAuditTable(changed, sha256Hex(tableOf()), proof, trailOf().listed ?? [], found)
      return [...new Set(found.verdict().reasons.map(({ code }) => code))].sort()
    }
    expect(told(lines)).toEqual([])
    const at = lines.findIndex(({ type }) => type === 'decision.approve')
    const changed = (part: Partial<AuditLine>) => told(lines.map((line, i) => (i === at ? { ...line, ...part } : line)))
    for (const column of ['at', 'person', 'personName', 'position', 'positionTitle', 'type', 'collection', 'document', 'device', 'state', 'checks', 'rule', 'ruleFrom'] as const) expect([column, changed({ [column]: 'x' })]).toEqual([column, ['audit-line-differs']])
    expect(changed({ id: 'ab'.repeat(32) })).toEqual(['audit-act-left-out', 'audit-line-not-proven', 'audit-list-differs'])
    expect(told(lines.toSpliced(at, 1))).toEqual(['audit-act-left-out', 'audit-list-differs'])
    expect(told([...lines, lines[at] as AuditLine])).toEqual(['audit-line-not-proven'])
    const found = createFindings()
    verifyAuditTable(lines, '00'.repeat(32), proof, trailOf().listed ?? [], found)
    expect(found.verdict().reasons.map(({ code }) => code)).toEqual(['audit-table-not-named'])
  })

  it('4.15 AR-73 P-07 a trail in which a signature, a session or a list was changed is refused', async () => {
    const spoilt = async (change: (trail: Trail) => Trail) => (await judged(apart, new Map([...files, ['data/trail.cbor', trailToBytes(change(trailOf()))]]))).codes
    expect(await spoilt((trail) => ({ ...trail, segments: trail.segments.map((one, i) => (i === 3 ? { ...one, signature: new Uint8Array(64) } : one)) }))).toContain('header-signature')
    expect(await spoilt((trail) => ({ ...trail, listed: (trail.listed ?? []).slice(1) }))).toEqual(expect.arrayContaining(['audit-list-differs']))
    expect(await spoilt((trail) => ({ ...trail, sessions: trail.sessions.slice(1) }))).toEqual(expect.arrayContaining(['session-missing']))
  })

  it('4.15 AR-76 P-07 pages other than those that were named, or signed by somebody else, are refused', async () => {
    const pdf = files.get('data/audit.pdf') as Uint8Array
    const turned = pdf.slice()
    turned[200] = (turned[200] ?? 0) ^ 1
    expect((await judged(apart, new Map([...files, ['data/audit.pdf', turned]]))).codes).toContain('audit-pages-differ')
    expect((await judged(apart, new Map([...files].filter(([path]) => path !== 'data/audit.pdf')))).codes).toContain('package-file-missing')
    const anchor = createAnchor(apart.office.founded.rootCertificate, subtle)
    const proof = await verifyTrail(apart.office.crypto, trailOf(), anchor as NonNullable<typeof anchor>)
    const signedBy = (...people: readonly string[]): readonly string[] => {
      const found = createFindings()
      const told = verifyAuditTable(lines, sha256Hex(tableOf()), proof, trailOf().listed ?? [], createFindings())
      const signatures = people.map((person) => ({ certificate: apart.office.founded.seats.find((seat) => seat.person === person)?.certificate ?? null }))
      verifyAuditPages(pdf, { verdict: { outcome: 'pass', reasons: [] }, signatures } as unknown as PdfVerification, told, proof.authority, found)
      return found.verdict().reasons.map(({ code }) => code)
    }
    expect([signedBy('clerk'), signedBy('manager'), signedBy('clerk', 'clerk'), signedBy()]).toEqual([[], ['audit-signer-differs'], ['audit-signer-differs'], ['audit-signer-differs']])
  })

  it('4.15 AR-73 P-07 is taken for nothing else, and nothing else for it', async () => {
    const spoilt = async (path: string, change: (text: string) => string) => (await judged(apart, new Map([...files, [path, new TextEncoder().encode(change(bytesToUtf8(files.get(path) as Uint8Array)))]]))).codes
    expect(await spoilt('bag-info.txt', (text) => text.replace('Fumibako-Audit-Format: 1', 'Fumibako-Audit-Format: 9'))).toEqual(expect.arrayContaining(['package-format-unknown', 'checksum-differs']))
    expect(await spoilt('bag-info.txt', (text) => text.replace('Fumibako-Audit-Format: 1', 'Fumibako-Package-Format: 2'))).toContain('trail-malformed')
    expect(await spoilt('data/audit.csv', () => 'x')).toEqual(expect.arrayContaining(['audit-table-malformed']))
    expect(await spoilt('data/audit.csv', (text) => text.slice(0, -1))).toEqual(expect.arrayContaining(['audit-table-malformed']))
    const anchor = createAnchor(apart.office.founded.rootCertificate, subtle)
    const proof = await verifyTrail(apart.office.crypto, trailOf(), anchor as NonNullable<typeof anchor>)
    const zero = proof.zero.map((known) => (known.event.type === 'audit.report' ? { ...known, event: { ...known.event, body: { ...(known.event.body as object), group: 'later' } } } : known))
    const found = createFindings()
    verifyAuditTable(lines, sha256Hex(tableOf()), { ...proof, zero }, trailOf().listed ?? [], found)
    expect(found.verdict()).toMatchObject({ outcome: 'unknown', reasons: [{ code: 'audit-filter-unknown' }] })
  })

  it('4.15 P-07 narrowed by person and group it is proven too, and by words it says that completeness is not', async () => {
    const some = await exported(apart, { person: 'manager', group: 'decide' })
    expect(await judged(apart, some)).toMatchObject({ outcome: 'pass' })
    expect((parseAuditCsv(bytesToUtf8(some.get('data/audit.csv') as Uint8Array)) ?? []).every(({ person }) => person === 'manager')).toBe(true)
    expect(await judged(apart, await exported(apart, { words: '備品' }))).toMatchObject({ outcome: 'pass', codes: ['audit-narrowed-by-words', 'time-not-attested'] })
  })

  it('4.15 P-07 is written down as an act of its own, is an administrator’s, and leaves nothing where nothing fits', async () => {
    const clerk = await apart.at('clerk')
    await expect.poll(async () => (await clerk.ask('audit', { ...all, group: 'export' })).rows.map(({ type }) => type)).toContain('audit.report')
    expect(await clerk.refused('exportAudit', { ...all, to: '2020-01-01' })).toBe('NothingToExport')
    expect(await (await apart.at('manager')).refused('exportAudit', all)).toBe('RightNotYours')
  })
})
