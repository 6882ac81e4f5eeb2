// What of one's own does not count, in one place: what the brake holds though a changed program signed it, and what no replica lets in; each
// is gone from there once its one way on was gone.
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { documentHandle } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { createKeyRing } from './key-ring.ts'
import { createMemoryHost } from './testing/memory-host.ts'
import { createOffice, unlockSeat } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat } from './testing/test-seat.ts'

const careful: TownData = { ...smallTown, policies: smallTown.policies.map((policy) => ({ ...policy, massDocuments: 10 })) }

/** A clerk and the manager at one machine; `sign` writes what the clerk's own program would not. */
async function office() {
  const made = await createOffice(careful, ['clerk', 'manager'])
  const folder = made.folder()
  const open = (person: string) => openTestSeat(made, person, folder, createTestMachine(async () => new Uint8Array()))
  const [clerk, manager] = [await open('clerk'), await open('manager')]
  const seat = await unlockSeat(made, folder, 'clerk')
  const { lane, workspace, person } = seat.open
  const sign = async (docs: readonly string[], position: string | null): Promise<void> => {
    const keys = await createKeyRing({ crypto: made.crypto, open: seat.open, object: async (name) => folder.get(name) ?? null })
    const seq = Math.max(0, ...[...folder.keys()].filter((name) => name.startsWith('j/') && name.includes(`/${lane}/`)).map((name) => Number(name.slice(-8)))) + 1
    const at = { ms: made.clock.now(), n: 0 }
    const events = docs.map((doc): LogEvent => ({ v: 1, type: 'draft.cover', doc, deps: [], hlc: at, at: new Date(at.ms).toISOString(), person, position, body: { field: 'title', value: '書き換え' }, salt: made.crypto.random.bytes(16) }))
    const held = new Map(await Promise.all(docs.map(async (doc) => [doc, await keys.documentKey('c1', documentHandle(workspace, doc))] as const)))
    const sealed = await sealEvents(made.crypto, { workspace, collection: 'c1', lane, seq }, events, (event) => held.get(event.doc ?? '') as never)
    const signed = await createMemoryHost(made, folder, seat).journal.commit({ collection: 'c1', seq, hlc: at, authority: { [lane]: 1 }, epoch: 0, acts: sealed.acts.map((act) => ({ ...act })), events: [...sealed.events] })
    expect(signed.ok).toBe(true)
    await Promise.all([clerk.service.takeIn(), manager.service.takeIn()])
  }
  const draftOf = async (who: typeof clerk, as: string): Promise<string> => (await who.done('createDraft', { form: 't1', collection: 'c1', position: as })).id
  return { clerk, manager, sign, draftOf }
}

const titleAt = async (seat: Awaited<ReturnType<typeof office>>['clerk'], id: string) => (await seat.ask('document', { id }))?.cover.find(({ field }) => field === 'title')?.values ?? []

describe('what is held, in one place', () => {
  it('4.6 4.16 T15 JU-96 what was signed beyond the brake counts nowhere, is said to its person and to administrators, and counts when it was confirmed and entered again', async () => {
    const { clerk, manager, sign, draftOf } = await office()
    for (let n = 0; n < 10; n++) await draftOf(clerk, 'p-clerk')
    expect(await clerk.refused('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })).toBe('NotAllowed mass-change')
    const others = [await draftOf(manager, 'p-manager'), await draftOf(manager, 'p-manager')]
    await clerk.service.takeIn()
    expect(await clerk.ask('held', null)).toEqual([])
    await sign(others, null)
    expect(await titleAt(manager, others[0] ?? '')).toEqual([])
    expect(await clerk.ask('held', null)).toEqual([{ why: 'braked', count: 2, here: true }])
    expect(await manager.ask('held', null)).toEqual([])
    expect((await manager.ask('trust', null)).twofold).toMatchObject([{ why: 'braked', name: '係員 太郎', held: 2, own: false, adoptable: 0 }])
    expect((await clerk.ask('trust', null)).twofold).toMatchObject([{ why: 'braked', held: 2, own: true, adoptable: 2 }])

    expect(await clerk.refused('adopt', null)).toBe('NotAllowed mass-change')
    for (const wrong of [{ documents: 0 }, { hours: 9 }, { reason: ' ' }]) expect(await clerk.refused('liftBrake', { documents: 2, hours: 1, reason: '年度末', ...wrong })).toBe('LiftOutOfRange')
    await clerk.done('liftBrake', { documents: 2, hours: 1, reason: '年度末の整理' })
    expect(await clerk.ask('brake', null)).toMatchObject({ limit: 10, lift: { documents: 2 } })
    expect(await clerk.done('adopt', null)).toEqual({ acts: 2 })
    await manager.service.takeIn()
    for (const seat of [clerk, manager]) {
      expect(await titleAt(seat, others[1] ?? '')).toEqual(['書き換え'])
      expect((await seat.ask('trust', null)).twofold).toEqual([])
    }
    expect(await clerk.ask('held', null)).toEqual([])
  })

  it('4.6 an act that no replica lets in is said to its person with the reason, until they did it again', async () => {
    const { clerk, manager, sign, draftOf } = await office()
    const id = await draftOf(clerk, 'p-clerk')
    await sign([id], 'p-mayor')
    expect(await clerk.ask('held', null)).toMatchObject([{ why: 'refused', doc: id, type: 'draft.cover', reason: { code: 'position-not-held' } }])
    expect(await manager.ask('held', null)).toEqual([])
    await clerk.done('setCover', { id, field: 'title', value: '書き直した件名' })
    expect(await clerk.ask('held', null)).toEqual([])
  })
})
