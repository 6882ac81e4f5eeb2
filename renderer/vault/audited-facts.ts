// What an audit keeps of an opened act: as which position, on what, and the few words of its body that a list shows. Never a text, a cover
// sheet or a key.

import { wordsOf } from '@shared/document/act-words.ts'
import type { LogEvent } from '@shared/log/event.ts'

type Fact = string | number

export interface AuditedFacts {
  readonly position: string | null
  /** Document or volume. */
  readonly doc: string | null
  readonly body: Readonly<Record<string, Fact>>
  /** The reason or comment that was given, where there is one. */
  readonly text: string
}

/** Fields of bodies that name whom or what an act is about, as they are called there; everything else is left where it is. */
const kept: ReadonlySet<string> = new Set(['id', 'person', 'collection', 'role', 'device', 'grant', 'act', 'series', 'n', 'period', 'first', 'size', 'volume', 'step', 'field', 'seat', 'confirms', 'check', 'position', 'acting', 'absence', 'title', 'name', 'lane', 'from', 'to', 'reviewBy', 'package', 'rows'])
const longestFact = 200
const longestText = 1000

export function auditedFacts({ type, position, doc, body }: LogEvent): AuditedFacts {
  const facts: Record<string, Fact> = {}
  const fields = isRecord(body) ? body : {}
  // A seat made with the recovery sheets says whose it is one level down.
  const inner = type === 'seat.recover' && isRecord(fields['seat']) ? fields['seat'] : fields
  for (const [name, value] of Object.entries(inner)) if (kept.has(name) && (typeof value === 'number' || (typeof value === 'string' && value.length <= longestFact))) facts[name] = value
  const { attachment, revision } = fields
  if (isRecord(attachment) && typeof attachment['name'] === 'string') facts['name'] = attachment['name'].slice(0, longestFact)
  if (isRecord(revision) && typeof revision['n'] === 'number') facts['revision'] = revision['n']
  if (type === 'person.put') facts['person'] = String(fields['id'] ?? '')
  return { position, doc, body: facts, text: wordsOf(fields).slice(0, longestText) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
}
