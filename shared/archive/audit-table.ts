// The table of an exported audit: one line for each act, of which what a header, a session or a shown act signs stands in columns that are
// proven again (AR-75), and what people read beside them. The same writer makes it and reads it back.

import { csvRows, csvText } from '../base/csv.ts'

/** Proven by the trail, as codes and ids; empty where there is nothing. `position` is proven where the act itself is shown. */
export const provenColumns = ['at', 'person', 'personName', 'position', 'positionTitle', 'type', 'collection', 'document', 'device', 'state', 'checks', 'rule', 'ruleFrom', 'id'] as const
/** For people: words that follow from what is not in the package, or from what is known where it was made. */
export const readColumns = ['number', 'when', 'what', 'about', 'place', 'reason', 'stateWords', 'ruleWords', 'counts', 'why'] as const
export const auditColumns = [...readColumns, ...provenColumns] as const

export type ProvenColumn = (typeof provenColumns)[number]
export type AuditColumn = (typeof auditColumns)[number]
export type AuditLine = Readonly<Record<AuditColumn, string>>

export function auditCsv(lines: readonly AuditLine[], headings: Readonly<Record<AuditColumn, string>>): string {
  return csvText([auditColumns.map((column) => headings[column]), ...lines.map((line) => auditColumns.map((column) => line[column]))])
}

/** Null for what `auditCsv` did not write, to the letter. Reading UTF-8 may have taken the byte-order mark away. */
export function parseAuditCsv(text: string): readonly AuditLine[] | null {
  const rows = csvRows(text)
  if (rows === null || rows.length === 0 || rows.some((row) => row.length !== auditColumns.length)) return null
  if (csvText(rows).slice(1) !== text.replace(/^\uFEFF/, '')) return null
  return rows.slice(1).map((row) => Object.fromEntries(auditColumns.map((column, i) => [column, row[i] ?? ''])) as unknown as AuditLine)
}
