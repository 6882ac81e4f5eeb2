// Seats that give numbers, for tests: each knows some acts, acts in knowledge of them and learns from others. Ids are counted and
// then hashed, so that no order of ids follows from the order of acting.

import { utf8ToBytes } from '../../base/bytes.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { KnownEvent } from '../../log/event.ts'
import { bookOf } from '../ask.ts'
import { reduceNumbers } from '../books.ts'
import type { NumberActType, NumberBodyOf } from '../events.ts'
import type { NumberBooks, SeriesBook } from '../state.ts'

export const testSeries = 'outgoing'

export interface TestSeat {
  readonly name: string
  readonly known: ReadonlyMap<string, KnownEvent>
  act<T extends NumberActType>(type: T, body: Omit<NumberBodyOf<T>, 'series'>): string
  /** Writes anything at all. */
  write(type: string, body: unknown): string
  learn(...others: readonly TestSeat[]): void
  books(): NumberBooks
  book(): SeriesBook
}

export function createTestSeats(seed = ''): (name: string) => TestSeat {
  let tick = 0
  return (name) => {
    const known = new Map<string, KnownEvent>()
    let seq = 0
    const write: TestSeat['write'] = (type, body) => {
      tick += 1
      const past = new Set([...known.values()].flatMap(({ event }) => event.deps))
      const ms = Date.parse('2026-10-01T00:00:00Z') + tick * 1000
      const event: KnownEvent = {
        id: sha256Hex(utf8ToBytes(`${seed}/${tick}`)), lane: `${name}.1/zero`, seq: ++seq,
        event: { v: 1, type, doc: null, deps: [...known.keys()].filter((id) => !past.has(id)).sort(), hlc: { ms, n: 0 }, at: new Date(ms).toISOString(), person: name, position: null, body, salt: new Uint8Array(16) },
      }
      known.set(event.id, event)
      return event.id
    }
    const books = (): NumberBooks => reduceNumbers(known.values())
    return {
      name, known, write, books,
      act: (type, body) => write(type, { series: testSeries, ...body }),
      learn: (...others) => { for (const other of others) for (const [id, event] of other.known) known.set(id, event) },
      book: () => bookOf(books(), testSeries),
    }
  }
}
