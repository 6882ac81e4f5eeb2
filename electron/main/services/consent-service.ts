// Consent over whole events: main reads the very events that would be sealed, checks that they are what it can show, shows them
// with the pages they name, and after the right PIN lets their hashes pass the gate once. The seat's signing key is free only
// while the mark of this act is appended.

import { positionsOf } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { isAuthorityType, parseAuthorityBody } from '@shared/authority/events.ts'
import { proposalOf, type ProposedMatter } from '@shared/authority/proposal.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import { equalBytes } from '@shared/base/bytes.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createSigner, pairOf } from '@shared/crypto/keys.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { ConsentBusy, ConsentCancelled, ConsentGiven, ConsentOutcome, ConsentRefused, ConsentRequest, PinRefused, StorageDoubted } from '@shared/ipc/contract/consent.ts'
import { jstDate, parseCivilDate } from '@shared/base/civil-date.ts'
import { isOfThisSchema, type LogEvent } from '@shared/log/event.ts'
import { parseEvent } from '@shared/log/parse-event.ts'
import { eventId } from '@shared/log/segment.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import type { ConsentDesk } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import { isAuthoritative } from './gate.ts'
import type { OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'
import type { SeatKeys } from './seat-file.ts'

export interface ConsentDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly desk: ConsentDesk
  readonly tickets: ConsentTickets
  readonly record: ProfileRecord
  readonly isFrozen: () => boolean
  /** Frees the seat's keys by PIN, with the same slowing down as unlocking. */
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
  /** While the seat's keys are free: the session says anew what it rests on, where that is another by now. */
  readonly renew: (keys: SeatKeys) => Promise<void>
}

const outcomes: Readonly<Record<string, ConsentOutcome>> = {
  'decision.approve': 'approve',
  'decision.return': 'return',
  'decision.refuse': 'refuse',
  'document.withdraw': 'withdraw',
  'document.submit': 'submit',
  'document.export': 'export',
  'record.file': 'file',
  'number.registrar': 'number-registrar',
  'number.takeover': 'number-takeover',
  'number.agree': 'number-agree',
  'number.withdraw': 'withdraw-proposal',
  'number.block': 'number-block',
  'number.void': 'number-void',
  'number.return': 'number-return',
  'vote.withdraw': 'withdraw-proposal',
}

type ConsentFailure = ConsentCancelled | ConsentBusy | ConsentRefused | StorageDoubted

export async function requestConsent(deps: ConsentDeps, session: OpenSession, request: ConsentRequest): Promise<Result<ConsentGiven, ConsentFailure>> {
  const state = await session.authority.state()
  const date = jstDate(deps.clock.now())
  const read = readEvents(request, session, state, date)
  if (!read.ok) return read
  const { events, ids, first } = read.value
  if (deps.isFrozen() && isAuthoritative(first.type)) return err({ type: 'StorageDoubted', retry: 'later' })
  const matter = matterOf(state, first, date)
  if (matter === 'unknown') return err(refused('proposal'))
  const dated = request.signature?.dated ?? date
  if (!parseCivilDate(dated) || dated > date) return err(refused('mark-date'))
  const about = matter?.person ?? null
  const outcome = outcomes[first.type] ?? matter?.kind ?? 'admin'
  const person = state.people.get(session.person)
  const position = first.position === null ? null : (state.positions.get(first.position) ?? null)
  const body = first.body as { comment?: unknown; reason?: unknown; text?: unknown } | null
  const comment = [matter?.reason, body?.comment, body?.reason, first.type === 'device-rules.put' ? body?.text : null].find((text) => typeof text === 'string' && text !== '')
  const answer = await deps.desk.ask(
    {
      outcome,
      title: about === null ? request.title : fullName(state, about),
      actingAs: position?.title ?? '',
      person: fullName(state, session.person),
      facts: request.facts,
      ...(matter && matter.changes.length > 0 ? { changes: matter.changes } : {}),
      ...(dated === date ? {} : { markDate: dated }),
      comment: typeof comment === 'string' ? comment : '',
      pdf: request.pdf ?? null,
      warnings: request.warnings,
      practice: deps.record.kind === 'practice',
      asks: 'pin',
    },
    async (pin): Promise<Result<Result<ConsentGiven, ConsentRefused>, PinRefused>> => {
      const keys = await deps.openSeat(session.seat, pin)
      if (!keys.ok) return keys
      await deps.renew(keys.value)
      const mark = { position: position?.title ?? '', surname: person?.familyName ?? '', date: dated }
      const file = request.signature ? await sign(deps, { keys: keys.value, certificate: state.seats.get(session.seat)?.certificate }, request.signature, mark, `${first.type} ${position?.title ?? ''}`, fullName(state, session.person)) : null
      if (file && !file.ok) return ok(file)
      return ok(ok({ consent: deps.tickets.grant(outcome, ids), file: file ? file.value : null }))
    },
  )
  if (!answer.ok) return answer
  return events.length > 0 ? answer.value.value : err(refused('no-events'))
}

