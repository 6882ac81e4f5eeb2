// The closed list of what can happen to a document, with the shape of each body (volumes: shared/filing/events.ts).
// It never says whether an act was allowed (may.ts) nor what it changes (reduce.ts). Types it does not know pass through unread.

import * as v from 'valibot'
import { err, ok, type Failure, type Result } from '../base/result.ts'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const civilDate = v.pipe(v.string(), v.isoDate())
const text = v.pipe(v.string(), v.maxLength(100_000))
const size = v.pipe(v.number(), v.integer(), v.minValue(0))
const bytes = v.instance(Uint8Array)

/** LG-68 which key of a document. */
const keyId = v.pipe(v.string(), v.regex(/^[0-9a-z]{16}$/))

const blobRef = v.object({
  sha256,
  size,
  chunks: v.array(v.object({ pack: v.string(), at: size, sealed: size, size })),
  key: v.exactOptional(keyId),
})

const coverValue = v.union([v.string(), v.boolean(), v.number(), v.array(v.string())])

const step = v.object({
  id,
  order: size,
  kind: v.picklist(['line', 'concurrence', 'decide']),
  position: id,
  title: text,
})

const attachment = v.object({ id, name: text, mediaType: text, size, sha256, blob: blobRef })

const revision = v.object({
  n: v.pipe(v.number(), v.integer(), v.minValue(1)),
  cover: v.record(v.string(), coverValue),
  bodyHash: sha256,
  body: bytes,
  attachments: v.array(attachment),
  pdf: blobRef,
  route: v.pipe(v.array(step), v.minLength(1)),
  decisionClass: id,
  forcedBy: v.array(v.string()),
})

const bodies = {
  'draft.create': v.object({
    form: id,
    collection: id,
    predecessor: v.exactOptional(v.object({ doc: id, reason: text })),
  }),
  'draft.cover': v.object({ field: id, value: coverValue }),
  'draft.body': v.object({ update: bytes }),
  'draft.attach': v.object({ attachment }),
  'draft.detach': v.object({ id }),
  'draft.abandon': v.object({ reason: text }),
  /** DC-20 whoever may takes over the draft of the person named, who does not go on with it. */
  'draft.adopt': v.object({ of: id, reason: v.pipe(text, v.minLength(1)) }),
  'document.submit': v.object({ revision }),
  'document.withdraw': v.object({ revision: sha256, reason: text }),
  'decision.approve': v.object({
    revision: sha256,
    step: id,
    comment: text,
    also: v.exactOptional(v.array(v.object({ step: id, position: id }))),
    /** DC-44 steps passed over, whose positions are away; whoever holds them reads it afterwards (後閲). */
    ahead: v.exactOptional(v.array(id)),
    /** DC-41 decided in somebody's place: why it could not wait, or that it was so instructed. */
    urgency: v.exactOptional(text),
    /** An earlier approval of the same person that nobody received in time: this one says once more that it stands. */
    confirms: v.exactOptional(id),
  }),
  'decision.return': v.object({ revision: sha256, step: id, reason: text }),
  'decision.refuse': v.object({ revision: sha256, step: id, reason: text }),
  'rendition.append': v.object({ revision: sha256, file: blobRef, previous: v.nullable(sha256), step: v.nullable(id) }),
  'record.file': v.object({
    volume: id,
    eventDate: civilDate,
    basis: v.picklist(['completion', 'decision', 'accountingYear', 'lastAction', 'specificDay', 'release']),
    note: v.exactOptional(text),
  }),
  'document.open': v.object({ revision: v.nullable(sha256) }),
  /** DC-43 後閲: read by whoever was away when it was decided in their place. */
  'document.post-review': v.object({ revision: sha256, step: id }),
  /** Written by a seat for itself: these approvals have arrived here. */
  'document.witness': v.object({ approvals: v.array(id) }),
  /** `file`: of the pages that were printed, SHA-256 (hex). */
  'document.print': v.object({ revision: v.nullable(sha256), file: v.exactOptional(sha256), reason: v.exactOptional(v.pipe(v.string(), v.maxLength(2000))) }),
  /** The document has a new key, under which this and what follows is sealed, and its files lie sealed anew. */
  'document.rekey': v.object({ key: keyId, reason: text, files: v.array(blobRef) }),
  'document.export': v.object({ revision: v.nullable(sha256), package: id, reason: v.optional(v.pipe(v.string(), v.maxLength(2000))), /** Who outside gets it, sealed. */ to: v.exactOptional(v.pipe(v.string(), v.maxLength(200))) }),
} as const

type DeepReadonly<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer U)[]
    ? readonly DeepReadonly<U>[]
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T

export type DocumentEventType = keyof typeof bodies
export type BodyOf<T extends DocumentEventType> = DeepReadonly<v.InferOutput<(typeof bodies)[T]>>

/** One known act: its type and its body. */
export type DocumentEvent = { readonly [T in DocumentEventType]: { readonly type: T; readonly body: BodyOf<T> } }[DocumentEventType]

/** `string[]` for choices of several (positions, flags); dates are ISO, money is an integer number of yen. */
export type CoverValue = DeepReadonly<v.InferOutput<typeof coverValue>>
export type Step = DeepReadonly<v.InferOutput<typeof step>>
export type Attachment = DeepReadonly<v.InferOutput<typeof attachment>>
/** What `document.submit` freezes; its name is `pdf.sha256`, the SHA-256 (hex) of the unsigned PDF. */
export type FrozenRevision = DeepReadonly<v.InferOutput<typeof revision>>

export interface MalformedEvent extends Failure<'MalformedEvent'> {
  readonly eventType: string
  /** Where in the body the first mistake is, as a dotted path; never the value itself. */
  readonly path: string
}

/** Every type this version understands. */
export const documentEventTypes = Object.keys(bodies) as readonly DocumentEventType[]

export function isDocumentEventType(type: string): type is DocumentEventType {
  return Object.hasOwn(bodies, type)
}

/** The event with its body checked; `null` when this version does not know the type (it is kept and shown as such). */
export function parseDocumentEvent(event: { readonly type: string; readonly body: unknown }): Result<DocumentEvent | null, MalformedEvent> {
  const { type } = event
  if (!isDocumentEventType(type)) return ok(null)
  const parsed = v.safeParse(bodies[type], event.body)
  if (parsed.success) return ok({ type, body: parsed.output } as DocumentEvent)
  return err({ type: 'MalformedEvent', retry: 'never', eventType: type, path: v.getDotPath(parsed.issues[0]) ?? '' })
}
