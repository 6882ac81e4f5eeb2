// Folds the events of collection zero into who there is and what holds. A pure function of the SET of events: the later clock
// wins for a value put twice, a removal wins over everything (removed ids are never used again), whatever the order of arrival.
// What takes two voices has effect when it has them; what stands behind a revocation's cut has none (`votes.ts`).

import { dayNumber, isCivilDate } from '../base/civil-date.ts'
import { compareForDisplay, isOfThisSchema, type KnownEvent } from '../log/event.ts'
import { stricterThresholds } from '../posture/checks/model.ts'
import { longestExceptionDays, type CheckException } from '../posture/model.ts'
import type { Contradicted, Cuts } from './cut.ts'
import { noCuts, seatOf } from './cut.ts'
import { usualMassDocuments } from './brake.ts'
import { withAlwaysConfirmed } from './confirmed-acts.ts'
import { isAuthorityType, parseAuthorityBody, type AbsenceEnd, type AccountClaim, type AuthorityBodies, type AuthorityType, type Device, type Epoch, type Genesis, type GenesisConfirmation, type KeySeen, type ReviewReport, type Seat, type Tightening, type Town } from './events.ts'
import type { AccountBinding, Appointment, Collection, DecisionTable, DevicePolicy, DeviceRules, DocumentGrant, FormDefinition, Grant, HeardWord, HeldAbsence, IdentityProvider, LiftedBrake, NumberSeries, Person, Position, ProviderKey, RetentionSchedule, ReviewRules, Section, WitnessTightening } from './model.ts'
import { thumbprintOf } from './provider-key.ts'
import { reviewed, type HeldReview, type RemovedGrant } from './reviewed.ts'
import { decideVotes, isType, type AuthorityAct, type Proposal } from './votes.ts'

export interface AuthorityState {
  readonly genesis: (Genesis & { readonly hash: string }) | null
  readonly root: { readonly certificate: Uint8Array; readonly crl: Uint8Array } | null
  readonly town: Town | null
  readonly devices: ReadonlyMap<string, Device>
  /** AU-70 by device, who first said that it is lost, why, and when by their clock (milliseconds since 1970 UTC). */
  readonly lostDevices: ReadonlyMap<string, { readonly person: string; readonly reason: string; readonly at: number }>
  readonly seats: ReadonlyMap<string, Seat>
  readonly removedSeats: ReadonlySet<string>
  /** Seats made with the recovery sheets, with the clock of that act (milliseconds since 1970 UTC). */
  readonly recovered: ReadonlyMap<string, number>
  /** What has no effect since a seat or an administrator's right was taken away. */
  readonly cuts: Cuts
  /** AU-12 founded administrators whose seats have not signed the founding. */
  readonly unconfirmed: ReadonlySet<string>
  /** Names (event ids) of the tightenings that hold. */
  readonly tightenings: readonly string[]
  /** AU-19 of the witness rule, those that were replaced among them: they stand for the days that were their own. */
  readonly witnessTightenings: readonly WitnessTightening[]
  /** AU-11 names (event ids) of acts that whoever proposed them closed: nobody's later voice is for them. */
  readonly withdrawn: ReadonlySet<string>
  /** Acts that wait for a second voice. */
  readonly proposals: readonly Proposal[]
  readonly people: ReadonlyMap<string, Person>
  /** The latest key of each person. */
  readonly personKeys: ReadonlyMap<string, Uint8Array>
  /** Every key a person was ever given: seats made at different times hold different ones. */
  readonly everyPersonKey: ReadonlyMap<string, readonly Uint8Array[]>
  readonly sections: ReadonlyMap<string, Section>
  readonly positions: ReadonlyMap<string, Position>
  readonly appointments: ReadonlyMap<string, Appointment>
  readonly collections: ReadonlyMap<string, Collection>
  /** Key `<collection>/<epoch>`. */
  readonly epochs: ReadonlyMap<string, Epoch>
  /** AU-20 every epoch that was let in, also one without effect, behind a cut or a fork: something may have been written under it by who did not know. */
  readonly everyEpoch: readonly Epoch[]
  /** As they stand after their reviews. */
  readonly grants: ReadonlyMap<string, Grant>
  /** AU-60 by grant, in the order of display; also of grants that were removed. */
  readonly reviews: ReadonlyMap<string, readonly HeldReview[]>
  /** AU-90 rights on one document, as they stand after their reviews. */
  readonly documentGrants: ReadonlyMap<string, DocumentGrant>
  /** As they were given, also those that were taken away. */
  readonly documentGranted: ReadonlyMap<string, DocumentGrant>
  /** As they were given, also those that were taken away. */
  readonly granted: ReadonlyMap<string, Grant>
  /** Who took which one away first. */
  readonly removedGrants: ReadonlyMap<string, RemovedGrant>
  readonly reviewRules: ReadonlyMap<string, ReviewRules>
  /** AU-65 by event id. */
  readonly reports: ReadonlyMap<string, ReviewReport & { readonly person: string; readonly at: number }>
  readonly series: ReadonlyMap<string, NumberSeries>
  readonly schedules: ReadonlyMap<string, RetentionSchedule>
  readonly decisionTables: ReadonlyMap<string, DecisionTable>
  readonly forms: ReadonlyMap<string, FormDefinition>
  readonly policies: ReadonlyMap<string, DevicePolicy>
  readonly deviceRules: ReadonlyMap<string, DeviceRules>
  /** AU-51 when somebody last acknowledged which text (milliseconds since 1970 UTC). Key `<rules> <text's hash> <person>`. */
  readonly acknowledged: ReadonlyMap<string, number>
  readonly providers: ReadonlyMap<string, IdentityProvider>
  /** Key `<issuer> <kid> <thumbprint>`. */
  readonly providerKeys: ReadonlyMap<string, ProviderKey>
  /** AU-33 by event id, which account somebody says is theirs. */
  readonly claims: ReadonlyMap<string, AccountClaim & { readonly person: string }>
  readonly bindings: ReadonlyMap<string, AccountBinding>
  /** AU-23 checks of devices that are excused, by id; whether one holds on a day its dates say. */
  readonly exceptions: ReadonlyMap<string, CheckException>
  /** AU-71 who said when (milliseconds since 1970 UTC) that these rules are the newest. */
  readonly heard: readonly HeardWord[]
  /** AU-95 in no order that counts. */
  readonly lifts: readonly LiftedBrake[]
  /** AU-100 by event id, as they stand: what was ended sooner with its earlier last day. */
  readonly absences: ReadonlyMap<string, HeldAbsence>
  /** Events of types this version does not know, or whose body does not fit: kept and shown. */
  readonly unknown: readonly KnownEvent[]
}

