// LG-67: after an epoch of a collection was renewed, the keys of the documents that exist are wrapped under it, in books, in the
// background. It goes on from what lies there, however it was broken off, and wraps nothing twice. It decides no right: a key that is
// not held here is not wrapped.

import { createTurns } from '@shared/base/turns.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import type { Epoch } from '@shared/authority/events.ts'
import { collectionHandle, collectionZero, documentHandle, keyedHandle, wrapBookName } from '@shared/log/names.ts'
import { emptyBook, parseWrapBook, wrapBookToBytes, type BookEntry } from '@shared/log/wrap-books.ts'
import type { VaultCore } from './core.ts'
import { documentTable, volumeTable, type DocumentRow } from './document-rows.ts'
import type { HeldEpoch, VaultKeys } from './key-ring.ts'

/** Whoever renewed begins at once; what they did not get done, anybody who reads the documents does so long afterwards. */
const othersAfterMs = 24 * 60 * 60 * 1000
/** So many keys at a time, and then whoever waits for the vault. */
const atATime = 64

export interface Rewrapping {
  /** Looks through all collections and wraps what lacks; one at a time. */
  run(): Promise<void>
}

export function createRewrapping(core: VaultCore): Rewrapping {
  const inTurn = createTurns()
  return { run: () => inTurn(() => wrapAll(core)) }
}

async function wrapAll(core: VaultCore): Promise<void> {
  for (const collection of core.keys.collections) {
    if (collection === collectionZero) continue
    const newest = core.keys.latest(collection, (epoch) => core.authority().epochs.has(`${collection}/${epoch}`))
    if (!newest || !isMyTurn(core, collection, newest.epoch)) continue
    const rows = [...core.view.register(documentTable), ...core.view.register(volumeTable)].filter((row) => row.collection === collection)
    const rest = (): Promise<void> => core.around.wait(0)
    const documents = rows.map(({ key, value }) => ({ doc: key, given: ((value as Partial<DocumentRow>).state?.keys ?? []).map((one) => one.key) }))
    const put = async (name: string, bytes: Uint8Array): Promise<boolean> => (await core.putObject(name, bytes)).ok
    await wrapCollection({ keys: core.keys, genesis: core.seat.genesis, object: core.object, put, rest }, collection, newest, await handlesOf(core.seat.workspace, documents, rest))
  }
}

/** Two machines that wrap the same keys do no harm, and cost twice. */
function isMyTurn({ view, seat, around }: VaultCore, collection: string, epoch: number): boolean {
  const made = view.authority().find(({ event }: KnownEvent) => event.type === 'epoch.new' && (event.body as Epoch).collection === collection && (event.body as Epoch).epoch === epoch)
  return made !== undefined && (made.lane.startsWith(`${seat.seat}.`) || made.event.hlc.ms + othersAfterMs <= around.clock.now())
}

export interface WrapDeps {
  readonly keys: Pick<VaultKeys, 'wrapAnew'>
  readonly genesis: string
  readonly object: (name: string) => Promise<Uint8Array | null>
  /** Adds to the book of that name; false where the disk did not take it. */
  readonly put: (name: string, bytes: Uint8Array) => Promise<boolean>
  readonly rest: () => Promise<void>
}

/** So many are hashed at a time: each is a moment. */
const hashedAtATime = 512

/** The names of all keys of these documents: the first, and those that were given since. */
export async function handlesOf(workspace: string, documents: readonly { readonly doc: string; readonly given: readonly string[] }[], rest: () => Promise<void>): Promise<readonly string[]> {
  const handles: string[] = []
  for (const [at, { doc, given }] of documents.entries()) {
    const docHandle = documentHandle(workspace, doc)
    handles.push(docHandle, ...given.map((key) => keyedHandle(docHandle, key)))
    if (at % hashedAtATime === hashedAtATime - 1) await rest()
  }
  return handles
}

/** How many keys were wrapped. What stands under that epoch or a later one is left as it is. */
export async function wrapCollection({ keys, genesis, object, put, rest }: WrapDeps, collection: string, to: HeldEpoch, handles: readonly string[]): Promise<number> {
  const byBook = new Map<string, string[]>()
  const place = collectionHandle(genesis, collection)
  for (const handle of handles) {
    const name = wrapBookName(place, handle)
    const together = byBook.get(name) ?? []
    together.push(handle)
    byBook.set(name, together)
  }
  let wrapped = 0
  for (const [name, together] of byBook) {
    const before = parseWrapBook((await object(name)) ?? new Uint8Array()) ?? emptyBook
    const lacking = together.filter((handle) => (before.get(handle)?.epoch ?? -1) < to.epoch)
    const entries = new Map<string, BookEntry>()
    for (let at = 0; at < lacking.length; at += atATime) {
      await Promise.all(
        lacking.slice(at, at + atATime).map(async (handle) => {
          const entry = await keys.wrapAnew(collection, handle, to)
          if (entry) entries.set(handle, entry)
        }),
      )
      await rest()
    }
    if (entries.size === 0) continue
    if (!(await put(name, wrapBookToBytes(entries)))) return wrapped
    wrapped += entries.size
  }
  return wrapped
}
