// The gate: evaluates the policy for every act a segment header names, on what is known of this device and session, and refuses
// with reasons or signs with the session key and journals. It takes policy and grants from main's own authority replica.

import { changesAuthority, isAuthorityType } from '@shared/authority/events.ts'
import { contactFreshMs, restsOnOldRules } from '@shared/authority/heard.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { Reason } from '@shared/base/verdict.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { SessionLocked, StorageDoubted } from '@shared/ipc/contract/consent.ts'
import type { CommitRequest, Committed, ConsentMissing, DiskBroken, DiskFull, GateDenied, LaneMoved } from '@shared/ipc/contract/vault.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { driftMs } from '@shared/log/clock.ts'
import { collectionHandle, collectionZero, plainHandle, segmentName } from '@shared/log/names.ts'
import { createSegment } from '@shared/log/segment.ts'
import { tokenVerifier } from '@shared/identity/sign-in.ts'
import { policyFor } from '@shared/judge/judge.ts'
import { brakeReasons } from '@shared/judge/pace.ts'
import { factsOf } from '@shared/judge/session-proofs.ts'
import { evaluateAct, isLetThrough, needsConsent, refusalCode } from '@shared/posture/evaluate.ts'
import type { DeviceState } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import type { Contact } from './contact.ts'
import type { ObjectStore } from './object-store.ts'
import { learnEpochKeys, type OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'

export interface GateDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly store: ObjectStore
  readonly tickets: ConsentTickets
  readonly record: ProfileRecord
  readonly device: Pick<DeviceState, 'current'>
  /** SY-37: nothing is decided at this machine now. */
  readonly isFrozen: () => boolean
  readonly contact: Pick<Contact, 'last'>
}

export type CommitFailure = SessionLocked | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken


/** One commit at a time per session; the caller queues. Answered after the segment is durable. */
export async function commitSegment(deps: GateDeps, session: OpenSession, request: CommitRequest): Promise<Result<Committed, CommitFailure>> {
  const { host, store, tickets, record } = deps
  const head = session.heads.get(request.collection) ?? null
  if (request.seq !== (head?.seq ?? 0) + 1) return err({ type: 'LaneMoved', seq: head?.seq ?? 0, retry: 'now' })
  const refusal = await refuse(deps, session, request)
  if (refusal) return err(refusal)
  const header = {
    suite: 1,
    schema: 1,
    workspace: record.workspace,
    collection: request.collection,
    lane: session.lane,
    seq: request.seq,
    prev: head?.hash ?? null,
    session: session.certificate.hash,
    authority: request.authority,
    hlc: request.hlc,
    acts: request.acts,
  } as const
  const key = session.zeroKeys.get(request.epoch)
  if (!key) return err({ type: 'GateDenied', reasons: [{ code: 'epoch-unknown' }], retry: 'never' })
  const segment = await createSegment(host, { epoch: request.epoch, key }, header, request.events, session.signer)
  const name = segmentName(collectionHandle(record.genesis, request.collection), session.lane, request.seq)
  const written = await store.put(name, segment.bytes)
  if (!written.ok) {
    if (written.error.type === 'ObjectRefused') return err({ type: 'LaneMoved', seq: request.seq, retry: 'never' })
    return err({ type: written.error.type, retry: 'later' })
  }
  session.pace.take(header)
  session.heads.set(request.collection, { seq: request.seq, hash: segment.hash })
  tickets.spend(request.acts.map((act) => act.event))
  if (request.collection === collectionZero) {
    await session.authority.catchUp()
    await learnEpochKeys(deps, record, session, jstDate(deps.clock.now()))
  }
  return ok({ name, bytes: segment.bytes })
}

/** What decides, and what changes who may: not done on what may be half of what is there. To take something away stays possible. */
export function isAuthoritative(type: string): boolean {
  return type.startsWith('decision.') || (isAuthorityType(type) && changesAuthority(type) && !takesAway(type))
}

/** With what goes along: the new keys that a removed seat does not hold. */
function takesAway(type: string): boolean {
  return type.endsWith('.remove') || type === 'device.lost' || type === 'epoch.new'
}

