// What happened to a document, in the order it is shown. Runs of edits or of openings by one person become one line with their
// number; nothing is left out, and types this version does not know are shown as such.

import { isDocumentEventType } from '@shared/document/events.ts'
import { compareForDisplay, isOfThisSchema, type KnownEvent, type LogEvent } from '@shared/log/event.ts'
import { isNumberActType } from '@shared/numbers/events.ts'
import type { HistoryEntry } from '../../services/view-models.ts'
import type { Names } from './names.ts'

const foldable: ReadonlySet<string> = new Set(['draft.body', 'draft.cover', 'document.open', 'document.witness'])

type Fact = string | number

export interface HistorySources {
  readonly names: Names
  readonly volumeTitle: (id: string) => string | null
  readonly hasEffect: (known: KnownEvent) => boolean
  /** Acts of collection zero about the document's official numbers. */
  readonly numbers: readonly { readonly known: KnownEvent; readonly number: string }[]
}

export function historyOf(events: readonly KnownEvent[], { names, volumeTitle, hasEffect, numbers }: HistorySources): readonly HistoryEntry[] {
  const written = new Map(numbers.map(({ known, number }) => [known.id, number]))
  const entries: HistoryEntry[] = []
  for (const known of [...events, ...numbers.map(({ known }) => known)].sort(compareForDisplay)) {
    const { event } = known
    const last = entries.at(-1)
    const personName = names.person(event.person)
    if (last && foldable.has(event.type) && last.type === event.type && last.personName === personName) {
      entries[entries.length - 1] = { ...last, at: event.at, facts: { ...last.facts, count: Number(last.facts['count'] ?? 1) + 1 } }
      continue
    }
    entries.push({
      id: known.id,
      at: event.at,
      personName,
      positionTitle: event.position === null ? null : names.position(event.position),
      type: isConfirmation(event) ? 'decision.confirm' : isShare(event) ? 'document.share' : event.type,
      facts: { ...factsOf(event.body, volumeTitle), ...(written.has(known.id) ? { number: written.get(known.id) ?? '' } : {}) },
      unknown: (!isDocumentEventType(event.type) && !isNumberActType(event.type)) || !isOfThisSchema(event),
      hasEffect: hasEffect(known),
    })
  }
  return entries
}

/** An approval that says once more that an earlier one stands reads differently. */
function isConfirmation({ type, body }: LogEvent): boolean {
  return type === 'decision.approve' && isRecord(body) && typeof body['confirms'] === 'string'
}

/** What left sealed for somebody outside reads differently from what left open. */
function isShare({ type, body }: LogEvent): boolean {
  return type === 'document.export' && isRecord(body) && typeof body['to'] === 'string'
}

function factsOf(body: unknown, volumeTitle: (id: string) => string | null): Readonly<Record<string, Fact>> {
  const facts: Record<string, Fact> = {}
  if (typeof body !== 'object' || body === null) return facts
  const { comment, reason, urgency, to, step, field, volume, attachment, revision, eventDate } = body as Readonly<Record<string, unknown>>
  for (const [name, value] of Object.entries({ comment, reason, urgency, to, step, field, eventDate })) if (typeof value === 'string' && value !== '') facts[name] = value
  if (typeof volume === 'string') facts['volume'] = volumeTitle(volume) ?? volume
  if (isRecord(attachment) && typeof attachment['name'] === 'string') facts['name'] = attachment['name']
  if (isRecord(revision) && typeof revision['n'] === 'number') facts['revision'] = revision['n']
  return facts
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
}