function fullName(state: AuthorityState, id: string): string {
  const person = state.people.get(id)
  return person ? `${person.familyName} ${person.givenName}` : ''
}

/** What an act of administrators is about, read from the event itself; for a voice or its taking back, from the proposal. Null for other acts. */
function matterOf(state: AuthorityState, { type, body }: LogEvent, date: string): ProposedMatter | 'unknown' | null {
  const isCouncils = ['grant.put', 'grant.remove', 'seat.remove', 'policy.put', 'policy.tighten', 'idp.put', 'identity.bind', 'identity.release', 'vote.cast', 'vote.withdraw'].includes(type)
  const parsed = isCouncils && isAuthorityType(type) ? parseAuthorityBody(type, body) : null
  if (!isCouncils || !isAuthorityType(type)) return null
  if (!parsed) return 'unknown'
  if (type === 'vote.cast' || type === 'vote.withdraw') {
    const proposal = state.proposals.find(({ act }) => act.known.id === (parsed as { readonly act: string }).act)
    return proposal ? proposalOf(state, proposal.act, date) : 'unknown'
  }
  const { role, collection, id } = parsed as { readonly role?: string; readonly collection?: string | null; readonly id: string }
  const removed = state.grants.get(id)
  if (type === 'grant.put' && (role !== 'admin' || collection !== null)) return null
  if (type === 'grant.remove' && (removed?.role !== 'admin' || removed.collection !== null)) return null
  return proposalOf(state, { type, body: parsed }, date)
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
  // The new keys of what a removed seat could read, and the sole administrator's own voice, go along with what they belong to.
  const goesAlong = (event: LogEvent): boolean => event.type === 'epoch.new' || (event.type === 'vote.cast' && ids.includes((event.body as { readonly act?: string } | null)?.act ?? ''))
  if (events.some((e) => (e.type !== first.type && !goesAlong(e)) || e.position !== first.position)) return err(refused('mixed'))
  if (first.type === 'vote.cast' && events.filter((event) => event.type === 'vote.cast').length > 1) return err(refused('mixed'))
  if (events.some((e) => e.person !== session.person)) return err(refused('person'))
  if (first.position !== null && !positionsOf(state, session.person, date).some((p) => p.id === first.position)) return err(refused('position'))
  const pages = request.pdf ? sha256Hex(request.pdf) : null
  const namesPages = first.type.startsWith('decision.')
  if (namesPages && (pages === null || events.some((e) => (e.body as { revision?: unknown }).revision !== pages))) return err(refused('pages'))
  const file = request.signature?.file
  if (file && (!request.pdf || !equalBytes(file.subarray(0, request.pdf.length), request.pdf))) return err(refused('file'))
  return ok({ events, ids, first })
}

async function sign(deps: ConsentDeps, { keys, certificate }: { readonly keys: SeatKeys; readonly certificate: Uint8Array | undefined }, signature: NonNullable<ConsentRequest['signature']>, mark: { position: string; surname: string; date: string }, reason: string, name: string): Promise<Result<Uint8Array, ConsentRefused>> {
  if (!certificate) return err(refused('seat'))
  const signer = await createSigner(deps.host, pairOf(keys.signing))
  const appended = await appendSignature({
    pdf: signature.file,
    field: signature.field,
    mark: signature.label === undefined ? mark : { ...mark, label: signature.label },
    signer: { certificate, chain: [deps.record.rootCertificate], sign: (data) => signer.sign(data) },
    at: new Date(deps.clock.now()).toISOString(),
    reason,
    name,
  })
  return appended.ok ? ok(appended.value) : err(refused(appended.error.type))
}
