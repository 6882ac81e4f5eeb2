// Judges a trail with nothing but a root certificate: that every header was signed by a certified session of a certified
// seat, that runs are unbroken, that every shown event is the one the header names, and that who acted was allowed to,
// by the same judge that every replica uses. It never believes a shown text that no header vouches for.

import { parseAuthorityBody } from '../authority/events.ts'
import type { Cuts } from '../authority/cut.ts'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import type { DevicePolicy } from '../authority/model.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { jstDate } from '../base/civil-date.ts'
import { bytesToHex, equalBytes } from '../base/bytes.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { createVerify, type Verify } from '../crypto/sign.ts'
import { counts } from '../judge/counted.ts'
import { judgeSegment, policyFor } from '../judge/judge.ts'
import { compareForDisplay, type KnownEvent, type LogEvent } from '../log/event.ts'
import { parseHeader, type SegmentHeader } from '../log/header.ts'
import { collectionZero, documentHandle, plainHandle } from '../log/names.ts'
import { parseEvent } from '../log/parse-event.ts'
import { parseNumberAct } from '../numbers/events.ts'
import { eventId } from '../log/segment.ts'
import { parseSession, verifySession, type SessionCertificate, type Vector } from '../log/session.ts'
import { actDevice, provenPieces, saidBy, unjudgedOf, withShownRules, type ActDevice, type SaidState } from './device-state.ts'
import { unlockType } from './audit.ts'
import { createFindings, type Findings } from './findings.ts'
import { heldAside } from './held.ts'
import { mustShow, trailChainHash, type Trail, type TrailSegment } from './trail.ts'

/** A shown event that its header vouches for. `counted` false: the judge refused its segment, or it is held; `why` says for what. */
export interface ProvenEvent {
  readonly known: KnownEvent
  readonly seat: string
  readonly counted: boolean
  readonly why: readonly Reason[]
  /** AR-62 on which device and in which state; null where the trail does not tell it. */
  readonly device: ActDevice | null
}

/** AR-63 what the town's rules asked and the trail does not show. */
export interface Unjudged {
  readonly device: boolean
  readonly signIn: boolean
}

/** AR-73 one act of a trail as its header and its session prove it; `event` where it is shown. */
export interface ProvenAct {
  readonly id: string
  readonly type: string
  readonly collection: string
  /** Document handle. */
  readonly doc: string | null
  /** Milliseconds since 1970 UTC by the clock of the log. */
  readonly at: number
  readonly session: SessionCertificate
  readonly said: SaidState
  readonly rule: Pick<DevicePolicy, 'id' | 'from'> | null
  readonly event: LogEvent | null
  /** What the judge says of its segment; null where the act is not shown and cannot be judged. */
  readonly why: readonly Reason[] | null
}

export interface TrailReport {
  readonly verdict: Verdict
  /** Null when genesis is not shown. */
  readonly kind: 'practice' | 'real' | null
  /** The authority as far as the trail goes. */
  readonly authority: AuthorityState
  /** The events of collection zero that were let in. */
  readonly zero: readonly KnownEvent[]
  /** AR-73 what an audit can list: every act of the trail, and each listed session; empty for a trail of documents. */
  readonly acts: ReadonlyMap<string, ProvenAct>
  /** By subject id, in the order of lanes and sequence. */
  readonly events: ReadonlyMap<string, readonly ProvenEvent[]>
  readonly unjudged: Unjudged
}

/** The trusted or enclosed root as the trail must agree with it. */
export interface TrailAnchor {
  readonly certificate: Uint8Array
  /** Is this (uncompressed P-256 point) the root's own key? */
  holdsKey(publicKey: Uint8Array): boolean
  /** Genesis hash (hex) of the SAN URI, null when there is none. */
  readonly genesis: string | null
  /** Does this root stand behind a seat's certificate (DER), and does that certificate give this key to this person? */
  certifies(certificate: Uint8Array, publicKey: Uint8Array, person: string): Promise<boolean>
}

