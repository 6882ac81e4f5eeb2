// Decide (決裁): the person confirms exactly the events that will be written, on exactly these pages; the mark is appended to the
// file; both go into the log together. A list of steps without policy.

import { ok, type Failure, type Result } from '../base/result.ts'
import { eventToBytes } from '../log/segment.ts'
import type { BlobRef } from '../log/blob.ts'
import type { Confirming, Keeping, NewEvent } from './ports.ts'

/** What the person is shown and asked. */
export interface Question {
  readonly events: readonly Uint8Array[]
  /** The frozen unsigned pages. */
  readonly pdf: Uint8Array
  /** The file so far and the field that takes the mark. */
  readonly signature: { readonly file: Uint8Array; readonly field: string; readonly dated?: string; readonly label?: string } | null
}

export interface DecidePorts<E extends Failure> extends Confirming<E>, Keeping<E> {
  /** The file with the mark, when one was asked for. */
  readonly confirm: (question: Question) => Promise<Result<{ readonly file: Uint8Array | null }, E>>
}

export interface Decision {
  readonly doc: string
  readonly collection: string
  readonly act: NewEvent
  readonly pdf: Uint8Array
  /** For an approval: where its mark goes. */
  readonly mark: Mark | null
}

export interface Mark {
  /** SHA-256 (hex) of the frozen unsigned pages. */
  readonly revision: string
  readonly step: string
  readonly field: string
  /** The civil day of the decision, where that is not today. */
  readonly dated?: string
  /** What stands beside the mark (代). */
  readonly label?: string
  /** The file so far, and its SHA-256; null hash when it is the unsigned pages. */
  readonly file: Uint8Array
  readonly previous: string | null
}

export async function decide<E extends Failure>(ports: DecidePorts<E>, { doc, collection, act, pdf, mark }: Decision): Promise<Result<null, E>> {
  const built = await ports.build(collection, [act])
  if (!built.ok) return built
  const [event] = built.value
  if (!event) throw new Error('defect: an act without an event')
  const confirmed = await ports.confirm({ events: built.value.map(eventToBytes), pdf, signature: mark && signatureOf(mark) })
  if (!confirmed.ok) return confirmed
  const { file } = confirmed.value
  if (!mark || !file) return settled(await ports.commitBuilt(collection, built.value))
  const kept = await ports.keepFile(collection, doc, file)
  if (!kept.ok) return kept
  const appended = await ports.buildAfter(collection, event, [append(doc, act.position, mark, kept.value)])
  return settled(await ports.commitBuilt(collection, [...built.value, ...appended]))
}

/** What is signed, of a mark: as main is asked for it. */
export function signatureOf({ file, field, dated, label }: Mark): NonNullable<Question['signature']> {
  return { file, field, ...(dated === undefined ? {} : { dated }), ...(label === undefined ? {} : { label }) }
}

/** The event that says: this file is that one with one more mark. */
export function append(doc: string, position: string | null, { revision, step, previous }: Mark, file: BlobRef): NewEvent {
  return { type: 'rendition.append', doc, position, body: { revision, file, previous, step } }
}

function settled<E extends Failure>(committed: Result<unknown, E>): Result<null, E> {
  return committed.ok ? ok(null) : committed
}
