// What main lets somebody leave: a former lane of their own seat in which on this disk a record is missing before others, and with the PIN.
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { collectionHandle, segmentName } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { createObjectStore } from './object-store.ts'
import { clearAway, commitRequest, device, founded, openVault, pin, seats } from './testing/session-device.ts'

afterEach(clearAway)

const collection = 'c-general-affairs'

describe('leaving a lane that waits for a lost record', () => {
  it('3.14 JU-39 PO-4 is signed with the PIN only, and only where a record of a former lane of the same seat is missing here before a later one', async () => {
    const { session, clock, folder } = await device({ os: null })
    await founded(session, 'practice')
    const [own, other] = await seats(session)
    expect(await session.page.session.unlock({ seat: own!.seat, pin })).toEqual(ok(null))
    const vault = await openVault(session)
    const store = createObjectStore(join(folder, 'objects', 'z1', vault.workspace))
    const former = `${own!.seat}.former`
    const put = async (lane: string, seq: number): Promise<void> => void (await store.put(segmentName(collectionHandle(vault.genesis, collection), lane, seq), utf8ToBytes(`${seq}`)))
    for (const seq of [1, 3]) await put(former, seq)
    for (const seq of [1, 3]) await put(`${other!.seat}.former`, seq)
    await put(vault.lane, 3)
    const ask = async (lane: string, seq: number) => {
      const { event, request } = await commitRequest(vault, clock, 2, 'session.leave', { collection, lane, seq })
      const answer = await session.vault.consent.request({ events: [eventToBytes(event)], title: '記録', facts: [], warnings: [] })
      return { request, said: answer.ok ? 'confirmed' : 'reason' in answer.error ? answer.error.reason : answer.error.type }
    }
    expect((await ask(former, 1)).said).toBe('not-lost')
    expect((await ask(former, 4)).said).toBe('not-lost')
    expect((await ask(`${other!.seat}.former`, 2)).said).toBe('not-lost')
    expect((await ask(vault.lane, 2)).said).toBe('not-lost')
    expect((await ask(`${own!.seat}.`, 2)).said).toBe('not-lost')
    const unasked = await commitRequest(vault, clock, 2, 'session.leave', { collection, lane: former, seq: 2 })
    expect(await session.vault.journal.commit(unasked.request)).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
    const { request, said } = await ask(former, 2)
    expect(said).toBe('confirmed')
    expect((await session.vault.journal.commit(request)).ok).toBe(true)
  })
})
