// Somebody is away, and somebody else decides in their place, at machines of their own.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { apartOffice, submittedApart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'

const effective = { from: '2020-01-01', to: null } as const
const [table] = smallTown.decisionTables
const [clerk0] = smallTown.people

/** The small town with a vice-mayor, who decides in the mayor's place; after them the manager would. */
const withDeputy: TownData = {
  ...smallTown,
  people: [...smallTown.people, { ...clerk0!, id: 'deputy', familyName: '副町長' }],
  positions: [...smallTown.positions, { id: 'p-deputy', title: '副町長', titleEn: 'Vice-Mayor', section: 'general', superior: 'p-mayor', mayDecide: true }],
  appointments: [...smallTown.appointments, { id: 'a-deputy', person: 'deputy', position: 'p-deputy', kind: 'primary', ...effective }],
  grants: [...smallTown.grants, { id: 'deputy-approver', person: 'deputy', role: 'approver', collection: 'c1', reason: 'test', reviewBy: '2100-01-01', ...effective }],
  decisionTables: [{ ...table!, proxies: { orders: [{ principal: 'p-mayor', acting: ['p-deputy', 'p-manager'] }], notWith: ['important'], longestDays: 31, passesAway: true } }],
}
const trip = { position: 'p-mayor', acting: 'p-deputy', from: null, to: '2026-10-05', reason: '出張' } as const

