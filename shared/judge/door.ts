// The one door: a segment made here, fetched from elsewhere, restored or replayed takes the same way in:
// open → verify → authorise → reduce → commit. It decides nothing itself; the judge does, and the reducers say what changes.

import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import { encodeCbor } from '../base/cbor.ts'
import type { Reason } from '../base/verdict.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { verifyFor } from '../crypto/sign.ts'
import type { KnownEvent } from '../log/event.ts'
import { collectionZero, documentHandle } from '../log/names.ts'
import { parseSession, verifySession, type SessionCertificate, type Vector } from '../log/session.ts'
import { rowHash, updateStateHash } from '../log/state-hash.ts'
import { judgeSegment } from './judge.ts'
import { openSegmentEvents, openSegmentHeader, verifyHeader, type OpenedHeader } from './open-segment.ts'
import type { Change, DoorView, KeyRing, LaneHead, StateRow } from './ports.ts'

export interface DoorDeps {
  readonly host: CryptoHost
  readonly workspace: string
  readonly genesis: string
  readonly keys: KeyRing
  readonly view: DoorView
  /** Bytes of a session certificate object by its body hash. */
  readonly session: (hash: string) => Promise<Uint8Array | null>
  /** The reduced rows of one document from all of its events. */
  readonly rowsOf: (collection: string, doc: string, events: readonly KnownEvent[]) => readonly StateRow[]
}

/** `waiting` may pass later (something it builds on is not here yet); `refused` bytes are not the lane's next segment at all. */
export type DoorAnswer =
  | { readonly outcome: 'accepted' | 'opaque'; readonly change: Change }
  | { readonly outcome: 'known' }
  | { readonly outcome: 'quarantined'; readonly change: Change; readonly reasons: readonly Reason[] }
  | { readonly outcome: 'waiting' | 'refused'; readonly reasons: readonly Reason[] }

export interface Door {
  /** One at a time, in the order called; commits through the view before it answers. */
  admit(name: string, object: Uint8Array): Promise<DoorAnswer>
  authority(): Promise<AuthorityState>
}

export function createDoor(deps: DoorDeps): Door {
  let queue: Promise<unknown> = Promise.resolve()
  const cache = new Map<string, AuthorityState>()
  return {
    admit(name, object) {
      const answer = queue.then(() => admit(deps, cache, name, object))
      queue = answer.catch(() => null)
      return answer
    },
    async authority() {
      return reduceAuthority(await deps.view.authorityEvents())
    },
  }
}

async function admit(deps: DoorDeps, cache: Map<string, AuthorityState>, name: string, object: Uint8Array): Promise<DoorAnswer> {
  const opened = await openSegmentHeader(deps.host, deps.workspace, deps.keys, object)
  if (opened === 'missing-key') return { outcome: 'waiting', reasons: [{ code: 'missing-key' }] }
  if (typeof opened === 'string') return { outcome: 'refused', reasons: [{ code: opened }] }
  const { header, segment } = opened
  const head = await deps.view.head(header.collection, header.lane)
  const place = placeInLane(header.seq, header.prev, segment.hash, head)
  if (place !== 'next') return place === 'known' ? { outcome: 'known' } : { outcome: place === 'gap' ? 'waiting' : 'refused', reasons: [{ code: `lane-${place}` }] }
  const certificate = await deps.session(header.session)
  const session = certificate && parseSession(certificate)
  if (!session || session.hash !== header.session) return { outcome: 'waiting', reasons: [{ code: 'session-missing' }] }
  if (!(await verifyHeader(deps.host, opened, session))) return { outcome: 'refused', reasons: [{ code: 'header-signature' }] }
  return admitAuthentic(deps, cache, name, opened, session)
}

function placeInLane(seq: number, prev: string | null, hash: string, head: LaneHead | null): 'next' | 'known' | 'gap' | 'fork' {
  const at = head?.seq ?? 0
  if (seq > at + 1) return 'gap'
  if (seq <= at) return seq === at && hash === head?.hash ? 'known' : seq < at ? 'known' : 'fork'
  return prev === (head?.hash ?? null) ? 'next' : 'fork'
}

