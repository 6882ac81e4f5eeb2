// The notes of one storage as the engine thinks of them: who I am there and what I hold out, whom I have read how far, and the index
// of every parcel whose objects are here. A note that cannot be read counts as not written.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { Result } from '../base/result.ts'
import type { ParcelEntry } from '../log/beacon.ts'
import { openIndex, type ParcelIndex } from '../log/parcel.ts'
import type { Telling } from './reach.ts'
import type { KeepFailure, SyncMemory } from './ports.ts'

/** What this machine is at this storage. */
export interface Self {
  readonly publisher: string
  /** Slips are noted under it: without this note they prove nothing (SY-5). */
  readonly generation: string
  /** Of the newest beacon, written or about to be; 0 before the first. */
  readonly serial: number
  readonly parcels: readonly ParcelEntry[]
  /** The newest beacon's bytes; noted before it is put, so that a kill between the two is told from somebody else's writing. */
  readonly beacon: Uint8Array | null
  /** When it was made, and what it asked for. */
  readonly at: number
  readonly wants: readonly string[]
  /** The storage said that it took it. */
  readonly confirmed: boolean
  /** What the storage called it then. A hint. */
  readonly tag: string | null
  /** Parcels that it listed once and lists no more, from which number on (0: no beacon says so yet). */
  readonly former: readonly Former[]
  /** What it wrote down that it will take away. */
  readonly removals: readonly Planned[]
  /** SY-71: what of records it listed when it last rolled up, and which parcels are a month each. */
  readonly month: Month
}

export interface Month {
  readonly at: number
  readonly parcels: readonly string[]
  readonly rolled: readonly string[]
}

export interface Former {
  readonly sha256: string
  readonly serial: number
}

export interface Planned {
  readonly name: string
  readonly at: number
  readonly serial: number
  readonly parcels: readonly string[]
}

/** The newest beacon of a publisher that was verified. */
export interface Read {
  readonly device: string
  readonly serial: number
  readonly at: number
  /** SHA-256 (hex) of its signed body. */
  readonly hash: string
  /** Null while something of it is not here: it is asked for again. */
  readonly tag: string | null
  /** SY-39: a person knows that it is gone; it is read again when it is listed. */
  readonly isGone?: boolean | undefined
  /** SY-47: the highest number of this publisher's own beacons that it says to have verified. */
  readonly verified?: number | undefined
  /** Its parcels of packs: they are fetched by need. */
  readonly content: readonly ParcelEntry[]
  /** Its parcels of snapshots. */
  readonly snapshots: readonly ParcelEntry[]
}

/** A parcel of packs whose index is known here. */
export interface Leaf {
  readonly index: ParcelIndex
  /** Places within the index of the packs that were fetched out of it, verified and kept. */
  readonly taken: readonly number[]
}

/** What somebody's device did once and what stays true of it. */
export interface Fact {
  readonly code: 'beacon-forked' | 'parcel-unreadable' | 'object-refused' | 'object-differs' | 'profile-copied'
  readonly subject: string
}

export interface Others {
  readonly read: Readonly<Record<string, Read>>
  readonly facts: readonly Fact[]
}