describe('deciding in the place of whoever is away', () => {
  it('4.11 AU-100 DC-40 the mayor says who decides meanwhile; the deputy sees it as their turn, decides as deputy, the mark says 代, and the mayor is told and reads it afterwards', async () => {
    const apart = await apartOffice(withDeputy, ['clerk', 'manager', 'mayor', 'deputy'], readFile)
    const id = await submittedApart(apart)
    apart.carry('clerk', 'manager')
    const manager = await apart.at('manager')
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    for (const person of ['mayor', 'deputy']) apart.carry('manager', person)
    const [mayor, deputy] = [await apart.at('mayor'), await apart.at('deputy')]
    expect((await deputy.ask('desk', null)).myTurn).toEqual([])
    expect(await deputy.refused('act', { id, act: 'approve', step: null, position: 'p-deputy', comment: '' })).not.toBe('')

    expect((await mayor.ask('absences', null)).positions).toEqual([{ id: 'p-mayor', title: '町長', name: '町長 太郎', order: [{ id: 'p-deputy', title: '副町長', name: '副町長 太郎' }, { id: 'p-manager', title: '総務課長', name: '課長 太郎' }] }])
    expect(await mayor.refused('registerAbsence', { ...trip, acting: 'p-manager' })).toBe('NotAllowed earlier-in-order')
    expect(await mayor.refused('registerAbsence', { ...trip, to: '2027-10-05' })).toBe('NotAllowed absence-days')
    expect(await deputy.refused('registerAbsence', trip)).toBe('NotAllowed not-holder')
    await mayor.done('registerAbsence', trip)
    expect((await mayor.ask('absences', null)).rows).toMatchObject([{ positionTitle: '町長', acting: { title: '副町長', name: '副町長 太郎' }, to: '2026-10-05', holds: true, isMine: true, isAway: true, mayEnd: true }])

    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'deputy', seat: deputy })
    expect((await deputy.ask('absences', null)).rows).toMatchObject([{ isMine: true, isAway: false, mayEnd: false }])
    expect((await deputy.ask('desk', null)).myTurn.map((one) => one.id)).toEqual([id])
    const before = await deputy.ask('document', { id })
    expect(before?.steps[1]).toMatchObject({ status: 'open', away: { to: '2026-10-05', actingTitle: '副町長' } })
    const approve = before?.acts.find(({ act }) => act === 'approve')
    expect(approve).toMatchObject({ allowed: true, positions: [{ id: 'p-deputy', title: '副町長' }], inPlaceOf: { title: '町長', urgency: false } })
    await deputy.done('act', { id, act: 'approve', step: approve?.step ?? '', position: 'p-deputy', comment: '' })
    expect(deputy.host.asked.at(-1)?.facts).toContainEqual({ label: '代わりに決裁する職（代決）', value: '町長' })
    expect([manager.host.asked.at(-1)?.signature?.label, deputy.host.asked.at(-1)?.signature?.label]).toEqual([undefined, '代'])

    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'deputy', seat: deputy })
    for (const seat of [mayor, deputy]) expect((await seat.ask('document', { id }))).toMatchObject({ summary: { stage: 'decided' }, steps: [{ actedAsTitle: null }, { positionTitle: '町長', actedByName: '副町長 太郎', actedAsTitle: '副町長', status: 'approved', away: null }] })
    expect((await mayor.ask('desk', null)).returned.map((one) => one.id)).toEqual([id])

    const step = before?.steps[1]?.id ?? ''
    expect((await deputy.ask('document', { id }))?.acts.map(({ act }) => act)).not.toContain('post-review')
    expect(await deputy.refused('postReview', { id, step, position: 'p-deputy' })).toBe('NotAllowed nothing-to-post-review')
    expect(await mayor.refused('postReview', { id, step: before?.steps[0]?.id ?? '', position: 'p-mayor' })).toBe('NotAllowed nothing-to-post-review')
    expect((await mayor.ask('document', { id }))?.acts.find(({ act }) => act === 'post-review')).toMatchObject({ allowed: true, positions: [{ id: 'p-mayor' }], step })
    await mayor.done('postReview', { id, step, position: 'p-mayor' })
    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'deputy', seat: deputy })
    for (const seat of [mayor, deputy]) {
      const read = await seat.ask('document', { id })
      expect([read?.steps.map(({ postReview }) => postReview?.name ?? null), read?.acts.map(({ act }) => act).includes('post-review'), read?.history.at(-1)]).toMatchObject([[null, '町長 太郎'], false, { type: 'document.post-review', personName: '町長 太郎', unknown: false, hasEffect: true }])
    }
    expect((await mayor.ask('desk', null)).returned).toEqual([])
    for (const seat of [mayor, deputy]) expect([seat.defects, (await seat.ask('trust', null)).quarantined]).toEqual([[], []])
  })

  it('4.11 D-02 DC-44 the manager is away: the mayor sees it as their turn, goes ahead and is told of whom, and the manager reads it afterwards', async () => {
    const apart = await apartOffice(withDeputy, ['clerk', 'manager', 'mayor'], readFile)
    const id = await submittedApart(apart)
    apart.carry('clerk', 'mayor')
    apart.carry('clerk', 'manager')
    const [manager, mayor] = [await apart.at('manager'), await apart.at('mayor')]
    expect((await mayor.ask('desk', null)).myTurn).toEqual([])
    await manager.done('registerAbsence', { position: 'p-manager', acting: null, from: null, to: '2026-10-05', reason: '研修' })
    await apart.meet({ person: 'manager', seat: manager }, { person: 'mayor', seat: mayor })
    expect((await mayor.ask('desk', null)).myTurn.map((one) => one.id)).toEqual([id])
    const before = await mayor.ask('document', { id })
    const approve = before?.acts.find(({ act }) => act === 'approve')
    expect(approve).toMatchObject({ allowed: true, positions: [{ id: 'p-mayor' }], step: before?.steps[1]?.id, aheadOf: ['総務課長'] })
    await mayor.done('act', { id, act: 'approve', step: approve?.step ?? '', position: 'p-mayor', comment: '' })
    expect(mayor.host.asked.at(-1)?.facts).toContainEqual({ label: '不在のため先に進める職（後閲）', value: '総務課長' })

    await apart.meet({ person: 'manager', seat: manager }, { person: 'mayor', seat: mayor })
    expect(await manager.ask('document', { id })).toMatchObject({ summary: { stage: 'decided' }, steps: [{ status: 'passed', actedAt: null, postReview: null }, { status: 'approved', markPending: false }] })
    expect((await manager.ask('desk', null)).returned.map((one) => one.id)).toEqual([id])
    expect(await manager.refused('act', { id, act: 'approve', step: before?.steps[0]?.id ?? '', position: 'p-manager', comment: '' })).toBe('NotAllowed already-decided')
    await manager.done('postReview', { id, step: before?.steps[0]?.id ?? '', position: 'p-manager' })
    await apart.meet({ person: 'manager', seat: manager }, { person: 'mayor', seat: mayor })
    expect((await mayor.ask('document', { id }))?.steps[0]).toMatchObject({ status: 'passed', postReview: { name: '課長 太郎' } })
    for (const seat of [mayor, manager]) expect([seat.defects, (await seat.ask('trust', null)).quarantined, (await seat.ask('desk', null)).returned]).toEqual([[], [], []])
  })

  it('4.11 AU-103 ended today it lets nobody decide from tomorrow on, and what was decided stays; the audit tells both acts', async () => {
    const apart = await apartOffice(withDeputy, ['clerk', 'mayor', 'deputy'], readFile)
    const mayor = await apart.at('mayor')
    await mayor.done('registerAbsence', trip)
    const [{ id: absence } = { id: '' }] = (await mayor.ask('absences', null)).rows
    apart.carry('mayor', 'deputy')
    const deputy = await apart.at('deputy')
    expect(await deputy.refused('endAbsence', { absence, reason: '戻った' })).toBe('NotAllowed not-holder')
    expect(await mayor.refused('endAbsence', { absence: '0'.repeat(64), reason: '' })).toBe('NotAllowed absence-gone')
    await mayor.done('endAbsence', { absence, reason: '予定より早く戻ったため' })
    expect((await mayor.ask('absences', null)).rows).toMatchObject([{ id: absence, to: '2026-10-01' }])
    apart.office.clock.advance(24 * 60 * 60 * 1000)
    expect((await (await apart.at('mayor')).ask('absences', null)).rows).toEqual([])
    apart.carry('mayor', 'clerk')
    const clerk = await apart.at('clerk')
    const told = async () => (await clerk.ask('audit', { person: null, device: null, group: 'admin', from: null, to: null, words: '' })).rows.filter(({ type }) => type.startsWith('absence.')).map(({ type, about, facts }) => [type, about, facts['acting'] ?? null, facts['reason']])
    await expect.poll(told).toEqual([['absence.end', '町長', null, '予定より早く戻ったため'], ['absence.put', '町長', '副町長', '出張']])
  })
})