interface OpenSegment {
  readonly segment: TrailSegment
  readonly header: SegmentHeader
  readonly session: SessionCertificate
  readonly said: SaidState
  readonly events: readonly { readonly id: string; readonly event: LogEvent }[]
}

/** The last moment that has a civil date of four digits everywhere on earth; nothing later is a time at all. */
const lastInstant = Date.parse('9999-12-30T00:00:00Z')

/** Rules AR-43 to AR-49 and AR-60 to AR-63. Whether the anchor is to be trusted is for the caller to say. */
export async function verifyTrail(host: CryptoHost, trail: Trail, anchor: TrailAnchor): Promise<TrailReport> {
  const found = createFindings()
  const verify = createVerify(host)
  const court = createCourt(verify, trail, anchor)
  const sessions = new Map(trail.sessions.flatMap((object) => {
    const session = parseSession(object)
    if (session === null) found.fail('session-malformed')
    return session === null ? [] : [[session.hash, session] as const]
  }))
  const pieces = provenPieces(trail.pieces ?? [], sessions, found)
  const opened = await openSegments(verify, trail, { sessions, saidBy: (session) => saidBy(session, pieces) }, found)
  checkRuns(opened, found)
  const zero = opened.filter((o) => o.header.collection === collectionZero)
  const zeroEvents = await admitAuthority(court, zero, found)
  const authority = reduceAuthority(zeroEvents)
  checkAnchor(trail, anchor, authority, found)
  const events = trail.listed ? new Map<string, readonly ProvenEvent[]>() : new Map([...(await provenEvents(court, trail, opened, { zero: zeroEvents, cuts: authority.cuts }, found))].map(([id, of]) => [id, heldAside(of, authority, zeroEvents)]))
  const acts = trail.listed ? await provenActs(court, { trail, opened, sessions: sessions.values(), saidBy: (session) => saidBy(session, pieces) }, { zero: zeroEvents, authority }) : new Map<string, ProvenAct>()
  return { verdict: found.verdict(), kind: authority.genesis?.kind ?? null, authority, zero: zeroEvents, acts, events, unjudged: court.unjudged() }
}

interface Certificates {
  readonly sessions: ReadonlyMap<string, SessionCertificate>
  readonly saidBy: (session: SessionCertificate) => SaidState
}

async function openSegments(verify: Verify, trail: Trail, { sessions, saidBy: said }: Certificates, found: Findings): Promise<readonly OpenSegment[]> {
  const handles = new Set(trail.subjects.map((id) => documentHandle(trail.workspace, id)))
  const opened: OpenSegment[] = []
  for (const segment of trail.segments) {
    const header = parseHeader(segment.header)
    if (header === null || header.workspace !== trail.workspace || header.hlc.ms > lastInstant) {
      found.fail('header-malformed')
      continue
    }
    const facts = { lane: `${header.collection}/${header.lane}`, seq: header.seq }
    const session = sessions.get(header.session)
    if (session === undefined) found.fail('session-missing', facts)
    else if (!(await verify(session.body.sessionKey, 'segment', segment.header, segment.signature))) found.fail('header-signature', facts)
    else opened.push({ segment, header, session, said: said(session), events: shownEvents(trail, segment, header, handles, found) })
  }
  return opened
}

/** AR-44, AR-45: shown events are the ones the header names, and nothing that must be shown is withheld. */
function shownEvents(trail: Trail, segment: TrailSegment, header: SegmentHeader, handles: ReadonlySet<string>, found: Findings): OpenSegment['events'] {
  const events: { id: string; event: LogEvent }[] = []
  const facts = { lane: `${header.collection}/${header.lane}`, seq: header.seq }
  if (segment.shown.length !== header.acts.length) found.fail('acts-count', facts)
  for (const [index, act] of header.acts.entries()) {
    const plain = segment.shown[index] ?? null
    if (plain === null) {
      if (mustShow(header, act, handles)) found.fail('act-withheld', { ...facts, type: act.type })
      continue
    }
    const event = parseEvent(decodeCbor(plain))
    const handle = event === null || event.doc === null ? null : documentHandle(trail.workspace, event.doc)
    if (event === null || event.hlc.ms > lastInstant || eventId(plain) !== act.event || event.type !== act.type || handle !== (act.doc && plainHandle(act.doc))) found.fail('event-differs', { ...facts, type: act.type })
    else events.push({ id: act.event, event })
  }
  return events
}

