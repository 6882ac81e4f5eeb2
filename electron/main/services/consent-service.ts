// Consent over whole events: main reads the very events that would be sealed, checks that they are what it can show, shows them
// with the pages they name, and after the right PIN lets their hashes pass the gate once. The seat's signing key is free only
// while the mark of this act is appended.

import { positionsOf } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import { equalBytes } from '@shared/base/bytes.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createSigner } from '@shared/crypto/keys.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { ConsentBusy, ConsentCancelled, ConsentGiven, ConsentOutcome, ConsentRefused, ConsentRequest, PinRefused } from '@shared/ipc/contract/consent.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { isOfThisSchema, type LogEvent } from '@shared/log/event.ts'
import { parseEvent } from '@shared/log/parse-event.ts'
import { eventId } from '@shared/log/segment.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import type { ConsentDesk } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import { pairOf, type OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'
import type { SeatKeys } from './seat-file.ts'

export interface ConsentDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly desk: ConsentDesk
  readonly tickets: ConsentTickets
  readonly record: ProfileRecord
  /** Frees the seat's keys by PIN, with the same slowing down as unlocking. */
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
}

const outcomes: Readonly<Record<string, ConsentOutcome>> = {
  'decision.approve': 'approve',
  'decision.return': 'return',
  'decision.refuse': 'refuse',
  'document.withdraw': 'withdraw',
  'document.submit': 'submit',
  'document.export': 'export',
}

type ConsentFailure = ConsentCancelled | ConsentBusy | ConsentRefused

export async function requestConsent(deps: ConsentDeps, session: OpenSession, request: ConsentRequest): Promise<Result<ConsentGiven, ConsentFailure>> {
  const state = await session.authority.state()
  const date = jstDate(deps.clock.now())
  const read = readEvents(request, session, state, date)
  if (!read.ok) return read
  const { events, ids, first } = read.value
  const outcome = outcomes[first.type] ?? 'admin'
  const person = state.people.get(session.person)
  const position = first.position === null ? null : (state.positions.get(first.position) ?? null)
  const body = first.body as { comment?: unknown; reason?: unknown } | null
  const comment = [body?.comment, body?.reason].find((text) => typeof text === 'string' && text !== '')
  const answer = await deps.desk.ask(
    {
      outcome,
      title: request.title,
      actingAs: position?.title ?? '',
      person: person ? `${person.familyName} ${person.givenName}` : '',
      facts: request.facts,
      comment: typeof comment === 'string' ? comment : '',
      pdf: request.pdf ?? null,
      warnings: request.warnings,
      practice: deps.record.kind === 'practice',
      asks: 'pin',
    },
    async (pin): Promise<Result<Result<ConsentGiven, ConsentRefused>, PinRefused>> => {
      const keys = await deps.openSeat(session.seat, pin)
      if (!keys.ok) return keys
      const mark = { position: position?.title ?? '', surname: person?.familyName ?? '', date }
      const file = request.signature ? await sign(deps, { keys: keys.value, certificate: state.seats.get(session.seat)?.certificate }, request.signature, mark, `${first.type} ${position?.title ?? ''}`, person ? `${person.familyName} ${person.givenName}` : '') : null
      if (file && !file.ok) return ok(file)
      return ok(ok({ consent: deps.tickets.grant(outcome, ids), file: file ? file.value : null }))
    },
  )
  if (!answer.ok) return answer
  return events.length > 0 ? answer.value.value : err(refused('no-events'))
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
  if (events.some((e) => e.type !== first.type || e.position !== first.position)) return err(refused('mixed'))
  if (events.some((e) => e.person !== session.person)) return err(refused('person'))
  if (first.position !== null && !positionsOf(state, session.person, date).some((p) => p.id === first.position)) return err(refused('position'))
  const pages = request.pdf ? sha256Hex(request.pdf) : null
  const namesPages = first.type.startsWith('decision.')
  if (namesPages && (pages === null || events.some((e) => (e.body as { revision?: unknown }).revision !== pages))) return err(refused('pages'))
  const file = request.signature?.file
  if (file && (!request.pdf || !equalBytes(file.subarray(0, request.pdf.length), request.pdf))) return err(refused('file'))
  return ok({ events, ids: request.events.map(eventId), first })
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
