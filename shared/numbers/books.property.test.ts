import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { blocksOf, bookOf, freeOf, nextNumber } from './ask.ts'
import { reduceNumbers } from './books.ts'
import { createTestSeats, testSeries, type TestSeat } from './testing/seats.ts'

interface Move {
  readonly who: number
  readonly what: number
  readonly x: number
  readonly y: number
}

const period = 2026
const reason = 'r'
const move: fc.Arbitrary<Move> = fc.record({ who: fc.nat(3), what: fc.nat(17), x: fc.nat(3), y: fc.integer({ min: 1, max: 9 }) })

/** What a seat may try: mostly what it believes it may, sometimes what nobody may. */
function tryMove(seats: readonly TestSeat[], { who, what, x, y }: Move): void {
  const seat = seats[who] as TestSeat
  const other = seats[x] as TestSeat
  const book = seat.book()
  const doc = `d${y}`
  const [block] = blocksOf(book, period, seat.name)
  switch (what) {
    case 0: case 1: return seat.learn(other)
    case 2: case 3: case 4: return void seat.act('number.assign', { period, n: nextNumber(book, period), doc, block: null })
    case 5: case 6: if (block) seat.act('number.assign', { period, n: freeOf(book, block)[0] ?? y, doc, block: block.id }); return
    case 7: return void seat.act('number.block', { period, first: nextNumber(book, period), size: x + 1, seat: other.name })
    case 8: return void seat.act('number.registrar', { seat: other.name, previous: book.registrar?.id ?? null, reason })
    case 9: return void seat.act('number.takeover', { period, seat: other.name, skip: x, reason, ...(y > 4 ? { alone: true } : {}) })
    case 12: return void seat.act('number.agree', { takeover: book.takeovers[0]?.id ?? 'ab'.repeat(32) })
    case 13: return void seat.act('number.ask', { size: x + 1 })
    case 14: case 15: return void seat.act('number.grant', { period, first: nextNumber(book, period), size: book.asks[0]?.size ?? 1, ask: book.asks[0]?.id ?? 'ab'.repeat(32) })
    case 16: return void seat.act('number.withdraw', { takeover: book.takeovers[0]?.id ?? 'ab'.repeat(32) })
    case 17: return void seat.act('number.unask', { ask: book.asks[0]?.id ?? 'ab'.repeat(32) })
    case 10: return void seat.act('number.void', { period, n: y, reason, again: x > 1 })
    default:
      if (block) seat.act('number.return', { period, block: block.id, reason })
      else seat.act('number.assign', { period, n: y, doc, block: null })
  }
}

function play(moves: readonly Move[], seed: string): readonly KnownEvent[] {
  const make = createTestSeats(seed)
  const seats = ['a', 'b', 'c', 'd'].map(make)
  const [first] = seats as [TestSeat]
  first.act('number.registrar', { seat: 'a', previous: null, reason })
  for (const seat of seats) seat.learn(first)
  for (const one of moves) tryMove(seats, one)
  return [...new Map(seats.flatMap((seat) => [...seat.known])).values()]
}

