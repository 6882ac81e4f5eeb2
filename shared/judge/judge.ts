// The judge: segment + authority at its position in the log + policy → accept or quarantine with reasons. Pure, and without a
// clock of its own: every replica that holds the same log content judges alike, in any order of arrival.

import { hasDocumentRole, hasRole, isAdmin, newestEpoch, positionsOf, recoveryWaits, seatedAdmins } from '../authority/ask.ts'
import { absenceRefusal, endRefusal } from '../authority/absences.ts'
import { restsOnOldRules } from '../authority/heard.ts'
import { givingRefusal, mayGiveDocument } from '../authority/document-grants.ts'
import type { DevicePolicy, Role } from '../authority/model.ts'
import { refusalOf } from '../authority/review.ts'
import { changesAuthority, parseAuthorityBody } from '../authority/events.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { holdsOn, inForce } from '../base/in-force.ts'
import type { Reason } from '../base/verdict.ts'
import { jstDate } from '../base/civil-date.ts'
import { driftMs } from '../log/clock.ts'
import type { ProvenAccount } from '../identity/sign-in.ts'
import { compareHlc, type LogEvent } from '../log/event.ts'
import type { HeaderAct, SegmentHeader } from '../log/header.ts'
import { collectionZero, documentHandle, plainHandle } from '../log/names.ts'
import type { SessionCertificate } from '../log/session.ts'
import { evaluateAct, isLetThrough, refusalCode, type SignInFacts } from '../posture/evaluate.ts'
import type { PostureStatement } from '../posture/statement.ts'
import { judgeNumberAct } from './number-acts.ts'
import { isLooking, isWithinOne, needOf } from './rules.ts'

export interface JudgedSegment {
  readonly header: SegmentHeader
  /** Of collection zero: under which the header is sealed; null before it is sealed. */
  readonly epoch: number | null
  readonly session: SessionCertificate
  /** Seat and device signatures of the session certificate hold under the authority's keys. */
  readonly sessionVerified: boolean
  /** What the session rests on, as far as it says anything (JU-50). */
  readonly posture: PostureStatement | null
  readonly token: SignInFacts | null
  readonly account: ProvenAccount | null
  readonly events: readonly { readonly id: string; readonly event: LogEvent }[]
  /** JU-91 acts on documents that cannot be read here, as the header declares them; absent = none. */
  readonly unread?: readonly Pick<HeaderAct, 'type' | 'doc'>[]
  /** Events that differ from the header's acts (codes from opening). */
  readonly lies: readonly string[]
  /** A `seat.recover` in this segment carries a signature of the recovery key that holds. */
  readonly recoveryVerified: boolean
}

/** Raised with every change in what is let in: who kept answers of an earlier one asks again. */
export const judgeVersion = 24

/** No reasons = accepted. `authority` is the state at `header.authority` (with the segment's own events when it founds or recovers). */
export function judgeSegment(segment: JudgedSegment, authority: AuthorityState, genesis: string): readonly Reason[] {
  const reasons: Reason[] = segment.lies.map((code) => ({ code: `header-lies-${code}` }))
  reasons.push(...judgeSession(segment, authority))
  // JU-42 whoever knew of a removal writes nothing that the removed seat can open.
  if (segment.epoch !== null && segment.epoch < newestEpoch(authority, collectionZero)) reasons.push({ code: 'epoch-older' })
  let last = { ms: 0, n: 0 }
  for (const { id, event } of segment.events) {
    if (compareHlc(event.hlc, last) < 0 || compareHlc(event.hlc, segment.header.hlc) > 0) reasons.push({ code: 'clock-order' })
    last = event.hlc
    reasons.push(...judgeEvent(segment, id, event, authority, genesis))
  }
  reasons.push(...judgeUnread(segment, authority))
  if (waits(segment, authority)) reasons.push({ code: 'recovery-waits' })
  return reasons
}

/** JU-91 what cannot be read here is judged by what the header says of it; where that is not enough, nothing of the segment counts here. */
function judgeUnread({ header, session, unread = [] }: JudgedSegment, authority: AuthorityState): Reason[] {
  const date = jstDate(header.hlc.ms)
  return unread.flatMap(({ type, doc }): Reason[] => {
    const need = needOf(type, false)
    if (!isLooking(type) || need.kind !== 'role') return [{ code: 'not-all-read', facts: { type } }]
    return mayWrite(authority, session.body.person, { type, collection: header.collection, document: doc === null ? null : plainHandle(doc) }, need.roles, date) ? [] : [{ code: 'role-missing', facts: { type } }]
  })
}

