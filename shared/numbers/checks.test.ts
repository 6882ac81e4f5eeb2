// Each reason for which an act about numbers does not count, alone: an act that counts, then the same with one thing that must not be.

import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { bookOf } from './ask.ts'
import { reduceNumbers } from './books.ts'
import { isNumberActType, largestRange, parseNumberAct } from './events.ts'
import { createTestSeats, testSeries, type TestSeat } from './testing/seats.ts'

const period = 2026
const reason = '理由'
const day = 24 * 60 * 60 * 1000

/** A registrar `a` that gave numbers 1 and 2 and a block 3 to 6 to `b`; `c` knows all of it too. */
function town(seed = '') {
  const seat = createTestSeats(seed)
  const [a, b, c] = ['a', 'b', 'c'].map(seat) as [TestSeat, TestSeat, TestSeat]
  const lease = a.act('number.registrar', { seat: 'a', previous: null, reason })
  for (const n of [1, 2]) a.act('number.assign', { period, n, doc: `doc-${n}`, block: null })
  const block = a.act('number.block', { period, first: 3, size: 4, seat: 'b' })
  for (const other of [b, c]) other.learn(a)
  return { seat, a, b, c, lease, block }
}

const why = (seat: TestSeat, id: string): string | null => seat.book().idle.find(({ known }) => known.id === id)?.why ?? null

function all(...seats: readonly TestSeat[]) {
  const books = reduceNumbers(seats.flatMap((seat) => [...seat.known.values()]))
  const book = bookOf(books, testSeries)
  return { books, book, why: (id: string): string | null => book.idle.find(({ known }) => known.id === id)?.why ?? null, kinds: (book.periods.get(period)?.numbers ?? []).map(({ kind }) => kind) }
}