type Folded = { -readonly [K in keyof AuthorityState]: AuthorityState[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : AuthorityState[K] }

type Apply = { readonly [T in AuthorityType]?: (state: Folded, body: AuthorityBodies[T], known: KnownEvent) => void }

const apply: Apply = {
  'workspace.genesis': (s, b, known) => {
    s.genesis ??= { ...b, hash: known.id }
    s.epochs.set('zero/0', { collection: 'zero', epoch: 0, commitment: b.epoch })
  },
  'workspace.root': (s, b) => void (s.root ??= b),
  'town.put': (s, b) => void (s.town = b),
  'device.add': (s, b) => void s.devices.set(b.id, b),
  'device.lost': (s, { id, reason }, { event }) => {
    if (!s.lostDevices.has(id)) s.lostDevices.set(id, { person: event.person, reason, at: event.hlc.ms })
  },
  'seat.add': (s, b) => void s.seats.set(b.id, b),
  'seat.recover': (s, b, known) => {
    s.recovered.set(b.seat.id, known.event.hlc.ms)
    s.devices.set(b.device.id, b.device)
    s.seats.set(b.seat.id, b.seat)
    if (b.seat.personKey) givePersonKey(s, b.seat.person, b.seat.personKey)
  },
  'person.put': (s, b) => void s.people.set(b.id, b),
  'person.key': (s, b) => givePersonKey(s, b.person, b.exchangeKey),
  'section.put': (s, b) => void s.sections.set(b.id, b),
  'position.put': (s, b) => void s.positions.set(b.id, b),
  'appointment.put': (s, b) => void s.appointments.set(b.id, b),
  'collection.put': (s, b) => void s.collections.set(b.id, b),
  'epoch.new': (s, b) => void s.epochs.set(`${b.collection}/${b.epoch}`, b),
  'grant.put': (s, b) => void s.grants.set(b.id, b),
  'grant.document': (s, b) => void s.documentGrants.set(b.id, b),
  'grant.review': (s, b, { event }) => void s.reviews.set(b.grant, [...(s.reviews.get(b.grant) ?? []), { ...b, person: event.person, at: event.hlc.ms }]),
  'review-rules.put': (s, b) => void s.reviewRules.set(b.id, b),
  'review.report': (s, b, { id, event }) => void s.reports.set(id, { ...b, person: event.person, at: event.hlc.ms }),
  'series.put': (s, b) => void s.series.set(b.id, b),
  'schedule.put': (s, b) => void s.schedules.set(b.id, b),
  'decision-table.put': (s, b) => void s.decisionTables.set(b.id, b),
  'form.put': (s, b) => void s.forms.set(b.id, b),
  'policy.put': (s, b) => void s.policies.set(b.id, b),
  'device-rules.put': (s, b) => void s.deviceRules.set(b.id, b),
  'device-rules.acknowledge': (s, { rules, text }, { event }) => {
    const key = `${rules} ${text} ${event.person}`
    s.acknowledged.set(key, Math.max(event.hlc.ms, s.acknowledged.get(key) ?? 0))
  },
  'idp.put': (s, b) => void s.providers.set(b.id, b),
  'idp.key': seeProviderKey,
  'identity.claim': (s, b, known) => void s.claims.set(known.id, { ...b, person: known.event.person }),
  'identity.bind': (s, b) => void s.bindings.set(b.id, b),
  'brake.lift': (s, { documents, hours }, { event: { hlc }, lane }) => {
    s.lifts = [...s.lifts, { seat: seatOf(lane), from: hlc.ms, until: hlc.ms + hours * hourMs, documents }]
  },
  'absence.put': (s, b, { id, event }) => void s.absences.set(id, { ...b, id, person: event.person }),
  'exception.put': (s, b) => {
    if (isExceptionLength(b)) s.exceptions.set(b.id, b)
  },
}

/** AU-31 by a seat that is not known, nobody saw anything: whose observation it is could not be said. */
function seeProviderKey(s: Folded, { issuer, kid, key }: KeySeen, { event, lane }: KnownEvent): void {
  const seat = s.seats.get(seatOf(lane))
  if (!seat) return
  const thumbprint = thumbprintOf(key)
  const name = `${issuer} ${kid} ${thumbprint}`
  const observers = s.providerKeys.get(name)?.observers ?? []
  s.providerKeys.set(name, { issuer, kid, key, thumbprint, observers: [...observers, { person: event.person, device: seat.device }] })
}

/** AU-103 never later than it was said, whatever the order. */
function endAbsence(s: Folded, { absence, to }: AbsenceEnd): void {
  const held = s.absences.get(absence)
  if (held && to < held.to) s.absences.set(absence, { ...held, to })
}

function givePersonKey(s: Folded, person: string, key: Uint8Array): void {
  s.personKeys.set(person, key)
  s.everyPersonKey.set(person, [...(s.everyPersonKey.get(person) ?? []), key])
}

const hourMs = 60 * 60 * 1000
const nothing: Contradicted = new Set()

/** Lane as events bear it → the number from which on it says two things (JU-33). */
export type ForkedLanes = ReadonlyMap<string, number>
const noForks: ForkedLanes = new Map()

/** `events` in any order. `contradicted`: what lies here against what cuts name. What stands behind a fork has no effect; a key that it made is still opened (AU-20). */
export function reduceAuthority(events: readonly KnownEvent[], contradicted = nothing, forks = noForks): AuthorityState {
  const unknown: KnownEvent[] = []
  const acts: AuthorityAct[] = []
  const setAside: Epoch[] = []
  for (const known of [...events].sort(compareForDisplay)) {
    const { type, body } = known.event
    const parsed = isAuthorityType(type) && isOfThisSchema(known.event) ? parseAuthorityBody(type, body) : null
    if (known.seq >= (forks.get(known.lane) ?? Infinity)) setAside.push(...(type === 'epoch.new' && parsed ? [parsed as Epoch] : []))
    else if (isAuthorityType(type) && parsed) acts.push({ known, type, body: parsed })
    else unknown.push(known)
  }
  const { hasEffect, cuts, removedSeats, removedGrants, proposals, withdrawn } = decideVotes(acts, contradicted)
  const state: Folded = { ...emptyFold(), unknown, cuts, removedSeats, proposals, withdrawn, unconfirmed: unconfirmedFounders(acts) }
  const tightenings = new Map<string, AuthorityAct<'policy.tighten'>>()
  const heard: HeardWord[] = []
  /** By name, the first day of what takes its place. */
  const replaced = new Map<string, string>()
  const released = new Set<string>()
  // Who saw a provider's key is asked of the seats, whatever the clocks say of which came first.
  for (const act of [...acts.filter(({ type }) => type !== 'idp.key'), ...acts.filter(({ type }) => type === 'idp.key')]) {
    if (!hasEffect(act)) continue
    if (act.type === 'identity.release') released.add((act.body as AuthorityBodies['identity.release']).id)
    ;(apply[act.type] as ((s: Folded, b: unknown, k: KnownEvent) => void) | undefined)?.(state, act.body, act.known)
    // AU-71 who changes the rules knows them.
    if (saysNewest.has(act.type)) heard.push({ person: act.known.event.person, at: act.known.event.hlc.ms })
    if (isType(act, 'policy.tighten')) tightenings.set(act.known.id, act)
    if (isType(act, 'policy.put')) for (const name of act.body.replaces ?? []) replaced.set(name, earlier(act.body.from, replaced.get(name)))
  }
  state.heard = heard
  const first = state.epochs.get('zero/0')
  state.everyEpoch = [...(first ? [first] : []), ...acts.flatMap(({ type, body }) => (type === 'epoch.new' ? [body as Epoch] : [])), ...setAside]
  state.witnessTightenings = witnessTightenings(tightenings.values(), replaced)
  const holding = [...tightenings.values()].filter(({ known }) => !replaced.has(known.id))
  state.tightenings = holding.map(({ known }) => known.id).sort()
  state.granted = new Map(state.grants)
  state.documentGranted = new Map(state.documentGrants)
  for (const [id, reviews] of state.reviews) {
    const [grant, ofDocument] = [state.grants.get(id), state.documentGrants.get(id)]
    if (grant) state.grants.set(id, reviewed(grant, reviews))
    if (ofDocument) state.documentGrants.set(id, reviewed(ofDocument, reviews))
  }
  for (const act of acts) {
    if (!isType(act, 'grant.remove') || !hasEffect(act) || state.removedGrants.has(act.body.id)) continue
    state.removedGrants.set(act.body.id, { person: act.known.event.person, at: act.known.event.hlc.ms, reason: act.body.reason })
  }
  for (const id of removedGrants) for (const held of [state.grants, state.documentGrants]) held.delete(id)
  for (const id of released) state.bindings.delete(id)
  for (const act of acts) if (act.type === 'exception.remove' && hasEffect(act)) state.exceptions.delete((act.body as { readonly id: string }).id)
  for (const act of acts) if (isType(act, 'absence.end') && hasEffect(act)) endAbsence(state, act.body)
  for (const [id, policy] of state.policies) state.policies.set(id, holding.reduce((strict, { body }) => tighten(strict, body), alwaysConfirming(policy)))
  return state
}

/** AU-12 a founded administrator whose seat has not signed the founding stands for nobody yet; whoever wrote the founding signed it. */
function unconfirmedFounders(acts: readonly AuthorityAct[]): ReadonlySet<string> {
  const genesis = acts.find((act) => act.type === 'workspace.genesis')?.known
  if (!genesis) return new Set()
  const founding = acts.filter(({ known }) => known.lane === genesis.lane && known.seq === genesis.seq)
  const seated = new Set(founding.flatMap(({ type, body }) => (type === 'seat.add' ? [(body as Seat).person] : [])))
  const founded = founding.flatMap(({ type, body }) => (type === 'grant.put' && (body as Grant).role === 'admin' && (body as Grant).collection === null ? [(body as Grant).person] : []))
  const signed = new Set(acts.flatMap(({ known, type, body }) => (type === 'genesis.confirm' && (body as GenesisConfirmation).genesis === genesis.id ? [known.event.person] : [])))
  return new Set(founded.filter((person) => seated.has(person) && person !== genesis.event.person && !signed.has(person)))
}

function earlier(day: string, other = day): string {
  return day < other ? day : other
}

function witnessTightenings(acts: Iterable<AuthorityAct<'policy.tighten'>>, replaced: ReadonlyMap<string, string>): readonly WitnessTightening[] {
  const found = [...acts].flatMap(({ known, body }) => (body.witnessHours === undefined ? [] : [{ since: known.event.hlc.ms, until: replaced.get(known.id) ?? null, hours: body.witnessHours }]))
  return found.sort((a, b) => a.since - b.since || a.hours - b.hours)
}

/** AU-18 as it holds, whatever was put. */
export function alwaysConfirming(policy: DevicePolicy): DevicePolicy {
  return { ...policy, consentFor: withAlwaysConfirmed(policy.consentFor) }
}

/**
 * The stricter of both in every point but the witness rule, which becomes stricter for what is approved afterwards only (AU-19): what is
 * combined never depends on the order.
 */
export function tighten(policy: DevicePolicy, by: Tightening): DevicePolicy {
  const recoveryHours = by.recoveryHours === null ? policy.recoveryHours : Math.max(policy.recoveryHours ?? usualRecoveryHours, by.recoveryHours)
  return {
    ...policy,
    consentFor: [...new Set([...policy.consentFor, ...by.consentFor])].sort(),
    sessionHours: Math.min(policy.sessionHours, by.sessionHours ?? Infinity),
    idleLockMinutes: Math.min(policy.idleLockMinutes, by.idleLockMinutes ?? Infinity),
    ...(by.thresholds ? { thresholds: stricterThresholds(policy.thresholds, by.thresholds) } : {}),
    ...(by.rules ? { rules: [...(policy.rules ?? []), ...by.rules] } : {}),
    ...(recoveryHours === undefined ? {} : { recoveryHours }),
    ...(typeof by.silentHours === 'number' ? { silentHours: Math.min(policy.silentHours ?? usualSilentHours, by.silentHours) } : {}),
    ...(by.policyLagHours === undefined ? {} : { policyLagHours: Math.min(policy.policyLagHours ?? Infinity, by.policyLagHours) }),
    ...(by.contactDays === undefined ? {} : { contactDays: Math.min(policy.contactDays ?? Infinity, by.contactDays) }),
    ...(by.massDocuments === undefined ? {} : { massDocuments: Math.min(policy.massDocuments ?? usualMassDocuments, by.massDocuments) }),
  }
}

/** AU-23 for at most thirty days. */
function isExceptionLength({ from, to }: CheckException): boolean {
  return isCivilDate(from) && isCivilDate(to) && from <= to && dayNumber(to) - dayNumber(from) < longestExceptionDays
}

/** AU-71 */
const saysNewest: ReadonlySet<string> = new Set(['authority.current', 'policy.put', 'policy.tighten'])

/** Where the policy does not say. */
export const usualRecoveryHours = 72
export const usualSilentHours = 24

function emptyFold(): Folded {
  return {
    genesis: null,
    root: null,
    town: null,
    devices: new Map(),
    lostDevices: new Map(),
    seats: new Map(),
    removedSeats: new Set(),
    recovered: new Map(),
    cuts: noCuts,
    unconfirmed: new Set(),
    tightenings: [],
    witnessTightenings: [],
    withdrawn: new Set(),
    proposals: [],
    people: new Map(),
    personKeys: new Map(),
    everyPersonKey: new Map(),
    sections: new Map(),
    positions: new Map(),
    appointments: new Map(),
    collections: new Map(),
    epochs: new Map(),
    everyEpoch: [],
    grants: new Map(),
    reviews: new Map(),
    granted: new Map(),
    documentGrants: new Map(),
    documentGranted: new Map(),
    removedGrants: new Map(),
    reviewRules: new Map(),
    reports: new Map(),
    series: new Map(),
    schedules: new Map(),
    decisionTables: new Map(),
    forms: new Map(),
    policies: new Map(),
    deviceRules: new Map(),
    acknowledged: new Map(),
    providers: new Map(),
    providerKeys: new Map(),
    claims: new Map(),
    bindings: new Map(),
    exceptions: new Map(),
    heard: [],
    lifts: [],
    absences: new Map(),
    unknown: [],
  }
}
