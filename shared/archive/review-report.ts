// The evidence of a quarter's review: pages that an administrator signs, and a table with a line for each right. What a right is called,
// whose it is and what became of it stands in both; nothing is left out for want of room.

import type { Campaign, CampaignOutcome, CampaignRow } from '../authority/campaign.ts'
import { isLookedAt } from '../authority/campaign.ts'
import type { Role } from '../authority/model.ts'
import { jstDate } from '../base/civil-date.ts'
import { csvText } from '../base/csv.ts'
import { formatFiscalYear, formatWareki } from '../base/wareki.ts'
import { escapeHtml, textToHtml, type Setting } from '../document/html-text.ts'
import { printStyle, type PrintFonts } from '../document/print-style.ts'

/** All words of the report that are not data: from the catalogue. */
export interface ReportLabels {
  readonly title: string
  /** Behind the fiscal year: 第{n}四半期. */
  readonly quarter: (n: number) => string
  readonly facts: { readonly period: string; readonly date: string; readonly coverage: string; readonly left: string; readonly table: string }
  readonly coverage: (due: number, reviewed: number) => string
  readonly left: (open: number, overdue: number, lapsed: number, unused: number, pairs: number) => string
  /** Heading of the box in which whoever signs puts the mark. */
  readonly signer: string
  readonly owners: { readonly title: string; readonly who: string; readonly due: string; readonly done: string; readonly nobody: string }
  readonly pairs: { readonly title: string; readonly none: string }
  readonly list: string
  readonly columns: Readonly<Record<ReportColumn, string>>
  readonly roles: Readonly<Record<Role, string>>
  readonly outcomes: Readonly<Record<CampaignOutcome, string>>
  readonly town: string
  /** One document of this collection, by its title; null = whoever makes the report does not read it. */
  readonly one: (collection: string, title: string | null) => string
  /** Behind the role, where the collection stands above. */
  readonly only: (title: string | null) => string
  readonly yes: string
  readonly never: string
  /** Of use that cannot be seen where the report is made. */
  readonly unseen: string
}

export const reportColumns = ['place', 'person', 'role', 'reason', 'from', 'to', 'reviewBy', 'lapsesOn', 'lastUsed', 'outcome', 'overdue', 'unused', 'pairs', 'owners', 'by', 'at', 'why', 'id'] as const
export type ReportColumn = (typeof reportColumns)[number]

export interface ReportNames {
  readonly person: (id: string) => string
  readonly collection: (id: string | null) => string
  /** The title of a document by its handle; null where it is not read. */
  readonly document: (handle: string) => string | null
}

export interface ReportInput {
  readonly campaign: Campaign
  readonly names: ReportNames
  readonly labels: ReportLabels
  readonly townName: string
  /** ISO civil date on which it is made. */
  readonly date: string
}

/** The name of the signature field of the report and of its box. */
export const reportField = 'reviewer'

/** Every field as text; dates ISO, empty where there is nothing to say. */
function fieldsOf({ grant, owners, outcome, by, overdue, lapsesOn, lastUsed, unused, pairs }: CampaignRow, { names, labels }: Pick<ReportInput, 'names' | 'labels'>): Readonly<Record<ReportColumn, string>> {
  const yes = (is: boolean): string => (is ? labels.yes : '')
  return {
    place: grant.collection === null ? labels.town : grant.document === undefined ? names.collection(grant.collection) : labels.one(names.collection(grant.collection), names.document(grant.document)),
    person: names.person(grant.person),
    role: labels.roles[grant.role],
    reason: grant.reason,
    from: grant.from,
    to: grant.to ?? '',
    reviewBy: grant.reviewBy,
    lapsesOn,
    lastUsed: lastUsed === 'uncounted' ? '' : lastUsed === 'unseen' ? labels.unseen : lastUsed === null ? labels.never : jstDate(lastUsed),
    outcome: labels.outcomes[outcome],
    overdue: yes(overdue),
    unused: yes(unused),
    pairs: pairs.join(' '),
    owners: owners.map(names.person).join('、'),
    by: by === null ? '' : names.person(by.person),
    at: by === null ? '' : jstDate(by.at),
    why: by?.reason ?? '',
    id: grant.id,
  }
}

export function reviewCsv(input: ReportInput): string {
  const lines = input.campaign.rows.map((row) => {
    const fields = fieldsOf(row, input)
    return reportColumns.map((column) => fields[column])
  })
  return csvText([reportColumns.map((column) => input.labels.columns[column]), ...lines])
}

const style = `
.signer{width:30mm;margin:0 .4mm 0 auto}
.signer th{text-align:center;font-size:7pt;line-height:1.25;height:6mm;vertical-align:middle}
.signer td{padding:.5mm}
.report{font-size:7.5pt;line-height:1.4;margin-bottom:4mm}
.report th{font-size:7.5pt}
.report tr{break-inside:avoid}
.report thead{display:table-header-group}
.facts{font-size:9.5pt;line-height:1.5;margin:4mm 0}
.facts th{width:34mm;font-weight:normal}
h2{font-size:11pt;margin:5mm 0 1mm;break-after:avoid}`

/** Columns of the pages: what a person reads; the table has everything. */
const printed = ['person', 'role', 'dates', 'lastUsed', 'outcome', 'by'] as const

