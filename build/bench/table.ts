// The result as lines for a person: a table of rows, and under it where each row's time goes. Pure.

import type { RowResult } from './row.ts'
import type { Part } from './statistics.ts'

export function tableLines(rows: readonly RowResult[]): readonly string[] {
  const cells = rows.map(({ name, product, peer, ratio }) => [name, ms(product.median), range(product), ms(peer.median), range(peer), `× ${ratio.toFixed(2)}`])
  const lines = aligned([['row', 'product', '', 'peer', '', 'ratio'], ...cells])
  return [...lines, ...rows.flatMap(explanation)]
}

function explanation({ name, facts, product, peer }: RowResult): readonly string[] {
  const given = Object.entries(facts).map(([fact, value]) => `${fact} ${value.toLocaleString('en-US')}`)
  return [
    '',
    [name, ...(given.length > 0 ? [`(${given.join(', ')})`] : [])].join(' '),
    `  product: ${product.what}`,
    ...shares(product.parts, product.median),
    `  peer: ${peer.what}`,
    ...shares(peer.parts, peer.median),
  ]
}

function shares(parts: readonly Part[], whole: number): readonly string[] {
  return aligned(parts.map((part) => [`    ${part.name}`, ms(part.ms), whole > 0 ? `${Math.round((part.ms / whole) * 100)} %` : '']))
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function range({ least, most }: { readonly least: number; readonly most: number }): string {
  return `(${least.toFixed(1)}-${most.toFixed(1)})`
}

/** The first column flush left, the others right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd())
}
