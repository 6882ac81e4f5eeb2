// People at their machines, for tests: each replica knows some events, acts in knowledge of them and learns from others.
// Ids and clocks are counted, never random.

import type { BlobRef } from '../../log/blob.ts'
import type { KnownEvent } from '../../log/event.ts'
import type { BodyOf, DocumentEventType, Step } from '../events.ts'

export interface Replica {
  readonly person: string
  readonly position: string | null
  readonly known: ReadonlyMap<string, KnownEvent>
  /** Writes an event in knowledge of everything known here. */
  act<T extends DocumentEventType>(type: T, body: BodyOf<T>, as?: { readonly person?: string; readonly position?: string | null }): KnownEvent
  /** Writes an event whatever its type. */
  write(type: string, body: unknown, as?: { readonly person?: string; readonly position?: string | null }): KnownEvent
  learn(...others: readonly Replica[]): void
  events(): readonly KnownEvent[]
}

/** Replicas of one document share one world, so that clocks and ids never collide. */
export interface World {
  /** Time goes by, or back (a clock that was set back), in minutes; each act takes one. */
  pass(minutes: number): void
  replica(name: string, person: string, position: string | null): Replica
}

export function createWorld(doc = 'doc-1', startMs = Date.parse('2026-10-01T00:00:00Z')): World {
  let tick = 0
  let written = 0
  const replica = (name: string, person: string, position: string | null): Replica => {
    const known = new Map<string, KnownEvent>()
    let seq = 0
    const write: Replica['write'] = (type, body, as = {}) => {
      tick += 1
      written += 1
      const ms = startMs + tick * 60_000
      const event: KnownEvent = {
        id: `${String(written).padStart(4, '0')}-${name}`,
        lane: `${name}.1/c`,
        seq: seq++,
        event: {
          v: 1, type, doc, deps: headsOf(known), hlc: { ms, n: 0 }, at: new Date(ms).toISOString(),
          person: as.person ?? person, position: as.position === undefined ? position : as.position, body, salt: new Uint8Array(16),
        },
      }
      known.set(event.id, event)
      return event
    }
    return {
      person, position, known, write, act: write,
      learn: (...others) => { for (const other of others) for (const [id, event] of other.known) known.set(id, event) },
      events: () => [...known.values()],
    }
  }
  return { replica, pass: (minutes) => void (tick += minutes) }
}

function headsOf(known: ReadonlyMap<string, KnownEvent>): readonly string[] {
  const past = new Set([...known.values()].flatMap(({ event }) => event.deps))
  return [...known.keys()].filter((id) => !past.has(id)).sort()
}

export function sampleSha(n: number): string {
  return n.toString(16).padStart(64, '0')
}

export function sampleBlob(n: number): BlobRef {
  return { sha256: sampleSha(n), size: 10, chunks: [] }
}

/** A route of the positions p1, p2, …: the last decides. */
export function sampleRoute(length: number): readonly Step[] {
  return Array.from({ length }, (_, i) => ({
    id: `s${i + 1}`, order: i + 1, kind: i + 1 === length ? 'decide' : 'line', position: `p${i + 1}`, title: `title ${i + 1}`,
  }))
}

export function sampleSubmit(n: number, route: readonly Step[] = sampleRoute(3)): BodyOf<'document.submit'> {
  return {
    revision: {
      n, cover: { title: `revision ${n}` }, bodyHash: sampleSha(900 + n), body: new Uint8Array([n]), attachments: [],
      pdf: sampleBlob(n), route, decisionClass: 'c', forcedBy: [],
    },
  }
}

/** A replica of the drafter `d` with a document submitted once. */
export function submitted(world: World, route: readonly Step[] = sampleRoute(3)): Replica {
  const drafter = world.replica('drafter', 'd', 'p0')
  drafter.act('draft.create', { form: 't1', collection: 'c1' })
  drafter.act('draft.cover', { field: 'title', value: '件名' })
  drafter.act('document.submit', sampleSubmit(1, route))
  return drafter
}

/** A clerk's draft that a colleague knows. */
export function sharedDraft(): { readonly clerk: Replica; readonly colleague: Replica } {
  const world = createWorld()
  const clerk = world.replica('clerk', 'c', 'p0')
  clerk.act('draft.create', { form: 't1', collection: 'c1' })
  const colleague = world.replica('colleague', 'k', 'p1')
  colleague.learn(clerk)
  return { clerk, colleague }
}
