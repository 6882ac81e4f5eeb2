// JU-32 to JU-36: what becomes of a lane that says two things under one number. Nothing of it is dropped and nothing of it counts, on
// every replica alike and whichever came first; whoever wrote it can bring it again on a lane of its own.

import type { CryptoHost } from '../crypto/ports.ts'
import type { Reason } from '../base/verdict.ts'
import type { KnownEvent } from '../log/event.ts'
import { collectionZero, documentHandle, isTwinName } from '../log/names.ts'
import type { Vector } from '../log/session.ts'
import { isAboutNumbers } from '../numbers/events.ts'
import type { AuthorityPositions } from './authority-positions.ts'
import { chainOf, isAuthentic, type Fork, type ProofDeps } from './forks.ts'
import { isMissedForNothing, leftBy } from './left-lanes.ts'
import { openSegmentEvents, openSegmentHeader, type OpenedHeader } from './open-segment.ts'
import type { Change, DoorView, Forks, KeyRing, LaneHead } from './ports.ts'
import { forkedCode, type Quarantine } from './quarantine.ts'
import { reduced, type RowDeps } from './reduced-rows.ts'
import { isSameSigned } from './sealed-anew.ts'

export interface NamedSegment {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ForkDeps extends RowDeps {
  readonly host: CryptoHost
  readonly workspace: string
  readonly keys: KeyRing
  readonly candidates: (collection: string, lane: string, seq: number) => Promise<readonly NamedSegment[]>
}

export interface ForkMemory extends ProofDeps {
  readonly positions: AuthorityPositions
  readonly quarantine: Quarantine
  readonly forks: Forks
}

type ForkAnswer =
  | { readonly outcome: 'known' }
  | { readonly outcome: 'forked'; readonly fork: Fork }
  | { readonly outcome: 'waiting' | 'refused'; readonly reasons: readonly Reason[] }
  | { readonly outcome: 'quarantined'; readonly change: Change; readonly reasons: readonly Reason[] }

const known: ForkAnswer = { outcome: 'known' }

function not(outcome: 'waiting' | 'refused', code: string): ForkAnswer {
  return { outcome, reasons: [{ code }] }
}

/** JU-32 a segment whose number is passed already: does it, with another of the same number, prove that the lane is forked? */
export async function lookForFork(deps: ForkDeps, memory: ForkMemory, opened: OpenedHeader): Promise<ForkAnswer> {
  const { collection, lane, seq } = opened.header
  const authority = memory.positions.now()
  const own = await isAuthentic(memory, opened, authority)
  if (own !== true) return own === 'unknown' ? not('waiting', 'session-missing') : not('refused', 'header-signature')
  for (const { bytes } of await deps.candidates(collection, lane, seq)) {
    const other = await openSegmentHeader(deps.host, deps.workspace, deps.keys, bytes)
    if (typeof other === 'string' || isSameSigned(other, opened)) continue
    if (other.header.seq === seq && chainOf(other.header) === chainOf(opened.header) && (await isAuthentic(memory, other, authority)) === true) return { outcome: 'forked', fork: { collection, lane, seq } }
  }
  return known
}

/** JU-39 does this segment leave a lane? One whose seat is not known here yet waits: it may be another's word. */
export async function lookForLeaving(memory: ForkMemory, opened: OpenedHeader, known: readonly KnownEvent[]): Promise<ForkAnswer | null> {
  const fork = leftBy(opened.header, known, memory.forks)
  if (!fork) return null
  const own = await isAuthentic(memory, opened, memory.positions.now())
  if (own === true) return { outcome: 'forked', fork }
  return own === 'unknown' ? not('waiting', 'session-signature') : null
}

interface Arriving {
  readonly deps: ForkDeps
  readonly memory: ForkMemory
  readonly name: string
  readonly opened: OpenedHeader
  readonly head: LaneHead | null
}

/** JU-33 it is kept aside whole, whatever it names as the one before; the lane moves on over the one that bears its name. */
export async function admitForked({ deps, memory, name, opened, head }: Arriving): Promise<ForkAnswer> {
  const { header, segment } = opened
  const { collection, lane, seq } = header
  const at = head?.seq ?? 0
  if (seq > at + 1 && !isMissedForNothing(memory.forks, header, at)) return not('waiting', 'lane-gap')
  if (memory.quarantine.has(name) || (isTwinName(name) && (await isNamed(deps, opened)))) return known
  const own = await isAuthentic(memory, opened, memory.positions.now())
  if (own !== true) return own === 'unknown' ? not('waiting', 'session-missing') : not('refused', 'header-signature')
  // Set aside for what its lane did in collection zero: it may prove its own chain forked as well, which binds what claims to know of neither.
  const proof = seq < (memory.forks.get(chainOf(header)) ?? Infinity) ? await lookForFork(deps, memory, opened) : known
  if (proof.outcome === 'forked') return proof
  const events = await openSegmentEvents(deps.host, deps.keys, opened, (doc) => documentHandle(deps.workspace, doc))
  if (events === 'damaged') return not('refused', 'damaged')
  const read = typeof events === 'string' ? [] : events.events.map(({ id, event }): KnownEvent => ({ id, event, lane: chainOf(header), seq }))
  const left = leftBy(header, read, memory.forks)
  if (left) return { outcome: 'forked', fork: left }
  const kept = collection === collectionZero ? read.filter(({ event }) => isAboutNumbers(event.type) || event.type === 'epoch.new') : await accepted(deps.view, collection, read)
  const reasons = [{ code: forkedCode }]
  const quarantined = { name, collection, lane, seq, reasons, acts: header.acts.map((act) => act.event), events: [] }
  const next = seq > at ? { seq, hash: segment.hash } : (head as LaneHead)
  const change: Change = { collection, lane, head: next, ...(await reduced(deps, collection, kept)), quarantined, released: [], opaque: events === 'not-granted' }
  await deps.view.commit(change)
  if (collection === collectionZero) memory.positions.take(kept)
  memory.quarantine.take(quarantined)
  return { outcome: 'quarantined', change, reasons }
}

/** The same segment lies under the lane's own name as well. */
async function isNamed({ host, workspace, keys, candidates }: ForkDeps, { header, segment }: OpenedHeader): Promise<boolean> {
  const named = (await candidates(header.collection, header.lane, header.seq)).find(({ name }) => !isTwinName(name))
  const opened = named && (await openSegmentHeader(host, workspace, keys, named.bytes))
  return typeof opened === 'object' && opened.segment.hash === segment.hash
}

/** Those of them that were brought again on another lane and stand there. */
async function accepted(view: DoorView, collection: string, events: readonly KnownEvent[]): Promise<readonly KnownEvent[]> {
  const found: KnownEvent[] = []
  for (const one of events) {
    const held = await view.documentEvents(collection, one.event.doc ?? '')
    if (held.some(({ id }) => id === one.id) && !isHeld(held, one)) found.push(one)
  }
  return found
}

/** JU-34 what is brought again stands for the forked lane's own words too: a text's pieces are named after the lane that wrote them. */
export async function adoptedBy(view: DoorView, quarantine: Quarantine, collection: string, brought: readonly KnownEvent[]): Promise<readonly KnownEvent[]> {
  const adopted: KnownEvent[] = []
  for (const one of brought) {
    for (const { lane, seq } of quarantine.setAsideWith(collection, one.id)) {
      const own = { ...one, lane: chainOf({ lane, collection }), seq }
      if (!isHeld(adopted, own) && !isHeld(await view.documentEvents(collection, one.event.doc ?? ''), own)) adopted.push(own)
    }
  }
  return adopted
}

function isHeld(held: readonly KnownEvent[], { id, lane, seq }: KnownEvent): boolean {
  return held.some((known) => known.id === id && known.lane === lane && known.seq === seq)
}

/** Had whoever stood at this position come behind a fork of collection zero? */
export function reachesFork(forks: Forks, vector: Vector): boolean {
  return Object.entries(vector).some(([lane, seq]) => seq >= (forks.get(chainOf({ lane, collection: collectionZero })) ?? Infinity))
}
