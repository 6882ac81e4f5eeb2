// Real adapters of the engine's ports in memory, for tests and simulation: a storage that answers as it should, a disk, and notes.

import { equalBytes } from '../../base/bytes.ts'
import { err, ok } from '../../base/result.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { LocalObjects, SyncMemory } from '../ports.ts'
import type { Storage } from '../storage.ts'

export interface MemoryStorage extends Storage {
  readonly objects: Map<string, Uint8Array>
}

/** Strong: what was put is there, whole and listed. */
export function createMemoryStorage(): MemoryStorage {
  const objects = new Map<string, Uint8Array>()
  return {
    objects,
    resumes: false,
    list: async (prefix) => ok([...objects].filter(([name]) => name.startsWith(prefix)).map(([name, bytes]) => ({ name, size: bytes.length, tag: sha256Hex(bytes).slice(0, 16) }))),
    async get(name, _signal, range) {
      const bytes = objects.get(name)
      return ok(!bytes ? null : range ? bytes.slice(range.at, range.at + range.length) : bytes.slice())
    },
    async put(name, bytes) {
      objects.set(name, bytes.slice())
      return ok({ tag: sha256Hex(bytes).slice(0, 16) })
    },
    async remove(name) {
      objects.delete(name)
      return ok(null)
    },
  }
}

export interface MemoryDisk extends LocalObjects {
  readonly objects: Map<string, Uint8Array>
}

export function createMemoryDisk(objects = new Map<string, Uint8Array>()): MemoryDisk {
  return {
    objects,
    names: async () => [...objects.keys()],
    get: async (name) => objects.get(name) ?? null,
    has: async (name) => objects.has(name),
    async put(name, bytes) {
      const before = objects.get(name)
      if (before && !equalBytes(before, bytes)) return err({ type: 'ObjectRefused', retry: 'never' })
      objects.set(name, bytes)
      return ok(null)
    },
    async replace(name, bytes) {
      objects.set(name, bytes)
      return ok(null)
    },
  }
}

export function createSyncNotes(notes = new Map<string, Uint8Array>()): SyncMemory & { readonly notes: Map<string, Uint8Array> } {
  return {
    notes,
    keys: async () => [...notes.keys()],
    read: async (key) => notes.get(key) ?? null,
    async write(key, bytes) {
      notes.set(key, bytes)
      return ok(null)
    },
  }
}
