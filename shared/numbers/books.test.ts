import { describe, expect, it } from 'vitest'
import { blocksOf, bookOf, freeOf, nextNumber } from './ask.ts'
import { reduceNumbers } from './books.ts'
import type { Block } from './state.ts'
import { createTestSeats, testSeries, type TestSeat } from './testing/seats.ts'

const period = 2026
const reason = '理由'

function give(seat: TestSeat, doc: string): number {
  const n = nextNumber(seat.book(), period)
  seat.act('number.assign', { period, n, doc, block: null })
  return n
}

function giveFromBlock(seat: TestSeat, doc: string): number {
  const [block] = blocksOf(seat.book(), period, seat.name)
  const n = block && freeOf(seat.book(), block)[0]
  if (!block || n === undefined) throw new Error('no number at hand')
  seat.act('number.assign', { period, n, doc, block: block.id })
  return n
}

/** A registrar with two numbers given, and a second seat that knows it. */
function town() {
  const seat = createTestSeats()
  const [a, b, c, admin] = ['a', 'b', 'c', 'admin'].map(seat) as [TestSeat, TestSeat, TestSeat, TestSeat]
  a.act('number.registrar', { seat: 'a', previous: null, reason })
  give(a, 'doc-1')
  give(a, 'doc-2')
  for (const other of [b, c, admin]) other.learn(a)
  return { seat, a, b, c, admin }
}

const meet = (...seats: readonly TestSeat[]) => {
  const books = reduceNumbers(seats.flatMap((seat) => [...seat.known.values()]))
  const book = bookOf(books, testSeries)
  const numbers = book.periods.get(period)?.numbers ?? []
  return { books, book, numbers, kinds: numbers.map(({ kind }) => kind), of: (doc: string) => books.numberOf.get(doc)?.n ?? null }
}