describe('3.14 acts about numbers, check by check', () => {
  it('3.14 NU-1 a registrar is made by the one before, who is named', () => {
    const { a, b, lease } = town()
    expect(why(a, a.act('number.registrar', { seat: 'b', previous: null, reason }))).toBe('registrar-elsewhere')
    expect(why(a, a.act('number.registrar', { seat: 'b', previous: 'ab'.repeat(32), reason }))).toBe('registrar-elsewhere')
    expect(why(b, b.act('number.registrar', { seat: 'b', previous: lease, reason }))).toBe('not-registrar')
    const over = a.act('number.registrar', { seat: 'b', previous: lease, reason })
    expect(why(a, over)).toBeNull()
    expect(why(a, a.act('number.registrar', { seat: 'a', previous: lease, reason }))).toBe('registrar-elsewhere')
  })

  it('3.14 NU-2 of two hand-overs that met, the longer line stands, whichever id is lower', () => {
    for (const seed of ['one', 'two', 'three', 'four']) {
      const { a, b, seat, lease } = town(seed)
      const copy = seat('a')
      copy.learn(a)
      a.act('number.registrar', { seat: 'b', previous: lease, reason })
      const next = copy.act('number.registrar', { seat: 'c', previous: lease, reason })
      const c = seat('c')
      c.learn(copy)
      c.act('number.registrar', { seat: 'd', previous: next, reason })
      expect([seed, all(a, b, c).book.registrar?.seat]).toEqual([seed, 'd'])
    }
  })

  it('3.14 NU-12 who agrees to a takeover knows of it, is another, and does so within thirty days', () => {
    const { c, seat } = town()
    const proposal = c.act('number.takeover', { period, seat: 'b', skip: 0, reason })
    const [stranger, other, late] = ['stranger', 'other', 'late'].map(seat) as [TestSeat, TestSeat, TestSeat]
    other.learn(c)
    late.learn(c)
    const unknowing = stranger.act('number.agree', { takeover: proposal })
    expect(all(c, stranger).why(unknowing)).toBe('takeover-unknown')
    const at = (id: string, days: number): TestSeat => {
      const one = late.known.get(id) as KnownEvent
      const ms = (late.known.get(proposal) as KnownEvent).event.hlc.ms + days * day
      ;(late.known as Map<string, KnownEvent>).set(id, { ...one, event: { ...one.event, hlc: { ms, n: 0 } } })
      return late
    }
    const agreed = late.act('number.agree', { takeover: proposal })
    expect([why(at(agreed, 30), agreed), why(at(agreed, 31), agreed)]).toEqual([null, 'takeover-lapsed'])
    expect(why(other, other.act('number.agree', { takeover: proposal }))).toBeNull()
  })

  it('3.14 NU-14 what is taken back must be known to who takes it back, and is taken back from those who know of that', () => {
    const { a, b, c, seat } = town()
    const [proposal, ask] = [c.act('number.takeover', { period, seat: 'b', skip: 0, reason }), b.act('number.ask', { size: 2 })]
    const [before, same] = ['c', 'b'].map(seat) as [TestSeat, TestSeat]
    const early = [before.act('number.withdraw', { takeover: proposal }), same.act('number.unask', { ask })]
    expect(early.map(all(a, b, c, before, same).why)).toEqual(['takeover-unknown', 'ask-unknown'])
    a.learn(b, c)
    const other = seat('other')
    other.learn(c)
    const [withdrawn, unasked] = [c.act('number.withdraw', { takeover: proposal }), b.act('number.unask', { ask })]
    const [agreed, given] = [other.act('number.agree', { takeover: proposal }), a.act('number.grant', { period, first: 7, size: 2, ask })]
    expect([withdrawn, unasked, agreed, given].map(all(a, b, c, other).why)).toEqual([null, null, null, null])
  })

  it('3.14 NU-5 a block goes on where the numbers end', () => {
    const { a } = town()
    for (const first of [6, 8]) expect(why(a, a.act('number.block', { period, first, size: 2, seat: 'b' }))).toBe('not-the-next-number')
    expect(why(a, a.act('number.block', { period, first: 7, size: 2, seat: 'b' }))).toBeNull()
  })

  it('3.14 NU-13 an asking is answered by who knows it, and counts as answered for who knows the answer', () => {
    const { a, b } = town()
    const ask = b.act('number.ask', { size: 2 })
    const unknowing = a.act('number.grant', { period, first: 7, size: 2, ask })
    expect(all(a, b).why(unknowing)).toBe('ask-unknown')
    const { a: one, b: two, seat } = town('copy')
    const asked = two.act('number.ask', { size: 2 })
    one.learn(two)
    const copy = seat('a')
    copy.learn(one)
    const answers = [one.act('number.grant', { period, first: 7, size: 2, ask: asked }), copy.act('number.grant', { period, first: 7, size: 2, ask: asked })]
    for (const answer of answers) expect(all(one, copy).why(answer)).toBeNull()
  })

  it('3.14 NU-5 a number of a block is given by the seat that has it, out of that block, once', () => {
    const { a, b, c, block } = town()
    const give = (seat: TestSeat, n: number, over: object = {}): string | null => why(seat, seat.act('number.assign', { period, n, doc: `new-${n}`, block, ...over }))
    expect(give(b, 3)).toBeNull()
    expect(give(b, 3)).toBe('number-used')
    expect(give(c, 4)).toBe('block-unknown')
    for (const n of [2, 7]) expect(give(b, n)).toBe('not-in-block')
    expect(give(b, 4, { period: 2027 })).toBe('not-in-block')
    expect(give(b, 4, { block: 'ab'.repeat(32) })).toBe('block-unknown')
    b.act('number.void', { period, n: 5, reason, again: false })
    expect(give(b, 5)).toBe('number-used')
    expect(give(b, 6)).toBeNull()
    // A use that neither knew of the other makes two claims, of which one stands.
    const copy = createTestSeats('copy')('b')
    copy.learn(a)
    const met = copy.act('number.assign', { period, n: 3, doc: 'met', block })
    expect(all(b, copy).why(met)).toBeNull()
    expect(all(b, copy).book.collisions).toHaveLength(1)
  })

  it('3.14 NU-5 a block is of no use to who does not know it', () => {
    const { a, b } = town()
    const later = a.act('number.block', { period, first: 7, size: 2, seat: 'b' })
    const early = b.act('number.assign', { period, n: 7, doc: 'early', block: later })
    expect(all(a, b).why(early)).toBe('block-unknown')
    const back = b.act('number.return', { period, block: later, reason })
    expect(all(a, b).why(back)).toBe('block-unknown')
    const voided = b.act('number.void', { period, n: 7, reason, again: false })
    expect(all(a, b).why(voided)).toBe('not-a-number-yet')
  })

  it('3.14 NU-6 of two blocks over one number the one from the lease that stands has it, for who knows both', () => {
    const { a, seat, lease } = town()
    const copy = seat('a')
    copy.learn(a)
    // The same seat twice: two blocks from 7 on, the one behind a hand-over to itself.
    const longer = copy.act('number.registrar', { seat: 'a', previous: lease, reason })
    const standing = copy.act('number.block', { period, first: 7, size: 2, seat: 'd' })
    const losing = a.act('number.block', { period, first: 7, size: 2, seat: 'd' })
    const [one, two] = [seat('d'), seat('d')]
    one.learn(a)
    two.learn(a, copy)
    expect(longer).not.toBe(standing)
    const unknowing = one.act('number.assign', { period, n: 7, doc: 'x', block: losing })
    const knowing = two.act('number.assign', { period, n: 8, doc: 'y', block: losing })
    const met = all(a, copy, one, two)
    expect([met.why(unknowing), met.why(knowing)]).toEqual([null, 'not-in-block'])
    expect(why(two, two.act('number.assign', { period, n: 8, doc: 'y', block: standing }))).toBeNull()
  })

  it('3.14 NU-7 a number is cancelled by the registrar or by the seat whose block it is of', () => {
    const { b, c } = town()
    const cancel = (seat: TestSeat, n: number, of = period): string | null => why(seat, seat.act('number.void', { period: of, n, reason, again: false }))
    expect(cancel(b, 3)).toBeNull()
    expect(cancel(b, 2)).toBe('not-registrar')
    expect(cancel(c, 4)).toBe('not-registrar')
    expect(cancel(c, 1)).toBe('not-registrar')
  })

  it('3.14 NU-7 who holds a block that was not known there cancels nothing of it', () => {
    const { a, b, seat } = town()
    // The registrar copied its profile: one copy leased 7 to `d`, the other gave it to `b`, and `d` heard of the other only.
    const copy = seat('a')
    copy.learn(a)
    copy.act('number.block', { period, first: 7, size: 2, seat: 'd' })
    a.act('number.block', { period, first: 7, size: 2, seat: 'b' })
    const d = seat('d')
    d.learn(a)
    const voided = d.act('number.void', { period, n: 7, reason, again: false })
    expect(all(a, b, copy, d).why(voided)).toBe('not-registrar')
  })

  it('3.14 NU-7 a block is given back by its seat or the registrar, in its period', () => {
    const { a, b, c, block } = town()
    const back = (seat: TestSeat, of = period): string | null => why(seat, seat.act('number.return', { period: of, block, reason }))
    expect(back(c)).toBe('not-registrar')
    expect(back(b, 2027)).toBe('block-unknown')
    expect(back(b)).toBeNull()
    expect(back(a)).toBeNull()
  })

  it('3.14 NU-10 what is said of a number of one year says nothing of another', () => {
    const { a, b, block } = town()
    a.act('number.assign', { period: 2027, n: 1, doc: 'next-year', block: null })
    a.act('number.void', { period: 2027, n: 1, reason, again: false })
    expect(all(a).kinds.slice(0, 2)).toEqual(['given', 'given'])
    expect(why(b, b.act('number.assign', { period, n: 3, doc: 'x', block }))).toBeNull()
  })

  it('3.14 NU-11 a cancelling behind a cut cancels nothing', () => {
    const { a } = town()
    const voided = a.act('number.void', { period, n: 1, reason, again: false })
    const cut = reduceNumbers(a.known.values(), ({ id }) => id === voided)
    expect([all(a).books.numberOf.has('doc-1'), cut.numberOf.has('doc-1')]).toEqual([false, true])
  })

  it('3.14 NU-11 what was proposed or asked for behind a cut waits for nobody', () => {
    const { b, c } = town()
    const [asked, proposed] = [b.act('number.ask', { size: 1 }), c.act('number.takeover', { period, seat: 'b', skip: 0, reason })]
    const waiting = (cut: readonly string[]): readonly number[] => {
      const book = bookOf(reduceNumbers([...b.known.values(), ...c.known.values()], ({ id }) => cut.includes(id)), testSeries)
      return [book.asks.length, book.takeovers.length]
    }
    expect([waiting([]), waiting([asked]), waiting([proposed])]).toEqual([[1, 1], [0, 1], [1, 0]])
  })

  it('3.14 NU-7 a document that has a number is not closed by the cancelling of another one of its', () => {
    const { a, b, block } = town()
    b.act('number.assign', { period, n: 3, doc: 'twice', block })
    a.act('number.assign', { period, n: 7, doc: 'twice', block: null })
    a.act('number.void', { period, n: 7, reason, again: false })
    const { books } = all(a, b)
    expect([books.numberOf.get('twice')?.n, [...books.closed]]).toEqual([3, []])
  })

  it('3.14 JU-30 the body of an act about numbers has its fields, each in its form', () => {
    const hash = 'ab'.repeat(32)
    const series = testSeries
    const good: Readonly<Record<string, object>> = {
      'number.registrar': { series, seat: 'a', previous: hash, reason },
      'number.takeover': { series, period, seat: 'a', skip: 3, reason, alone: true },
      'number.agree': { series, takeover: hash },
      'number.withdraw': { series, takeover: hash },
      'number.ask': { series, size: 3 },
      'number.unask': { series, ask: hash },
      'number.grant': { series, period, first: 1, size: 3, ask: hash },
      'number.block': { series, period, first: 1, size: 3, seat: 'a' },
      'number.assign': { series, period, n: 1, doc: 'd', block: hash },
      'number.void': { series, period, n: 1, reason, again: false },
      'number.return': { series, period, block: hash, reason },
    }
    const odd: Readonly<Record<string, readonly unknown[]>> = {
      series: ['', 'x'.repeat(201), 1], seat: ['', null], doc: [''], previous: ['x', 'AB'.repeat(32)], takeover: ['x'], ask: ['x'], block: ['x'],
      reason: ['', '  ', 'x'.repeat(2001), null], period: [1867, 9999, 2026.5, '2026'], n: [0, 1.5, 10_000_000], first: [0, 1.5, 10_000_000],
      skip: [-1, 1.5, largestRange + 1], size: [0, 1.5, largestRange + 1], alone: [false, null], again: [null],
    }
    for (const [type, body] of Object.entries(good)) {
      expect([type, parseNumberAct({ type, body })?.type]).toEqual([type, type])
      for (const field of Object.keys(body)) for (const value of odd[field] ?? []) expect([type, field, value, parseNumberAct({ type, body: { ...body, [field]: value } })]).toEqual([type, field, value, null])
      expect([type, parseNumberAct({ type, body: { ...body, more: 1 } })]).toEqual([type, null])
    }
    for (const type of ['number.toString', 'toString', 'number.recite']) expect([type, isNumberActType(type)]).toEqual([type, false])
  })

  it('3.14 NU-8 an act of a later schema is kept and not read', () => {
    const { a } = town()
    const id = a.act('number.assign', { period, n: 7, doc: 'later', block: null })
    const one = a.known.get(id) as KnownEvent
    expect(why(a, id)).toBeNull()
    const later = reduceNumbers([...a.known.values()].map((known) => (known === one ? { ...one, event: { ...one.event, v: 2 } } : known)))
    expect([bookOf(later, testSeries).idle.map((idle) => idle.why), later.numberOf.has('later')]).toEqual([['unreadable'], false])
  })
})
