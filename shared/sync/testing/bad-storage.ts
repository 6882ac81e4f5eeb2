// Storages as they are: strong, late with listings, a folder that another program carries about, and one that lies. All stand over one
// true set of objects; each machine has a view of its own. `honest` ends every lie and every delay; what was lost stays lost.

import { utf8ToBytes } from '../../base/bytes.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { Storage, StorageFailure } from '../storage.ts'
import type { Chance } from './chance.ts'

export const storageKinds = ['strong', 'late-listing', 'carried-folder', 'lying'] as const
export type StorageKind = (typeof storageKinds)[number]

export interface BadStorage {
  /** What really lies there. */
  readonly objects: ReadonlyMap<string, Uint8Array>
  viewOf(machine: string): Storage
  /** Puts everything back to how it was some time ago. */
  rollBack(): void
  honest(): void
  /** Fault → how often it struck. */
  readonly faults: Map<string, number>
}

const html = utf8ToBytes('<!doctype html><title>Sign in to your account</title>')
const failures = ['StorageUnreachable', 'StorageBusy', 'StorageRefused', 'StorageFull', 'StorageNonsense'] as const
const lieRate = 0.12

const tags = new WeakMap<Uint8Array, string>()

function tagOf(bytes: Uint8Array): string {
  const tag = tags.get(bytes) ?? sha256Hex(bytes).slice(0, 12)
  tags.set(bytes, tag)
  return tag
}

interface Writing {
  readonly name: string
  readonly bytes: Uint8Array
  readonly by: string
}

export function createBadStorage(kind: StorageKind, chance: Chance): BadStorage {
  const objects = new Map<string, Uint8Array>()
  const log: Writing[] = []
  /** How much of the log each machine sees, where views lag. */
  const sees = new Map<string, number>()
  const faults = new Map<string, number>()
  let isHonest = false
  const strike = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1)
  const lies = (fault: string): boolean => {
    const does = !isHonest && kind === 'lying' && chance.happens(lieRate)
    if (does) strike(fault)
    return does
  }
  const failing = (): Result<never, StorageFailure> => {
    const type = chance.pick(failures)
    strike(type)
    return err({ type, retry: 'later', ...(type === 'StorageBusy' ? { retryAfterMs: 1000 } : {}) })
  }
  /** What a machine sees: all, or its own writings and those of others up to some moment, which only moves on. */
  const seenBy = (machine: string): ReadonlyMap<string, Uint8Array> => {
    if (isHonest || kind !== 'carried-folder') return objects
    const upTo = Math.max(sees.get(machine) ?? 0, log.length - chance.below(12))
    sees.set(machine, upTo)
    const seen = new Map<string, Uint8Array>()
    for (const [i, { name, bytes, by }] of log.entries()) if (i < upTo || by === machine) seen.set(name, bytes)
    if (seen.size < objects.size) strike('late-view')
    return seen
  }
  const bend = (bytes: Uint8Array): Uint8Array | null => {
    const lie = chance.pick(['gone', 'cut', 'flipped', 'swapped', 'older', 'page'] as const)
    strike(`get-${lie}`)
    if (lie === 'gone') return null
    if (lie === 'cut') return bytes.slice(0, chance.below(bytes.length + 1))
    if (lie === 'page') return html
    if (lie === 'swapped' || lie === 'older') return log.length > 0 ? chance.pick(log).bytes : null
    const flipped = Uint8Array.from(bytes)
    const at = chance.below(flipped.length)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.below(8))
    return flipped
  }
  return {
    objects,
    faults,
    rollBack() {
      const keep = chance.below(log.length + 1)
      log.splice(keep)
      const format = objects.get('f')
      objects.clear()
      // The format stays: a storage that lost even that needs a person.
      if (format) objects.set('f', format)
      for (const { name, bytes } of log) objects.set(name, bytes)
      strike('rolled-back')
    },
    honest() {
      isHonest = true
    },
    viewOf: (machine) => ({
      async list(prefix) {
        if (lies('list-fails')) return failing()
        if (lies('list-empty')) return ok([])
        const seen = [...seenBy(machine)].filter(([name]) => name.startsWith(prefix))
        const late = kind === 'late-listing' && !isHonest ? chance.below(4) : 0
        if (late > 0) strike('late-listing')
        const hidden = new Set(late > 0 ? log.slice(-late).map(({ name }) => name) : [])
        return ok(seen.filter(([name]) => !hidden.has(name) && !lies('list-omits')).map(([name, bytes]) => ({ name, size: bytes.length, tag: tagOf(bytes) })))
      },
      async get(name, _signal, range) {
        if (lies('get-fails')) return failing()
        const whole = seenBy(machine).get(name) ?? null
        const bytes = whole && lies('get-lies') ? bend(whole) : whole
        return ok(bytes && range ? bytes.slice(range.at, range.at + range.length) : bytes)
      },
      async put(name, bytes) {
        if (lies('put-fails')) return failing()
        const kept = bytes.slice()
        const tag = tagOf(kept)
        // Where the format is forgotten before anything else is there, only a person can tell.
        if (name !== 'f' && lies('put-forgotten')) return ok({ tag })
        objects.set(name, kept)
        log.push({ name, bytes: kept, by: machine })
        return lies('put-reply-lost') ? failing() : ok({ tag })
      },
      remove: async () => err({ type: 'StorageRefused', retry: 'never' }),
    }),
  }
}
