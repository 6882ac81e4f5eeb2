// Takes in what lies in the journal and is not in the view yet, lane by lane, through the door: after a start, a crash, a rebuild or
// a copied folder alike. What waits for something else is tried again until nothing moves. It trusts no order and no name.

import type { Result } from '@shared/base/result.ts'
import type { Reason } from '@shared/base/verdict.ts'
import type { DoorAnswer } from '@shared/judge/door.ts'
import type { Fork } from '@shared/judge/forks.ts'
import { takeBeside } from '@shared/judge/take-beside.ts'
import type { VaultHost } from './ports.ts'
import type { View } from './view.ts'

export interface CatchUpDeps {
  readonly host: Pick<VaultHost, 'journal'>
  readonly view: View
  readonly admit: (name: string, object: Uint8Array) => Promise<DoorAnswer>
  readonly object: (name: string) => Promise<Uint8Array | null>
  readonly named: (collection: string, lane: string, seq: number) => string
  /** JU-33 what is in the view is forgotten; everything is taken in anew, knowing these forks. */
  readonly restart: (found: readonly Fork[]) => Promise<void>
}

export interface CaughtUp {
  /** Segments taken in, quarantined ones among them. */
  readonly segments: number
  /** Lanes whose next segment waits for something that is not here, or is not their next segment. */
  readonly stuck: readonly { readonly collection: string; readonly lane: string; readonly seq: number; readonly outcome: 'waiting' | 'refused'; readonly reasons: readonly Reason[] }[]
}

export interface Progress {
  readonly collection: string
  readonly done: number
  readonly total: number
}

const readAhead = 32

/** Collections in the order given: collection zero first. Where a fork shows, all collections of the view are taken in from the beginning. */
export async function catchUp(deps: CatchUpDeps, collections: readonly string[], progress: (progress: Progress) => void, all = collections): Promise<CaughtUp> {
  for (let wanted = collections; ; wanted = all) {
    const pass = await takeAll(deps, wanted, progress)
    if (pass.forks.length === 0) return pass
    await deps.restart(pass.forks)
  }
}

async function takeAll(deps: CatchUpDeps, collections: readonly string[], progress: (progress: Progress) => void): Promise<CaughtUp & { readonly forks: readonly Fork[] }> {
  let segments = 0
  const stuck: CaughtUp['stuck'][number][] = []
  const lanesOf = new Map<string, readonly { readonly lane: string; readonly seq: number }[]>()
  let total = 0
  for (const collection of collections) {
    const lanes = valueOf(await deps.host.journal.lanes({ collection }))
    lanesOf.set(collection, lanes)
    for (const { lane, seq } of lanes) total += Math.max(0, seq - ((await deps.view.head(collection, lane))?.seq ?? 0))
  }
  for (const collection of collections) {
    const lanes = lanesOf.get(collection) ?? []
    for (let moved = true; moved; ) {
      moved = false
      stuck.splice(0, stuck.length, ...stuck.filter((lane) => lane.collection !== collection))
      for (const { lane, seq } of lanes) {
        const taken = (): void => {
          segments += 1
          moved = true
          progress({ collection, done: segments, total })
        }
        const fork = deps.view.knownForks().get(`${lane}/${collection}`)
        const held = (fork === undefined ? null : await takeSetAside(deps, collection, lane, { from: fork, last: seq }, taken)) ?? (await advance(deps, collection, lane, seq, taken))
        if (held && 'fork' in held) return { segments, stuck, forks: [held.fork] }
        if (held) stuck.push({ collection, lane, ...held })
      }
      const beside = valueOf(await deps.host.journal.beside({ collection }))
      const found = await takeBeside({ admit: deps.admit, read: deps.object, named: (lane, seq) => deps.named(collection, lane, seq) }, beside)
      segments += found.taken
      moved ||= found.taken > 0
      if (found.forks.length > 0) return { segments, stuck, forks: found.forks }
    }
  }
  return { segments, stuck, forks: [] }
}

interface Held {
  readonly seq: number
  readonly outcome: 'waiting' | 'refused'
  readonly reasons: readonly Reason[]
}

type Stopped = Held | { readonly fork: Fork } | null

function stopOf(answer: DoorAnswer, seq: number): Stopped {
  if (answer.outcome === 'forked') return { fork: answer.fork }
  return answer.outcome === 'waiting' || answer.outcome === 'refused' ? { seq, outcome: answer.outcome, reasons: answer.reasons } : null
}

/** Admits a lane's segments in order as far as it goes; what stopped it, or null at its end. */
async function advance(deps: CatchUpDeps, collection: string, lane: string, last: number, taken: () => void): Promise<Stopped> {
  for (let next = ((await deps.view.head(collection, lane))?.seq ?? 0) + 1; next <= last; ) {
    const batch = valueOf(await deps.host.journal.read({ collection, lane, from: next, count: Math.min(readAhead, last - next + 1) }))
    if (batch.length === 0) return { seq: next, outcome: 'waiting', reasons: [{ code: 'segment-missing' }] }
    const from = next
    const stopped = await deps.view.inRun(async () => {
      for (const [index, { name, bytes }] of batch.entries()) {
        const answer = await deps.admit(name, bytes)
        const stop = stopOf(answer, from + index)
        if (stop) return stop
        if (answer.outcome !== 'known') taken()
      }
      return null
    })
    if (stopped) return stopped
    next += batch.length
  }
  return null
}

/** JU-39 of a lane that is set aside whatever is here is kept, whatever is missing between, and what comes later too. */
async function takeSetAside(deps: CatchUpDeps, collection: string, lane: string, { from, last }: { readonly from: number; readonly last: number }, taken: () => void): Promise<Stopped> {
  if (((await deps.view.head(collection, lane))?.seq ?? 0) < from - 1) return null
  const kept = new Set((await deps.view.quarantined()).map(({ name }) => name))
  for (let seq = from; seq <= last; seq++) {
    const name = deps.named(collection, lane, seq)
    const bytes = kept.has(name) ? null : await deps.object(name)
    const answer = bytes && (await deps.admit(name, bytes))
    const stop = answer && stopOf(answer, seq)
    if (stop) return stop
    if (answer && answer.outcome !== 'known') taken()
  }
  return null
}

function valueOf<V>(answer: Result<V>): V {
  if (!answer.ok) throw new Error(`the journal does not answer: ${answer.error.type}`)
  return answer.value
}
