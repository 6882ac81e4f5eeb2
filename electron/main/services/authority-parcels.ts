// Collection zero as it travels to a new machine, in parcels that the answer names by their hash:
// it knows no publisher yet whose beacon it could follow. What arrives is looked at in memory, through the door; only then does it get names on the disk.

import { bytesToHex } from '@shared/base/bytes.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { collectionHandle, collectionZero, parcelName, segmentName, sessionName } from '@shared/log/names.ts'
import { digest } from '@shared/crypto/hash.ts'
import { createParcel, hasSize, openIndex, parcelTarget, type NamedObject } from '@shared/log/parcel.ts'
import { parseSession, type Vector } from '@shared/log/session.ts'
import { inTurn } from '@shared/sync/ahead.ts'
import type { Storage, StorageFailure } from '@shared/sync/storage.ts'
import type { ObjectStore, WriteFailure } from './object-store.ts'

/** What a new machine must have to judge its answer: collection zero up to `vector`, every session certificate, and these wraps. */
export async function gatherAuthority(store: ObjectStore, genesis: string, vector: Vector, wraps: readonly string[]): Promise<readonly NamedObject[]> {
  const handle = collectionHandle(genesis, collectionZero)
  const names = [...wraps]
  for (const shard of await store.list('c')) for (const hash of await store.list(`c/${shard}`)) names.push(sessionName(hash))
  for (const [lane, end] of Object.entries(vector)) for (let seq = 1; seq <= end; seq++) names.push(segmentName(handle, lane, seq))
  const objects: NamedObject[] = []
  for (const name of names) {
    const bytes = await store.get(name)
    if (bytes) objects.push({ name, bytes })
  }
  return objects
}

/** Puts the objects into the storage and answers the hashes of their parcels. */
export async function publishParcels(host: CryptoHost, storage: Storage, workspace: string, objects: readonly NamedObject[], signal: AbortSignal): Promise<Result<readonly string[], StorageFailure>> {
  const hashes: string[] = []
  for (const load of loads(objects)) {
    const { index, bytes } = await createParcel(host, workspace, load)
    const put = await storage.put(parcelName(index.sha256), bytes, signal)
    if (!put.ok) return put
    hashes.push(index.sha256)
  }
  return ok(hashes)
}

function loads(objects: readonly NamedObject[]): readonly (readonly NamedObject[])[] {
  const all: NamedObject[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const object of objects) {
    if (size + object.bytes.length > parcelTarget) {
      all.push([])
      size = 0
    }
    all.at(-1)?.push(object)
    size += object.bytes.length
  }
  return all
}

/** `missing`: not all in the storage (yet); `damaged`: other bytes than the answer names. */
export async function fetchParcels(host: CryptoHost, storage: Storage, workspace: string, hashes: readonly string[], signal: AbortSignal): Promise<Result<readonly NamedObject[] | 'missing' | 'damaged', StorageFailure>> {
  const objects: NamedObject[] = []
  for await (const { of: hash, value: got } of inTurn(hashes, (one) => storage.get(parcelName(one), signal))) {
    if (!got.ok) return got
    if (!got.value) return ok('missing')
    const opened = await openParcel(host, workspace, hash, got.value)
    if (!opened) return ok('damaged')
    objects.push(...opened)
  }
  return ok(objects)
}

async function openParcel(host: CryptoHost, workspace: string, hash: string, bytes: Uint8Array): Promise<readonly NamedObject[] | null> {
  const index = openIndex(workspace, bytes)
  if (index?.sha256 !== hash || !hasSize(index, bytes.length)) return null
  const objects: NamedObject[] = []
  for (const { name, at, size, sha256 } of index.items) {
    const object = bytes.slice(at, at + size)
    if (bytesToHex(await digest(host, object)) !== sha256) return null
    objects.push({ name, bytes: object })
  }
  return objects
}

/** What was fetched, to be read by the door and by nobody else. Writing into it is a defect. */
export function memoryObjects(objects: readonly NamedObject[]): ObjectStore {
  const held = new Map(objects.map(({ name, bytes }) => [name, bytes]))
  const noWriting = async (): Promise<never> => {
    throw new Error('defect: what was fetched is written only after it was judged')
  }
  return {
    put: noWriting,
    replace: noWriting,
    forget: noWriting,
    get: async (name) => held.get(name) ?? null,
    has: async (name) => held.has(name),
    range: async (name, at, length) => held.get(name)?.slice(at, at + length) ?? null,
    names: async () => [...held.keys()],
    async list(folder) {
      const inside = [...held.keys()].filter((name) => name.startsWith(`${folder}/`))
      return [...new Set(inside.map((name) => name.slice(folder.length + 1).split('/')[0] ?? ''))].sort()
    },
  }
}

/** Writes what was judged: wraps of this seat and of epochs, session certificates that fit their names, segments up to `vector`. */
export async function keepAuthority(store: ObjectStore, genesis: string, vector: Vector, personWrap: string, objects: readonly NamedObject[]): Promise<Result<null, WriteFailure>> {
  const handle = collectionHandle(genesis, collectionZero)
  const accepted = new Set(Object.entries(vector).flatMap(([lane, end]) => Array.from({ length: end }, (_, i) => segmentName(handle, lane, i + 1))))
  const isWrap = ({ name }: NamedObject): boolean => name === personWrap || /^k\/[0-9a-z]+\/\d+$/.test(name)
  const isSession = ({ name, bytes }: NamedObject): boolean => name === sessionName(parseSession(bytes)?.hash ?? '')
  for (const fits of [isWrap, isSession, ({ name }: NamedObject) => accepted.has(name)]) {
    for (const object of objects.filter(fits)) {
      const written = await store.replace(object.name, object.bytes)
      if (!written.ok) return written
    }
  }
  return ok(null)
}
