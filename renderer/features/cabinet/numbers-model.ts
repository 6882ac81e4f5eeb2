// What is asked for an act about numbers, and the act that follows from what was entered. Pure.

import type { VaultCommands } from '../../services/vault-api.ts'
import type { NumberAskView, NumberBlockView, NumberRow, NumberSeriesView, NumberTakeoverView } from '../../services/view-models.ts'

export type Asked =
  | { readonly kind: 'begin' | 'handOver' | 'takeover' | 'block' | 'ask' }
  | { readonly kind: 'agree' | 'withdraw'; readonly takeover: NumberTakeoverView }
  | { readonly kind: 'unask'; readonly ask: NumberAskView }
  | { readonly kind: 'void'; readonly row: NumberRow }
  | { readonly kind: 'return'; readonly block: NumberBlockView }

export interface NumbersEntry {
  readonly seat: string | null
  /** As typed. */
  readonly count: string
  readonly reason: string
  readonly again: boolean
}

/** As many numbers as one act may take along or leave free. */
const most = 1000

/** Numbers are kept by records officers; they may be taken along by whoever writes in the section. */
export function seatsToChoose(series: NumberSeriesView, { kind }: Asked): NumberSeriesView['seats'] {
  if (kind === 'void' || kind === 'return' || kind === 'ask' || kind === 'unask' || kind === 'agree' || kind === 'withdraw') return []
  if (kind === 'block') return series.seats
  return series.seats.filter(({ keeps, isMe }) => keeps && (kind !== 'handOver' || !isMe))
}

/** A whole number as people type it, full-width digits too; null when it is none or out of range. */
export function countOf(typed: string, least: number): number | null {
  const folded = typed.normalize('NFKC').trim()
  if (!/^\d{1,4}$/.test(folded)) return null
  const count = Number(folded)
  return count >= least && count <= most ? count : null
}

/** Null while something is missing. */
export function numberAct(asked: Asked, { seat, count, reason: typed, again }: NumbersEntry): VaultCommands['keepNumbers']['arg']['act'] | null {
  const reason = typed.trim()
  switch (asked.kind) {
    case 'begin':
    case 'handOver':
      return seat === null || reason === '' ? null : { kind: 'registrar', seat, reason }
    case 'takeover': {
      const skip = countOf(count, 0)
      return seat === null || reason === '' || skip === null ? null : { kind: 'takeover', seat, skip, reason }
    }
    case 'block': {
      const size = countOf(count, 1)
      return seat === null || size === null ? null : { kind: 'block', seat, size }
    }
    case 'ask': {
      const size = countOf(count, 1)
      return size === null ? null : { kind: 'ask', size }
    }
    case 'agree':
      return { kind: 'agree', takeover: asked.takeover.id }
    case 'withdraw':
      return { kind: 'withdraw', takeover: asked.takeover.id }
    case 'unask':
      return { kind: 'unask', ask: asked.ask.id }
    case 'void':
      return reason === '' ? null : { kind: 'void', period: asked.row.period, n: asked.row.n, reason, again }
    case 'return':
      return reason === '' ? null : { kind: 'return', period: asked.block.period, block: asked.block.id, reason }
  }
}
