// The one door: a segment made here, fetched from elsewhere, restored or replayed takes the same way in:
// open → verify → authorise → reduce → commit. It decides nothing itself; the judge does, and the reducers say what changes.

import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import { encodeCbor } from '../base/cbor.ts'
import type { Reason } from '../base/verdict.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { createVerify, type Verify } from '../crypto/sign.ts'
import type { KnownEvent } from '../log/event.ts'
import { collectionZero, documentHandle, isTwinName } from '../log/names.ts'
import { hasSessionWindow, type SessionBody, type SessionCertificate, type Vector } from '../log/session.ts'
import type { Contradicted } from '../authority/cut.ts'
import { openBranches, type Branches } from './branches.ts'
import { createAuthorityPositions, type AuthorityPositions } from './authority-positions.ts'
import { adoptedBy, admitForked, lookForFork, lookForLeaving, reachesFork, type NamedSegment } from './forked-lanes.ts'
import { isBehindFork, withForks, type Fork } from './forks.ts'
import { judgeSegment } from './judge.ts'
import { openSegmentEvents, openSegmentHeader, verifyHeader, type OpenedHeader } from './open-segment.ts'
import type { Change, DoorView, Forks, KeyRing, LaneHead, StateRow } from './ports.ts'
import { missingInZero, missingPast, releasable } from './past.ts'
import { brakeReasons, createPace, type Asked, type Pace } from './pace.ts'
import { createQuarantine, type Quarantine } from './quarantine.ts'
import { reduced } from './reduced-rows.ts'
import { followsSealedAnew, hashesHere, headerHere } from './sealed-anew.ts'
import { createSessionProofs, factsOf, type SessionProofs } from './session-proofs.ts'

export interface DoorDeps {
  readonly host: CryptoHost
  readonly workspace: string
  readonly genesis: string
  readonly keys: KeyRing
  readonly view: DoorView
  /** Bytes of a session certificate object by its body hash. */
  readonly session: (hash: string) => Promise<Uint8Array | null>
  /** Every segment here of this number: the one under the lane's name and those beside it. */
  readonly candidates: (collection: string, lane: string, seq: number) => Promise<readonly NamedSegment[]>
  /** The reduced rows of one document from all of its events. */
  readonly rowsOf: (collection: string, doc: string, events: readonly KnownEvent[]) => readonly StateRow[]
}

/** `waiting` may pass later (something it builds on is not here yet); `refused` bytes are not the lane's next segment at all. */
export type DoorAnswer =
  | { readonly outcome: 'accepted' | 'opaque'; readonly change: Change }
  | { readonly outcome: 'known' }
  | { readonly outcome: 'quarantined'; readonly change: Change; readonly reasons: readonly Reason[] }
  | { readonly outcome: 'waiting' | 'refused'; readonly reasons: readonly Reason[] }
  /** JU-32, JU-39 with what is here this segment proves a fork that was not known, or its seat leaves a lane: all is to be let in anew, with `restart`. */
  | { readonly outcome: 'forked'; readonly fork: Fork }

export interface Door {
  /** One at a time, in the order called; commits through the view before it answers. */
  admit(name: string, object: Uint8Array): Promise<DoorAnswer>
  authority(): Promise<AuthorityState>
  /** JU-32 does this segment, with another of its number that is here, prove that its lane is forked? Of any collection, granted or not. */
  proves(object: Uint8Array): Promise<Fork | null>
  /** Forgets what was let in and begins again, knowing these forks too; segments are to be admitted from the first on. */
  restart(found: readonly Fork[]): Promise<void>
  /** Does this between two segments, and then goes by the view as it is now: other documents are read than before. */
  between(work: () => Promise<void>): Promise<void>
  /** AU-17 what lies here against what cuts name. */
  contradicted(): Promise<Contradicted>
  /** JU-95 what the brake says to a segment that is about to be written, with what is known here. */
  brakes(asked: Asked, session: Pick<SessionBody, 'notBefore'>): Promise<readonly Reason[]>
}

