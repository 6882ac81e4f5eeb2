// What every view of the door must do, as one list of cases. Each adapter runs it; `create` gives a fresh, empty view.

import { encodeCbor } from '../../base/cbor.ts'
import { assert } from '../../base/result.ts'
import type { KnownEvent } from '../../log/event.ts'
import { collectionZero } from '../../log/names.ts'
import { emptyStateHash } from '../../log/state-hash.ts'
import type { Change, DoorView } from '../ports.ts'

export interface ViewCase {
  readonly name: string
  run(create: () => Promise<DoorView>): Promise<void>
}

export function sampleEvent(id: string, doc: string | null, { ms = 1, lane = 'a.1', seq = 1 } = {}): KnownEvent {
  const event = { v: 1, type: doc === null ? 'town.put' : 'draft.cover', doc, deps: [], hlc: { ms, n: 0 }, at: '2026-10-01T00:00:00.000Z', person: 'p', position: null, body: { text: '\u{20BB7}', bytes: Uint8Array.of(1, 2) }, salt: new Uint8Array(16) } as const
  return { id, event, lane: `${lane}/${doc === null ? collectionZero : 'c1'}`, seq }
}

export function sampleChange(seq: number, change: Partial<Change> = {}): Change {
  return { collection: 'c1', lane: 'a.1', head: { seq, hash: `h${seq}` }, events: [], rows: [], stateHash: String(seq).padStart(64, '0'), quarantined: null, released: [], opaque: false, ...change }
}

function same(a: unknown, b: unknown, why: string): void {
  const [x, y] = [encodeCbor(a), encodeCbor(b)]
  assert(x.length === y.length && x.every((byte, i) => byte === y[i]), why)
}

