// Draft (起案): a document begins, grows, takes attachments, and is frozen and sent on its way. A list of steps without policy:
// who may and what is missing is judged by the domain before, and by the one door after.

import type { Attachment, CoverValue, FrozenRevision, Step } from '../document/events.ts'
import { ok, type Failure, type Result } from '../base/result.ts'
import type { Keeping, NewEvent, Writing } from './ports.ts'

export interface NewDraft {
  readonly doc: string
  readonly form: string
  readonly collection: string
  readonly position: string
  readonly predecessor?: { readonly doc: string; readonly reason: string }
  readonly cover: Readonly<Record<string, CoverValue>>
  /** The text to begin with, as a Yjs V2 update. */
  readonly body: Uint8Array | null
}

export interface StartPorts<E extends Failure> extends Writing<E> {
  /** Makes the document's key and stores its wrap: before the first segment that needs it (R7). */
  readonly keepKey: (collection: string, doc: string) => Promise<Result<null, E>>
}

export async function startDraft<E extends Failure>(ports: StartPorts<E>, draft: NewDraft): Promise<Result<null, E>> {
  const { doc, form, collection, position, predecessor, cover, body } = draft
  const key = await ports.keepKey(collection, doc)
  if (!key.ok) return key
  const act = (type: string, content: unknown): NewEvent => ({ type, doc, position, body: content })
  const committed = await ports.commit(collection, [
    act('draft.create', { form, collection, ...(predecessor ? { predecessor } : {}) }),
    ...Object.entries(cover).map(([field, value]) => act('draft.cover', { field, value })),
    ...(body ? [act('draft.body', { update: body })] : []),
  ])
  return committed.ok ? ok(null) : committed
}

export interface NewAttachment {
  readonly id: string
  readonly doc: string
  readonly collection: string
  readonly position: string | null
  /** Exactly as it was called. */
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** The bytes stay as they are: packs first, then the event that refers to them. */
export async function attachFile<E extends Failure>(ports: Writing<E> & Keeping<E>, file: NewAttachment): Promise<Result<Attachment, E>> {
  const { id, doc, collection, position, name, mediaType, bytes } = file
  const blob = await ports.keepFile(collection, doc, bytes)
  if (!blob.ok) return blob
  const attachment: Attachment = { id, name, mediaType, size: bytes.length, sha256: blob.value.sha256, blob: blob.value }
  const committed = await ports.commit(collection, [{ type: 'draft.attach', doc, position, body: { attachment } }])
  return committed.ok ? ok(attachment) : committed
}

export interface Submission {
  readonly doc: string
  readonly collection: string
  readonly position: string
  /** Number of this revision, from 1. */
  readonly n: number
  readonly cover: Readonly<Record<string, CoverValue>>
  readonly attachments: readonly Attachment[]
  readonly route: { readonly decisionClass: string; readonly forcedBy: readonly string[]; readonly steps: readonly Step[] }
}

/** The text as it stands now, and its hash. */
export interface FrozenBody {
  readonly bytes: FrozenRevision['body']
  readonly sha256: string
}

export interface FreezePorts<E extends Failure> extends Writing<E>, Keeping<E> {
  /** Waits until everything typed is durable, then takes the text. */
  readonly freezeBody: (doc: string) => Promise<Result<FrozenBody, E>>
  /** Prints and composes the unsigned pages. */
  readonly pages: (submission: Submission, body: FrozenBody) => Promise<Result<Uint8Array, E>>
}

/** Everything by hash: text, pages and attachments are what the decisions will be about. */
export async function submitDraft<E extends Failure>(ports: FreezePorts<E>, submission: Submission): Promise<Result<FrozenRevision, E>> {
  const { doc, collection, position, n, cover, attachments, route } = submission
  const body = await ports.freezeBody(doc)
  if (!body.ok) return body
  const pages = await ports.pages(submission, body.value)
  if (!pages.ok) return pages
  const pdf = await ports.keepFile(collection, doc, pages.value)
  if (!pdf.ok) return pdf
  const revision: FrozenRevision = {
    n,
    cover,
    bodyHash: body.value.sha256,
    body: body.value.bytes,
    attachments,
    pdf: pdf.value,
    route: route.steps,
    decisionClass: route.decisionClass,
    forcedBy: route.forcedBy,
  }
  const committed = await ports.commit(collection, [{ type: 'document.submit', doc, position, body: { revision } }])
  return committed.ok ? ok(revision) : committed
}
