import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { jstDate } from '@shared/base/civil-date.ts'
import type { TownData } from '@shared/authority/model.ts'
import { apartOffice, submittedApart, type Apart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'

const hour = 60 * 60 * 1000
const patience = 15_000
const strictTown: TownData = { ...smallTown, policies: smallTown.policies.map((policy) => ({ ...policy, witnessHours: 24 })) }

const apart = (): Promise<Apart> => apartOffice(strictTown, ['clerk', 'manager', 'mayor', 'other'], (path) => readFile(path))

async function steps(seat: TestSeat, id: string): Promise<readonly string[]> {
  const view = await seat.ask('document', { id })
  return (view?.steps ?? []).map(({ status, receipt }) => [status, receipt?.kind ?? ''].join(' ').trim())
}

/** Waits for what the vault writes by itself, as long as the test may take. */
async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const end = performance.now() + patience
  for (;;) {
    const value = await ask()
    if (isSo(value) || performance.now() > end) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const approve = (seat: TestSeat, id: string, position: string) => seat.done('act', { id, act: 'approve', step: null, position, comment: '' })

describe('approvals on their way to others', () => {
  it('3.9 waits in words, is received by whoever sits down next at the same machine, and the main job goes on without waiting', async () => {
    const here = await apart()
    const id = await submittedApart(here)
    here.carry('clerk', 'manager')
    const manager = await here.at('manager')
    await approve(manager, id, 'p-manager')
    expect(await steps(manager, id)).toEqual(['approved waiting', 'open'])
    expect((await manager.ask('document', { id }))?.summary.receipt).toBe('waiting')
    here.carry('manager', 'mayor')
    const mayor = await here.at('mayor')
    expect(await until(() => steps(mayor, id), ([first]) => first === 'approved')).toEqual(['approved', 'open'])
    await approve(mayor, id, 'p-mayor')
    expect([(await mayor.ask('document', { id }))?.summary.stage, await steps(mayor, id)]).toEqual(['decided', ['approved', 'approved waiting']])
    here.carry('mayor', 'clerk')
    const clerk = await here.at('clerk')
    expect(await until(() => steps(clerk, id), (all) => all[1] === 'approved')).toEqual(['approved', 'approved'])
    expect((await clerk.ask('desk', null)).toFile.map((line) => [line.id, line.receipt])).toEqual([[id, null]])
    here.carry('clerk', 'mayor')
    await mayor.service.takeIn()
    expect(await steps(mayor, id)).toEqual(['approved', 'approved'])
    expect((await mayor.ask('trust', null)).stateHash).toBe((await clerk.ask('trust', null)).stateHash)
    for (const seat of [manager, mayor, clerk]) expect([seat.defects, (await seat.ask('trust', null)).quarantined]).toEqual([[], []])
  })

  it('3.9 F34 is held at every machine when it comes too late, and one act of its person lets it count again', async () => {
    const here = await apart()
    const id = await submittedApart(here)
    here.carry('clerk', 'manager')
    const firstAt = here.office.clock.now()
    await approve(await here.at('manager'), id, 'p-manager')
    here.office.clock.advance(25 * hour)
    here.carry('manager', 'mayor')
    const mayor = await here.at('mayor')
    expect(await until(() => steps(mayor, id), ([first]) => first === 'open held')).toEqual(['open held', 'waiting'])
    expect((await mayor.ask('desk', null)).myTurn).toEqual([])
    expect(await mayor.refused('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '' })).toBe('NotAllowed step-not-open')
    here.carry('mayor', 'manager')
    const manager = await here.at('manager')
    const view = await manager.ask('document', { id })
    expect(view?.steps[0]).toMatchObject({ status: 'open', receipt: { kind: 'held', name: '課長 太郎' } })
    expect(view?.conflicts.map(({ code }) => code)).toEqual(['conflict.late'])
    expect(view?.acts.map(({ act, allowed }) => [act, allowed])).toEqual(expect.arrayContaining([['confirm', true], ['return', true]]))
    expect(view?.acts.map(({ act }) => act)).not.toContain('approve')
    expect((await manager.ask('desk', null)).myTurn.map((line) => line.receipt)).toEqual(['held'])
    expect([await manager.ask('held', null), await mayor.ask('held', null)]).toMatchObject([[{ why: 'late', doc: id, at: view?.steps[0]?.receipt?.at }], []])
    const before = await manager.done('readPages', { id })
    await manager.done('act', { id, act: 'confirm', step: '1', position: 'p-manager', comment: '' })
    expect(manager.host.asked.at(-1)).toMatchObject({ warnings: [expect.stringContaining('確認し直します')] })
    expect(manager.host.asked.at(-1)?.signature).toBeUndefined()
    expect(await manager.done('readPages', { id })).toEqual(before)
    expect(await steps(manager, id)).toEqual(['approved waiting', 'open'])
    expect(await manager.ask('held', null)).toEqual([])
    const now = (await manager.ask('document', { id }))?.steps[0]
    expect([now?.actedAt, now?.confirmedAt].map((at) => jstDate(at ?? ''))).toEqual([jstDate(firstAt), jstDate(here.office.clock.now())])
    here.carry('manager', 'mayor')
    await mayor.service.takeIn()
    expect(await until(() => steps(mayor, id), ([first]) => first === 'approved')).toEqual(['approved', 'open'])
    await approve(mayor, id, 'p-mayor')
    expect((await mayor.ask('document', { id }))?.history.map(({ type }) => type)).toEqual(expect.arrayContaining(['decision.approve', 'document.witness', 'decision.confirm']))
    expect((await mayor.ask('document', { id }))?.summary.stage).toBe('decided')
  })

  it('3.9 F34 is shown as held at its own machine when nobody came in time, and can be confirmed there', async () => {
    const here = await apart()
    const id = await submittedApart(here)
    here.carry('clerk', 'manager')
    await approve(await here.at('manager'), id, 'p-manager')
    here.office.clock.advance(25 * hour)
    const manager = await here.at('manager')
    expect(await steps(manager, id)).toEqual(['approved held', 'waiting'])
    expect((await manager.ask('desk', null)).myTurn.map((line) => line.id)).toEqual([id])
    await manager.done('act', { id, act: 'confirm', step: '1', position: 'p-manager', comment: '' })
    expect(await steps(manager, id)).toEqual(['approved waiting', 'open'])
    here.carry('manager', 'clerk')
    const clerk = await here.at('clerk')
    expect(await until(() => steps(clerk, id), ([first]) => first === 'approved')).toEqual(['approved', 'open'])
  })

  it('3.9 F33 a clock set back into an earlier day makes no approval of that day', async () => {
    const here = await apart()
    const id = await submittedApart(here)
    here.carry('clerk', 'manager')
    here.office.clock.advance(48 * hour)
    here.office.clock.advance(-40 * hour)
    await approve(await here.at('manager'), id, 'p-manager')
    here.office.clock.advance(40 * hour)
    here.carry('manager', 'clerk')
    const clerk = await here.at('clerk')
    expect(await until(() => steps(clerk, id), ([first]) => first === 'open held')).toEqual(['open held', 'waiting'])
    expect((await clerk.ask('trust', null)).quarantined).toEqual([])
  })
})