/** AU-90 whoever was given single documents writes about those only. */
function isWithinGiven({ given }: OpenSession, { collection, acts }: CommitRequest): boolean {
  return acts.every(({ doc }) => given.some((grant) => grant.collection === collection && doc !== null && grant.document === plainHandle(doc)))
}

/** Does the page say that it knows more of collection zero than lies on this disk? */
function isAhead({ authority }: CommitRequest, session: OpenSession): boolean {
  const vector = session.authority.vector()
  return Object.entries(authority).some(([lane, seq]) => seq > (vector[lane] ?? 0))
}

async function refuse(deps: GateDeps, session: OpenSession, request: CommitRequest): Promise<GateDenied | StorageDoubted | ConsentMissing | null> {
  if (deps.isFrozen() && request.acts.some(({ type }) => isAuthoritative(type))) return { type: 'StorageDoubted', retry: 'later' }
  const reasons: Reason[] = []
  const now = deps.clock.now()
  if (now > session.certificate.body.notAfter) reasons.push({ code: 'session-expired' })
  if (Math.abs(request.hlc.ms - now) > driftMs) reasons.push({ code: 'clock-drift' })
  if (!session.epochKeys.some((k) => k.collection === request.collection) && !isWithinGiven(session, request)) reasons.push({ code: 'collection-not-granted' })
  if (request.acts.length !== request.events.length || request.acts.some((act, i) => act.sealed !== sha256Hex(request.events[i] as Uint8Array))) reasons.push({ code: 'acts-differ' })
  // What a round brought reaches the page now and then before it is taken in here.
  if (isAhead(request, session)) await session.authority.catchUp()
  if (isAhead(request, session)) reasons.push({ code: 'authority-ahead' })
  const authority = await session.authority.state()
  const employment = authority.people.get(session.person)?.employment ?? null
  const facts = await factsOf(tokenVerifier(deps.host), session.evidence, session.certificate.body, authority)
  const exceptions = [...authority.exceptions.values()]
  for (const act of request.acts) {
    const known = { type: act.type, at: request.hlc.ms, employment, exceptions }
    // What peers will judge, and what this device would say of itself now: both have to let it through.
    const policy = policyFor(authority, session.seat, act.type, jstDate(now))
    if (restsOnOldRules(policy, authority, { type: act.type, person: session.person, at: request.hlc.ms })) reasons.push({ code: 'rules-old', facts: { type: act.type } })
    // AU-71 nobody says so who was not there.
    if (act.type === 'authority.current' && now - ((await deps.contact.last()) ?? 0) > contactFreshMs) reasons.push({ code: 'contact-missing' })
    const told = evaluateAct(policy, { ...known, ...facts })
    const posture = deps.device.current()
    const fresh = posture ? evaluateAct(policy, { ...known, ...facts, posture }) : told
    if (!isLetThrough(fresh)) reasons.push(...(fresh.decision === 'step-up' ? [{ code: refusalCode(fresh) }] : []), ...fresh.reasons)
    else if (!isLetThrough(told)) reasons.push({ code: 'session-to-renew' }, ...told.reasons)
    if (needsConsent(policy, act.type) && reasons.length === 0 && !deps.tickets.covers(act.event)) return { type: 'ConsentMissing', act: act.type, retry: 'never' }
  }
  if (reasons.length === 0 && request.collection !== collectionZero) reasons.push(...(await brakeReasons(session.pace, authority, session.certificate.body, placeOf(session, request.collection, request), otherPlaces(session, request.collection))))
  return reasons.length > 0 ? { type: 'GateDenied', reasons, retry: 'never' } : null
}

function placeOf<T extends object>({ heads, lane, certificate }: OpenSession, collection: string, rest: T) {
  const head = heads.get(collection)
  return { ...rest, collection, lane, seq: (head?.seq ?? 0) + 1, prev: head?.hash ?? null, session: certificate.hash }
}

/** JU-95 here the seat is one, whatever collections it writes in. */
function otherPlaces(session: OpenSession, collection: string) {
  return [...session.heads.keys()].filter((other) => other !== collection && other !== collectionZero).map((other) => placeOf(session, other, {}))
}
