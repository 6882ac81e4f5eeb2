// Questions to the books of numbers: what comes next, what a seat still holds.

import type { Block, NumberBooks, SeriesBook } from './state.ts'

export function bookOf({ series }: NumberBooks, id: string): SeriesBook {
  return series.get(id) ?? { series: id, registrar: null, leases: [], periods: new Map(), collisions: [], takeovers: [], asks: [], idle: [], heads: [] }
}

/** The number that the registrar gives next in a period. */
export function nextNumber(book: SeriesBook, period: number): number {
  return (book.periods.get(period)?.max ?? 0) + 1
}

/** What a block still has, lowest first: numbers that its seat can give. */
export function freeOf(book: SeriesBook, block: Pick<Block, 'id' | 'period'>): readonly number[] {
  return (book.periods.get(block.period)?.numbers ?? []).flatMap((one) => (one.kind === 'block' && one.block === block.id ? [one.n] : []))
}

/** Blocks of a period that a seat holds and that are not used up. */
export function blocksOf(book: SeriesBook, period: number, seat: string): readonly Block[] {
  return (book.periods.get(period)?.blocks ?? []).filter((block) => block.seat === seat && freeOf(book, block).length > 0)
}
