// Reads one Yjs update before anybody applies it: whether it is one, how large, what it holds and in whose name it inserts.
// Bounded in work by its caps, whatever the bytes claim. It applies nothing.

import * as Y from 'yjs'

/** One update: a long paste fits, a flood does not. */
export const largestTextUpdate = 1024 * 1024
/** Inserted pieces and deleted ranges of one update, each. */
export const mostTextPieces = 50_000

/** Places of a text that one clientID names, from `clock` on. */
export interface TextRun {
  readonly id: number
  readonly clock: number
  readonly length: number
}

/** `ids`: the clientIDs it inserts under; `runs`: where. Deleting what others wrote is nobody's forgery and names no id. */
export type TextReading = { readonly problem: null; readonly ids: readonly number[]; readonly runs: readonly TextRun[] } | { readonly problem: 'text-too-large' | 'text-unreadable' }

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
    return { problem: null, ids: [...new Set(structs.map(({ id }) => id.client))], runs: runsOf(structs) }
  } catch (thrown) {
    return { problem: thrown instanceof TooMany ? 'text-too-large' : 'text-unreadable' }
  }
}

type Struct = ReturnType<typeof Y.decodeUpdateV2>['structs'][number]

/** Neighbours as one; a gap within an update (`Y.Skip`) names nothing. */
function runsOf(structs: readonly Struct[]): readonly TextRun[] {
  const runs: { id: number; clock: number; length: number }[] = []
  for (const { id, length } of structs.filter((struct) => !(struct instanceof Y.Skip))) {
    const last = runs.at(-1)
    if (last && last.id === id.client && last.clock + last.length === id.clock) last.length += length
    else runs.push({ id: id.client, clock: id.clock, length })
  }
  return runs
}

/** What an update puts at each place of a run, and after and before which others: the same however its pieces were cut. Of an update that can be read. */
export function readPlaces(update: Uint8Array, { id, clock, length }: TextRun): readonly string[] {
  const places: string[] = []
  for (const struct of Y.decodeUpdateV2(update, BoundedDecoder).structs) {
    if (struct.id.client !== id || struct instanceof Y.Skip) continue
    const [from, to] = [Math.max(clock, struct.id.clock), Math.min(clock + length, struct.id.clock + struct.length)]
    for (let at = from; at < to; at++) places.push(placeOf(struct, at - struct.id.clock))
  }
  return places
}

function placeOf(struct: Struct, offset: number): string {
  if (!(struct instanceof Y.Item)) return 'gone'
  const { id, origin, rightOrigin, parent, parentSub, content } = struct
  const before = offset > 0 ? { client: id.client, clock: id.clock + offset - 1 } : origin
  const named = offset > 0 || origin || rightOrigin ? null : [parent, parentSub]
  return JSON.stringify([before, rightOrigin, named, content.getRef(), pieceOf(content, offset)])
}

function pieceOf(content: Y.Item['content'], offset: number): unknown {
  if (content instanceof Y.ContentString) return content.str[offset]
  if (content instanceof Y.ContentFormat) return [content.key, content.value]
  if (content instanceof Y.ContentType) return content.type instanceof Y.XmlElement ? content.type.nodeName : content.type instanceof Y.XmlText
  return content instanceof Y.ContentAny ? content.arr[offset] : null
}
