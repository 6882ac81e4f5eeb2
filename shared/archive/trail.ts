// The trail: what proves the decisions of some documents to a stranger and shows nothing of any other. It holds signed
// headers in unbroken runs, the session certificates behind them, and the plaintext of a few events; every other act
// appears only as type, document handle and salted hash. It decides what is shown; whether it holds is verify-trail.ts.

import * as v from 'valibot'
import { hexToBytes, bytesToHex } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { assert } from '../base/result.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { parseHeader, type HeaderAct, type SegmentHeader } from '../log/header.ts'
import { collectionZero, documentHandle } from '../log/names.ts'
import type { SealedSegment } from '../log/segment.ts'
import { chainHash } from '../log/segment.ts'
import { isAboutNumbers } from '../numbers/events.ts'
import type { Vector } from '../log/session.ts'

/** One segment with its header open. `shown[i]` is the plaintext CBOR of act i, or null where it is withheld. */
export interface TrailSegment {
  readonly header: Uint8Array
  readonly signature: Uint8Array
  readonly epoch: number
  /** SHA-256 (hex) of the sealed header: with the acts it gives the segment's chain hash. */
  readonly sealedHeader: string
  readonly shown: readonly (Uint8Array | null)[]
}

export interface Trail {
  readonly workspace: string
  /** Event id (hex) of genesis. */
  readonly genesis: string
  /** Ids of the documents and volumes that are proven. */
  readonly subjects: readonly string[]
  /** Session certificate objects. */
  readonly sessions: readonly Uint8Array[]
  /** Collection zero first, then by collection, lane and sequence. */
  readonly segments: readonly TrailSegment[]
}

/** A segment of the journal whose header was opened; `plain(i)` gives the plaintext CBOR of event i where it is known here. */
export interface TrailSource {
  readonly segment: SealedSegment
  readonly header: Uint8Array
  plain(index: number): Uint8Array | null
}

export interface TrailInput {
  readonly workspace: string
  readonly genesis: string
  readonly subjects: readonly string[]
  /** All segments of collection zero, and those of the collections the subjects belong to; in any order. */
  readonly sources: readonly TrailSource[]
  /** Ids of acts about the subjects' own numbers: shown besides what must be. */
  readonly numbers: ReadonlySet<string>
  /** Session certificate object by its body hash. */
  session(hash: string): Uint8Array | null
}

/** AR-41 acts of collection zero that stay hidden: who unlocked when, what a provider calls people, who read the rules for devices, and the numbers of other documents. */
function isWithheldAuthority(type: string): boolean {
  return type === 'session.unlock' || type === 'session.lock' || type === 'identity.claim' || type === 'device-rules.acknowledge' || isAboutNumbers(type)
}

/** AR-41, AR-42: must this act be shown for the trail to prove anything? What was typed before is withheld: decisions name the frozen revision by hash. */
export function mustShow(header: SegmentHeader, act: HeaderAct, handles: ReadonlySet<string>): boolean {
  if (header.collection === collectionZero) return !isWithheldAuthority(act.type)
  return act.doc !== null && handles.has(act.doc) && (act.type === 'draft.create' || !act.type.startsWith('draft.'))
}

interface Opened {
  readonly source: TrailSource
  readonly header: SegmentHeader
}

/** Picks the runs of headers the subjects need (AR-40). Sources that are missing or were not readable here are a defect. */
export function buildTrail(input: TrailInput): Trail {
  const handles = new Set(input.subjects.map((id) => documentHandle(input.workspace, id)))
  const lanes = new Map<string, Opened[]>()
  for (const source of input.sources) {
    const header = parseHeader(source.header)
    assert(header !== null, 'the journal holds only headers that parse')
    const key = `${header.collection}/${header.lane}`
    const lane = lanes.get(key)
    if (lane === undefined) lanes.set(key, [{ source, header }])
    else lane.push({ source, header })
  }
  const runs: Opened[] = []
  const zero: Opened[] = []
  for (const lane of lanes.values()) {
    lane.sort((a, b) => a.header.seq - b.header.seq)
    if (lane[0]?.header.collection === collectionZero) zero.push(...lane)
    else runs.push(...runOf(lane, handles))
  }
  const chosen = [...reachedBy(zero, runs), ...runs.toSorted(inOrder)]
  return {
    workspace: input.workspace,
    genesis: input.genesis,
    subjects: input.subjects,
    sessions: [...new Set(chosen.map((o) => o.header.session))].map((hash) => {
      const object = input.session(hash)
      assert(object !== null, 'the session certificate behind an accepted segment is on this disk')
      return object
    }),
    segments: chosen.map((opened) => toTrailSegment(opened, handles, input.numbers)),
  }
}