export function createDoor(deps: DoorDeps): Door {
  let queue: Promise<unknown> = Promise.resolve()
  let opened: Promise<DoorMemory> | null = null
  const memory = (): Promise<DoorMemory> => (opened ??= openMemory(deps))
  const between: Door['between'] = (work) => {
    const done = queue.then(async () => {
      await work()
      opened = null
    })
    queue = done.catch(() => null)
    return done
  }
  return {
    admit(name, object) {
      const answer = queue.then(async () => admit(deps, await memory(), name, object))
      queue = answer.catch(() => null)
      return answer
    },
    authority: async () => (await memory()).positions.now(),
    async proves(object) {
      const header = await openSegmentHeader(deps.host, deps.workspace, deps.keys, object)
      const answer = typeof header === 'string' ? null : await lookForFork(deps, await memory(), header)
      return answer?.outcome === 'forked' ? answer.fork : null
    },
    restart: (found) => between(async () => deps.view.restart(withForks(await deps.view.forks(), found))),
    between,
    contradicted: async () => (await memory()).branches.now(),
    async brakes(asked, session) {
      const { pace, positions } = await memory()
      return brakeReasons(pace, positions.now(), session, asked)
    },
  }
}

/** What follows from the view and is not worth asking again for each segment. */
interface DoorMemory {
  readonly verify: Verify
  readonly sessions: SessionProofs
  readonly positions: AuthorityPositions
  readonly branches: Branches
  readonly pace: Pace
  readonly quarantine: Quarantine
  readonly forks: Forks
}

async function openMemory(deps: DoorDeps): Promise<DoorMemory> {
  const { host, view } = deps
  const verify = createVerify(host)
  const sessions = createSessionProofs(verify, deps)
  const events = await view.authorityEvents()
  const branches = await openBranches(events, (collection, lane, seq) => hashesHere(deps, verify, sessions, collection, lane, seq))
  const forks = await view.forks()
  return { forks, verify, sessions, branches, pace: createPace((...place) => headerHere(deps, ...place)), positions: createAuthorityPositions(events, branches, forks), quarantine: createQuarantine(await view.quarantined()) }
}

async function admit(deps: DoorDeps, memory: DoorMemory, name: string, object: Uint8Array): Promise<DoorAnswer> {
  const opened = await openSegmentHeader(deps.host, deps.workspace, deps.keys, object)
  if (opened === 'missing-key' || opened === 'later-format') return waiting(opened)
  if (typeof opened === 'string') return { outcome: 'refused', reasons: [{ code: opened }] }
  const { header, segment } = opened
  const head = await deps.view.head(header.collection, header.lane)
  const isForked = isBehindFork(memory.forks, header, deps.genesis)
  if (isForked || (isTwinName(name) && header.seq <= (head?.seq ?? 0))) {
    const answer = isForked ? await admitForked({ deps, memory, name, opened, head }) : await lookForFork(deps, memory, opened)
    await memory.branches.met(header.collection, header.lane, header.seq)
    return answer
  }
  const place = placeInLane(header.seq, header.prev, segment.hash, head)
  if (place !== 'next' && !(place === 'fork' && (await followsSealedAnew(deps, header, head)))) return place === 'known' ? { outcome: 'known' } : { outcome: place === 'gap' ? 'waiting' : 'refused', reasons: [{ code: `lane-${place}` }] }
  const session = await memory.sessions.find(header.session)
  if (!session) return waiting('session-missing')
  if (!(await verifyHeader(memory.verify, opened, session))) return { outcome: 'refused', reasons: [{ code: 'header-signature' }] }
  return admitAuthentic(deps, memory, name, opened, session)
}

function waiting(code: string): DoorAnswer {
  return { outcome: 'waiting', reasons: [{ code }] }
}

function placeInLane(seq: number, prev: string | null, hash: string, head: LaneHead | null): 'next' | 'known' | 'gap' | 'fork' {
  const at = head?.seq ?? 0
  if (seq > at + 1) return 'gap'
  if (seq <= at) return seq === at && hash === head?.hash ? 'known' : seq < at ? 'known' : 'fork'
  return prev === (head?.hash ?? null) ? 'next' : 'fork'
}