describe('the books of numbers', () => {
  it('3.10 NU-3 NU-10 the registrar gives the next number; a year begins at 1 again', () => {
    const { a } = town()
    expect(meet(a).of('doc-2')).toBe(2)
    a.act('number.assign', { period: 2027, n: 1, doc: 'doc-3', block: null })
    expect(meet(a).books.numberOf.get('doc-3')).toMatchObject({ period: 2027, n: 1 })
  })

  it('3.10 NU-3 who is not registrar gives nothing, and a number that is not the next one is not given', () => {
    const { a, b } = town()
    give(b, 'doc-3')
    a.act('number.assign', { period, n: 9, doc: 'doc-4', block: null })
    a.act('number.assign', { period, n: 3, doc: 'doc-1', block: null })
    expect(meet(a, b).book.idle.map(({ why }) => why).sort()).toEqual(['not-registrar', 'not-the-next-number'])
    // A second number for a document that has one is spent, and changes nothing.
    expect(meet(a, b).kinds).toEqual(['given', 'given', 'spare'])
    expect(meet(a, b).of('doc-1')).toBe(1)
  })

  it('3.10 NU-1 one act hands the lease over, and the one before gives no more', () => {
    const { a, b } = town()
    const [first] = a.book().leases
    a.act('number.registrar', { seat: 'b', previous: first?.id ?? null, reason })
    b.learn(a)
    expect(give(b, 'doc-3')).toBe(3)
    give(a, 'doc-4')
    expect(meet(a, b).book.registrar?.seat).toBe('b')
    expect(meet(a, b).of('doc-4')).toBeNull()
  })

  it('3.10 NU-4 the registrar is lost: numbers begin after an explained gap, and what the lost one had given keeps its number', () => {
    const { a, b, admin } = town()
    admin.act('number.takeover', { period, seat: 'b', skip: 5, reason: '端末の故障', alone: true })
    b.learn(admin)
    expect(give(b, 'doc-9')).toBe(8)
    expect(give(a, 'doc-3')).toBe(3)
    const met = meet(a, b)
    expect(met.kinds).toEqual(['given', 'given', 'given', 'gap', 'gap', 'gap', 'gap', 'given'])
    expect(met.numbers[3]).toMatchObject({ reason: '端末の故障' })
    expect(met.book.registrar?.seat).toBe('b')
  })

  it('3.10 NU-6 the lost registrar went beyond the gap: who stands keeps the number, the other document waits for a new one', () => {
    const { a, b, admin } = town()
    admin.act('number.takeover', { period, seat: 'b', skip: 0, reason, alone: true })
    b.learn(admin)
    give(a, 'late')
    give(b, 'in-time')
    const met = meet(a, b)
    expect(met.of('in-time')).toBe(3)
    expect(met.of('late')).toBeNull()
    expect(met.book.collisions).toMatchObject([{ kept: { doc: 'in-time' }, lost: { doc: 'late', n: 3 } }])
    b.learn(a)
    expect(give(b, 'late')).toBe(4)
    expect(meet(a, b).kinds).toEqual(['given', 'given', 'given', 'given'])
  })

  it('3.10 NU-5 NU-7 a block is given out offline, given back with a reason, and comes back late without a second number or an unexplained one', () => {
    const { a, b } = town()
    a.act('number.block', { period, first: 3, size: 4, seat: 'b' })
    b.learn(a)
    expect(give(a, 'online')).toBe(7)
    expect(giveFromBlock(b, 'offline-1')).toBe(3)
    // The registrar believes the machine lost and voids what it knows to be unused: the use that was not known stands.
    const block = a.book().periods.get(period)?.blocks[0]
    a.act('number.return', { period, block: block?.id ?? '', reason: '端末が戻らない' })
    expect(giveFromBlock(b, 'offline-2')).toBe(4)
    const met = meet(a, b)
    expect(met.kinds).toEqual(['given', 'given', 'given', 'given', 'void', 'void', 'given'])
    b.learn(a)
    expect(blocksOf(b.book(), period, 'b')).toEqual([])
  })

  it('3.10 NU-6 a document that got two numbers keeps that of the block; the other number is explained', () => {
    const { a, b } = town()
    a.act('number.block', { period, first: 3, size: 2, seat: 'b' })
    b.learn(a)
    give(a, 'doc-3')
    giveFromBlock(b, 'doc-3')
    const met = meet(a, b)
    expect(met.of('doc-3')).toBe(3)
    expect(met.numbers.map(({ n, kind }) => `${n} ${kind}`)).toEqual(['1 given', '2 given', '3 given', '4 block', '5 spare'])
  })

  it('3.10 NU-7 a cancelled number is void for good; its document gets another only where that was said', () => {
    const { a } = town()
    a.act('number.void', { period, n: 1, reason: '施行取りやめ', again: false })
    a.act('number.void', { period, n: 2, reason: '誤記', again: true })
    expect([...meet(a).books.closed]).toEqual(['doc-1'])
    expect(give(a, 'doc-2')).toBe(3)
    expect(meet(a).numbers.map(({ kind }) => kind)).toEqual(['void', 'void', 'given'])
    a.act('number.void', { period, n: 9, reason, again: false })
    expect(meet(a).book.idle).toMatchObject([{ why: 'not-a-number-yet' }])
  })

  it('3.10 NU-11 what a seat gave behind a revocation’s cut is void, its document gets another, and who went on from it is not shaken', () => {
    const { a, b, admin } = town()
    give(a, 'forged')
    admin.learn(a)
    admin.act('number.takeover', { period, seat: 'b', skip: 0, reason, alone: true })
    b.learn(admin)
    expect(give(b, 'doc-4')).toBe(4)
    const isCut = ({ lane, seq }: { readonly lane: string; readonly seq: number }): boolean => lane === 'a.1/zero' && seq > 3
    const books = reduceNumbers([...a.known.values(), ...b.known.values()], isCut)
    expect(bookOf(books, testSeries).periods.get(period)?.numbers.map(({ kind }) => kind)).toEqual(['given', 'given', 'revoked', 'given'])
    expect(books.numberOf.get('forged')).toBeUndefined()
    expect(books.closed.has('forged')).toBe(false)
    expect(give(b, 'forged')).toBe(5)
    expect(reduceNumbers([...a.known.values(), ...b.known.values()], isCut).numberOf.get('forged')?.n).toBe(5)
  })

  it('3.10 NU-11 a free number that a seat voided behind its cut is nobody’s because of that, not void by its word; a void that counts and a gap are told as before', () => {
    const { a, b, admin } = town()
    a.act('number.block', { period, first: 3, size: 3, seat: 'b' })
    for (const n of [3, 4]) a.act('number.void', { period, n, reason: 'forged', again: false })
    b.learn(a)
    const block = b.book().periods.get(period)?.blocks[0]?.id ?? ''
    b.act('number.void', { period, n: 4, reason, again: false })
    admin.learn(b)
    admin.act('number.takeover', { period, seat: 'a', skip: 1, reason: '端末の紛失', alone: true })
    a.learn(admin)
    a.act('number.void', { period, n: 6, reason: 'forged', again: false })
    b.learn(a)
    const isCut = ({ lane, seq }: { readonly lane: string; readonly seq: number }): boolean => lane === 'a.1/zero' && seq > 4
    const all = [...b.known.values()]
    const shown = (cut: typeof isCut) => bookOf(reduceNumbers(all, cut), testSeries).periods.get(period)?.numbers.map((one) => `${one.n} ${one.kind}${'reason' in one ? ` ${one.reason}` : ''}`)
    expect(shown(() => false)).toEqual(['1 given', '2 given', '3 void forged', '4 void forged', '5 block', '6 void forged'])
    expect(shown(isCut)).toEqual(['1 given', '2 given', '3 revoked', '4 void 理由', '5 block', '6 gap 端末の紛失'])
    // Who knew of it gives it no more: what counts is judged by an act's own past (NU-8).
    b.act('number.assign', { period, n: 3, doc: 'doc-3', block })
    b.act('number.assign', { period, n: 5, doc: 'doc-5', block })
    const books = reduceNumbers(b.known.values(), isCut)
    expect(bookOf(books, testSeries).idle.map(({ why }) => why)).toContain('number-used')
    expect([books.numberOf.get('doc-3'), books.numberOf.get('doc-5')?.n]).toEqual([undefined, 5])
  })

  it('3.10 NU-12 a takeover that takes two voices has effect where the other administrator agrees, and changes nothing before', () => {
    const { a, b, admin, seat } = town()
    const id = admin.act('number.takeover', { period, seat: 'b', skip: 2, reason: '端末の紛失' })
    const other = seat('other')
    a.learn(admin)
    expect(a.book()).toMatchObject({ registrar: { seat: 'a' }, takeovers: [{ id, seat: 'b', reason: '端末の紛失' }] })
    // Who is to be replaced goes on, knowing of it, and what it gives stays.
    expect(give(a, 'doc-3')).toBe(3)
    admin.act('number.agree', { takeover: id })
    other.learn(a, admin)
    expect(other.book().registrar?.seat).toBe('a')
    expect(other.book().idle).toMatchObject([{ why: 'own-proposal' }])
    other.act('number.agree', { takeover: id })
    b.learn(other)
    expect(b.book()).toMatchObject({ registrar: { seat: 'b', kind: 'takeover' }, takeovers: [] })
    expect(give(b, 'doc-6')).toBe(6)
    expect(meet(a, b).kinds).toEqual(['given', 'given', 'given', 'gap', 'gap', 'given'])
    other.act('number.agree', { takeover: 'ab'.repeat(32) })
    expect(other.book().idle.map(({ why }) => why)).toContain('takeover-unknown')
  })

  it('3.10 NU-13 numbers that a seat asks for come from the registrar’s machine, once for each asking and never more than asked', () => {
    const { a, b } = town()
    const ask = b.act('number.ask', { size: 4 })
    a.learn(b)
    expect(a.book().asks).toMatchObject([{ id: ask, seat: 'b', size: 4 }])
    a.act('number.grant', { period, first: 3, size: 5, ask })
    expect(a.book().asks).toHaveLength(1)
    a.act('number.grant', { period, first: 3, size: 4, ask })
    expect(a.book().asks).toEqual([])
    a.act('number.grant', { period, first: 7, size: 4, ask })
    expect(a.book().idle.map(({ why }) => why)).toEqual(['ask-unknown', 'ask-unknown'])
    b.learn(a)
    expect(blocksOf(b.book(), period, 'b').map(({ first, last }) => [first, last])).toEqual([[3, 6]])
    expect(giveFromBlock(b, 'far-away')).toBe(3)
    b.act('number.grant', { period, first: 7, size: 1, ask: b.act('number.ask', { size: 1 }) })
    expect(b.book().idle.at(-1)).toMatchObject({ why: 'not-registrar' })
  })

  it('3.10 NU-14 a proposal that its author took back waits no more: who knew agrees in vain, and who did not replaces the registrar', () => {
    const { a, b, c, admin, seat } = town()
    const other = seat('other')
    const id = admin.act('number.takeover', { period, seat: 'b', skip: 0, reason: '端末の紛失' })
    other.learn(admin)
    const unknowing = seat('third')
    unknowing.learn(admin)
    other.act('number.withdraw', { takeover: id })
    expect([other.book().takeovers.map((one) => one.id), other.book().idle.map(({ why }) => why)]).toEqual([[id], ['not-own-proposal']])
    admin.act('number.withdraw', { takeover: id })
    expect(admin.book().takeovers).toEqual([])
    c.act('number.withdraw', { takeover: id })
    expect(c.book().idle.map(({ why }) => why)).toEqual(['takeover-unknown'])
    other.learn(admin)
    other.act('number.agree', { takeover: id })
    expect([other.book().registrar?.seat, other.book().idle.map(({ why }) => why)]).toEqual(['a', ['not-own-proposal', 'takeover-withdrawn']])
    unknowing.act('number.agree', { takeover: id })
    for (const one of [a, b, admin]) one.learn(other, unknowing)
    for (const one of [a, b, admin]) expect(one.book()).toMatchObject({ registrar: { seat: 'b', kind: 'takeover' }, takeovers: [] })
    expect(give(b, 'doc-3')).toBe(3)
  })

  it('3.10 NU-14 numbers that a seat wants no more are not given to it; what was given before the registrar knew is its own, and can be given back', () => {
    const { a, b, c } = town()
    const [first, second] = [b.act('number.ask', { size: 2 }), b.act('number.ask', { size: 3 })]
    a.learn(b)
    c.learn(b)
    c.act('number.unask', { ask: first })
    expect([c.book().asks.length, c.book().idle.map(({ why }) => why)]).toEqual([2, ['ask-unknown']])
    b.act('number.unask', { ask: first })
    a.act('number.grant', { period, first: 3, size: 2, ask: first })
    b.act('number.unask', { ask: second })
    a.learn(b)
    expect(a.book().asks).toEqual([])
    a.act('number.grant', { period, first: 5, size: 3, ask: second })
    expect(a.book().idle.map(({ why }) => why)).toEqual(['ask-withdrawn'])
    b.learn(a)
    const [own] = blocksOf(b.book(), period, 'b')
    expect([own?.first, own?.last]).toEqual([3, 4])
    b.act('number.return', { period, block: own?.id ?? '', reason: '使わないため' })
    expect(freeOf(b.book(), own as Block)).toEqual([])
    expect(b.book().periods.get(period)?.numbers.slice(2).map(({ n, kind }) => [n, kind])).toEqual([[3, 'void'], [4, 'void']])
  })

  it('3.10 NU-2 two administrators name two registrars: one rule says whose numbers stand', () => {
    const { b, c, admin, seat } = town()
    const other = seat('other')
    other.learn(admin)
    admin.act('number.takeover', { period, seat: 'b', skip: 0, reason, alone: true })
    other.act('number.takeover', { period, seat: 'c', skip: 0, reason, alone: true })
    b.learn(admin)
    c.learn(other)
    give(b, 'doc-b')
    give(c, 'doc-c')
    const met = meet(b, c)
    const standing = met.book.registrar?.seat
    expect(met.of(`doc-${standing}`)).toBe(3)
    expect([met.of('doc-b'), met.of('doc-c')].filter((n) => n === null)).toHaveLength(1)
    const winner = standing === 'b' ? b : c
    winner.learn(b, c)
    give(winner, standing === 'b' ? 'doc-c' : 'doc-b')
    expect(meet(b, c).kinds).toEqual(['given', 'given', 'given', 'given'])
  })
})