/** AR-46: each lane is one unbroken run, chained by hashes; collection zero from its first segment. */
function checkRuns(opened: readonly OpenSegment[], found: Findings): void {
  const lanes = new Map<string, OpenSegment[]>()
  for (const open of opened) {
    const lane = `${open.header.collection}/${open.header.lane}`
    const run = lanes.get(lane)
    if (run === undefined) lanes.set(lane, [open])
    else run.push(open)
  }
  for (const [lane, run] of lanes) {
    const sorted = run.toSorted((a, b) => a.header.seq - b.header.seq)
    const first = (sorted[0] as OpenSegment).header
    if (first.collection === collectionZero && first.seq !== 1) found.fail('run-broken', { lane, seq: first.seq })
    if ((first.seq === 1) !== (first.prev === null)) found.fail('run-broken', { lane, seq: first.seq })
    for (const [i, next] of sorted.slice(1).entries()) {
      const before = sorted[i] as OpenSegment
      const chained = next.header.seq === before.header.seq + 1 && next.header.prev === trailChainHash(before.segment, before.header)
      if (!chained) found.fail('run-broken', { lane, seq: next.header.seq })
    }
  }
}

/** Judges one segment on the authority its author knew. */
interface Court {
  judge(open: OpenSegment, authority: AuthorityState, introduces: boolean): Promise<readonly Reason[]>
  /** AR-72 is it what a seat and a device of this authority certified? */
  certified(session: SessionCertificate, authority: AuthorityState): Promise<boolean>
  /** Of what was judged so far. */
  unjudged(): Unjudged
}

function createCourt(verify: Verify, trail: Trail, anchor: TrailAnchor): Court {
  const certified = new Map<string, Promise<boolean>>()
  const verified = new Map<string, Promise<boolean>>()
  let unjudged: Unjudged = { device: false, signIn: false }
  const once = (memory: Map<string, Promise<boolean>>, key: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const answer = memory.get(key) ?? ask()
    memory.set(key, answer)
    return answer
  }
  return {
    unjudged: () => unjudged,
    async certified(session, authority) {
      const [seat, device] = [authority.seats.get(session.body.seat), authority.devices.get(session.body.device)]
      return seat?.person === session.body.person && device !== undefined && (await verifySession(verify, session, seat.signingKey, device.signingKey)) && anchor.certifies(seat.certificate, seat.signingKey, seat.person)
    },
    async judge({ header, session, said, events }, authority, introduces) {
      const seat = authority.seats.get(session.body.seat)
      const device = authority.devices.get(session.body.device)
      if (seat === undefined || device === undefined) return [{ code: 'seat-unknown' }]
      const keys = `${session.hash} ${bytesToHex(seat.signingKey)} ${bytesToHex(device.signingKey)}`
      const sessionVerified = await once(verified, keys, () => verifySession(verify, session, seat.signingKey, device.signingKey))
      const recoveryVerified = introduces && (await verifyRecovery(verify, trail, events, authority))
      for (const { event } of events) {
        const asked = unjudgedOf(authority, session.body.seat, event, said)
        unjudged = { device: unjudged.device || asked.device, signIn: unjudged.signIn || asked.signIn }
      }
      const posture = said.kind === 'told' ? said.statement : null
      const reasons = judgeSegment({ header, epoch: header.epoch ?? 0, session, sessionVerified, posture, token: null, account: null, events, lies: [], recoveryVerified }, withShownRules(authority, said), trail.genesis)
      // AR-49: whatever collection zero says of a seat, its key is one that the root gave to that person.
      const claim = `${bytesToHex(seat.certificate)} ${bytesToHex(seat.signingKey)} ${seat.person}`
      if (await once(certified, claim, () => anchor.certifies(seat.certificate, seat.signingKey, seat.person))) return reasons
      return [...reasons, { code: 'seat-not-certified', facts: { seat: seat.id } }]
    },
  }
}

