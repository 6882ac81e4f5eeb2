// Reads one Yjs update before anybody applies it: whether it is one, how large, what it holds and in whose name it inserts.
// Bounded in work by its caps, whatever the bytes claim. It applies nothing.

import * as Y from 'yjs'

/** One update: a long paste fits, a flood does not. */
export const largestTextUpdate = 1024 * 1024
/** Inserted pieces and deleted ranges of one update, each. */
export const mostTextPieces = 50_000

/** `ids`: the clientIDs it inserts under. Deleting what others wrote is nobody's forgery and names no id. */
export type TextReading = { readonly problem: null; readonly ids: readonly number[] } | { readonly problem: 'text-too-large' | 'text-unreadable' }

class TooMany extends Error {}

/** A few bytes can claim millions of pieces: it stops at the cap, not at the end. */
class BoundedDecoder extends Y.UpdateDecoderV2 {
  private left = mostTextPieces
  override readInfo(): number {
    if (--this.left < 0) throw new TooMany()
    return super.readInfo()
  }
}

/** What the editor never writes: documents within the text, embedded objects, raw bytes. */
const foreignContents: readonly (new (...args: never[]) => unknown)[] = [Y.ContentDoc, Y.ContentEmbed, Y.ContentBinary, Y.ContentJSON]

const readings = new WeakMap<Uint8Array, TextReading>()

/** The same bytes are read once while they are held. */
export function readTextUpdate(update: Uint8Array): TextReading {
  const known = readings.get(update)
  if (known) return known
  const reading = read(update)
  readings.set(update, reading)
  return reading
}

function read(update: Uint8Array): TextReading {
  if (update.length > largestTextUpdate) return { problem: 'text-too-large' }
  try {
    const { structs, ds } = Y.decodeUpdateV2(update, BoundedDecoder)
    let deletes = 0
    for (const ranges of ds.clients.values()) deletes += ranges.length
    if (deletes > mostTextPieces) return { problem: 'text-too-large' }
    if (structs.some((struct) => struct instanceof Y.Item && foreignContents.some((content) => struct.content instanceof content))) return { problem: 'text-unreadable' }
    return { problem: null, ids: [...new Set(structs.map(({ id }) => id.client))] }
  } catch (thrown) {
    return { problem: thrown instanceof TooMany ? 'text-too-large' : 'text-unreadable' }
  }
}
