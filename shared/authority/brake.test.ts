import { describe, expect, it } from 'vitest'
import { brakedBy, changesDocument, usualMassDocuments, type Changed } from './brake.ts'
import type { LiftedBrake } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil, shuffled } from './testing/council.ts'

const hour = 3_600_000
const noon = Date.parse('2026-10-01T03:00:00Z')
/** So many documents, one each minute up to `last`. */
const changed = (count: number, last = noon): Changed => new Map(Array.from({ length: count }, (_, i) => [`d${i}`, last - (count - 1 - i) * 60_000]))
const lift = (over: Partial<LiftedBrake> = {}): LiftedBrake => ({ seat: 's', from: noon - hour, until: noon + hour, documents: 40, ...over })
const policy = { massDocuments: 10 }

describe('4.16 T15 many documents changed within an hour by one seat', () => {
  it('4.16 T15 JU-95 goes on up to the town’s number, 200 where it says none, and says how many since when', () => {
    expect(brakedBy(policy, [], 's', noon, changed(10))).toBeNull()
    expect(brakedBy(policy, [], 's', noon, changed(11))).toEqual({ documents: 11, limit: 10, since: '11:50' })
    const atOnce = (count: number): Changed => new Map(Array.from({ length: count }, (_, i) => [`d${i}`, noon]))
    expect([brakedBy({}, [], 's', noon, atOnce(usualMassDocuments)), brakedBy(null, [], 's', noon, atOnce(usualMassDocuments + 1))?.limit]).toEqual([null, 200])
  })

  it('4.16 T15 JU-95 counts the last hour, and what a clock that was set back leaves ahead', () => {
    expect(brakedBy(policy, [], 's', noon + hour, changed(11))).toBeNull()
    expect(brakedBy(policy, [], 's', noon + hour - 60_000 * 10, changed(11))?.documents).toBe(11)
    expect(brakedBy(policy, [], 's', noon - 8 * hour, changed(11))?.documents).toBe(11)
  })

  it('4.16 T15 AU-95 goes on for as many and as long as its person said at that seat, and no further', () => {
    const many = changed(30)
    expect(brakedBy(policy, [lift()], 's', noon, many)).toBeNull()
    expect(brakedBy(policy, [lift({ documents: 29 })], 's', noon, many)?.documents).toBe(30)
    // What was changed before it was said is not of those that were named.
    expect(brakedBy(policy, [lift({ documents: 29, from: noon - 28 * 60_000 })], 's', noon, many)).toBeNull()
    for (const wrong of [lift({ seat: 'other' }), lift({ until: noon - 1 }), lift({ from: noon + 1 })]) expect(brakedBy(policy, [wrong], 's', noon, many)?.documents).toBe(30)
    expect(brakedBy(policy, [lift({ until: noon }), lift({ documents: 1 })], 's', noon, many)).toBeNull()
  })

  it('4.16 T15 looking, printing, receiving and taking out a copy change nothing', () => {
    expect(['document.open', 'document.print', 'document.witness', 'document.export'].map(changesDocument)).toEqual([false, false, false, false])
    expect(['draft.create', 'draft.cover', 'draft.abandon', 'document.withdraw', 'record.file', 'volume.close', 'future.act'].every(changesDocument)).toBe(true)
  })

  it('4.16 T15 AU-95 is of the seat that wrote it, for its hours from its own time, the same in any order', () => {
    const council = createCouncil(['a', 'b'])
    const said = [council.act('a', 'brake.lift', { documents: 500, hours: 4, reason: '年度末の編入' }), council.act('b', 'brake.lift', { documents: 20, hours: 1, reason: 'r' })]
    const lifts = (known: Parameters<typeof reduceAuthority>[0]) => [...reduceAuthority(known).lifts].sort((a, b) => a.seat.localeCompare(b.seat))
    const from = said.map(({ event }) => event.hlc.ms)
    expect(lifts([...council.founding, ...said])).toEqual([
      { seat: 'seat-a', from: from[0], until: (from[0] ?? 0) + 4 * hour, documents: 500 },
      { seat: 'seat-b', from: from[1], until: (from[1] ?? 0) + hour, documents: 20 },
    ])
    const order = [...council.founding, ...said].map((_, i) => -i)
    expect(lifts(shuffled([...council.founding, ...said], order)).map(({ seat, documents }) => [seat, documents])).toEqual([['seat-a', 500], ['seat-b', 20]])
  })
})