export interface Notes {
  /** Slips are those of the generation of the last `self` that was read or saved. */
  self(): Promise<Self | null>
  saveSelf(self: Self): Promise<Result<null, KeepFailure>>
  others(): Promise<Others>
  saveOthers(others: Others): Promise<Result<null, KeepFailure>>
  /** Parcels whose index is kept: all of their objects were here once. */
  slips(): Promise<readonly string[]>
  slip(sha256: string): Promise<ParcelIndex | null>
  saveSlip(index: ParcelIndex): Promise<Result<null, KeepFailure>>
  leaves(): Promise<readonly string[]>
  leaf(sha256: string): Promise<Leaf | null>
  saveLeaf(leaf: Leaf): Promise<Result<null, KeepFailure>>
  /** Names of the objects of a large parcel that is on its way: after a kill the same one goes on. */
  telling(): Promise<Telling | null>
  saveTelling(telling: Telling): Promise<Result<null, KeepFailure>>
  sending(): Promise<readonly string[]>
  saveSending(names: readonly string[]): Promise<Result<null, KeepFailure>>
  /** The parcel is gone: at the next start its objects count as not sent. */
  dropSlip(sha256: string): Promise<Result<null, KeepFailure>>
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const entrySchema = v.strictObject({ sha256: v.string(), index: count, size: count, content: v.exactOptional(v.literal(true)), snapshot: v.exactOptional(v.strictObject({ of: v.string(), records: count })) })
const selfSchema = v.strictObject({
  publisher: v.string(),
  generation: v.pipe(v.string(), v.regex(/^[0-9a-z]+$/)),
  serial: count,
  parcels: v.array(entrySchema),
  beacon: v.nullable(v.instance(Uint8Array)),
  at: count,
  wants: v.array(v.string()),
  confirmed: v.boolean(),
  tag: v.nullable(v.string()),
  former: v.optional(v.array(v.strictObject({ sha256: v.string(), serial: count })), []),
  removals: v.optional(v.array(v.strictObject({ name: v.string(), at: count, serial: count, parcels: v.array(v.string()) })), []),
  month: v.optional(v.strictObject({ at: count, parcels: v.array(v.string()), rolled: v.array(v.string()) }), { at: 0, parcels: [], rolled: [] }),
})
const othersSchema = v.strictObject({
  read: v.record(v.string(), v.strictObject({ device: v.string(), serial: count, at: count, hash: v.string(), tag: v.nullable(v.string()), isGone: v.optional(v.boolean()), verified: v.optional(count), content: v.optional(v.array(entrySchema), []), snapshots: v.optional(v.array(entrySchema), []) })),
  facts: v.array(v.strictObject({ code: v.picklist(['beacon-forked', 'parcel-unreadable', 'object-refused', 'object-differs', 'profile-copied']), subject: v.string() })),
})

const tellingSchema = v.strictObject({ publisher: v.string(), parcels: v.array(v.string()), told: v.array(v.strictObject({ serial: count, ends: v.record(v.string(), count) })) })
const leafSchema = v.strictObject({ index: v.instance(Uint8Array), taken: v.array(count) })

const slipKey = /^slip-([0-9a-z]+)-([0-9a-f]{64})$/
const leafKey = /^leaf-([0-9a-z]+)-([0-9a-f]{64})$/

export function createNotes(workspace: string, memory: SyncMemory): Notes {
  const read = async <S extends v.GenericSchema>(key: string, schema: S): Promise<v.InferOutput<S> | null> => {
    const parsed = v.safeParse(schema, decodeCbor((await memory.read(key)) ?? new Uint8Array()))
    return parsed.success ? parsed.output : null
  }
  let generation = ''
  const keyOf = (kind: 'slip' | 'leaf', sha256: string): string => `${kind}-${generation}-${sha256}`
  const keysLike = async (pattern: RegExp): Promise<readonly string[]> => (await memory.keys()).flatMap((key) => {
    const [, of, sha256] = pattern.exec(key) ?? []
    return sha256 !== undefined && of === generation ? [sha256] : []
  })
  return {
    async self() {
      const self = await read('self', selfSchema)
      generation = self?.generation ?? ''
      return self
    },
    saveSelf(self) {
      generation = self.generation
      return memory.write('self', encodeCbor(self))
    },
    others: async () => (await read('others', othersSchema)) ?? { read: {}, facts: [] },
    saveOthers: (others) => memory.write('others', encodeCbor(others)),
    slips: () => keysLike(slipKey),
    async slip(sha256) {
      const index = openIndex(workspace, (await memory.read(keyOf('slip', sha256))) ?? new Uint8Array())
      return index?.sha256 === sha256 ? index : null
    },
    saveSlip: (index) => memory.write(keyOf('slip', index.sha256), index.bytes),
    dropSlip: (sha256) => memory.write(keyOf('slip', sha256), new Uint8Array()),
    leaves: () => keysLike(leafKey),
    async leaf(sha256) {
      const note = await read(keyOf('leaf', sha256), leafSchema)
      const index = note && openIndex(workspace, note.index)
      return note && index?.sha256 === sha256 ? { index, taken: note.taken } : null
    },
    saveLeaf: ({ index, taken }) => memory.write(keyOf('leaf', index.sha256), encodeCbor({ index: index.bytes, taken: [...taken] })),
    telling: () => read('telling', tellingSchema),
    saveTelling: (telling) => memory.write('telling', encodeCbor(telling)),
    sending: async () => (await read('sending', v.array(v.string()))) ?? [],
    saveSending: (names) => memory.write('sending', encodeCbor([...names])),
  }
}
