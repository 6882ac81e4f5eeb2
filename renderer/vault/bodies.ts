// The texts that are being written: one Yjs document for each draft that is open, made from its events, kept up with what is typed.
// Updates that arrive within a short window or during a commit become one event; each is answered once it is durable.

import * as Y from 'yjs'
import { ok, type Result } from '@shared/base/result.ts'
import { isOfThisSchema, type KnownEvent } from '@shared/log/event.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { failed } from './failure.ts'

/** One update: a long paste fits, a flood does not. */
export const largestUpdate = 1024 * 1024
const windowMs = 250

export interface BodySource {
  /** The updates of a document in causal order. */
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
  /** Merges what others wrote into the texts that are open here. */
  take(events: readonly KnownEvent[]): void
  /** Waits until nothing of this text is on its way. */
  settle(doc: string): Promise<void>
  read<T>(doc: string, reader: (text: Y.Doc) => T): Promise<T>
}

interface OpenText {
  readonly text: Y.Doc
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
      if (update.length > largestUpdate) return failed('UpdateTooLarge', 'never', { size: update.length })
      if (!isUpdate(update)) return failed('UpdateUnreadable')
      const held = await textOf(doc)
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
      for (const { event } of events.filter((known) => isOfThisSchema(known.event))) {
        const held = open.get(event.doc ?? '')
        const { update } = (event.body ?? {}) as { readonly update?: unknown }
        if (event.type === 'draft.body' && held && update instanceof Uint8Array && isUpdate(update)) void held.then(({ text }) => Y.applyUpdateV2(text, update))
      }
    },
    async settle(doc) {
      const held = await textOf(doc)
      while (held.saving) await held.saving
    },
    read: async (doc, reader) => reader((await textOf(doc)).text),
  }
}

function save(source: BodySource, doc: string, held: OpenText): Promise<Result<null, CommandFailure>> {
  held.saving = (async () => {
    await source.wait(windowMs)
    const updates = held.pending
    held.pending = []
    held.taken = held.typed
    const saved = await source.save(doc, Y.mergeUpdatesV2(updates))
    // What could not be saved is still in memory and goes along with the next try.
    if (saved.ok) held.saved = held.taken
    else held.pending = [...updates, ...held.pending]
    held.saving = null
    return saved
  })()
  return held.saving
}

async function load(source: BodySource, doc: string): Promise<OpenText> {
  const text = new Y.Doc()
  for (const update of await source.updatesOf(doc)) if (isUpdate(update)) Y.applyUpdateV2(text, update)
  return { text, pending: [], saving: null, typed: 0, taken: 0, saved: 0 }
}

function isUpdate(update: Uint8Array): boolean {
  try {
    Y.decodeUpdateV2(update)
    return true
  } catch {
    return false
  }
}
