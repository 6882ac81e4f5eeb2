// Which event was made in knowledge of which. A pure function of the set: arrival order never shows.
// It never judges events. Deps that are not in the set are ignored (they belong to another document or are not here yet).

import { compareForDisplay, type KnownEvent } from './event.ts'

export interface Causality {
  /** Causes before effects; where the graph leaves a choice, display order. */
  readonly ordered: readonly KnownEvent[]
  /** Was `marked` in the causal past of `event`? Both by id; false when `marked` was not marked. */
  precedes(marked: string, event: string): boolean
  /** The marked events in the past of `event`, as a key: equal keys, equal pasts. */
  pastKey(event: string): string
}

/** Only events that `isMarked` accepts can be asked for as causes, which keeps long drafts cheap. */
export function causalityOf(events: readonly KnownEvent[], isMarked: (event: KnownEvent) => boolean): Causality {
  const byId = onceEach(events)
  const ordered = causesFirst([...byId.values()].sort(compareForDisplay), byId)
  const bits = new Map(ordered.filter(isMarked).map((event, index) => [event.id, index]))
  const words = Math.ceil(bits.size / 32)
  const pasts = new Map<string, Uint32Array>()
  for (const known of ordered) {
    const past = new Uint32Array(words)
    for (const dep of known.event.deps) {
      const theirs = pasts.get(dep)
      if (!theirs) continue
      for (let i = 0; i < words; i++) past[i] = (past[i] as number) | (theirs[i] as number)
      const bit = bits.get(dep)
      if (bit !== undefined) past[bit >>> 5] = (past[bit >>> 5] as number) | (1 << (bit & 31))
    }
    pasts.set(known.id, past)
  }
  return {
    ordered,
    precedes(marked, event) {
      const bit = bits.get(marked)
      const past = pasts.get(event)
      return bit !== undefined && past !== undefined && ((past[bit >>> 5] as number) & (1 << (bit & 31))) !== 0
    },
    pastKey: (event) => (pasts.get(event) ?? new Uint32Array()).join(','),
  }
}

/** An event that two lanes brought is that of the lane whose name comes first, whichever arrived before. */
function onceEach(events: readonly KnownEvent[]): ReadonlyMap<string, KnownEvent> {
  const byId = new Map<string, KnownEvent>()
  for (const known of events) {
    const held = byId.get(known.id)
    if (!held || known.lane < held.lane) byId.set(known.id, known)
  }
  return byId
}

function causesFirst(sorted: readonly KnownEvent[], byId: ReadonlyMap<string, KnownEvent>): readonly KnownEvent[] {
  const out: KnownEvent[] = []
  const seen = new Set<string>()
  for (const root of sorted) {
    const stack: { readonly event: KnownEvent; opened: boolean }[] = [{ event: root, opened: false }]
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.opened || seen.has(top.event.id)) {
        stack.pop()
        if (top.opened) out.push(top.event)
        continue
      }
      top.opened = true
      seen.add(top.event.id)
      const deps = top.event.event.deps.map((dep) => byId.get(dep)).filter((dep) => dep !== undefined)
      for (const dep of deps.sort((a, b) => compareForDisplay(b, a))) stack.push({ event: dep, opened: false })
    }
  }
  return out
}

/** Those of `ids` that precede no other of them: the latest word, one or several. */
export function latestOf(ids: readonly string[], causality: Causality): readonly string[] {
  // Searched from the end: in a long line of edits the last one is after all others.
  return ids.filter((id) => ids.findLastIndex((other) => other !== id && causality.precedes(id, other)) < 0)
}

/** Ids of all events in the causal past of one. */
export function pastOf(event: string, events: readonly KnownEvent[]): ReadonlySet<string> {
  const byId = new Map(events.map((known) => [known.id, known]))
  const past = new Set<string>()
  const open = [...(byId.get(event)?.event.deps ?? [])]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (past.has(id)) continue
    past.add(id)
    open.push(...(byId.get(id)?.event.deps ?? []))
  }
  return past
}
