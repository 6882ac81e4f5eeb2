// What a removed person could read, as the administrator who takes the right away sees it: before, and afterwards for the report.
import { describe, expect, it } from 'vitest'
import { createOffice } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat } from './testing/test-seat.ts'

const titleless = (name: string, ...opened: readonly boolean[]) => ({ name, mayRekey: true, documents: opened.map((was) => ({ doc: expect.any(String), title: '', at: expect.any(String), rekeyed: null, earlier: null, opened: was ? expect.any(String) : null })) })

describe('what a removed person could read', () => {
  it('4.13 AU-80 what was within reach and what they opened of it is listed before and after, and what was made later is not in it', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'])
    const folder = office.folder()
    const machine = createTestMachine(async () => new Uint8Array())
    const clerk = await openTestSeat(office, 'clerk', folder, machine)
    const make = async () => (await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })).id
    const [seen] = [await make(), await make()]
    const mayor = await openTestSeat(office, 'mayor', folder, createTestMachine(async () => new Uint8Array()))
    await mayor.ask('document', { id: seen })
    const before = { kind: 'rights', grants: ['mayor-approver-c1', 'other-writer-c2'] } as const
    const openings = async (): Promise<number | undefined> => {
      await clerk.service.takeIn()
      return (await clerk.ask('couldRead', before))?.collections[0]?.documents.filter(({ opened }) => opened !== null).length
    }
    await expect.poll(openings).toBe(1)
    // The clerk reads no documents of the works section: they are named, not counted.
    const could = { usesKnown: true, collections: [titleless('総務課の文書', true, false)], unread: ['建設課の文書'] }
    expect(sorted(await clerk.ask('couldRead', before))).toEqual(could)
    expect((await clerk.ask('trust', null)).removed).toEqual([])

    await clerk.done('reviewGrants', { grants: ['mayor-approver-c1', 'clerk-writer-c1'], act: { kind: 'remove' }, reason: '退職' })
    await make()
    const { removed } = await clerk.ask('trust', null)
    // Who reads on by another right lost nothing.
    expect(removed).toEqual([{ id: expect.any(String), name: '町長 太郎', kind: 'right', by: '係員 太郎', at: expect.any(String), reason: '退職' }])
    expect(sorted(await clerk.ask('couldRead', { kind: 'removal', id: removed[0]?.id ?? '' }))).toEqual({ ...could, unread: [] })
    expect(await clerk.ask('couldRead', { kind: 'removal', id: 'none' })).toBe(null)

    // A new key is told in the list: the rest is still to be done.
    await clerk.done('rekeyDocument', { id: seen, reason: '退職' })
    const [after] = (await clerk.ask('couldRead', { kind: 'removal', id: removed[0]?.id ?? '' }))?.collections ?? []
    expect(after?.documents.map(({ doc, rekeyed }) => [doc === seen, rekeyed !== null]).sort()).toEqual([[false, false], [true, true]])

    const seat = office.founded.seats.find(({ person }) => person === 'manager')?.seat ?? ''
    expect(sorted(await clerk.ask('couldRead', { kind: 'seat', seat }))?.collections).toEqual([titleless('総務課の文書', false, false, false)])
    await clerk.done('removeSeat', { seat, reason: '異動' })
    await expect.poll(async () => (await clerk.ask('trust', null)).removed.map(({ name, kind }) => [name, kind])).toEqual([['課長 太郎', 'seat'], ['町長 太郎', 'right']])
    expect(clerk.defects).toEqual([])
  })

  it('4.13 AU-80 is not said before everything that lies here is taken in', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor'])
    const clerk = await openTestSeat(office, 'clerk', office.folder(), createTestMachine(async () => new Uint8Array()))
    const manager = await openTestSeat(office, 'manager', office.folder(), createTestMachine(async () => new Uint8Array()))
    const of = { kind: 'rights', grants: ['mayor-approver-c1'] } as const
    const told: (number | null)[] = []
    manager.service.watch('couldRead', of, (found) => void told.push(found?.usesKnown ? (found.collections[0]?.documents.length ?? 0) : null))
    await expect.poll(() => told.at(-1)).toBe(0)
    const made = 12
    for (let n = 0; n < made; n++) await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    for (const [name, bytes] of clerk.objects) manager.objects.set(name, bytes)
    await manager.service.takeIn()
    await expect.poll(() => told.at(-1)).toBe(made)
    expect([...new Set(told)].filter((count) => count !== null && count !== 0)).toEqual([made])
    expect([...clerk.defects, ...manager.defects]).toEqual([])
  })
})

/** Documents without a title have no order of their own here. */
function sorted<T extends { readonly collections: readonly { readonly documents: readonly { readonly opened: string | null }[] }[] }>(found: T | null): T | null {
  return found && { ...found, collections: found.collections.map((one) => ({ ...one, documents: one.documents.toSorted((a, b) => Number(a.opened === null) - Number(b.opened === null)) })) }
}
