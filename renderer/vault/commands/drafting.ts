// Commands of drafting: begin, cover sheet, text, attachments, give up.

import { ok } from '@shared/base/result.ts'
import type { CoverValue } from '@shared/document/events.ts'
import { firstTextId, textIdsPerLane } from '@shared/document/text-ids.ts'
import { largestTextUpdate } from '@shared/document/text-update.ts'
import { attachFile, startDraft } from '@shared/flow/draft.ts'
import type * as Y from 'yjs'
import { actingOf } from '../acting.ts'
import { copiedBody } from '../body-json.ts'
import { failed, notAllowed } from '../failure.ts'
import { readFile } from '../files.ts'
import { isLiving } from '../views/summary.ts'
import { find, findFor, newId, writing, writingPosition, type Command, type CommandContext } from './context.ts'

/** It is hashed, sealed and sent in memory: larger ones belong on other ways. */
export const largestAttachment = 200 * 1024 * 1024
const dateFields: ReadonlySet<string> = new Set(['draftedOn', 'dueOn', 'issuedOn', 'volumeTitle'])

export const createDraft: Command<'createDraft'> = async (context, { form, collection, position, predecessor }) => {
  const { core, bodies } = context
  const acting = actingOf(core)
  const definition = core.authority().forms.get(form)
  if (!definition) return failed('FormMissing')
  if (!core.keys.collections.includes(collection) || !acting.hasAccess(collection, 'draft.create')) return notAllowed([{ code: 'role-missing', facts: { type: 'draft.create' } }])
  const fields = new Set(definition.fields.map(({ id }) => id))
  const defaults: Record<string, CoverValue> = { draftedOn: acting.date, decisionClass: definition.defaultClass, retention: definition.defaultRetention }
  const before = predecessor ? find(context, predecessor.id) : null
  if (before && !before.ok) return before
  const copied = before ? before.value.state.current?.frozen.cover ?? {} : {}
  const cover = Object.fromEntries(
    [...Object.entries(defaults), ...Object.entries(copied).filter(([field]) => !dateFields.has(field))].filter(([field, value]) => fields.has(field) && value !== ''),
  )
  const doc = newId(context)
  const body = predecessor ? await bodies.read(predecessor.id, (text) => copiedBody(text, freshTextId(context, text))) : null
  if (body && body.length > largestTextUpdate) return failed('UpdateTooLarge', 'never', { size: body.length })
  const started = await startDraft(writing(context), {
    doc,
    form,
    collection,
    position,
    cover,
    body,
    ...(predecessor ? { predecessor: { doc: predecessor.id, reason: predecessor.reason } } : {}),
  })
  return started.ok ? ok({ id: doc }) : started
}

export const setCover: Command<'setCover'> = async (context, { id, field, value }) => {
  const found = findFor(context, id, { type: 'draft.cover' }, null)
  if (!found.ok) return found
  const { state, collection } = found.value
  const current = state.cover[field]
  if (current && !current.conflict && JSON.stringify(current.values[0]) === JSON.stringify(value)) return ok(null)
  const form = context.core.authority().forms.get(state.form ?? '')
  if (!form?.fields.some((candidate) => candidate.id === field && candidate.kind !== 'derived')) return failed('BadInput', 'never', { field })
  const saved = await writing(context).commit(collection, [{ type: 'draft.cover', doc: id, position: writingPosition(context, state), body: { field, value } }])
  return saved.ok ? ok(null) : saved
}

export const openBody: Command<'openBody'> = async (context, { id }) => {
  const found = find(context, id)
  if (!found.ok) return found
  const state = await context.bodies.state(id)
  return ok({ state, clientId: await context.bodies.read(id, (text) => freshTextId(context, text)) })
}

/** One of this lane's own, not used in the text yet: two openings of a text never count on from the same place. */
function freshTextId(context: CommandContext, text: Y.Doc): number {
  const [a = 0, b = 0, c = 0] = context.core.around.crypto.random.bytes(3)
  const id = firstTextId(context.core.seat.lane) + (((a << 16) | (b << 8) | c) % textIdsPerLane)
  return text.store.clients.has(id) ? freshTextId(context, text) : id
}

export const updateBody: Command<'updateBody'> = async (context, { id, update }) => {
  const found = findFor(context, id, { type: 'draft.body' }, null)
  return found.ok ? context.bodies.update(id, update) : found
}

export const attach: Command<'attach'> = async (context, { id, name, mediaType, bytes }) => {
  const found = findFor(context, id, { type: 'draft.attach' }, null)
  if (!found.ok) return found
  if (bytes.length > largestAttachment) return failed('FileTooLarge', 'never', { size: bytes.length })
  const { state, collection } = found.value
  const attached = await attachFile(writing(context), { id: newId(context), doc: id, collection, position: writingPosition(context, state), name, mediaType, bytes })
  if (!attached.ok) return attached
  const { blob: _blob, ...shown } = attached.value
  return ok(shown)
}

export const detach: Command<'detach'> = async (context, { id, attachment }) => {
  const found = findFor(context, id, { type: 'draft.detach' }, null)
  if (!found.ok) return found
  const { state, collection } = found.value
  if (!state.attachments.some((held) => held.id === attachment)) return ok(null)
  const saved = await writing(context).commit(collection, [{ type: 'draft.detach', doc: id, position: writingPosition(context, state), body: { id: attachment } }])
  return saved.ok ? ok(null) : saved
}

export const readAttachment: Command<'readAttachment'> = async (context, { id, attachment }) => {
  const found = find(context, id)
  if (!found.ok) return found
  const { state, collection } = found.value
  const known = [...(isLiving(state) ? [] : (state.current?.frozen.attachments ?? [])), ...state.attachments].find((held) => held.id === attachment)
  if (!known) return failed('AttachmentMissing')
  const bytes = await readFile(context.core, collection, id, known.blob)
  return bytes.ok ? ok({ bytes: bytes.value, name: known.name, mediaType: known.mediaType }) : bytes
}

/** DC-20 */
export const adoptDraft: Command<'adoptDraft'> = async (context, { id, position, reason }) => {
  const found = findFor(context, id, { type: 'draft.adopt' }, position)
  if (!found.ok) return found
  if (reason.trim() === '') return notAllowed([{ code: 'reason-needed' }])
  const { state, collection } = found.value
  const saved = await writing(context).commit(collection, [{ type: 'draft.adopt', doc: id, position, body: { of: state.drafter?.person ?? '', reason } }])
  return saved.ok ? ok(null) : saved
}

export const abandon: Command<'abandon'> = async (context, { id, reason }) => {
  const found = findFor(context, id, { type: 'draft.abandon' }, null)
  if (!found.ok) return found
  const { state, collection } = found.value
  const saved = await writing(context).commit(collection, [{ type: 'draft.abandon', doc: id, position: writingPosition(context, state), body: { reason } }])
  return saved.ok ? ok(null) : saved
}
