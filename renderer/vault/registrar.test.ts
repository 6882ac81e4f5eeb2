// Who gives the numbers, and who takes some along: two administrators replace a lost registrar, and a seat fetches numbers by itself.
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'

const series = 's1'
const [admin] = smallTown.grants.filter(({ role }) => role === 'admin')
const numbered: TownData = {
  ...smallTown,
  series: [{ id: series, kind: 'outgoing', symbol: '小総', periodKind: 'fiscalYear', section: 'general', pattern: '{year}{symbol}第{n}号', blockSize: 4, from: '2020-01-01', to: null }],
  policies: smallTown.policies.map((policy) => ({ ...policy, consentFor: [...policy.consentFor, 'number.registrar', 'number.takeover', 'number.agree', 'number.block', 'number.void', 'number.return'] })),
}
const twoAdmins: TownData = { ...numbered, grants: [...numbered.grants, { ...(admin as NonNullable<typeof admin>), id: 'mayor-admin', person: 'mayor' }] }

function copy(from: Objects, to: Objects): void {
  for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
}

async function seated<const People extends readonly string[]>(town: TownData, ...people: People) {
  const office = await createOffice(town, ['clerk', 'manager', 'mayor'])
  const seats = await Promise.all(people.map((person) => openTestSeat(office, person, office.folder(), createTestMachine(async () => new Uint8Array()))))
  const meet = async (): Promise<void> => {
    for (let round = 0; round < 2; round++) {
      for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
      for (const seat of seats) await seat.service.takeIn()
    }
  }
  return { seats: seats as unknown as { readonly [At in keyof People]: TestSeat }, meet, seatOf: (person: string) => office.founded.seats.find((seat) => seat.person === person)?.seat ?? '' }
}

const book = async (seat: TestSeat) => (await seat.ask('numbers', null)).find(({ id }) => id === series)!

describe('who gives the numbers', () => {
  it('3.10 NU-12 a lost registrar is replaced when a second administrator agrees, and goes on until then', async () => {
    const { seats: [clerk, manager, mayor], meet, seatOf } = await seated(twoAdmins, 'clerk', 'manager', 'mayor')
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('manager'), reason: '課長の端末で付ける' } })
    await meet()
    await clerk.done('keepNumbers', { series, act: { kind: 'takeover', seat: seatOf('clerk'), skip: 2, reason: '端末の紛失' } })
    await meet()
    for (const seat of [clerk, manager, mayor]) expect(await book(seat)).toMatchObject({ registrar: { name: '課長 太郎' }, takeovers: [{ proposer: '係員 太郎', seat: '係員 太郎', reason: '端末の紛失', mayAgree: seat === mayor }] })
    const [open] = (await book(clerk)).takeovers
    expect(await clerk.refused('keepNumbers', { series, act: { kind: 'agree', takeover: open!.id } })).toBe('NotAllowed own-proposal')
    expect(await manager.refused('keepNumbers', { series, act: { kind: 'agree', takeover: open!.id } })).toBe('NotAllowed role-missing')
    await mayor.done('keepNumbers', { series, act: { kind: 'agree', takeover: open!.id } })
    await meet()
    for (const seat of [clerk, manager, mayor]) expect(await book(seat)).toMatchObject({ registrar: { name: '係員 太郎', kind: 'takeover' }, takeovers: [], next: '8小総第3号' })
    expect(await mayor.refused('keepNumbers', { series, act: { kind: 'agree', takeover: open!.id } })).toBe('NotAllowed takeover-unknown')
  })

  it('3.10 NU-14 whoever proposed a takeover takes it back with the PIN, and nobody else', async () => {
    const { seats: [clerk, mayor], meet, seatOf } = await seated(twoAdmins, 'clerk', 'mayor')
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('manager'), reason: '課長の端末で付ける' } })
    await clerk.done('keepNumbers', { series, act: { kind: 'takeover', seat: seatOf('clerk'), skip: 2, reason: '端末の紛失' } })
    await meet()
    const [open] = (await book(mayor)).takeovers
    expect([open?.mayWithdraw, (await book(clerk)).takeovers[0]?.mayWithdraw]).toEqual([false, true])
    const withdraw = { series, act: { kind: 'withdraw', takeover: open!.id } } as const
    expect(await mayor.refused('keepNumbers', withdraw)).toBe('NotAllowed not-own-proposal')
    const asked = clerk.host.asked.length
    await clerk.done('keepNumbers', withdraw)
    expect(clerk.host.asked).toHaveLength(asked + 1)
    expect(await clerk.refused('keepNumbers', withdraw)).toBe('NotAllowed takeover-unknown')
    await meet()
    expect(await mayor.refused('keepNumbers', { series, act: { kind: 'agree', takeover: open!.id } })).toBe('NotAllowed takeover-unknown')
    for (const seat of [clerk, mayor]) expect(await book(seat)).toMatchObject({ registrar: { name: '課長 太郎' }, takeovers: [] })
    expect((await book(clerk)).may.takeOver).toBe(true)
  })

  it('3.10 NU-12 where one administrator is alone, that one replaces it at once', async () => {
    const { seats: [clerk], seatOf } = await seated(numbered, 'clerk')
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('manager'), reason: '課長の端末で付ける' } })
    await clerk.done('keepNumbers', { series, act: { kind: 'takeover', seat: seatOf('clerk'), skip: 0, reason: '故障' } })
    expect(await book(clerk)).toMatchObject({ registrar: { name: '係員 太郎', isMe: true }, takeovers: [] })
  })

  it('3.10 NU-13 NU-14 a seat fetches numbers by itself: the registrar’s machine gives them without a person, never more than the town allows, and can stop fetching', async () => {
    const { seats: [clerk, manager], meet, seatOf } = await seated(numbered, 'clerk', 'manager')
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('clerk'), reason: '始める' } })
    await meet()
    expect((await book(manager)).may.ask).toBe(true)
    await manager.done('keepNumbers', { series, act: { kind: 'ask', size: 9 } })
    expect(await book(manager)).toMatchObject({ may: { ask: false }, asks: [{ isMe: true, size: 9 }] })
    expect(await manager.refused('keepNumbers', { series, act: { kind: 'ask', size: 9 } })).toBe('NotAllowed asked-already')
    const asked = clerk.host.asked.length
    await meet()
    await expect.poll(async () => (await book(clerk)).asks).toEqual([])
    expect(clerk.host.asked).toHaveLength(asked)
    await meet()
    expect(await book(manager)).toMatchObject({ asks: [], blocks: [{ first: '8小総第1号', last: '8小総第4号', isMine: true, free: 4 }], may: { ask: true } })
    // It holds as many as come at once: the next asking waits.
    await manager.done('keepNumbers', { series, act: { kind: 'ask', size: 2 } })
    await meet()
    await meet()
    expect((await book(manager)).asks).toMatchObject([{ isMe: true, size: 2 }])
    expect((await book(manager)).blocks).toHaveLength(1)
    const [waiting] = (await book(clerk)).asks
    expect(await clerk.refused('keepNumbers', { series, act: { kind: 'unask', ask: waiting!.id } })).toBe('NotAllowed ask-unknown')
    await manager.done('keepNumbers', { series, act: { kind: 'unask', ask: waiting!.id } })
    await meet()
    for (const seat of [clerk, manager]) expect((await book(seat)).asks).toEqual([])
    expect((await book(manager)).may.ask).toBe(true)
  })
})