/** JU-7, JU-90 a role in the collection, or where the act is within one document, a right on that. */
function mayWrite(authority: AuthorityState, person: string, { type, collection, document }: { readonly type: string; readonly collection: string; readonly document: string | null }, roles: readonly Role[], date: string): boolean {
  return hasRole(authority, person, collection, roles, date) || (document !== null && isWithinOne(type) && hasDocumentRole(authority, person, collection, document, roles, date))
}

/** JU-16 a seat made with the recovery sheets does nothing but open and close before its time. */
function waits({ header, session, events }: JudgedSegment, authority: AuthorityState): boolean {
  const until = recoveryWaits(authority, session.body.seat)
  return until !== null && header.hlc.ms < until && events.some(({ event }) => event.type !== 'seat.recover' && changesAuthority(event.type))
}

function judgeSession({ header, session, sessionVerified }: JudgedSegment, authority: AuthorityState): Reason[] {
  const reasons: Reason[] = []
  const { body } = session
  if (!sessionVerified) reasons.push({ code: 'session-signature' })
  if (body.workspace !== header.workspace || `${body.seat}.${body.incarnation}` !== header.lane) reasons.push({ code: 'session-lane' })
  if (authority.seats.get(body.seat)?.person !== body.person) reasons.push({ code: 'seat-unknown' })
  if (authority.seats.get(body.seat)?.device !== body.device) reasons.push({ code: 'device-unknown' })
  if (authority.removedSeats.has(body.seat)) reasons.push({ code: 'seat-removed' })
  if (header.hlc.ms < body.notBefore - driftMs || header.hlc.ms > body.notAfter + driftMs) reasons.push({ code: 'session-window' })
  return reasons
}

function judgeEvent(segment: JudgedSegment, id: string, event: LogEvent, authority: AuthorityState, genesis: string): Reason[] {
  const { header, session, recoveryVerified } = segment
  const reasons: Reason[] = []
  const facts = { type: event.type }
  const date = jstDate(event.hlc.ms)
  const inZero = header.collection === collectionZero
  if (event.person !== session.body.person) reasons.push({ code: 'person-differs', facts })
  if (inZero !== (event.doc === null)) reasons.push({ code: 'document-missing', facts })
  if (event.position !== null && !positionsOf(authority, event.person, date).some((p) => p.id === event.position)) reasons.push({ code: 'position-not-held', facts })
  const inPlace = policyFor(authority, session.body.seat, event.type, date)
  // JU-55 founding comes before anything can be asked of a device.
  const isFounding = needOf(event.type, inZero).kind === 'founding' || founds(segment, authority, genesis)
  const policy = inPlace && isFounding ? { ...inPlace, rules: [] } : inPlace
  const gate = evaluateAct(policy, { type: event.type, at: event.hlc.ms, employment: authority.people.get(event.person)?.employment ?? null, posture: segment.posture, token: segment.token, exceptions: [...authority.exceptions.values()] })
  if (!isLetThrough(gate)) reasons.push({ code: refusalCode(gate), facts }, ...gate.reasons)
  if (restsOnOldRules(policy, authority, { type: event.type, person: event.person, at: event.hlc.ms })) reasons.push({ code: 'rules-old', facts })
  const need = needOf(event.type, inZero)
  if (need.kind === 'founding') {
    const founded = event.type === 'workspace.genesis' ? id === genesis && header.seq === 1 : recoveryVerified && header.seq === 1
    if (!founded) reasons.push({ code: 'not-founding', facts })
  } else if (need.kind === 'admin') {
    if (!isAdmin(authority, event.person, date) && !isOwners(event, authority, date) && !founds(segment, authority, genesis)) reasons.push({ code: 'not-admin', facts })
    reasons.push(...judgeVoice(event, authority, header.hlc.ms, genesis))
  } else if (need.kind === 'review' || need.kind === 'giving' || need.kind === 'absence') {
    const refusal = refusalOfRight(event, need.kind, authority, date)
    if (refusal) reasons.push({ code: refusal, facts })
  } else if (need.kind === 'numbers') {
    reasons.push(...judgeNumberAct(event, authority, date))
  } else if (event.type === 'identity.claim') {
    if (!isOwnAccount(event, segment.account)) reasons.push({ code: 'account-unproven', facts })
  } else if (need.kind === 'role') {
    const document = event.doc === null ? null : documentHandle(header.workspace, event.doc)
    if (!mayWrite(authority, event.person, { type: event.type, collection: header.collection, document }, need.roles, date)) reasons.push({ code: 'role-missing', facts })
    if (need.position && event.position === null) reasons.push({ code: 'position-missing', facts })
  }
  return reasons
}

