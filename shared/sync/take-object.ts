// SY-10 to SY-13: what an object must be before it gets its name on this disk. Only form: names that match hashes, segments that can
// stand where they say. What a segment means is the judge's matter.

import { equalBytes } from '../base/bytes.ts'
import { decodeCbor } from '../base/cbor.ts'
import type { Result } from '../base/result.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { packName, segmentName, sessionName, snapshotPlace, twinName } from '../log/names.ts'
import type { NamedObject } from '../log/parcel.ts'
import { isOfLaterFormat, largestSegmentBytes, parseSegment } from '../log/segment.ts'
import { parseSession } from '../log/session.ts'
import { isSnapshot } from '../log/snapshot.ts'
import { parseHandedKeys, uniteHandedKeys } from '../log/handed-keys.ts'
import { emptyBook, parseWrapBook, uniteWrapBooks, wrapBookToBytes } from '../log/wrap-books.ts'
import { documentWrapEpoch, epochWrapsToBytes, parseEpochWraps, parseSingleWrap } from '../log/wraps.ts'
import type { KeepFailure, LocalObjects } from './ports.ts'

/** Where an object goes; only these travel in parcels. */
const kinds = {
  segment: /^j\/[0-9a-z]+\/[0-9a-z]+\.[0-9a-z]+\/(\d{5})\/(\d{8})$/,
  twin: /^x\/([0-9a-z]+)\/([0-9a-z]+\.[0-9a-z]+)\/(\d{8})\/[0-9a-z]{52}$/,
  pack: /^p\//,
  session: /^c\//,
  epochWraps: /^k\/[0-9a-z]+\/\d+$/,
  documentWrap: /^k\/[0-9a-z]+\/d\/[0-9a-z]+(\.[0-9a-z]+)?$/,
  handedKeys: /^k\/[0-9a-z]+\/p\/[0-9a-z]+(\.[0-9a-z]+)?$/,
  wrapBook: /^k\/[0-9a-z]+\/w\/([0-9a-z])$/,
  personWrap: /^u\/[^/]+\/[^/]+$/,
  snapshot: /^s\//,
} as const

/** May an object of this name be published and taken in? */
export function travels(name: string): boolean {
  return Object.values(kinds).some((kind) => kind.test(name))
}

/** SY-10 do these bytes fit this name? */
export function fitsName({ name, bytes }: NamedObject): boolean {
  const [, block, seq] = kinds.segment.exec(name) ?? []
  if (block !== undefined) return Number(seq) >= 1 && Number(block) === Math.floor(Number(seq) / 1000) && isSegment(bytes)
  const twin = kinds.twin.exec(name)
  if (twin) return name === twinName(twin[1] ?? '', twin[2] ?? '', Number(twin[3]), sha256Hex(bytes)) && isSegment(bytes)
  if (kinds.pack.test(name)) return name === packName(sha256Hex(bytes))
  if (kinds.snapshot.test(name)) return snapshotPlace(name)?.sha256 === sha256Hex(bytes) && isSnapshot(bytes)
  if (kinds.session.test(name)) return name === sessionName(parseSession(bytes)?.hash ?? '')
  if (kinds.epochWraps.test(name)) return parseEpochWraps(bytes) !== null
  if (kinds.documentWrap.test(name)) return documentWrapEpoch(bytes) !== null
  if (kinds.handedKeys.test(name)) return parseHandedKeys(bytes) !== null
  const [, letter] = kinds.wrapBook.exec(name) ?? []
  if (letter !== undefined) return isBookOf(letter, bytes)
  return kinds.personWrap.test(name) && parseSingleWrap(bytes) !== null
}

function isBookOf(letter: string, bytes: Uint8Array): boolean {
  const book = parseWrapBook(bytes)
  return book !== null && [...book.keys()].every((doc) => doc.startsWith(letter))
}

/** Also one that a later version wrote: it is carried and kept, whoever can read it. */
function isSegment(bytes: Uint8Array): boolean {
  return parseSegment(bytes) !== null || (bytes.length <= largestSegmentBytes && isOfLaterFormat(decodeCbor(bytes), 's', 'v'))
}

const segmentPath = /^j\/([^/]+)\/([^/]+)\/\d{5}\/(\d{8})$/

/** SY-14 where a segment goes whose name is taken; null for any other name. */
export function twinOf(name: string, sha256: string): string | null {
  const [, handle, lane, seq] = segmentPath.exec(name) ?? []
  return handle === undefined || lane === undefined ? null : twinName(handle, lane, Number(seq), sha256)
}

/** The name beside which a twin lies. */
function namedBeside(name: string): string | null {
  const [, handle = '', lane = '', seq] = kinds.twin.exec(name) ?? []
  return seq === undefined ? null : segmentName(handle, lane, Number(seq))
}

/** `new`: kept here now. `twin`: a segment's name is taken by other bytes, which stay; both are kept under names of their own. `differs`: another write-once name is. */
export type Taken = 'new' | 'known' | 'twin' | 'differs'

/** SY-11 to SY-14. The object fits its name. */
export async function takeObject(local: LocalObjects, { name, bytes }: NamedObject): Promise<Result<Taken, KeepFailure>> {
  const before = await local.get(name)
  if (!before) {
    const named = namedBeside(name)
    const there = named === null ? null : await local.get(named)
    return there && equalBytes(there, bytes) ? { ok: true, value: 'known' } : as(there ? 'twin' : 'new', await local.put(name, bytes))
  }
  if (equalBytes(before, bytes)) return { ok: true, value: 'known' }
  if (kinds.epochWraps.test(name)) {
    const merged = mergeEpochWraps(before, bytes)
    return equalBytes(merged, before) ? { ok: true, value: 'known' } : as('new', await local.replace(name, merged))
  }
  if (kinds.handedKeys.test(name)) {
    const united = uniteHandedKeys(before, bytes)
    return !united || equalBytes(united, before) ? { ok: true, value: 'known' } : as('new', await local.replace(name, united))
  }
  if (kinds.documentWrap.test(name)) {
    const newer = (documentWrapEpoch(bytes) ?? 0) > (documentWrapEpoch(before) ?? 0)
    return newer ? as('new', await local.replace(name, bytes)) : { ok: true, value: 'known' }
  }
  if (kinds.wrapBook.test(name)) {
    const united = wrapBookToBytes(uniteWrapBooks(parseWrapBook(before) ?? emptyBook, parseWrapBook(bytes) ?? emptyBook))
    return equalBytes(united, before) ? { ok: true, value: 'known' } : as('new', await local.replace(name, united))
  }
  const twins = [before, bytes].flatMap((one): NamedObject[] => [twinOf(name, sha256Hex(one))].flatMap((twin) => (twin === null ? [] : [{ name: twin, bytes: one }])))
  for (const twin of twins) {
    const kept = await local.put(twin.name, twin.bytes)
    if (!kept.ok) return kept
  }
  if (twins.length > 0) return { ok: true, value: 'twin' }
  return { ok: true, value: kinds.personWrap.test(name) ? 'known' : 'differs' }
}

function as(taken: Taken, written: Result<null, KeepFailure>): Result<Taken, KeepFailure> {
  return written.ok ? { ok: true, value: taken } : written
}

/** SY-12 wraps only grow: a recipient that is here keeps the wrap that is here. */
function mergeEpochWraps(before: Uint8Array, after: Uint8Array): Uint8Array {
  return epochWrapsToBytes({ ...parseEpochWraps(after), ...parseEpochWraps(before) })
}
