// The texts that are being written: one Yjs document for each draft that is open, made from its events, kept up with what is typed.
// Updates that arrive within a short window or during a commit become one event; each is answered once it is durable.

import * as Y from 'yjs'
import { ok, type Result } from '@shared/base/result.ts'
import { isTextIdOf, isUnownedTextId } from '@shared/document/text-ids.ts'
import { largestTextUpdate, readTextUpdate } from '@shared/document/text-update.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { failed } from './failure.ts'

const windowMs = 250

export interface BodySource {
  /** The lane that signs what is typed here: only its own clientIDs are taken from the editor. */
  readonly lane: string
  /** The updates of a document that are applied, in causal order. */
  readonly updatesOf: (doc: string) => Promise<readonly Uint8Array[]>
  /** Writes one merged update as an event; answers when it is durable. */
  readonly save: (doc: string, update: Uint8Array) => Promise<Result<null, CommandFailure>>
  readonly wait: (ms: number) => Promise<void>
}

export interface Bodies {
  /** The whole state as one V2 update. */
  state(doc: string): Promise<Uint8Array>
  /** Takes an incremental V2 update. */
  update(doc: string, update: Uint8Array): Promise<Result<null, CommandFailure>>
  /** Merges what others wrote into the texts that are open here; what is never applied (shared/document/texts.ts) stays out. */
  take(events: readonly KnownEvent[]): void
  /** Texts that are open may hold what does not count any more: they are made anew when they are next asked for. */
  forget(): void
  /** Waits until nothing of this text is on its way. */
  settle(doc: string): Promise<void>
  read<T>(doc: string, reader: (text: Y.Doc) => T): Promise<T>
}

interface OpenText {
  readonly text: Y.Doc
  /** Updates that are in the text. */
  readonly applied: Set<Uint8Array>
  /** Ids without an owner that the editor began to use here. */
  readonly begun: Set<number>
  pending: Uint8Array[]
  saving: Promise<Result<null, CommandFailure>> | null
  /** Updates counted: taken from the editor, tried to save, saved. */
  typed: number
  taken: number
  saved: number
}

export function createBodies(source: BodySource): Bodies {
  const open = new Map<string, Promise<OpenText>>()
  const textOf = (doc: string): Promise<OpenText> => {
    const held = open.get(doc) ?? load(source, doc)
    open.set(doc, held)
    return held
  }
  return {
    state: async (doc) => Y.encodeStateAsUpdateV2((await textOf(doc)).text),
    async update(doc, update) {
      const reading = readTextUpdate(update)
      if (reading.problem === 'text-too-large') return failed('UpdateTooLarge', 'never', { size: update.length })
      if (reading.problem !== null) return failed('UpdateUnreadable')
      const held = await textOf(doc)
      if (!reading.ids.every((id) => mayInsert(held, source.lane, id))) return failed('UpdateNotOwn')
      Y.applyUpdateV2(held.text, update)
      held.pending.push(update)
      const mine = ++held.typed
      for (;;) {
        const saved = await (held.saving ?? save(source, doc, held))
        if (held.saved >= mine) return ok(null)
        if (!saved.ok && held.taken >= mine) return saved
      }
    },
    take(events) {
      for (const doc of new Set(events.filter(({ event }) => event.type === 'draft.body').map(({ event }) => event.doc ?? ''))) {
        const held = open.get(doc)
        if (held) open.set(doc, held.then((one) => absorb(source, doc, one)))
      }
    },
    forget: () => open.clear(),
    async settle(doc) {
      const held = await textOf(doc)
      while (held.saving) await held.saving
    },
    read: async (doc, reader) => reader((await textOf(doc)).text),
  }
}

/** The editor's own ids; one without an owner only where nobody used it before. */
function mayInsert({ text, begun }: OpenText, lane: string, id: number): boolean {
  if (!isUnownedTextId(id)) return isTextIdOf(lane, id)
  if (!begun.has(id) && text.store.clients.has(id)) return false
  begun.add(id)
  return true
}

function save(source: BodySource, doc: string, held: OpenText): Promise<Result<null, CommandFailure>> {
  held.saving = (async () => {
    await source.wait(windowMs)
    const updates = held.pending.slice(0, fitting(held.pending))
    held.pending = held.pending.slice(updates.length)
    held.taken = held.typed - held.pending.length
    const saved = await source.save(doc, Y.mergeUpdatesV2(updates))
    // What could not be saved is still in memory and goes along with the next try.
    if (saved.ok) held.saved = held.taken
    else held.pending = [...updates, ...held.pending]
    held.saving = null
    return saved
  })()
  return held.saving
}

/** How many of them one event may hold. */
function fitting(updates: readonly Uint8Array[]): number {
  let size = 0
  const tooMany = updates.findIndex(({ length }) => (size += length) > largestTextUpdate)
  return tooMany < 0 ? updates.length : Math.max(1, tooMany)
}

async function load(source: BodySource, doc: string): Promise<OpenText> {
  return absorb(source, doc, { text: new Y.Doc(), applied: new Set(), begun: new Set(), pending: [], saving: null, typed: 0, taken: 0, saved: 0 })
}

/** Tried on a copy first: what breaks there does not touch the text that somebody is writing. */
async function absorb(source: BodySource, doc: string, held: OpenText): Promise<OpenText> {
  const fresh = (await source.updatesOf(doc)).filter((update) => !held.applied.has(update))
  const broken = new Set<Uint8Array>()
  while (!isWhole([Y.encodeStateAsUpdateV2(held.text), ...fresh], broken));
  for (const update of fresh) {
    held.applied.add(update)
    if (!broken.has(update)) Y.applyUpdateV2(held.text, update)
  }
  return held
}

/** False when one more was found that does not apply; it is among `broken` then. */
function isWhole(updates: readonly Uint8Array[], broken: Set<Uint8Array>): boolean {
  const copy = new Y.Doc()
  for (const update of updates) {
    if (broken.has(update)) continue
    try {
      Y.applyUpdateV2(copy, update)
    } catch {
      broken.add(update)
      return false
    }
  }
  return true
}
