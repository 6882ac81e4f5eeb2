// The pages of an exported audit, which whoever makes it signs: what was asked for, how much was found, the acts in a table people read,
// and the hash of the table that goes with them.

import { escapeHtml, textToHtml, type Setting } from '../document/html-text.ts'
import { printStyle, type PrintFonts } from '../document/print-style.ts'
import type { AuditColumn, AuditLine } from './audit-table.ts'

export interface AuditLabels {
  readonly title: string
  readonly facts: { readonly asked: string; readonly date: string; readonly count: string; readonly table: string }
  readonly count: (rows: number) => string
  /** Heading of the box in which whoever signs puts the mark. */
  readonly signer: string
  readonly list: string
  /** Where not all acts are on the pages. */
  readonly more: (shown: number, rows: number) => string
  readonly columns: Readonly<Record<AuditColumn, string>>
  readonly heads: readonly [when: string, who: string, what: string, device: string, counts: string]
}

export interface AuditReportInput {
  readonly lines: readonly AuditLine[]
  readonly labels: AuditLabels
  readonly townName: string
  /** What was asked for, in words. */
  readonly asked: string
  /** In words. */
  readonly date: string
}

export const auditField = 'auditor'
/** What a person can leaf through; the table has everything. */
export const longestPages = 1000

const style = `
.signer{width:30mm;margin:0 .4mm 0 auto}
.signer th{text-align:center;font-size:7pt;line-height:1.25;height:6mm;vertical-align:middle}
.signer td{padding:.5mm}
.report{font-size:7.5pt;line-height:1.4;margin-bottom:4mm}
.report{table-layout:fixed}
.report th{font-size:7.5pt}
.report th:nth-child(1){width:24mm}
.report th:nth-child(2){width:26mm}
.report th:nth-child(4){width:54mm}
.report th:nth-child(5){width:20mm}
.report tr{break-inside:avoid}
.report thead{display:table-header-group}
.facts{font-size:9.5pt;line-height:1.5;margin:4mm 0}
.facts th{width:34mm;font-weight:normal}
h2{font-size:11pt;margin:5mm 0 1mm;break-after:avoid}`

/** One HTML document for printing on A4; `tableSha256` names the table that goes with it. */
export function auditReport({ lines, labels, townName, asked, date }: AuditReportInput, tableSha256: string, { fonts, settingOf }: { readonly fonts: PrintFonts; readonly settingOf: (cluster: string) => Setting }): string {
  const text = textToHtml(settingOf)
  const facts: readonly (readonly [string, string])[] = [
    [labels.facts.asked, asked],
    [labels.facts.date, date],
    [labels.facts.count, labels.count(lines.length)],
    [labels.facts.table, tableSha256],
  ]
  const rows = lines.slice(0, longestPages).map((line) => {
    const cells = [line.when, [line.personName, line.positionTitle], [line.what, line.about, line.place, line.reason], [line.device.slice(0, 6), line.stateWords, line.ruleWords], [line.counts, line.why]]
    return `<tr>${cells.map((cell) => `<td>${text((typeof cell === 'string' ? [cell] : cell).filter((part) => part !== '').join('\n'))}</td>`).join('')}</tr>`
  })
  return [
    '<!doctype html>',
    '<html lang="ja">',
    `<head><meta charset="utf-8"><title>${escapeHtml(labels.title)}</title><style>${printStyle(fonts)}${style}</style></head>`,
    '<body>',
    `<header><p class="town">${text(townName)}</p></header>`,
    `<h1>${text(labels.title)}</h1>`,
    `<table class="signer"><tr><th scope="col">${text(labels.signer)}</th></tr><tr><td><div class="mark-box" data-field="${auditField}"></div></td></tr></table>`,
    `<table class="facts">${facts.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('')}</table>`,
    `<h2>${text(labels.list)}</h2>`,
    ...(lines.length > longestPages ? [`<p>${text(labels.more(longestPages, lines.length))}</p>`] : []),
    `<table class="report"><thead><tr>${labels.heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
    '</body></html>',
  ].join('\n')
}