async function verifyRecovery(verify: Verify, trail: Trail, events: OpenSegment['events'], authority: AuthorityState): Promise<boolean> {
  const recovery = events.find((e) => e.event.type === 'seat.recover')
  const body = recovery === undefined ? null : parseAuthorityBody('seat.recover', recovery.event.body)
  if (body === null || authority.genesis === null) return false
  const signed = encodeCbor({ workspace: trail.workspace, seat: body.seat, device: body.device })
  return verify(authority.genesis.recoverySigningKey, 'recovery', signed, body.signature)
}

/** AR-47: collection zero in causal order, each segment judged on what its author knew. */
async function admitAuthority(court: Court, zero: readonly OpenSegment[], found: Findings): Promise<readonly KnownEvent[]> {
  const known: KnownEvent[] = []
  const reached = new Map<string, number>()
  let waiting = zero.toSorted((a, b) => a.header.seq - b.header.seq)
  for (let progress = true; progress; ) {
    progress = false
    const later: OpenSegment[] = []
    for (const open of waiting) {
      const { header } = open
      if (header.seq !== (reached.get(header.lane) ?? 0) + 1 || !hasReached(reached, header.authority)) {
        later.push(open)
        continue
      }
      progress = true
      reached.set(header.lane, header.seq)
      const own = toKnown(open)
      const introduces = header.seq === 1 && own.some((k) => k.event.type === 'workspace.genesis' || k.event.type === 'seat.recover')
      const before = upTo(known, header.authority)
      const reasons = await court.judge(open, reduceAuthority(introduces ? [...before, ...own] : before), introduces)
      if (reasons.length === 0) known.push(...own)
      else found.note('authority-not-counted', { lane: header.lane, seq: header.seq, why: reasons.map((r) => r.code).join(' ') })
    }
    waiting = later
  }
  for (const { header } of waiting) found.fail('authority-behind', { lane: header.lane, seq: header.seq })
  return known
}

function toKnown({ header, events }: OpenSegment): readonly KnownEvent[] {
  return events.map(({ id, event }) => ({ id, event, lane: `${header.lane}/${header.collection}`, seq: header.seq }))
}

function hasReached(reached: ReadonlyMap<string, number>, vector: Vector): boolean {
  return Object.entries(vector).every(([lane, seq]) => (reached.get(lane) ?? 0) >= seq)
}

function upTo(events: readonly KnownEvent[], vector: Vector): readonly KnownEvent[] {
  return events.filter((k) => k.seq <= (vector[k.lane.slice(0, k.lane.indexOf('/'))] ?? 0))
}

/** AR-48: genesis is the one the root certificate names, and the root's key is the one genesis names. */
function checkAnchor(trail: Trail, anchor: TrailAnchor, authority: AuthorityState, found: Findings): void {
  const { genesis, root } = authority
  if (genesis === null || genesis.hash !== trail.genesis || genesis.workspace !== trail.workspace) {
    found.fail('genesis-missing')
    return
  }
  if (anchor.genesis !== trail.genesis || !anchor.holdsKey(genesis.rootKey)) found.fail('genesis-differs')
  if (root === null || !equalBytes(root.certificate, anchor.certificate)) found.fail('root-differs')
}

/** Acts about numbers that were let in, each with the document whose number it is. */
function numbersOf(zero: readonly KnownEvent[]): readonly { readonly known: KnownEvent; readonly doc: string }[] {
  const acts = zero.toSorted(compareForDisplay).map((known) => ({ known, act: parseNumberAct(known.event) }))
  const place = ({ series, period, n }: { readonly series: string; readonly period: number; readonly n: number }): string => `${series}/${period}/${n}`
  const documents = new Map(acts.flatMap(({ act }) => (act?.type === 'number.assign' ? [[place(act.body), act.body.doc]] : [])))
  return acts.flatMap(({ known, act }) => {
    const doc = act?.type === 'number.assign' ? act.body.doc : act?.type === 'number.void' ? documents.get(place(act.body)) : undefined
    return doc === undefined ? [] : [{ known, doc }]
  })
}

