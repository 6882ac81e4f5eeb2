import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { bookOf } from '../numbers/ask.ts'
import { reduceNumbers } from '../numbers/books.ts'
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
