// The living draft: cover fields as multi-value registers, attachments as an observed-remove set, the body as opaque updates.
// Concurrent different values both stay; it never picks one.

import type { KnownEvent } from '../log/event.ts'
import { latestOf, type Causality } from '../log/causality.ts'
import type { Attachment, CoverValue } from './events.ts'
import type { Entry } from './standing.ts'
import type { CoverField } from './state.ts'

export interface DraftState {
  readonly cover: Readonly<Record<string, CoverField>>
  readonly bodyUpdates: readonly Uint8Array[]
  readonly attachments: readonly Attachment[]
}

/** `edits`: the draft.* events that count, in causal order; `bodyUpdates`: those of their texts that are applied. */
export function draftStateOf(edits: readonly Entry[], bodyUpdates: readonly Uint8Array[], causality: Causality): DraftState {
  return {
    cover: coverOf(edits, causality),
    bodyUpdates,
    attachments: attachmentsOf(edits, causality),
  }
}

function coverOf(edits: readonly Entry[], causality: Causality): Record<string, CoverField> {
  const byField = new Map<string, { readonly known: KnownEvent; readonly value: CoverValue }[]>()
  for (const { known, act } of edits) {
    if (act.type !== 'draft.cover') continue
    const writes = byField.get(act.body.field) ?? []
    writes.push({ known, value: act.body.value })
    byField.set(act.body.field, writes)
  }
  const cover: Record<string, CoverField> = {}
  for (const field of [...byField.keys()].sort()) {
    const writes = byField.get(field) ?? []
    const latest = new Set(latestOf(writes.map((write) => write.known.id), causality))
    const standing = writes.filter((write) => latest.has(write.known.id))
    const values = new Map(standing.map((write) => [JSON.stringify(write.value), write.value]))
    const by = [...values.keys()].map((key) => standing.filter(({ value }) => JSON.stringify(value) === key).map(({ known: { event } }) => ({ person: event.person, at: event.at })))
    cover[field] = { values: [...values.values()], conflict: values.size > 1, by: values.size > 1 ? by : [] }
  }
  return cover
}

function attachmentsOf(edits: readonly Entry[], causality: Causality): readonly Attachment[] {
  const detaches = edits.filter(({ act }) => act.type === 'draft.detach')
  const kept = new Map<string, Attachment>()
  for (const { known, act } of edits) {
    if (act.type !== 'draft.attach') continue
    const { attachment } = act.body
    const isDetached = detaches.some(
      (detach) => detach.act.type === 'draft.detach' && detach.act.body.id === attachment.id && causality.precedes(known.id, detach.known.id),
    )
    if (!isDetached && !kept.has(attachment.id)) kept.set(attachment.id, attachment)
  }
  return [...kept.values()]
}
