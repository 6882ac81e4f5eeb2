import { describe, expect, it } from 'vitest'
import type { AuthorityType } from '../authority/events.ts'
import type { NumberSeries, Role } from '../authority/model.ts'
import { reduceAuthority } from '../authority/reduce.ts'
import { sampleTown } from '../authority/sample-town.ts'
import { createCouncil, seatFor } from '../authority/testing/council.ts'
import type { KnownEvent, LogEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { bookOf } from '../numbers/ask.ts'
import { reduceNumbers } from '../numbers/books.ts'
import type { NumberActType } from '../numbers/events.ts'
import { isNumberCut, mayAboutNumbers } from './number-acts.ts'
import { createWorld, idOf, type World, type Writer } from './testing/world.ts'

const series = 'series-outgoing-general-affairs'
const people = ['sakita', 'yoshida', 'kamio', 'tanaka']
// Those who matter here are founded first, so that few seats are enough.
const town = { ...sampleTown, people: [...sampleTown.people.filter(({ id }) => people.includes(id)), ...sampleTown.people.filter(({ id }) => !people.includes(id))] }

async function office() {
  const world = await createWorld('numbers', 4, town)
  const writer = async (person: string): Promise<Writer> => world.writer(world.founded.seats.find((seat) => seat.person === person) ?? (() => { throw new Error(person) })())
  const reader = await world.replica('sakita')
  const admit = async (name: string) => reader.door.admit(name, world.objects.get(name) as Uint8Array)
  for (const name of world.objects.keys()) if (name.startsWith('j/')) await admit(name)
  return { world, writer, admit, reader }
}

async function answer({ world, admit }: { readonly world: World; readonly admit: (name: string) => Promise<{ readonly outcome: string; readonly reasons?: readonly { readonly code: string }[] }> }, who: Writer, event: LogEvent, vector: Readonly<Record<string, number>> = {}) {
  const name = await who.write(collectionZero, [event], { authority: { [world.founded.head.lane]: 1, ...vector } })
  const { outcome, reasons = [] } = await admit(name)
  return [outcome, ...reasons.map(({ code }) => code)].join(' ')
}

describe('acts about numbers', () => {
  it('JU-30 3.10 are written by records officers of the series, a takeover by an administrator only', async () => {
    const at = await office()
    const [officer, clerkOfDx, admin] = await Promise.all(['yoshida', 'tanaka', 'sakita'].map(at.writer)) as [Writer, Writer, Writer]
    const registrar = { series, seat: 'x', previous: null, reason: '初めての番号' }
    const takeover = { series, period: 2026, seat: 'x', skip: 5, reason: '故障' }
    expect(await answer(at, clerkOfDx, clerkOfDx.event('number.registrar', null, registrar))).toBe('quarantined role-missing')
    expect(await answer(at, officer, officer.event('number.registrar', null, registrar))).toBe('accepted')
    expect(await answer(at, officer, officer.event('number.takeover', null, takeover))).toBe('quarantined role-missing')
    expect(await answer(at, admin, admin.event('number.takeover', null, takeover))).toBe('accepted')
    expect(await answer(at, admin, admin.event('number.takeover', null, { ...takeover, alone: true }))).toBe('accepted')
    const id = 'ab'.repeat(32)
    expect(await answer(at, officer, officer.event('number.agree', null, { series, takeover: id }))).toBe('quarantined role-missing')
    expect(await answer(at, admin, admin.event('number.agree', null, { series, takeover: id }))).toBe('accepted')
    expect(await answer(at, officer, officer.event('number.withdraw', null, { series, takeover: id }))).toBe('quarantined role-missing')
    expect(await answer(at, admin, admin.event('number.withdraw', null, { series, takeover: id }))).toBe('accepted')
    expect(await answer(at, clerkOfDx, clerkOfDx.event('number.unask', null, { series, ask: id }))).toBe('quarantined role-missing')
    expect(await answer(at, officer, officer.event('number.unask', null, { series, ask: id }))).toBe('accepted')
    expect(await answer(at, clerkOfDx, clerkOfDx.event('number.ask', null, { series, size: 3 }))).toBe('quarantined role-missing')
    expect(await answer(at, officer, officer.event('number.ask', null, { series, size: 3 }))).toBe('accepted')
    const grant = (size: number) => officer.event('number.grant', null, { series, period: 2026, first: 1, size, ask: id })
    expect(await answer(at, officer, grant(10))).toBe('accepted')
    expect(await answer(at, officer, grant(11))).toBe('quarantined number-malformed')
    expect(await answer(at, officer, officer.event('number.block', null, { series: 'series-of-nobody', period: 2026, first: 1, size: 5, seat: 'x' }))).toBe('quarantined series-unknown')
    expect(await answer(at, officer, officer.event('number.void', null, { series, period: 2026, n: 1, reason: '', again: false }))).toBe('quarantined number-malformed')
  })

  it('JU-30 3.10 a takeover that says it is alone is let in only where no other administrator could agree', async () => {
    const at = await office()
    const admin = await at.writer('sakita')
    const alone = () => admin.event('number.takeover', null, { series, period: 2026, seat: 'x', skip: 5, reason: '故障', alone: true })
    expect(await answer(at, admin, alone())).toBe('accepted')
    const grant = admin.event('grant.put', null, { id: 'second', person: 'yoshida', collection: null, role: 'admin', reason: '二人目', reviewBy: '2100-01-01', from: '2020-01-01', to: null })
    const voice = admin.event('vote.cast', null, { act: idOf(grant), alone: true })
    const name = await admin.write(collectionZero, [grant, voice], { authority: { [at.world.founded.head.lane]: 1 } })
    expect((await at.admit(name)).outcome).toBe('accepted')
    expect(await answer(at, admin, alone(), { [admin.lane]: Number(name.split('/').at(-1)) })).toBe('quarantined not-alone')
  })

  it('3.14 JU-30 one of a later schema is an administrator’s to write, since nobody here knows what it does', async () => {
    const at = await office()
    const [officer, admin] = await Promise.all(['yoshida', 'sakita'].map(at.writer)) as [Writer, Writer]
    const later = (who: Writer): LogEvent => ({ ...who.event('number.registrar', null, { series, seat: 'x', previous: null, reason: '後の版' }), v: 2 })
    expect(await answer(at, officer, later(officer))).toBe('quarantined role-missing')
    expect(await answer(at, admin, later(admin))).toBe('accepted')
  })

  it('3.14 JU-30 records officers keep a series; who writes gives and asks for numbers; of the series’ section, or of any for the town', () => {
    const state = { ...reduceAuthority([]), collections: new Map(['general', 'taxes'].map((id) => [id, { id, name: id, nameEn: id, section: id }])) }
    const may = (role: Role, collection: string, type: NumberActType, section: string | null): boolean => {
      const grant = { id: 'g', person: 'p', collection, role, reason: '', reviewBy: '2100-01-01', from: '2020-01-01', to: null }
      return mayAboutNumbers({ ...state, grants: new Map([['g', grant]]) }, 'p', type, { section } as NumberSeries, '2026-10-01')
    }
    for (const type of ['number.registrar', 'number.block', 'number.grant', 'number.void', 'number.return'] as const) expect([type, may('records', 'general', type, 'general'), may('writer', 'general', type, 'general'), may('approver', 'general', type, 'general')]).toEqual([type, true, false, false])
    for (const type of ['number.assign', 'number.ask', 'number.unask'] as const) expect([type, may('records', 'general', type, 'general'), may('writer', 'general', type, 'general'), may('approver', 'general', type, 'general'), may('reader', 'general', type, 'general')]).toEqual([type, true, true, true, false])
    expect([may('records', 'taxes', 'number.block', 'general'), may('records', 'taxes', 'number.block', null), may('reader', 'taxes', 'number.block', null)]).toEqual([false, true, false])
    for (const type of ['number.takeover', 'number.agree', 'number.withdraw'] as const) expect([type, may('records', 'general', type, 'general')]).toEqual([type, false])
  })

  it('3.14 NU-11 a removed seat gives no numbers behind its cut; a former administrator goes on with them and replaces no registrar', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const act = (person: string, type: string): KnownEvent => council.act(person, type as AuthorityType, {} as never)
    const out = council.act('a', 'grant.remove', { id: 'admin-b', reason: 'test', cut: [] })
    const { cuts: former } = reduceAuthority([...council.founding, out, council.vote('c', out)])
    for (const type of ['number.takeover', 'number.agree']) expect([type, isNumberCut(former, act('b', type)), isNumberCut(former, act('a', type))]).toEqual([type, true, false])
    for (const type of ['number.assign', 'number.block', 'number.registrar']) expect([type, isNumberCut(former, act('b', type))]).toEqual([type, false])
    const { cuts: removed } = reduceAuthority([...council.founding, council.act('a', 'seat.add', seatFor('clerk')), council.act('b', 'seat.remove', { id: 'seat-clerk', reason: 'test', cut: [] })])
    for (const type of ['number.assign', 'number.takeover']) expect([type, isNumberCut(removed, act('clerk', type))]).toEqual([type, true])
  })

  it('JU-31 3.10 a number is one of its own day’s period', async () => {
    const at = await office()
    const officer = await at.writer('yoshida')
    const of = (period: number) => officer.event('number.assign', null, { series, period, n: 1, doc: 'doc', block: null })
    expect(await answer(at, officer, of(2025))).toBe('quarantined number-period')
    expect(await answer(at, officer, of(2026))).toBe('accepted')
  })

  it('JU-13 3.10 an act whose past was not accepted is not let in, and one whose past was is part of the chain', async () => {
    const at = await office()
    const officer = await at.writer('yoshida')
    const seat = officer.lane.slice(0, officer.lane.indexOf('.'))
    const first = officer.event('number.registrar', null, { series, seat, previous: null, reason: '初め' })
    const give = (n: number, deps: readonly string[]) => officer.event('number.assign', null, { series, period: 2026, n, doc: `doc-${n}`, block: null }, { deps })
    expect(await answer(at, officer, first)).toBe('accepted')
    const one = give(1, [idOf(first)])
    expect(await answer(at, officer, one)).toBe('accepted')
    expect(await answer(at, officer, give(2, [idOf(one)]))).toBe('accepted')
    expect(await answer(at, officer, give(3, ['f'.repeat(64)]))).toBe('quarantined past-not-accepted')
    const books = reduceNumbers(await at.reader.view.authorityEvents())
    expect(bookOf(books, series).periods.get(2026)?.numbers.map(({ kind }) => kind)).toEqual(['given', 'given'])
  })

  it('JU-30 3.10 numbers cost no new reduction of the authority and are part of the state hash', async () => {
    const at = await office()
    const officer = await at.writer('yoshida')
    const before = await at.reader.door.authority()
    const hash = await at.reader.view.stateHash()
    expect(await answer(at, officer, officer.event('number.registrar', null, { series, seat: 'x', previous: null, reason: '初め' }))).toBe('accepted')
    expect(await at.reader.door.authority()).toBe(before)
    expect(await at.reader.view.stateHash()).not.toBe(hash)
  })
})
