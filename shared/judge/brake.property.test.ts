import { describe, expect, it } from 'vitest'
import { assert } from '../base/result.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { collection, copiedOffice, kinds, sameInAnyOrder } from './testing/any-order.ts'
import { fewPeople, idOf, type Writer } from './testing/world.ts'

const minute = 60_000
const docs = Array.from({ length: 16 }, (_, i) => `many-${i}`)

/** A town in which one seat changes ten documents an hour, a writer and a colleague. */
async function office(seed: string) {
  const town = fewPeople(collection)
  const made = await copiedOffice(seed, { ...town, policies: town.policies.map((policy) => ({ ...policy, massDocuments: 10 })) })
  for (const doc of docs) await made.world.newDocument(collection, doc)
  const founding = { [made.zero]: 1 }
  const known = (writer: Writer, count = 1) => ({ ...founding, [writer.lane]: (founding[writer.lane] ?? 0) + count })
  return { ...made, founding, known, clock: made.world.clock }
}

const cover = (writer: Writer, doc: string): LogEvent => writer.event('draft.cover', doc, { field: 'title', value: doc })
const some = (writer: Writer, from: number, to: number): readonly LogEvent[] => docs.slice(from, to).map((doc) => cover(writer, doc))
const lift = (writer: Writer, documents: number, hours = 1): LogEvent => writer.event('brake.lift', null, { documents, hours, reason: '年度末の編入' })

describe('4.16 T15 the brake on many changes by one seat', () => {
  it('4.16 T15 JU-95 what goes beyond the town’s number within an hour counts nowhere, what is within it and what comes an hour later counts, in any order', async () => {
    const { world, sent, send, left, colleague, clock } = await office('brake')
    await send(left, some(left, 0, 6))
    clock.advance(10 * minute)
    await send(left, some(left, 4, 10))
    // The eleventh document of the hour, and once more what was changed in it already.
    await send(left, some(left, 9, 11))
    await send(left, some(left, 0, 10))
    // Another seat has an hour of its own; looking changes nothing.
    await send(colleague, [...some(colleague, 10, 16), colleague.event('document.open', docs[0] as string, { revision: null })])
    await send(left, docs.map((doc) => left.event('document.open', doc, { revision: null })))
    clock.advance(61 * minute)
    await send(left, some(left, 10, 16))
    const found = await sameInAnyOrder(world, sent)
    // What was held is counted among the changes all the same: who goes on and on is held on and on.
    expect(kinds(found.quarantined)).toEqual(['mass-change', 'mass-change'])
    expect(found.heads[`${left.lane}/${collection}`]).toBe(6)
  })

  it('4.16 T15 JU-95 a clock set back within a session gains nothing, and neither does opening the seat anew', async () => {
    const { world, sent, send, left, seat, clock } = await office('brake clocks')
    await send(left, some(left, 0, 10))
    const back = cover(left, docs[11] as string)
    await send(left, [{ ...back, hlc: { ms: back.hlc.ms - 4 * minute, n: 0 } }])
    await send(left, [cover(left, docs[12] as string)])
    assert(seat !== undefined, 'a writer is founded')
    clock.advance(30 * minute)
    const again = await left.copy()
    await send(again, [cover(again, docs[13] as string)])
    expect(kinds((await sameInAnyOrder(world, sent)).quarantined)).toEqual(['mass-change', 'mass-change', 'mass-change'])
  })

  it('4.16 T15 JU-95 AU-95 goes on where its person said so before and the author knew, for as many as were named, whoever else said what', async () => {
    const { world, sent, send, left, colleague, founding, known, clock } = await office('brake lifted')
    await send(left, some(left, 0, 10))
    await send(colleague, [lift(colleague, 500)], collectionZero, founding)
    await send(left, [cover(left, docs[10] as string)], collection, known(colleague))
    clock.advance(minute)
    await send(left, [lift(left, 3)], collectionZero, founding)
    // Written on a position that does not know of it yet.
    await send(left, [cover(left, docs[11] as string)], collection, founding)
    await send(left, some(left, 11, 14), collection, known(left))
    await send(left, [cover(left, docs[14] as string)], collection, known(left))
    const found = await sameInAnyOrder(world, sent)
    expect(kinds(found.quarantined)).toEqual(['mass-change', 'mass-change', 'mass-change'])
  })

  it('4.16 T15 JU-96 what was held counts when its person brings it again, with all that others built on it, in any order', async () => {
    const { world, sent, send, left, colleague, founding, known, clock } = await office('brake again')
    await send(left, some(left, 0, 10))
    const held = some(left, 10, 14)
    await send(left, held)
    const built = colleague.event('draft.cover', docs[10] as string, { field: 'reason', value: '追記' }, { deps: [idOf(held[0] as LogEvent)] })
    await send(colleague, [built])
    const before = await sameInAnyOrder(world, sent)
    expect(kinds(before.quarantined)).toEqual(['mass-change', 'past-not-accepted'])
    clock.advance(minute)
    await send(left, [lift(left, 10)], collectionZero, founding)
    // A segment bears the time of its last event.
    await send(left, [...held, left.event('draft.cover', docs[14] as string, { field: 'title', value: '年度末' })], collection, known(left))
    const after = await sameInAnyOrder(world, sent)
    expect(kinds(after.quarantined)).toEqual(['mass-change'])
    expect(after.state).not.toBe(before.state)
  })
})