export const viewContract: readonly ViewCase[] = [
  {
    name: 'is empty at first',
    async run(create) {
      const view = await create()
      same([await view.head('c1', 'a.1'), await view.stateHash(), await view.authorityEvents(), await view.documentEvents('c1', 'd1')], [null, emptyStateHash, [], []], 'nothing is known')
      same(await view.rows([{ table: 'document', key: 'd1' }]), [], 'no row is kept')
    },
  },
  {
    name: 'takes head, events, rows and state hash of a segment together',
    async run(create) {
      const view = await create()
      const row = { table: 'document', key: 'd1', value: { title: '件名' } }
      await view.commit(sampleChange(1, { events: [sampleEvent('e1', 'd1')], rows: [row] }))
      same(await view.head('c1', 'a.1'), { seq: 1, hash: 'h1' }, 'the head moved')
      same((await view.documentEvents('c1', 'd1')).map(({ id }) => id), ['e1'], 'the event is there')
      same((await view.rows([{ table: 'document', key: 'd1' }])).map(({ table, key, value }) => ({ table, key, value })), [row], 'the row is there')
      assert((await view.stateHash()).endsWith('1'), 'the state hash moved')
    },
  },
  {
    name: 'gives an event back as it was, bytes and rare characters included',
    async run(create) {
      const view = await create()
      const event = sampleEvent('e1', 'd1')
      await view.commit(sampleChange(1, { events: [event] }))
      same((await view.documentEvents('c1', 'd1'))[0], event, 'nothing changed on the way')
    },
  },
  {
    name: 'keeps documents, collections and lanes apart',
    async run(create) {
      const view = await create()
      await view.commit(sampleChange(1, { events: [sampleEvent('e1', 'd1'), sampleEvent('e2', 'd2')] }))
      await view.commit(sampleChange(2, { lane: 'b.1', events: [sampleEvent('e3', 'd1', { lane: 'b.1', seq: 2 })] }))
      await view.commit(sampleChange(1, { collection: 'c2', events: [sampleEvent('e4', 'd1')] }))
      same((await view.documentEvents('c1', 'd1')).map(({ id }) => id).toSorted(), ['e1', 'e3'], 'both lanes, one document')
      same((await view.documentEvents('c2', 'd1')).map(({ id }) => id), ['e4'], 'the other collection')
      same([await view.head('c1', 'b.1'), await view.head('c2', 'a.1'), await view.head('c2', 'b.1')], [{ seq: 2, hash: 'h2' }, { seq: 1, hash: 'h1' }, null], 'heads by collection and lane')
    },
  },
  {
    name: 'puts a row in place of the one with the same key',
    async run(create) {
      const view = await create()
      await view.commit(sampleChange(1, { rows: [{ table: 'document', key: 'd1', value: 1 }, { table: 'volume', key: 'd1', value: 2 }] }))
      await view.commit(sampleChange(2, { rows: [{ table: 'document', key: 'd1', value: 3 }] }))
      same((await view.rows([{ table: 'document', key: 'd1' }, { table: 'volume', key: 'd1' }, { table: 'volume', key: 'd2' }])).map(({ value }) => value), [3, 2], 'one value a key')
    },
  },
  {
    name: 'gives every event of collection zero',
    async run(create) {
      const view = await create()
      await view.commit(sampleChange(1, { collection: collectionZero, events: [sampleEvent('z1', null)] }))
      await view.commit(sampleChange(1, { collection: collectionZero, lane: 'b.1', events: [sampleEvent('z2', null, { lane: 'b.1' })] }))
      same((await view.authorityEvents()).map(({ id }) => id).toSorted(), ['z1', 'z2'], 'both lanes')
    },
  },
  {
    name: 'moves the head over a quarantined or opaque segment and takes nothing from it',
    async run(create) {
      const view = await create()
      const quarantined = { name: 'j/x', collection: 'c1', lane: 'a.1', seq: 1, reasons: [{ code: 'role-missing' }], acts: ['e1'], events: [] }
      await view.commit(sampleChange(1, { quarantined }))
      await view.commit(sampleChange(2, { opaque: true }))
      same(await view.head('c1', 'a.1'), { seq: 2, hash: 'h2' }, 'the chain goes on')
      same(await view.documentEvents('c1', 'd1'), [], 'nothing was taken in')
      same(await view.quarantined(), [quarantined], 'it is kept with its reasons')
    },
  },
  {
    name: 'lets a quarantined segment in with the one that releases it, each event where it stands',
    async run(create) {
      const view = await create()
      const held = sampleEvent('e2', 'd1')
      const opening = sampleEvent('e1', 'd1', { seq: 2 })
      await view.commit(sampleChange(1, { quarantined: { name: 'j/x', collection: 'c1', lane: 'a.1', seq: 1, reasons: [{ code: 'past-not-accepted' }], acts: ['e2'], events: [held] } }))
      await view.commit(sampleChange(2, { events: [opening, held], released: ['j/x'] }))
      same(await view.quarantined(), [], 'nothing is held back')
      same((await view.documentEvents('c1', 'd1')).map(({ id, seq }) => [id, seq]).toSorted(), [['e1', 2], ['e2', 1]], 'both are there')
    },
  },
  {
    name: 'forgets what was taken in when it begins anew, and keeps where lanes are forked',
    async run(create) {
      const view = await create()
      await view.commit(sampleChange(1, { events: [sampleEvent('e1', 'd1')], rows: [{ table: 'document', key: 'd1', value: 1 }], quarantined: { name: 'j/x', collection: 'c1', lane: 'a.1', seq: 1, reasons: [], acts: [], events: [] } }))
      await view.restart(new Map([['a.1/c1', 1]]))
      same([await view.head('c1', 'a.1'), await view.stateHash(), await view.documentEvents('c1', 'd1'), await view.quarantined(), await view.rows([{ table: 'document', key: 'd1' }])], [null, emptyStateHash, [], [], []], 'nothing is known')
      await view.commit(sampleChange(1, { events: [sampleEvent('e2', 'd1')] }))
      same([...(await view.forks())], [['a.1/c1', 1]], 'the fork is')
      same((await view.documentEvents('c1', 'd1')).map(({ id }) => id), ['e2'], 'only what came since')
    },
  },
]
