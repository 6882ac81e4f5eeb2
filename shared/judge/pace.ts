// JU-95: which documents a lane of one collection changed lately, read from its signed headers alone, one after the other. That a chain is
// taken in without gaps makes it the same on every replica; what is remembered of it can be forgotten at any moment and is read again.

import { brakedBy, brakeWindowMs, changesDocument, massLimit, type Changed } from '../authority/brake.ts'
import { seatOf } from '../authority/cut.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { jstDate } from '../base/civil-date.ts'
import { inForce } from '../base/in-force.ts'
import type { Reason } from '../base/verdict.ts'
import { driftMs } from '../log/clock.ts'
import type { SegmentHeader } from '../log/header.ts'
import { plainHandle } from '../log/names.ts'
import type { SessionBody } from '../log/session.ts'
import { brakeCode } from './quarantine.ts'

/** The header at this place, that of the segment with this hash where there is more than one; null where it is not here. */
export type HeaderAt = (collection: string, lane: string, seq: number, hash: string | null) => Promise<Pick<SegmentHeader, 'session' | 'hlc' | 'acts' | 'prev'> | null>

type Place = Pick<SegmentHeader, 'collection' | 'lane' | 'seq' | 'prev' | 'session'>

export interface Pace {
  /** What the chain changed before this place: all of its session, and what earlier sessions wrote after the last entry before `horizon` (milliseconds since 1970 UTC). */
  before(place: Place, horizon: number): Promise<Changed>
  /** The segment at the place that was asked for last is the chain's latest now. */
  take(written: Place & Pick<SegmentHeader, 'hlc' | 'acts'>): void
}

interface Entry {
  readonly seq: number
  readonly prev: string | null
  readonly session: string
  readonly ms: number
  readonly docs: readonly string[]
}

/** Without gaps, the latest last. */
interface Run {
  readonly session: string
  readonly horizon: number
  readonly entries: Entry[]
  readonly changed: Map<string, number>
}

export function createPace(headerAt: HeaderAt): Pace {
  const runs = new Map<string, Run>()
  const readBack = async (place: Place, horizon: number, remembered: readonly Entry[]): Promise<Run> => {
    const held = new Map(remembered.map((entry) => [entry.seq, entry]))
    const back: Entry[] = []
    let hash = place.prev
    for (let seq = place.seq - 1; seq > 0; seq -= 1) {
      const header = held.has(seq) ? null : await headerAt(place.collection, place.lane, seq, hash)
      const entry = held.get(seq) ?? (header && entryOf(seq, header))
      if (!entry || (entry.session !== place.session && entry.ms < horizon)) break
      back.push(entry)
      hash = entry.prev
    }
    const run: Run = { session: place.session, horizon, entries: back.reverse(), changed: new Map() }
    for (const entry of run.entries) note(run, entry)
    return run
  }
  return {
    async before(place, horizon) {
      const chain = chainOf(place)
      const held = runs.get(chain)
      if (held?.session === place.session && held.horizon === horizon && held.entries.at(-1)?.seq === place.seq - 1) return held.changed
      const run = await readBack(place, horizon, held?.entries ?? [])
      runs.set(chain, run)
      return run.changed
    },
    take(written) {
      const run = runs.get(chainOf(written))
      if (run?.session !== written.session || (run.entries.at(-1)?.seq ?? written.seq - 1) !== written.seq - 1) return
      const entry = entryOf(written.seq, written)
      run.entries.push(entry)
      note(run, entry)
    },
  }
}

function chainOf({ lane, collection }: Pick<Place, 'lane' | 'collection'>): string {
  return `${lane}/${collection}`
}

function entryOf(seq: number, { session, hlc, acts, prev }: Pick<SegmentHeader, 'session' | 'hlc' | 'acts' | 'prev'>): Entry {
  return { seq, prev, session, ms: hlc.ms, docs: documentsOf(acts) }
}

function note({ changed }: Run, { ms, docs }: Entry): void {
  for (const doc of docs) changed.set(doc, Math.max(ms, changed.get(doc) ?? 0))
}

type Acts = readonly { readonly type: string; readonly doc: string | null }[]

/** Handles of the documents and volumes that these acts change, each once. */
function documentsOf(acts: Acts): readonly string[] {
  return [...new Set(acts.flatMap(({ type, doc }) => (doc !== null && changesDocument(type) ? [plainHandle(doc)] : [])))]
}

/** What is asked about: a segment that is here, or one that is about to be written. */
export type Asked = Place & Pick<SegmentHeader, 'hlc'> & { readonly acts: Acts }

/**
 * JU-95 does the brake hold this segment? `others`: places of the same seat's chains in other collections, for whoever knows them all (the
 * gate); a replica that cannot read every collection judges each by itself.
 */
export async function brakeReasons(pace: Pace, authority: Pick<AuthorityState, 'policies' | 'lifts'>, { notBefore }: Pick<SessionBody, 'notBefore'>, asked: Asked, others: readonly Place[] = []): Promise<readonly Reason[]> {
  const own = documentsOf(asked.acts)
  if (own.length === 0) return []
  const seat = seatOf(asked.lane)
  const policy = inForce(authority.policies.values(), jstDate(asked.hlc.ms))
  const begun = notBefore - driftMs
  const horizon = Math.min(begun - brakeWindowMs, ...authority.lifts.filter((lift) => lift.seat === seat && lift.until >= begun).map(({ from }) => from))
  const runs: Changed[] = []
  for (const place of [asked, ...others]) runs.push(await pace.before(place, horizon))
  if (own.length + runs.reduce((sum, { size }) => sum + size, 0) <= massLimit(policy)) return []
  const changed = new Map<string, number>()
  for (const run of [...runs, new Map(own.map((doc) => [doc, asked.hlc.ms]))]) for (const [doc, at] of run) changed.set(doc, Math.max(at, changed.get(doc) ?? 0))
  const braked = brakedBy(policy, authority.lifts, seat, asked.hlc.ms, changed)
  return braked ? [{ code: brakeCode, facts: { ...braked } }] : []
}
