// Consent over whole events: main reads the very events that would be sealed, checks that they are what it can show, shows them
// with the pages they name, and after the right PIN lets their hashes pass the gate once. The seat's signing key is free only
// while the mark of this act is appended.

import { holdersOf, positionsOf } from '@shared/authority/ask.ts'
import type { Grant } from '@shared/authority/model.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { seatOf } from '@shared/authority/cut.ts'
import { isAuthorityType, parseAuthorityBody, type AuthorityBodies } from '@shared/authority/events.ts'
import { newCollectionOf } from '@shared/authority/collection.ts'
import { grantChangeOf, isAdminGrant, type GrantChange } from '@shared/authority/grant-change.ts'
import { proposalOf, type ProposedMatter } from '@shared/authority/proposal.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import { equalBytes } from '@shared/base/bytes.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { wordsOf, type SaidWith } from '@shared/document/act-words.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { ConsentBusy, ConsentCancelled, ConsentGiven, ConsentOutcome, ConsentRefused, ConsentRequest, PinRefused, ShownConsent, StorageDoubted } from '@shared/ipc/contract/consent.ts'
import type { KeyUnavailable } from '@shared/ipc/contract/session.ts'
import { jstDate, parseCivilDate } from '@shared/base/civil-date.ts'
import { isOfThisSchema, type LogEvent } from '@shared/log/event.ts'
import { parseEvent } from '@shared/log/parse-event.ts'
import { eventId } from '@shared/log/segment.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import type { ConsentDesk, KeyStore } from '../ports.ts'
import { nameIn } from '@shared/authority/person-name.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import { isAuthoritative } from './gate.ts'
import { isUnavailable, unlessUnavailable } from './kept-key.ts'
import { markWords } from './mark-words.ts'
import type { OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'
import type { SeatKeys } from './seat-file.ts'

export interface ConsentDeps {
  readonly keys: KeyStore
  readonly clock: Clock
  readonly desk: ConsentDesk
  readonly tickets: ConsentTickets
  readonly record: ProfileRecord
  readonly isFrozen: () => boolean
  /** Of a lane on this disk: is this number missing, though a later one is here? */
  readonly isLost: (place: LostPlace) => Promise<boolean>
  /** Frees the seat's keys by PIN, with the same slowing down as unlocking. */
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
  /** While the seat's keys are free: the session says anew what it rests on, where that is another by now. */
  readonly renew: (keys: SeatKeys) => Promise<void>
}

export type LostPlace = AuthorityBodies['session.leave']

const outcomes: Readonly<Record<string, ConsentOutcome>> = {
  'decision.approve': 'approve',
  'decision.return': 'return',
  'decision.refuse': 'refuse',
  'document.withdraw': 'withdraw',
  'document.submit': 'submit',
  'document.export': 'export',
  'document.print': 'print',
  'record.file': 'file',
  'number.registrar': 'number-registrar',
  'number.takeover': 'number-takeover',
  'number.agree': 'number-agree',
  'number.withdraw': 'withdraw-proposal',
  'number.block': 'number-block',
  'number.void': 'number-void',
  'number.return': 'number-return',
  'vote.withdraw': 'withdraw-proposal',
  'session.leave': 'leave-lost',
  'brake.lift': 'lift-brake',
  'review.report': 'report',
  'audit.report': 'audit',
  'grant.put': 'share',
  'grant.document': 'share',
  'grant.review': 'share',
  'grant.remove': 'share',
  'collection.put': 'add-collection',
  'absence.put': 'absence',
  'absence.end': 'end-absence',
}

type ConsentFailure = ConsentCancelled | ConsentBusy | ConsentRefused | KeyUnavailable | StorageDoubted

export async function requestConsent(deps: ConsentDeps, session: OpenSession, request: ConsentRequest): Promise<Result<ConsentGiven, ConsentFailure>> {
  const state = await session.authority.state()
  const date = jstDate(deps.clock.now())
  const read = readEvents(request, session, state, date)
  if (!read.ok) return read
  const { events, ids, first } = read.value
  if (deps.isFrozen() && isAuthoritative(first.type)) return err({ type: 'StorageDoubted', retry: 'later' })
  // JU-39 what can be read here nobody leaves.
  for (const { type, body } of events) {
    const left = type === 'session.leave' ? parseAuthorityBody(type, body) : null
    if (type === 'session.leave' && !(left && seatOf(left.lane) === session.seat && left.lane !== session.lane && (await deps.isLost(left)))) return err(refused('not-lost'))
  }
  const lift = first.type === 'brake.lift' ? parseAuthorityBody(first.type, first.body) : null
  if (first.type === 'brake.lift' && (!lift || events.length > 1)) return err(refused('mixed'))
  const made = first.type === 'collection.put' ? newCollectionOf(state.collections, first.body) : null
  if (first.type === 'collection.put' && (!made || events.filter(({ type }) => type === first.type).length > 1)) return err(refused('collection'))
  const absence = absenceOf(state, first)
  if (absence === 'unknown' || (absence && events.length > 1)) return err(refused('absence'))
  const known = made ? { ...state, collections: new Map([...state.collections, [made.id, made]]) } : state
  const matter = matterOf(state, first, date)
  if (matter === 'unknown') return err(refused('proposal'))
  const dated = request.signature?.dated ?? date
  if (!parseCivilDate(dated) || dated > date) return err(refused('mark-date'))
  const about = matter?.person ?? null
  const grants = matter ? [] : grantChangesOf(known, events)
  if (!grants) return err(refused('grant'))
  // What is shown is the first act's: further ones are of the same matter, or nobody would have seen them.
  const alike = events.filter(({ type }) => type === first.type)
  if (matter && alike.length > 1 && !(first.type === 'grant.remove' && alike.every((one) => personOf(matterOf(state, one, date)) === matter.person))) return err(refused('mixed'))
  const outcome = (matter && first.type.startsWith('grant.') ? matter.kind : outcomes[first.type]) ?? matter?.kind ?? 'admin'
  const person = state.people.get(session.person)
  const position = first.position === null ? null : (state.positions.get(first.position) ?? null)
  const body = first.body as (SaidWith & { text?: unknown }) | null
  const comment = [matter?.reason, wordsOf(body ?? {}), made ? reasonOf(events[1]) : null, first.type === 'device-rules.put' ? body?.text : null].find((text) => typeof text === 'string' && text !== '')
  const answer = await deps.desk.ask(
    {
      outcome,
      title: made || absence ? '' : grants.length > 0 ? '' : about === null ? request.title : nameIn(state, about),
      actingAs: position?.title ?? '',
      person: nameIn(state, session.person),
      facts: request.facts,
      ...(matter && matter.changes.length > 0 ? { changes: matter.changes } : {}),
      ...(grants.length > 0 ? { grants: grants.map((one) => ({ ...one, person: nameIn(state, one.person) })) } : {}),
      ...(made ? { collection: { name: made.name, nameEn: made.nameEn, kind: made.kind, purpose: made.purpose } } : {}),
      ...(lift ? { lift: { documents: lift.documents, hours: lift.hours } } : {}),
      ...(absence ? { absence } : {}),
      ...(dated === date ? {} : { markDate: dated }),
      comment: typeof comment === 'string' ? comment : '',
      pdf: request.pdf ?? null,
      warnings: request.warnings,
      practice: deps.record.kind === 'practice',
      asks: 'pin',
    },
    async (pin): Promise<Result<Result<ConsentGiven, ConsentRefused | KeyUnavailable>, PinRefused>> => {
      const keys = await deps.openSeat(session.seat, pin)
      if (!keys.ok) return keys
      await deps.renew(keys.value)
      const mark = { position: position?.title ?? '', surname: person?.familyName ?? '', date: dated }
      const file = request.signature ? await sign(deps, { keys: keys.value, certificate: state.seats.get(session.seat)?.certificate }, { ...request.signature, ...markWords(state, session, first, { title: position?.title ?? '', label: request.signature.label }) }, mark, nameIn(state, session.person)) : null
      if (file && !file.ok) return ok(file)
      return ok(ok({ consent: deps.tickets.grant(outcome, ids, outcome === 'print' ? request.pdf : undefined), file: file ? file.value : null }))
    },
  )
  if (!answer.ok) return answer
  return events.length > 0 ? answer.value.value : err(refused('no-events'))
}

/** What an act of administrators is about, read from the event itself; for a voice or its taking back, from the proposal. Null for other acts. */
function matterOf(state: AuthorityState, { type, body }: LogEvent, date: string): ProposedMatter | 'unknown' | null {
  const isCouncils = ['grant.put', 'grant.remove', 'seat.remove', 'policy.put', 'policy.tighten', 'idp.put', 'identity.bind', 'identity.release', 'exception.put', 'exception.remove', 'review-rules.put', 'vote.cast', 'vote.withdraw'].includes(type)
  const parsed = isCouncils && isAuthorityType(type) ? parseAuthorityBody(type, body) : null
  if (!isCouncils || !isAuthorityType(type)) return null
  if (!parsed) return 'unknown'
  if (type === 'vote.cast' || type === 'vote.withdraw') {
    const proposal = state.proposals.find(({ act }) => act.known.id === (parsed as { readonly act: string }).act)
    return proposal ? proposalOf(state, proposal.act, date) : 'unknown'
  }
  if (type === 'grant.put' && !isAdminGrant(parsed as Grant)) return null
  const removed = type === 'grant.remove' ? state.grants.get((parsed as { readonly id: string }).id) : null
  if (type === 'grant.remove' && !(removed && isAdminGrant(removed))) return null
  return proposalOf(state, { type, body: parsed }, date)
}

/** AU-100 who is away and who decides meanwhile, as the event says it; null for other acts. */
function absenceOf(state: AuthorityState, { type, body }: LogEvent): ShownConsent['absence'] | 'unknown' | null {
  if (type !== 'absence.put' && type !== 'absence.end') return null
  const put = type === 'absence.put' ? parseAuthorityBody(type, body) : null
  const end = type === 'absence.end' ? parseAuthorityBody(type, body) : null
  const held = put ?? state.absences.get(end?.absence ?? '')
  if (!held) return 'unknown'
  const called = (id: string): string => [state.positions.get(id)?.title ?? id, ...holdersOf(state, id, held.from).map((person) => nameIn(state, person))].join(' ')
  return { position: called(held.position), acting: held.acting === null ? null : called(held.acting), from: held.from, to: end?.to ?? held.to }
}

function personOf(matter: ReturnType<typeof matterOf>): string | null {
  return matter === 'unknown' ? null : (matter?.person ?? null)
}

/** Every right that these acts touch, each read from its event; null where one cannot be shown, or is an administrator's among others. */
function grantChangesOf(state: AuthorityState, events: readonly LogEvent[]): readonly GrantChange[] | null {
  const changes: GrantChange[] = []
  for (const { type, body } of events) {
    if (type !== 'grant.put' && type !== 'grant.document' && type !== 'grant.review' && type !== 'grant.remove') continue
    const parsed = parseAuthorityBody(type, body)
    const change = parsed && grantChangeOf(state, type, parsed)
    if (!change || (type !== 'grant.review' && isAdminGrant({ role: change.role, collection: change.collection === null ? null : '' }))) return null
    changes.push(change)
  }
  return changes
}

/** AU-97 a right on the collection that the first act makes. */
function isGivenWith({ type, body }: LogEvent, event: LogEvent): boolean {
  const id = (body as { readonly id?: unknown } | null)?.id
  return type === 'collection.put' && event.type === 'grant.put' && typeof id === 'string' && (event.body as { readonly collection?: unknown } | null)?.collection === id
}

function reasonOf(event: LogEvent | undefined): unknown {
  return (event?.body as { readonly reason?: unknown } | null | undefined)?.reason
}

function refused(reason: string): ConsentRefused {
  return { type: 'ConsentRefused', reason, retry: 'never' }
}

interface ReadEvents {
  readonly events: readonly LogEvent[]
  readonly ids: readonly string[]
  readonly first: LogEvent
}

/** The events must be the session's person's own, of one type and position, and name the pages that will be shown. */
function readEvents(request: ConsentRequest, session: OpenSession, state: AuthorityState, date: string): Result<ReadEvents, ConsentRefused> {
  const events: LogEvent[] = []
  for (const bytes of request.events) {
    const event = parseEvent(decodeCbor(bytes))
    if (!event || !isOfThisSchema(event)) return err(refused('malformed'))
    events.push(event)
  }
  const first = events[0] as LogEvent
  const ids = request.events.map(eventId)
  // The rights on a collection that is made, the new keys of what a removed seat could read, and the sole administrator's own voice, go along with what they belong to.
  const goesAlong = (event: LogEvent): boolean => event.type === 'epoch.new' || isGivenWith(first, event) || (event.type === 'vote.cast' && ids.includes((event.body as { readonly act?: string } | null)?.act ?? ''))
  if (events.some((e) => (e.type !== first.type && !goesAlong(e)) || e.position !== first.position)) return err(refused('mixed'))
  if (first.type === 'vote.cast' && events.filter((event) => event.type === 'vote.cast').length > 1) return err(refused('mixed'))
  if (events.some((e) => e.person !== session.person)) return err(refused('person'))
  if (first.position !== null && !positionsOf(state, session.person, date).some((p) => p.id === first.position)) return err(refused('position'))
  const pages = request.pdf ? sha256Hex(request.pdf) : null
  const isPrinting = first.type === 'document.print'
  const namesPages = isPrinting || first.type.startsWith('decision.') || first.type === 'review.report' || first.type === 'audit.report'
  const named = (e: LogEvent): unknown => (e.body as Readonly<Record<string, unknown>> | null)?.[isPrinting ? 'file' : 'revision']
  if (namesPages && (pages === null || events.some((e) => named(e) !== pages))) return err(refused('pages'))
  if (isPrinting && events.length > 1) return err(refused('mixed'))
  const file = request.signature?.file
  if (file && (!request.pdf || !equalBytes(file.subarray(0, request.pdf.length), request.pdf))) return err(refused('file'))
  return ok({ events, ids, first })
}

async function sign(deps: ConsentDeps, { keys, certificate }: { readonly keys: SeatKeys; readonly certificate: Uint8Array | undefined }, signature: NonNullable<ConsentRequest['signature']> & ReturnType<typeof markWords>, mark: { position: string; surname: string; date: string }, name: string): Promise<Result<Uint8Array, ConsentRefused | KeyUnavailable>> {
  if (!certificate) return err(refused('seat'))
  const signer = deps.keys.signerOf(keys.signing)
  const appended = await unlessUnavailable(() => appendSignature({
    pdf: signature.file,
    field: signature.field,
    mark: signature.label === undefined ? mark : { ...mark, label: signature.label },
    signer: { certificate, chain: [deps.record.rootCertificate], sign: (data) => signer.sign(data) },
    at: new Date(deps.clock.now()).toISOString(),
    reason: signature.reason,
    location: signature.location,
    name,
  }))
  if (isUnavailable(appended)) return err(appended)
  return appended.ok ? ok(appended.value) : err(refused(appended.error.type))
}
