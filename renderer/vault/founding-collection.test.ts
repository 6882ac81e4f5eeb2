// A new collection made in the vault: what is written of it at once, and what is not done.
import { describe, expect, it } from 'vitest'
import { createOffice } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat } from './testing/test-seat.ts'

const wanted = { name: ' 庁舎建替事業の文書 ', nameEn: '', kind: 'project', purpose: '庁舎の建替え', owner: 'manager', people: [{ person: 'other', role: 'writer' }, { person: 'manager', role: 'approver' }], to: '2027-09-30', reviewBy: null, reason: '事業の開始' } as const

async function office() {
  const made = await createOffice(smallTown, ['clerk', 'manager', 'other'])
  const open = (person: string) => openTestSeat(made, person, made.folder(), createTestMachine(async () => new Uint8Array()))
  return { clerk: await open('clerk'), manager: await open('manager') }
}

describe('a new collection of documents', () => {
  it('4.11 AU-97 is made with its purpose, its owner and its first people in one confirmation, each right looked at as early as its role asks', async () => {
    const { clerk } = await office()
    await clerk.done('foundCollection', wanted)
    expect(clerk.host.asked.map(({ events }) => events.length)).toEqual([4])
    const { rows } = await clerk.ask('review', { back: 0 })
    const given = rows.filter(({ place }) => place?.name === '庁舎建替事業の文書').map(({ person, role, reason, to, reviewBy, owners }) => ({ person, role, reason, to, reviewBy, owners }))
    const { latest } = await clerk.ask('review', { back: 0 })
    const common = { reason: '事業の開始', to: '2027-09-30', owners: ['課長 太郎'] }
    expect(given.sort((a, b) => a.role.localeCompare(b.role))).toEqual([
      { person: 'manager', role: 'approver', reviewBy: latest.approver, ...common },
      { person: 'manager', role: 'owner', reviewBy: latest.owner, ...common },
      { person: 'other', role: 'writer', reviewBy: latest.writer, ...common },
    ])
    expect(latest.owner < latest.writer).toBe(true)
    // A day that suits every role is every right’s day.
    await clerk.done('foundCollection', { ...wanted, name: '議会の特別委員会', kind: 'council', reviewBy: '2026-10-31' })
    expect(new Set((await clerk.ask('review', { back: 0 })).rows.filter(({ place }) => place?.name === '議会の特別委員会').map(({ reviewBy }) => reviewBy))).toEqual(new Set(['2026-10-31']))
  })

  it('4.11 AU-97 is not made without a name, a purpose and a reason, twice under one name, for nobody who is known, or by somebody else', async () => {
    const { clerk, manager } = await office()
    for (const empty of [{ name: ' ' }, { purpose: '' }, { reason: ' ' }]) expect(await clerk.refused('foundCollection', { ...wanted, ...empty })).toBe('CollectionUnnamed')
    expect(await clerk.refused('foundCollection', { ...wanted, name: '総務課の文書' })).toBe('CollectionThere')
    expect(await clerk.refused('foundCollection', { ...wanted, owner: 'nobody' })).toBe('GrantGone')
    expect(await clerk.refused('foundCollection', { ...wanted, to: '2026-09-30' })).toBe('LastDayWrong')
    expect(await clerk.refused('foundCollection', { ...wanted, reviewBy: '2026-13-01' })).toBe('ReviewDateWrong')
    expect(await manager.refused('foundCollection', wanted)).toBe('RightNotYours')
    expect(clerk.host.asked).toEqual([])
    expect((await clerk.ask('town', null)).collections.map(({ name }) => name)).toEqual(['総務課の文書'])
  })
})
