// The brake at main's gate: it counts what a seat changed in every collection, on this disk, and knows what its person said with the PIN.
import { afterEach, expect, it } from 'vitest'
import type { DevicePolicy } from '@shared/authority/model.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { assert } from '@shared/base/result.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import { collectionZero, documentHandle } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import type { ConsentQuestion } from '../ports.ts'
import { nodeHost } from './node-host.ts'
import { clearAway, commitRequest, deskTyping, founded, must, openVault, pin, seats, sessionIn, standingClock, temporary } from './testing/session-device.ts'

afterEach(clearAway)

const minute = 60_000
const ten: DevicePolicy = { ...(sampleTown.policies[0] as DevicePolicy), massDocuments: 10 }

it('4.16 T15 JU-95 the gate signs no change of more documents within an hour than the town lets by, whatever collections they lie in, until its person says with the PIN how many it will be', async () => {
  const asked: ConsentQuestion[] = []
  const { clock, advance } = standingClock()
  const session = sessionIn({ folder: await temporary(), clock }, { sample: { ...sampleTown, policies: [ten] }, desk: deskTyping(pin, asked) })
  await founded(session)
  const [seat] = await seats(session)
  const unlock = () => session.page.session.unlock({ seat: seat?.seat ?? '', pin })
  expect((await unlock()).ok).toBe(true)
  const vault = await openVault(session)
  const [one, other] = [...new Set(vault.epochKeys.map(({ collection }) => collection))].filter((collection) => collection !== collectionZero)
  assert(one !== undefined && other !== undefined, 'the seat reads two collections')
  const hybrid = createHybridClock(clock)
  const seqs = new Map<string, number>()
  const change = async (collection: string, docs: readonly number[], type = 'draft.cover') => {
    const events = docs.map(() => nodeHost.random.bytes(40))
    const acts = docs.map((n, i) => ({ type, doc: documentHandle(vault.workspace, `doc-${n}`), event: sha256Hex(nodeHost.random.bytes(8)), sealed: sha256Hex(events[i] as Uint8Array) }))
    const seq = (seqs.get(collection) ?? 0) + 1
    const done = await session.vault.journal.commit({ collection, seq, hlc: hybrid.tick(), authority: {}, epoch: 0, acts, events })
    if (done.ok) seqs.set(collection, seq)
    return done.ok ? 'signed' : 'reasons' in done.error ? done.error.reasons : done.error
  }
  expect(await change(one, [1, 2, 3, 4, 5, 6])).toBe('signed')
  advance(10 * minute)
  expect(await change(other, [7, 8, 9, 10])).toBe('signed')
  const held = [{ code: 'mass-change', facts: { documents: 11, limit: 10, since: '09:00' } }]
  expect(await change(other, [11])).toEqual(held)
  // What was changed within the hour already is no further document, and looking is no change.
  expect([await change(one, [10, 1]), await change(one, [11, 12], 'document.open')]).toEqual(['signed', 'signed'])
  // The PIN that opens the seat is no word about it: what lies on the disk is counted.
  await session.lock('person')
  expect((await unlock()).ok).toBe(true)
  expect(await change(other, [11])).toMatchObject([{ code: 'mass-change', facts: { documents: 11 } }])

  advance(minute)
  const lanes = await must(session.vault.journal.lanes({ collection: collectionZero }))
  const next = (lanes.find(({ lane }) => lane === vault.lane)?.seq ?? 0) + 1
  const lift = await commitRequest(vault, clock, next, 'brake.lift', { documents: 3, hours: 1, reason: '年度末の編入' })
  const begun = { ...lift.request, authority: Object.fromEntries(lanes.map(({ lane, seq }) => [lane, seq])) }
  expect(await session.vault.journal.commit(begun)).toMatchObject({ ok: false, error: { type: 'ConsentMissing', act: 'brake.lift' } })
  for (const events of [[lift.event, { ...lift.event, salt: nodeHost.random.bytes(16) }], [{ ...lift.event, body: { documents: 0, hours: 1, reason: 'r' } }]]) expect(await session.vault.consent.request({ events: events.map(eventToBytes), title: '多くの文書', facts: [], warnings: [] })).toMatchObject({ ok: false, error: { type: 'ConsentRefused' } })
  expect((await session.vault.consent.request({ events: [eventToBytes(lift.event)], title: '多くの文書', facts: [], warnings: [] })).ok).toBe(true)
  expect(asked.at(-1)).toMatchObject({ outcome: 'lift-brake', lift: { documents: 3, hours: 1 }, comment: '年度末の編入' })
  expect((await session.vault.journal.commit(begun)).ok).toBe(true)
  advance(minute)
  expect(await change(other, [11, 12])).toBe('signed')
  expect(await change(one, [13])).toBe('signed')
  expect(await change(one, [14])).toMatchObject([{ code: 'mass-change', facts: { documents: 14 } }])
  advance(60 * minute)
  expect(await change(one, [14])).toBe('signed')
})
