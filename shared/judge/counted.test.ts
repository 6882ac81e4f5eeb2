import { describe, expect, it } from 'vitest'
import { joinCuts } from '../authority/cut.ts'
import type { KnownEvent } from '../log/event.ts'
import { countedEvents, counts, voidType } from './counted.ts'

const known = (type: string, seq: number): KnownEvent => ({
  id: `${type} ${seq}`, lane: 'lost.1/c1', seq,
  event: { v: 1, type, doc: 'd', deps: ['before'], hlc: { ms: 1, n: 0 }, at: '', person: 'p', position: null, body: { some: 'thing' }, salt: new Uint8Array(16) },
})

describe('what counts of a removed seat', () => {
  it('3.1 JU-17 acts behind the cut leave their place in the past and nothing else; drafts and what came before stay', () => {
    const cuts = joinCuts([{ scope: 'seats', seats: ['lost'], trusted: [{ collection: 'c1', lane: 'lost.1', seq: 2, hash: '' }] }])
    const events = [known('decision.approve', 2), known('decision.approve', 3), known('draft.cover', 4), known('draft.abandon', 5)]
    expect(events.map((one) => counts(one, cuts))).toEqual([true, false, true, false])
    const counted = countedEvents(events, cuts)
    expect(counted.map(({ event }) => event.type)).toEqual(['decision.approve', voidType, 'draft.cover', voidType])
    expect(counted.map(({ id, event }) => [id, event.deps])).toEqual(events.map(({ id, event }) => [id, event.deps]))
    expect(counted[1]?.event.body).toBeNull()
  })
})
