// What was quarantined, asked by the ids it declares: whoever builds on one of them is quarantined too, and let in when another
// segment brings the same event and is accepted. So what counts is a function of the set of segments, in whatever order they came.

import type { KnownEvent } from '../log/event.ts'
import type { Quarantined } from './ports.ts'

export interface Quarantine {
  /** Does a quarantined segment of this collection declare one of these events? */
  holds(collection: string, ids: Iterable<string>): boolean
  /** Segments against which nothing stands but their past, of which one of these events is a part. */
  dependents(collection: string, ids: Iterable<string>): readonly Quarantined[]
  /** Is the segment of this name kept here? */
  has(name: string): boolean
  /** Segments set aside that declare this event: whoever brought it again adopts it (JU-34). */
  setAsideWith(collection: string, id: string): readonly Quarantined[]
  take(segment: Quarantined): void
  release(names: readonly string[]): void
}

export function createQuarantine(segments: readonly Quarantined[]): Quarantine {
  const byName = new Map<string, Quarantined>()
  const declared = new Map<string, Set<string>>()
  const named = new Map<string, Set<string>>()
  const index = (into: Map<string, Set<string>>, key: string, name: string): void => void into.set(key, (into.get(key) ?? new Set()).add(name))
  const each = (segment: Quarantined, visit: (into: Map<string, Set<string>>, key: string) => void): void => {
    for (const id of segment.acts) visit(declared, `${segment.collection} ${id}`)
    for (const id of pastOf(segment.events)) visit(named, `${segment.collection} ${id}`)
  }
  const take = (segment: Quarantined): void => {
    byName.set(segment.name, segment)
    each(segment, (into, key) => index(into, key, segment.name))
  }
  for (const segment of segments) take(segment)
  return {
    holds(collection, ids) {
      for (const id of ids) if ((declared.get(`${collection} ${id}`)?.size ?? 0) > 0) return true
      return false
    },
    dependents(collection, ids) {
      const names = new Set<string>()
      for (const id of ids) for (const name of named.get(`${collection} ${id}`) ?? []) names.add(name)
      return [...names].flatMap((name) => byName.get(name) ?? [])
    },
    has: (name) => byName.has(name),
    setAsideWith: (collection, id) => [...(declared.get(`${collection} ${id}`) ?? [])].flatMap((name) => byName.get(name) ?? []).filter(mayComeAgain),
    take,
    release(names) {
      for (const name of names) {
        const segment = byName.get(name)
        if (segment) each(segment, (into, key) => into.get(key)?.delete(name))
        byName.delete(name)
      }
    },
  }
}

/** JU-33 why a segment of a forked lane is kept aside. */
export const forkedCode = 'lane-forked'

export function isForked({ reasons }: Pick<Quarantined, 'reasons'>): boolean {
  return reasons[0]?.code === forkedCode
}

/** JU-96 why a segment is kept aside for the brake alone. */
export const brakeCode = 'mass-change'

export function isBraked({ reasons }: Pick<Quarantined, 'reasons'>): boolean {
  return reasons.length > 0 && reasons.every(({ code }) => code === brakeCode)
}

/** Is it kept aside though nothing was wrong with what it does? Its person can bring it again. */
export function mayComeAgain({ reasons }: Pick<Quarantined, 'reasons'>): boolean {
  return isForked({ reasons }) || isBraked({ reasons })
}

/** The events that these name as their past and are not among them. */
export function pastOf(events: readonly KnownEvent[]): ReadonlySet<string> {
  const own = new Set(events.map(({ id }) => id))
  return new Set(events.flatMap(({ event }) => event.deps).filter((id) => !own.has(id)))
}
