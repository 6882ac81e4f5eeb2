// A colleague left: their drafts wait on the desk of whoever decides or keeps the records there, and go on as theirs, on every machine alike.
import { expect, it } from 'vitest'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'
import { stateHash } from './testing/typed-drafts.ts'

async function exchange(...seats: readonly TestSeat[]): Promise<void> {
  const copy = (from: Objects, to: Objects): void => {
    for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
  }
  for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
  for (const seat of seats) await seat.service.takeIn()
}

it('4.2 DC-20 the drafts of a leaver wait for whoever may take them over, and for nobody while the seat is there; taking over is recorded with its reason', async () => {
  const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor'])
  const open = (person: string) => openTestSeat(office, person, office.folder(), createTestMachine(async () => new Uint8Array()))
  const [clerk, manager, mayor] = [await open('clerk'), await open('manager'), await open('mayor')]
  const { id } = await manager.done('createDraft', { form: 't1', collection: 'c1', position: 'p-manager' })
  await manager.done('setCover', { id, field: 'title', value: '除雪計画' })
  await exchange(clerk, manager, mayor)
  const waiting = async (seat: TestSeat) => (await seat.ask('desk', null)).leftBehind.map(({ title }) => title)
  expect([await waiting(clerk), await waiting(mayor)]).toEqual([[], []])
  expect(await manager.refused('adoptDraft', { id, position: 'p-manager', reason: '自分の' })).toBe('NotAllowed own-draft')

  const seat = (await clerk.ask('trust', null)).seats.find(({ name }) => name === '課長 太郎')?.seat ?? ''
  await clerk.done('removeSeat', { seat, reason: '退職のため' })
  await exchange(clerk, manager, mayor)
  expect([await waiting(clerk), await waiting(mayor)]).toEqual([['除雪計画'], ['除雪計画']])
  const acts = async (at: TestSeat) => (await at.ask('document', { id }))?.acts.map(({ act }) => act)
  expect(await acts(mayor)).toContain('adopt')
  expect(await acts(mayor)).not.toContain('submit')
  expect(await mayor.refused('adoptDraft', { id, position: 'p-mayor', reason: ' ' })).toBe('NotAllowed reason-needed')
  await mayor.done('adoptDraft', { id, position: 'p-mayor', reason: '退職した課長の仕事を引き継ぐため' })
  await exchange(clerk, manager, mayor)
  expect([await waiting(clerk), await waiting(mayor)]).toEqual([[], []])
  for (const at of [clerk, mayor]) {
    const view = await at.ask('document', { id })
    expect([view?.summary.drafterName, view?.summary.stage, view?.summary.title]).toEqual(['町長 太郎', 'draft', '除雪計画'])
    expect(view?.history.find(({ type }) => type === 'draft.adopt')).toMatchObject({ hasEffect: true, unknown: false, facts: { reason: '退職した課長の仕事を引き継ぐため' } })
  }
  expect(await acts(mayor)).toContain('submit')
  expect(new Set([await stateHash(clerk), await stateHash(manager), await stateHash(mayor)]).size).toBe(1)
})