function inOrder(a: Opened, b: Opened): number {
  const key = (o: Opened): string => `${o.header.collection}/${o.header.lane}`
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.header.seq - b.header.seq
}

/** From the first to the last segment of the lane that holds an act on a subject, without gap. */
function runOf(lane: readonly Opened[], handles: ReadonlySet<string>): readonly Opened[] {
  const holds = ({ header }: Opened): boolean => header.acts.some((act) => act.doc !== null && handles.has(act.doc))
  const first = lane.findIndex(holds)
  return first < 0 ? [] : lane.slice(first, lane.findLastIndex(holds) + 1)
}

/** Collection zero as far as any chosen segment, or any segment of zero so reached, knew it. */
function reachedBy(zero: readonly Opened[], runs: readonly Opened[]): readonly Opened[] {
  const reach = new Map<string, number>()
  const waiting: Vector[] = runs.map((o) => o.header.authority)
  const taken = new Set<Opened>()
  // The genesis segment stands even where nobody names it.
  for (const opened of zero) if (opened.header.seq === 1 && opened.header.acts[0]?.type === 'workspace.genesis') waiting.push({ [opened.header.lane]: 1 })
  for (let vector = waiting.pop(); vector !== undefined; vector = waiting.pop()) {
    for (const [lane, seq] of Object.entries(vector)) {
      if (seq <= (reach.get(lane) ?? 0)) continue
      reach.set(lane, seq)
      for (const opened of zero) {
        if (taken.has(opened) || opened.header.lane !== lane || opened.header.seq > seq) continue
        taken.add(opened)
        waiting.push(opened.header.authority)
      }
    }
  }
  return [...taken].toSorted(inOrder)
}

function toTrailSegment({ source, header }: Opened, handles: ReadonlySet<string>, numbers: ReadonlySet<string>): TrailSegment {
  const shown = header.acts.map((act, index) => {
    if (!mustShow(header, act, handles) && !numbers.has(act.event)) return null
    const plain = source.plain(index)
    assert(plain !== null, 'whoever exports can read what is exported')
    return plain
  })
  const { segment } = source
  return { header: source.header, signature: segment.signature, epoch: segment.epoch, sealedHeader: sha256Hex(segment.header), shown }
}

/** The chain hash by which the next header of the lane names this segment. */
export function trailChainHash(segment: TrailSegment, header: SegmentHeader): string {
  return chainHash(segment.epoch, segment.sealedHeader, header.acts.map((act) => act.sealed))
}

const bytes = v.instance(Uint8Array)
const hash = v.pipe(bytes, v.length(32))
const trailSchema = v.strictObject({
  f: v.literal('fumibako-trail'),
  v: v.literal(1),
  w: v.string(),
  g: hash,
  d: v.array(v.string()),
  c: v.array(bytes),
  s: v.array(
    v.strictObject({
      h: bytes,
      g: v.pipe(bytes, v.length(64)),
      e: v.pipe(v.number(), v.integer(), v.minValue(0)),
      k: hash,
      x: v.array(v.nullable(bytes)),
    }),
  ),
})

export function trailToBytes(trail: Trail): Uint8Array {
  return encodeCbor({
    f: 'fumibako-trail',
    v: 1,
    w: trail.workspace,
    g: hexToBytes(trail.genesis),
    d: trail.subjects,
    c: trail.sessions,
    s: trail.segments.map((s) => ({ h: s.header, g: s.signature, e: s.epoch, k: hexToBytes(s.sealedHeader), x: s.shown })),
  })
}

/** Null for bytes that are not a trail of this version. */
export function parseTrail(object: Uint8Array): Trail | null {
  const parsed = v.safeParse(trailSchema, decodeCbor(object))
  if (!parsed.success) return null
  const { w, g, d, c, s } = parsed.output
  return {
    workspace: w,
    genesis: bytesToHex(g),
    subjects: d,
    sessions: c,
    segments: s.map((one) => ({ header: one.h, signature: one.g, epoch: one.e, sealedHeader: bytesToHex(one.k), shown: one.x })),
  }
}
