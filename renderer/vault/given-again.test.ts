// What a person enters again, and what is written of several documents at once, for whoever was given one of them alone.
import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { apartOffice } from './testing/apart.ts'
import { carry } from './testing/carry.ts'
import { createOffice, type Objects, type Office } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat } from './testing/test-seat.ts'
import { bodyOf, draft, inNewLane, titleOf } from './testing/typed-drafts.ts'

const machine = () => createTestMachine(async () => new Uint8Array())

/** A clerk with two drafts, of which one was given to somebody of another section. */
async function given() {
  const office = await createOffice(smallTown, ['clerk', 'other'])
  const clerk = await openTestSeat(office, 'clerk', office.folder(), machine())
  const [shown, hidden] = [await draft(clerk, '見せる文書', '初めの文'), await draft(clerk, '見せない文書', '内示')]
  await clerk.done('giveDocument', { id: shown, person: 'other', role: 'writer', to: '2026-12-31', reason: '意見' })
  await vi.waitFor(() => expect([...clerk.objects.keys()].filter((name) => name.includes('/p/'))).toHaveLength(1))
  const folder = (): Objects => new Map(clerk.objects)
  const other = await openTestSeat(office, 'other', folder(), machine())
  expect(await titleOf(other, shown)).toEqual(['見せる文書'])
  return { office, clerk, other, shown, hidden, folder }
}

const clerkAnew = (office: Office, objects: Objects) => openTestSeat(inNewLane(office, 'clerk', 'second'), 'clerk', objects, machine())

describe('one document that was given alone', () => {
  it('4.11 JU-34 JU-91 what its author enters again after a fork counts at whoever has that document alone, though other documents come with it', async () => {
    const { office, clerk, other, shown, hidden, folder } = await given()
    const copy = await openTestSeat(office, 'clerk', folder(), machine())
    for (const [id, title] of [[shown, '直した件名'], [hidden, '直した内示']] as const) await clerk.done('setCover', { id, field: 'title', value: title })
    await copy.done('setCover', { id: hidden, field: 'title', value: '写しで直した内示' })
    await carry(clerk, other)
    await carry(copy, other)
    expect(await titleOf(other, shown)).toEqual(['見せる文書'])
    await carry(copy, clerk)

    const again = await clerkAnew(office, clerk.objects)
    expect((await again.done('adopt', null)).acts).toBeGreaterThan(1)
    await again.done('setCover', { id: shown, field: 'title', value: 'そのあとの件名' })
    await carry(again, other)
    expect([await titleOf(other, shown), await bodyOf(other, shown)]).toEqual([['そのあとの件名'], '初めの文'])
    expect((await other.ask('trust', null)).quarantined.map(({ code }) => code)).not.toContain('not-all-read')
    expect((await other.ask('document', { id: shown }))?.history.every(({ hasEffect }) => hasEffect)).toBe(true)
    expect(await other.ask('document', { id: hidden })).toBeNull()
    expect([...clerk.defects, ...copy.defects, ...again.defects, ...other.defects]).toEqual([])
  })

  it('4.11 JU-91 that it was exported with others of its volume counts at whoever has it alone, and what is done after that', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'], async (path) => new Uint8Array(await readFile(path)))
    const [clerk, manager, mayor] = [await apart.at('clerk'), await apart.at('manager'), await apart.at('mayor')]
    const ids: string[] = []
    for (const title of ['見せる文書', '見せない文書', 'ほかの文書']) {
      const id = await draft(clerk, title, '次のとおりとする。')
      await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'ko', concurrence: [] })
      ids.push(id)
    }
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    for (const id of ids) await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'manager', seat: manager })
    for (const id of ids) await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '' })
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'mayor', seat: mayor })
    const shown = ids[0] as string
    await clerk.done('giveDocument', { id: shown, person: 'other', role: 'reader', to: '2026-12-31', reason: '意見' })
    await vi.waitFor(() => expect([...clerk.objects.keys()].filter((name) => name.includes('/p/'))).toHaveLength(1))
    const volume = await clerk.done('createVolume', { node: '1-1-1', title: '会議', publicTitle: '', retentionClass: '5', fiscalYear: 2026, location: '', collection: 'c1', position: 'p-clerk' })
    for (const id of ids) await clerk.done('fileDocument', { id, volume: volume.id, position: 'p-clerk' })
    const before = clerk.host.commits.length
    expect((await clerk.done('exportPackage', { scope: { kind: 'volume', id: volume.id }, position: 'p-clerk', reason: '写しの交付' })).documents).toBe(3)
    const exported = clerk.host.commits.slice(before).filter(({ acts }) => acts.some(({ type }) => type === 'document.export'))
    expect(exported.map(({ acts }) => acts.length).sort()).toEqual([1, 2])
    await clerk.done('rekeyDocument', { id: shown, reason: '念のため' })
    await vi.waitFor(() => expect([...clerk.objects.keys()].filter((name) => name.includes('/p/'))).toHaveLength(2))
    apart.carry('clerk', 'other')
    const other = await apart.at('other')
    expect((await other.ask('document', { id: shown }))?.history.map(({ type }) => type)).toEqual(expect.arrayContaining(['document.export', 'document.rekey']))
    expect((await other.ask('trust', null)).quarantined).toEqual([])
  })
})