function seatOf({ lane }: KnownEvent): string {
  return lane.slice(0, lane.indexOf('.'))
}

async function provenEvents(court: Court, trail: Trail, opened: readonly OpenSegment[], { zero, cuts }: { readonly zero: readonly KnownEvent[]; readonly cuts: Cuts }, found: Findings): Promise<TrailReport['events']> {
  const proven = new Map<string, ProvenEvent[]>(trail.subjects.map((id) => [id, []]))
  const authorities = new Map<string, AuthorityState>()
  for (const { known, doc } of numbersOf(zero)) proven.get(doc)?.push({ known, seat: seatOf(known), counted: true, why: [], device: null })
  for (const open of opened) {
    if (open.header.collection === collectionZero || open.events.length === 0) continue
    const position = JSON.stringify(Object.entries(open.header.authority).sort())
    const authority = authorities.get(position) ?? reduceAuthority(upTo(zero, open.header.authority))
    authorities.set(position, authority)
    const judged = await court.judge(open, authority, false)
    for (const known of toKnown(open)) {
      const device = trail.pieces ? actDevice(authority, open.session.body, known.event, open.said) : null
      const why = counts(known, cuts) ? judged : [...judged, { code: 'behind-cut' }]
      const of = proven.get(known.event.doc ?? '')
      if (of === undefined) found.fail('event-of-another-document', { lane: known.lane, seq: known.seq })
      else of.push({ known, seat: open.session.body.seat, counted: why.length === 0, why, device })
    }
  }
  return proven
}

interface ListedFrom {
  readonly trail: Trail
  readonly opened: readonly OpenSegment[]
  readonly sessions: Iterable<SessionCertificate>
  readonly saidBy: (session: SessionCertificate) => SaidState
}

/** AR-73 every act of an audit's trail, and each session that it lists. */
async function provenActs(court: Court, { trail, opened, sessions, saidBy: said }: ListedFrom, { zero, authority: last }: { readonly zero: readonly KnownEvent[]; readonly authority: AuthorityState }): Promise<TrailReport['acts']> {
  const acts = new Map<string, ProvenAct>()
  const letIn = new Set(zero.map(({ id }) => id))
  const authorities = new Map<string, AuthorityState>()
  const authorityAt = (vector: Vector): AuthorityState => {
    const position = JSON.stringify(Object.entries(vector).sort())
    const authority = authorities.get(position) ?? reduceAuthority(upTo(zero, vector))
    authorities.set(position, authority)
    return authority
  }
  const ruleOf = (session: SessionCertificate, vector: Vector, type: string, at: number): ProvenAct['rule'] => {
    const policy = policyFor(authorityAt(vector), session.body.seat, type, jstDate(at))
    return policy && { id: policy.id, from: policy.from }
  }
  for (const open of opened) {
    const { header, session } = open
    const inZero = header.collection === collectionZero
    const judged = open.events.length === 0 ? [] : inZero ? null : await court.judge(open, authorityAt(header.authority), false)
    const shown = new Map(toKnown(open).map((known) => [known.id, known]))
    for (const { type, doc, event: id } of header.acts) {
      const known = shown.get(id)
      const at = header.hlc.ms
      const cut: readonly Reason[] = known && !counts(known, last.cuts) ? [{ code: 'behind-cut' }] : []
      const why = known === undefined ? null : [...(judged ?? (letIn.has(id) ? [] : [{ code: 'authority-not-counted' }])), ...cut]
      acts.set(id, { id, type, collection: header.collection, doc, at, session, said: open.said, rule: ruleOf(session, header.authority, type, at), event: known?.event ?? null, why })
    }
  }
  const listed = new Set(trail.listed)
  for (const session of sessions) {
    if (!listed.has(session.hash) || !(await court.certified(session, last))) continue
    const { notBefore: at, authority } = session.body
    acts.set(session.hash, { id: session.hash, type: unlockType, collection: collectionZero, doc: null, at, session, said: said(session), rule: ruleOf(session, authority, unlockType, at), event: null, why: [] })
  }
  return acts
}