/** JU-60, JU-92, JU-100 what stands against a look at a right, giving one on one document, or saying that somebody is away. What does not fit its type is kept and has no effect, as of an administrator's other acts. */
function refusalOfRight(event: LogEvent, kind: 'review' | 'giving' | 'absence', authority: AuthorityState, date: string): string | null {
  const other = isAdmin(authority, event.person, date) ? null : refusedBy[kind]
  if (kind === 'absence') {
    const [absence, end] = [event.type === 'absence.put' ? parseAuthorityBody(event.type, event.body) : null, event.type === 'absence.end' ? parseAuthorityBody(event.type, event.body) : null]
    return absence ? absenceRefusal(authority, absence, event.person, event.hlc.ms) : end ? endRefusal(authority, end, event.person, event.hlc.ms) : other
  }
  if (kind === 'review') {
    const review = parseAuthorityBody('grant.review', event.body)
    return review ? refusalOf(authority, review, event.person, event.hlc.ms) : other
  }
  const grant = parseAuthorityBody('grant.document', event.body)
  return grant ? givingRefusal(authority, grant, event.person, event.hlc.ms) : other
}

const refusedBy = { review: 'not-reviewer', giving: 'not-giver', absence: 'not-holder' } as const

/** What gets a town out of a policy that nobody can meet any more (JU-55). */
const waysOut: readonly string[] = ['policy.put', 'exception.put', 'vote.cast']

/** JU-9, JU-55 the policy for one act of a seat: the sheets of recovery come before a policy that locks everybody out. The gate asks the same. */
export function policyFor(authority: AuthorityState, seat: string, type: string, date: string): DevicePolicy | null {
  const policy = inForce(authority.policies.values(), date)
  return policy && authority.recovered.has(seat) && waysOut.includes(type) ? { ...policy, rules: [] } : policy
}

/** JU-61 the owner of a collection takes a right on it away, and gives it a new key with that. JU-92 whoever may give a right on one document takes it back. */
function isOwners(event: LogEvent, authority: AuthorityState, date: string): boolean {
  const ofDocument = event.type === 'grant.remove' ? authority.documentGrants.get(parseAuthorityBody('grant.remove', event.body)?.id ?? '') : undefined
  if (ofDocument) return mayGiveDocument(authority, event.person, ofDocument, date)
  const collection =
    event.type === 'grant.remove' ? authority.grants.get(parseAuthorityBody('grant.remove', event.body)?.id ?? '')?.collection : event.type === 'epoch.new' ? parseAuthorityBody('epoch.new', event.body)?.collection : null
  return typeof collection === 'string' && collection !== collectionZero && hasRole(authority, event.person, collection, ['owner'], date)
}

/** JU-15, JU-40, JU-41 what a voice says of itself. */
function judgeVoice(event: LogEvent, authority: AuthorityState, ms: number, genesis: string): Reason[] {
  const reasons: Reason[] = []
  const vote = event.type === 'vote.cast' ? parseAuthorityBody('vote.cast', event.body) : null
  if (vote?.alone === true && seatedAdmins(authority, ms).some((admin) => admin !== event.person)) reasons.push({ code: 'not-alone' })
  if (vote && authority.withdrawn.has(vote.act)) reasons.push({ code: 'proposal-withdrawn' })
  if (event.type === 'genesis.confirm' && parseAuthorityBody('genesis.confirm', event.body)?.genesis !== genesis) reasons.push({ code: 'not-founding', facts: { type: event.type } })
  return reasons
}

/** JU-53 nobody says of an account that it is theirs whose session does not rest on a token of it. */
function isOwnAccount(event: LogEvent, account: ProvenAccount | null): boolean {
  const claim = parseAuthorityBody('identity.claim', event.body)
  return claim !== null && account !== null && claim.issuer === account.issuer && claim.subject === account.subject && claim.label === account.label
}

/** The founding segment gives its author the administrator's grant itself; it is known by the pinned genesis as its first event. */
function founds(segment: JudgedSegment, authority: AuthorityState, genesis: string): boolean {
  const { header, session, events } = segment
  const date = jstDate(header.hlc.ms)
  const isFounding = header.seq === 1 && events[0]?.id === genesis && events[0].event.type === 'workspace.genesis'
  return isFounding && [...authority.grants.values()].some((g) => g.person === session.body.person && g.role === 'admin' && holdsOn(g, date))
}