/** One HTML document for printing on A4; `tableSha256` names the table that goes with it. */
export function reviewReport(input: ReportInput, tableSha256: string, { fonts, settingOf }: { readonly fonts: PrintFonts; readonly settingOf: (cluster: string) => Setting }): string {
  const { campaign, labels, townName, date } = input
  const { quarter, rows, coverage } = campaign
  const text = textToHtml(settingOf)
  const title = `${labels.title}（${formatFiscalYear(quarter.fiscalYear)} ${labels.quarter(quarter.n)}）`
  const count = (is: (row: CampaignRow) => boolean): number => rows.filter(is).length
  const facts: readonly (readonly [name: string, value: string])[] = [
    [labels.facts.period, `${formatWareki(quarter.from)} ～ ${formatWareki(quarter.to)}`],
    [labels.facts.date, formatWareki(date)],
    [labels.facts.coverage, labels.coverage(coverage.due, coverage.reviewed)],
    [labels.facts.left, labels.left(count(({ outcome }) => outcome === 'open'), count(({ overdue }) => overdue), count(({ outcome }) => outcome === 'void'), count(({ unused }) => unused), count(({ pairs }) => pairs.length > 0))],
    [labels.facts.table, tableSha256],
  ]
  return [
    '<!doctype html>',
    '<html lang="ja">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${printStyle(fonts)}${style}</style></head>`,
    '<body>',
    `<header><p class="town">${text(townName)}</p></header>`,
    `<h1>${text(title)}</h1>`,
    `<table class="signer"><tr><th scope="col">${text(labels.signer)}</th></tr><tr><td><div class="mark-box" data-field="${reportField}"></div></td></tr></table>`,
    `<table class="facts">${facts.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('')}</table>`,
    ownersTable(input, text),
    pairsTable(input, text),
    `<h2>${text(labels.list)}</h2>`,
    ...placesOf(input).map(([place, own]) => rightsTable(place, own, input, text)),
    '</body></html>',
  ].join('\n')
}

function ownersTable({ campaign: { rows, quarter }, names, labels }: ReportInput, text: (words: string) => string): string {
  const found = new Map<string, { due: number; done: number }>()
  for (const { grant, owners, outcome } of rows) {
    if (grant.from >= quarter.from) continue
    const who = owners.map(names.person).join('、')
    const held = found.get(who) ?? { due: 0, done: 0 }
    found.set(who, { due: held.due + 1, done: held.done + Number(isLookedAt(outcome)) })
  }
  const lines = [...found].map(([who, { due, done }]) => `<tr><td>${text(who === '' ? labels.owners.nobody : who)}</td><td>${due}</td><td>${done}</td></tr>`)
  return `<h2>${text(labels.owners.title)}</h2><table class="report"><thead><tr>${[labels.owners.who, labels.owners.due, labels.owners.done].map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`
}

function pairsTable({ campaign: { rows, pairs }, names, labels }: ReportInput, text: (words: string) => string): string {
  const lines = pairs.flatMap(({ id, reason }) => {
    const who = new Set(rows.filter((row) => row.pairs.includes(id)).map(({ grant }) => names.person(grant.person)))
    return who.size === 0 ? [] : [`<tr><td>${text(reason)}</td><td>${text([...who].join('、'))}</td></tr>`]
  })
  return `<h2>${text(labels.pairs.title)}</h2>${lines.length === 0 ? `<p>${text(labels.pairs.none)}</p>` : `<table class="report"><tbody>${lines.join('')}</tbody></table>`}`
}

function placesOf({ campaign: { rows }, names, labels }: ReportInput): readonly (readonly [place: string, rows: readonly CampaignRow[]])[] {
  const places = new Map<string | null, CampaignRow[]>()
  for (const row of rows) {
    const own = places.get(row.grant.collection) ?? []
    own.push(row)
    places.set(row.grant.collection, own)
  }
  return [...places].map(([id, own]) => [id === null ? labels.town : names.collection(id), own] as const)
}

function rightsTable(place: string, rows: readonly CampaignRow[], input: ReportInput, text: (words: string) => string): string {
  const { columns } = input.labels
  const heads: Readonly<Record<(typeof printed)[number], string>> = { person: columns.person, role: `${columns.role}・${columns.reason}`, dates: `${columns.from}・${columns.to}・${columns.reviewBy}`, lastUsed: columns.lastUsed, outcome: columns.outcome, by: `${columns.by}・${columns.at}・${columns.why}` }
  const day = (iso: string): string => (/^\d{4}-/.test(iso) ? formatWareki(iso) : iso)
  const lines = rows.map((row) => {
    const fields = fieldsOf(row, input)
    const marks = [row.overdue ? columns.overdue : '', row.unused ? columns.unused : ''].filter((mark) => mark !== '')
    const cells: Readonly<Record<(typeof printed)[number], string>> = {
      person: fields.person,
      role: [`${fields.role}${row.grant.document === undefined ? '' : input.labels.only(input.names.document(row.grant.document))}`, fields.reason].filter((part) => part !== '').join('：'),
      dates: `${day(fields.from)} ～ ${fields.to === '' ? '' : day(fields.to)}\n${day(fields.reviewBy)}`,
      lastUsed: day(fields.lastUsed),
      outcome: [fields.outcome, ...marks].join('・'),
      by: [fields.by, fields.at === '' ? '' : day(fields.at), fields.why].filter((part) => part !== '').join(' '),
    }
    return `<tr>${printed.map((column) => `<td>${text(cells[column])}</td>`).join('')}</tr>`
  })
  return `<table class="report"><caption>${text(place)}</caption><thead><tr>${printed.map((column) => `<th scope="col">${text(heads[column])}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`
}