async function admitAuthentic(deps: DoorDeps, memory: DoorMemory, name: string, opened: OpenedHeader, session: SessionCertificate): Promise<DoorAnswer> {
  const { header, segment } = opened
  const { collection, lane, seq } = header
  const inZero = collection === collectionZero
  const commit = async (change: Change): Promise<void> => {
    await deps.view.commit(change)
    await memory.branches.met(collection, lane, seq)
  }
  if (!(await reached(deps, header.authority))) return waiting('authority-behind')
  const events = await openSegmentEvents(deps.host, deps.keys, opened, (doc) => documentHandle(deps.workspace, doc))
  if (events === 'damaged') return { outcome: 'refused', reasons: [{ code: 'damaged' }] }
  if (events === 'not-here') return waiting('document-key-missing')
  const still: Change = { collection, lane, head: { seq, hash: segment.hash }, events: [], rows: [], stateHash: await deps.view.stateHash(), quarantined: null, released: [], opaque: false }
  if (events === 'not-granted') {
    const change: Change = { ...still, opaque: true }
    await commit(change)
    return { outcome: 'opaque', change }
  }
  const known = events.events.map(({ id, event }): KnownEvent => ({ id, event, lane: `${lane}/${collection}`, seq }))
  const leaving = await lookForLeaving(memory, opened, known)
  if (leaving) return leaving
  const introduces = inZero && seq === 1 && known.some((k) => k.event.type === 'workspace.genesis' || k.event.type === 'seat.recover')
  const authority = introduces ? reduceAuthority([...memory.positions.upTo(header.authority), ...known], memory.branches.at(header.authority), memory.forks) : memory.positions.at(header.authority)
  const seat = authority.seats.get(session.body.seat)
  const device = authority.devices.get(session.body.device)
  const sessionVerified = !!seat && !!device && (await memory.sessions.proven(session, seat.signingKey, device.signingKey))
  // The signatures are not under the hash that the header names: another copy of the certificate may hold (JU-5).
  if (seat && device && !sessionVerified && hasSessionWindow(session.body)) return waiting('session-signature')
  const evidence = await memory.sessions.evidence(session)
  if (typeof evidence === 'string') return waiting(evidence === 'damaged' ? 'session-evidence' : evidence)
  const recoveryVerified = introduces && (await verifyRecovery(memory.verify, deps.workspace, authority, known))
  const quarantine = async (reasons: readonly Reason[], held: readonly KnownEvent[]): Promise<DoorAnswer> => {
    const quarantined = { name, collection, lane, seq, reasons, acts: header.acts.map((act) => act.event), events: held }
    const change: Change = { ...still, quarantined }
    await commit(change)
    memory.pace.take(header)
    memory.quarantine.take(quarantined)
    return { outcome: 'quarantined', change, reasons }
  }
  const reasons = judgeSegment({ header, epoch: segment.epoch, session, sessionVerified, ...(await factsOf(memory.sessions.token, evidence, session.body, authority)), recoveryVerified, ...events }, authority, deps.genesis)
  // Of collection zero, which has rules of its own against many acts by one, nothing is counted.
  const braked = inZero ? [] : await brakeReasons(memory.pace, authority, session.body, header)
  if (reasons.length + braked.length > 0) return quarantine([...reasons, ...braked], [])
  const missing = inZero ? missingInZero(memory.positions, { ...header.authority, [lane]: seq - 1 }, known) : await missingPast(deps.view, collection, known, known)
  // On a forked lane it may stand in a segment that has not arrived: more than one can stand at each place there.
  if (missing.length > 0 && inZero && reachesFork(memory.forks, header.authority)) return waiting('deps-missing')
  if (missing.length > 0 && (inZero || memory.quarantine.holds(collection, missing))) return quarantine([{ code: 'past-not-accepted' }], inZero ? [] : known)
  if (missing.length > 0) return waiting('deps-missing')
  const released = await releasable(deps.view, memory.quarantine, collection, known)
  const brought = [...known, ...released.flatMap((one) => one.events)]
  const accepted = inZero ? known : [...brought, ...(await adoptedBy(deps.view, memory.quarantine, collection, brought))]
  const change: Change = { ...still, ...(await reduced(deps, collection, accepted)), released: released.map((one) => one.name) }
  await commit(change)
  memory.pace.take(header)
  if (inZero) memory.positions.take(known)
  if (inZero) await memory.branches.take(known)
  memory.quarantine.release(change.released)
  return { outcome: 'accepted', change }
}

/** Have all lanes of collection zero that the author knew arrived that far? */
async function reached(deps: DoorDeps, vector: Vector): Promise<boolean> {
  for (const [lane, seq] of Object.entries(vector)) {
    if (((await deps.view.head(collectionZero, lane))?.seq ?? 0) < seq) return false
  }
  return true
}

async function verifyRecovery(verify: Verify, workspace: string, authority: AuthorityState, known: readonly KnownEvent[]): Promise<boolean> {
  const recovery = known.find((k) => k.event.type === 'seat.recover')
  if (!recovery || !authority.genesis) return false
  const { seat, device, signature } = recovery.event.body as { seat: unknown; device: unknown; signature: Uint8Array }
  return verify(authority.genesis.recoverySigningKey, 'recovery', encodeCbor({ workspace, seat, device }), signature)
}