async function admitAuthentic(deps: DoorDeps, cache: Map<string, AuthorityState>, name: string, opened: OpenedHeader, session: SessionCertificate): Promise<DoorAnswer> {
  const { header, segment } = opened
  const inZero = header.collection === collectionZero
  const zeroEvents = await deps.view.authorityEvents()
  if (!(await reached(deps, header.authority))) return { outcome: 'waiting', reasons: [{ code: 'authority-behind' }] }
  const handleOf = (doc: string): string => documentHandle(deps.workspace, doc)
  const events = await openSegmentEvents(deps.host, deps.keys, opened, handleOf)
  const base = { collection: header.collection, lane: header.lane, head: { seq: header.seq, hash: segment.hash } }
  if (events === 'damaged') return { outcome: 'refused', reasons: [{ code: 'damaged' }] }
  if (events === 'not-here') return { outcome: 'waiting', reasons: [{ code: 'document-key-missing' }] }
  if (events === 'not-granted') {
    const change: Change = { ...base, events: [], rows: [], stateHash: await deps.view.stateHash(), quarantined: null, opaque: true }
    await deps.view.commit(change)
    return { outcome: 'opaque', change }
  }
  const known = events.events.map(({ id, event }): KnownEvent => ({ id, event, lane: `${header.lane}/${header.collection}`, seq: header.seq }))
  if (!(await depsKnown(deps, header.collection, inZero, known, zeroEvents))) return { outcome: 'waiting', reasons: [{ code: 'deps-missing' }] }
  const introduces = inZero && header.seq === 1 && known.some((k) => k.event.type === 'workspace.genesis' || k.event.type === 'seat.recover')
  const authority = introduces ? reduceAuthority([...upTo(zeroEvents, header.authority), ...known]) : authorityAt(cache, zeroEvents, header.authority)
  const seat = authority.seats.get(session.body.seat)
  const device = authority.devices.get(session.body.device)
  const sessionVerified = !!seat && !!device && (await verifySession(deps.host, session, seat.signingKey, device.signingKey))
  const recoveryVerified = introduces && (await verifyRecovery(deps, authority, known))
  const reasons = judgeSegment({ header, session, sessionVerified, recoveryVerified, ...events }, authority, deps.genesis)
  if (reasons.length > 0) {
    const quarantined = { name, collection: header.collection, lane: header.lane, seq: header.seq, reasons }
    const change: Change = { ...base, events: [], rows: [], stateHash: await deps.view.stateHash(), quarantined, opaque: false }
    await deps.view.commit(change)
    return { outcome: 'quarantined', change, reasons }
  }
  const rows = inZero ? authorityRows(known) : await documentRows(deps, header.collection, known)
  const before = await deps.view.rows(rows.map(({ table, key }) => ({ table, key })))
  const hashes = (list: readonly StateRow[]): string[] => list.map((row) => rowHash(row.table, row.key, row.value))
  const stateHash = updateStateHash(await deps.view.stateHash(), hashes(before), hashes(rows))
  const change: Change = { ...base, events: known, rows, stateHash, quarantined: null, opaque: false }
  await deps.view.commit(change)
  return { outcome: 'accepted', change }
}

/** Who unlocked when is kept and shown, but it is no state: opening a replica must not make it differ from what it was. */
function authorityRows(known: readonly KnownEvent[]): readonly StateRow[] {
  return known.filter(({ event }) => !event.type.startsWith('session.')).map(({ id, event }) => ({ table: 'authority', key: id, value: event.type }))
}

async function documentRows(deps: DoorDeps, collection: string, known: readonly KnownEvent[]): Promise<readonly StateRow[]> {
  const rows: StateRow[] = []
  for (const doc of new Set(known.map((k) => k.event.doc as string))) {
    const before = await deps.view.documentEvents(collection, doc)
    rows.push(...deps.rowsOf(collection, doc, [...before, ...known.filter((k) => k.event.doc === doc)]))
  }
  return rows
}

/** Have all lanes of collection zero that the author knew arrived that far? */
async function reached(deps: DoorDeps, vector: Vector): Promise<boolean> {
  for (const [lane, seq] of Object.entries(vector)) {
    if (((await deps.view.head(collectionZero, lane))?.seq ?? 0) < seq) return false
  }
  return true
}

async function depsKnown(deps: DoorDeps, collection: string, inZero: boolean, known: readonly KnownEvent[], zero: readonly KnownEvent[]): Promise<boolean> {
  const here = new Set(known.map((k) => k.id))
  for (const { event } of known) {
    const missing = event.deps.filter((dep) => !here.has(dep))
    if (missing.length === 0) continue
    const held = inZero ? zero : await deps.view.documentEvents(collection, event.doc ?? '')
    const ids = new Set(held.map((k) => k.id))
    if (missing.some((dep) => !ids.has(dep))) return false
  }
  return true
}

function upTo(events: readonly KnownEvent[], vector: Vector): readonly KnownEvent[] {
  return events.filter((k) => k.seq <= (vector[k.lane.slice(0, k.lane.indexOf('/'))] ?? 0))
}

/** The authority at one position in the log; a handful of positions are in use at a time. */
function authorityAt(cache: Map<string, AuthorityState>, events: readonly KnownEvent[], vector: Vector): AuthorityState {
  const key = JSON.stringify(Object.entries(vector).sort())
  let state = cache.get(key)
  if (!state) {
    state = reduceAuthority(upTo(events, vector))
    if (cache.size >= 16) cache.clear()
    cache.set(key, state)
  }
  return state
}

async function verifyRecovery(deps: DoorDeps, authority: AuthorityState, known: readonly KnownEvent[]): Promise<boolean> {
  const recovery = known.find((k) => k.event.type === 'seat.recover')
  if (!recovery || !authority.genesis) return false
  const { seat, device, signature } = recovery.event.body as { seat: unknown; device: unknown; signature: Uint8Array }
  return verifyFor(deps.host, authority.genesis.recoverySigningKey, 'recovery', encodeCbor({ workspace: deps.workspace, seat, device }), signature)
}
