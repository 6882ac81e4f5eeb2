// The trail: what proves the decisions of some documents to a stranger and shows nothing of any other. It holds signed
// headers in unbroken runs, the session certificates behind them, and the plaintext of a few events; every other act
// appears only as type, document handle and salted hash. It decides what is shown; whether it holds is verify-trail.ts.

import * as v from 'valibot'
import { hexToBytes, bytesToHex } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { assert } from '../base/result.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { parseHeader, type HeaderAct, type SegmentHeader } from '../log/header.ts'
import { collectionZero, documentHandle, plainHandle } from '../log/names.ts'
import type { SealedSegment } from '../log/segment.ts'
import { chainHash } from '../log/segment.ts'
import type { Evidence } from '../log/evidence.ts'
import { isAboutNumbers } from '../numbers/events.ts'
import type { Vector } from '../log/session.ts'
import { largestStatementBytes } from '../posture/statement.ts'
import type { TrailPiece } from './device-state.ts'

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
  /** AR-60 opened posture statements, in the order of their sessions; absent in a trail of the first version. */
  readonly pieces?: readonly TrailPiece[]
  /** AR-73 ids of the acts, and hashes of the sessions, that an audit lists, sorted; absent in a trail of documents. */
  readonly listed?: readonly string[]
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
  /** Ids of acts that are shown besides what must be: about the subjects' own numbers, or those of an audit that are opened. */
  readonly numbers: ReadonlySet<string>
  /** AR-73 of an audit: the acts and sessions that are listed; then there are no subjects. */
  readonly listed?: ReadonlySet<string>
  /** Session certificate object by its body hash. */
  session(hash: string): Uint8Array | null
  /** The posture statement of a session, with its salt; null where it said nothing, or it is not at hand. */
  posture(hash: string): Evidence | null
}

/** AR-41 acts of collection zero that stay hidden: who unlocked when, what a provider calls people, who read the rules for devices, and the numbers of other documents. */
function isWithheldAuthority(type: string): boolean {
  return type === 'session.unlock' || type === 'session.lock' || type === 'identity.claim' || type === 'device-rules.acknowledge' || isAboutNumbers(type)
}

/** AR-41, AR-42: must this act be shown for the trail to prove anything? What was typed before is withheld: decisions name the frozen revision by hash. */
export function mustShow(header: SegmentHeader, act: HeaderAct, handles: ReadonlySet<string>): boolean {
  if (header.collection === collectionZero) return !isWithheldAuthority(act.type)
  return act.doc !== null && handles.has(plainHandle(act.doc)) && (act.type === 'draft.create' || !act.type.startsWith('draft.'))
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
    else runs.push(...runOf(lane, handles, input.listed))
  }
  const chosen = [...(input.listed ? zero.toSorted(inOrder) : reachedBy(zero, runs)), ...runs.toSorted(inOrder)]
  const sessions = new Set([...chosen.map((o) => o.header.session), ...[...(input.listed ?? [])].filter((id) => input.session(id) !== null).sort()])
  return {
    workspace: input.workspace,
    genesis: input.genesis,
    subjects: input.subjects,
    sessions: [...sessions].map((hash) => {
      const object = input.session(hash)
      assert(object !== null, 'the session certificate behind an accepted segment is on this disk')
      return object
    }),
    segments: chosen.map((opened) => toTrailSegment(opened, handles, input.numbers)),
    pieces: piecesOf(input, chosen, handles),
    ...(input.listed ? { listed: [...input.listed].sort() } : {}),
  }
}

/** AR-60 of each session that wrote something which is shown of a subject, or which an audit lists. */
function piecesOf(input: TrailInput, chosen: readonly Opened[], handles: ReadonlySet<string>): readonly TrailPiece[] {
  const { listed } = input
  const wrote = chosen.filter(({ header }) => (listed ? header.acts.some(({ event }) => listed.has(event)) : header.collection !== collectionZero && header.acts.some((act) => mustShow(header, act, handles))))
  return [...new Set([...wrote.map(({ header }) => header.session), ...(listed ?? [])])].flatMap((session) => {
    const piece = input.posture(session)
    return piece === null ? [] : [{ session, salt: piece.salt, bytes: piece.bytes }]
  })
}

function inOrder(a: Opened, b: Opened): number {
  const key = (o: Opened): string => `${o.header.collection}/${o.header.lane}`
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.header.seq - b.header.seq
}

/** From the first to the last segment of the lane that holds an act on a subject or one that is listed, without gap. */
function runOf(lane: readonly Opened[], handles: ReadonlySet<string>, listed: ReadonlySet<string> | undefined): readonly Opened[] {
  const holds = ({ header }: Opened): boolean => header.acts.some((act) => listed?.has(act.event) === true || (act.doc !== null && handles.has(plainHandle(act.doc))))
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
const trailFields = {
  f: v.literal('fumibako-trail'),
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
}
const pieceSchema = v.strictObject({ c: hash, s: v.pipe(bytes, v.length(16)), b: v.pipe(bytes, v.maxLength(largestStatementBytes)) })
const trailSchema = v.variant('v', [
  v.strictObject({ v: v.literal(1), ...trailFields }),
  v.strictObject({ v: v.literal(2), ...trailFields, p: v.array(pieceSchema) }),
  v.strictObject({ v: v.literal(3), ...trailFields, d: v.tuple([]), p: v.array(pieceSchema), a: v.array(hash) }),
])

export function trailToBytes(trail: Trail): Uint8Array {
  return encodeCbor({
    f: 'fumibako-trail',
    v: trail.listed ? 3 : trail.pieces ? 2 : 1,
    w: trail.workspace,
    g: hexToBytes(trail.genesis),
    d: trail.subjects,
    c: trail.sessions,
    s: trail.segments.map((s) => ({ h: s.header, g: s.signature, e: s.epoch, k: hexToBytes(s.sealedHeader), x: s.shown })),
    ...(trail.pieces ? { p: trail.pieces.map((one) => ({ c: hexToBytes(one.session), s: one.salt, b: one.bytes })) } : {}),
    ...(trail.listed ? { a: trail.listed.map(hexToBytes) } : {}),
  })
}

/** Null for bytes that are not a trail of a version known here. */
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
    ...(parsed.output.v !== 1 ? { pieces: parsed.output.p.map((one) => ({ session: bytesToHex(one.c), salt: one.s, bytes: one.b })) } : {}),
    ...(parsed.output.v === 3 ? { listed: parsed.output.a.map(bytesToHex) } : {}),
  }
}