/** I6: a number has one document at most, a document one number at most, and every number from 1 to the highest is explained. */
function expectExplained(events: readonly KnownEvent[]): void {
  const books = reduceNumbers(events)
  const { max = 0, numbers = [] } = bookOf(books, testSeries).periods.get(period) ?? {}
  expect(numbers.map(({ n }) => n)).toEqual(Array.from({ length: max }, (_, i) => i + 1))
  const given = numbers.flatMap((one) => (one.kind === 'given' ? [one] : []))
  expect(new Set(given.map(({ doc }) => doc)).size).toBe(given.length)
  expect(new Map(given.map(({ doc, n }) => [doc, n]))).toEqual(new Map([...books.numberOf].map(([doc, { n }]) => [doc, n])))
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

const told = (events: readonly KnownEvent[]): string => JSON.stringify(reduceNumbers(events), (_key, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value))

describe('numbers are unique and explained, always', () => {
  it('3.10 NU-9 after any acts of any seats, at every seat and in every order of arrival (I6, F16)', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), fc.string({ maxLength: 4 }), fc.infiniteStream(fc.nat()), (moves, seed, picks) => {
        const events = play(moves, seed)
        expectExplained(events)
        const shuffled = events.map((event) => ({ event, at: picks.next().value ?? 0 })).sort((a, b) => a.at - b.at).map(({ event }) => event)
        expect(told(shuffled)).toBe(told(events))
      }),
      { seed: 310, numRuns: 400 },
    )
  })

  it('3.10 NU-8 what arrives later takes no act its right: it only settles which of two that met stands', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), fc.string({ maxLength: 4 }), fc.nat(), (moves, seed, cut) => {
        const events = play(moves, seed)
        const early = new Map<string, KnownEvent>()
        for (const known of events.slice(0, cut % (events.length + 1))) if (known.event.deps.every((dep) => early.has(dep))) early.set(known.id, known)
        const idle = (all: readonly KnownEvent[]): readonly string[] => bookOf(reduceNumbers(all), testSeries).idle.map(({ known, why }) => `${known.id} ${why}`).sort()
        const some = [...early.values()]
        expectExplained(some)
        expect(idle(events).filter((one) => early.has(one.split(' ')[0] ?? ''))).toEqual(idle(some))
      }),
      { seed: 311, numRuns: 300 },
    )
  })

  const concurrent: Readonly<Record<string, (seats: readonly [TestSeat, TestSeat, TestSeat, TestSeat]) => void>> = {
    'two registrars, and a hand-over against giving'([a, b, , admin]) {
      admin.act('number.takeover', { period, seat: 'b', skip: 0, reason, alone: true })
      b.learn(admin)
      b.act('number.assign', { period, n: 3, doc: 'x', block: null })
      a.act('number.assign', { period, n: 3, doc: 'y', block: null })
      a.act('number.registrar', { seat: 'd', previous: a.book().registrar?.id ?? null, reason })
    },
    'a block against a hand-over, voiding against giving, a block that came late'([a, b, c]) {
      const [block] = a.book().periods.get(period)?.blocks ?? []
      a.act('number.registrar', { seat: 'b', previous: a.book().registrar?.id ?? null, reason })
      b.learn(a)
      b.act('number.block', { period, first: 3, size: 2, seat: 'd' })
      b.act('number.void', { period, n: 1, reason, again: false })
      c.act('number.assign', { period, n: 1, doc: 'x', block: block?.id ?? '' })
      c.act('number.return', { period, block: block?.id ?? '', reason })
    },
    'a proposal and an asking taken back against an agreement and an answer'([a, b, c, admin]) {
      const [takeover, ask] = [admin.act('number.takeover', { period, seat: 'b', skip: 0, reason }), c.act('number.ask', { size: 1 })]
      a.learn(admin, c)
      b.learn(admin)
      admin.act('number.withdraw', { takeover })
      b.act('number.agree', { takeover })
      c.act('number.unask', { ask })
      a.act('number.grant', { period, first: 3, size: 1, ask })
    },
  }
  it.each(Object.keys(concurrent))('3.10 NU-2 every order is one book: %s', (name) => {
    const seats = ['a', 'b', 'c', 'admin'].map(createTestSeats(name)) as [TestSeat, TestSeat, TestSeat, TestSeat]
    const [a, ...others] = seats
    a.act('number.registrar', { seat: 'a', previous: null, reason })
    a.act('number.block', { period, first: 1, size: 2, seat: 'c' })
    for (const seat of others) seat.learn(a)
    concurrent[name]?.(seats)
    const events = [...new Map(seats.flatMap((seat) => [...seat.known])).values()]
    expectExplained(events)
    const expected = told(events)
    const different = permutations(events).filter((order) => told(order) !== expected)
    expect(different).toEqual([])
    const { book, of } = answers(events)
    expect(book.registrar?.seat).toBe('b')
    if (name.startsWith('a proposal')) return void expect([book.takeovers, book.asks, book.idle, book.periods.get(period)?.blocks.map(({ first, seat }) => [first, seat])]).toEqual([[], [], [], [[1, 'c'], [3, 'c']]])
    expect(of('x')).toBe(name.startsWith('two') ? 3 : 1)
    expect(of('y')).toBeNull()
  })
})

function answers(events: readonly KnownEvent[]) {
  const books = reduceNumbers(events)
  return { book: bookOf(books, testSeries), of: (doc: string) => books.numberOf.get(doc)?.n ?? null }
}
