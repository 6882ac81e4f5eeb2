// Storages as they are: each stands over one true set of objects, and each machine has a view of its own. `honest` ends every lie and
// every delay; what was lost stays lost. What struck is counted under its number in the list of faults.

import { concatBytes, utf8ToBytes } from '../../base/bytes.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import { parcelPrefix } from '../../log/names.ts'
import type { Storage, StorageFailure } from '../storage.ts'
import type { Chance } from './chance.ts'
import type { StorageProfile } from './storage-profiles.ts'

export interface BadStorage {
  /** What really lies there. */
  readonly objects: ReadonlyMap<string, Uint8Array>
  viewOf(machine: string): Storage
  /** What this machine would be shown now, but for chance. */
  shownTo(machine: string): ReadonlyMap<string, Uint8Array>
  /** Nothing was left, not even the format: a person must say that it is to be filled again. */
  readonly wasEmptied: () => boolean
  /** Between two rounds: something rots, is done again, or a scheme begins or ends. */
  meanwhile(machines: readonly string[]): void
  honest(): void
  /** Fault → how often it struck. */
  readonly faults: Map<string, number>
  strike(fault: string): void
}

/** What one machine is shown of the log: all, or the first so many writings and those of its own group. */
interface Shown {
  readonly upTo: number
  readonly with: ReadonlySet<string>
}

interface Writing {
  readonly name: string
  /** Null: taken away. */
  readonly bytes: Uint8Array | null
  readonly by: string
}

const html = utf8ToBytes('<!doctype html><title>Sign in to your account</title>')
const failures = ['StorageUnreachable', 'StorageBusy', 'StorageRefused', 'StorageFull', 'StorageNonsense'] as const
const tags = new WeakMap<Uint8Array, string>()

/** What the storage calls these bytes in its listings. */
export function tagOf(bytes: Uint8Array): string {
  const tag = tags.get(bytes) ?? sha256Hex(bytes).slice(0, 12)
  tags.set(bytes, tag)
  return tag
}

export function createBadStorage(profile: StorageProfile, chance: Chance): BadStorage {
  const objects = new Map<string, Uint8Array>()
  const log: Writing[] = []
  /** How much of the log each machine sees, where views lag. */
  const sees = new Map<string, number>()
  const shown = new Map<string, Shown>()
  const storms = new Map<string, number>()
  const unplugged = new Map<string, number>()
  const staleTags = new Map<string, string>()
  const faults = new Map<string, number>()
  let isHonest = false
  let wasEmptied = false
  const strike = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1)
  const happens = (rate: number): boolean => !isHonest && rate > 0 && chance.happens(rate)
  const lies = (fault: string): boolean => {
    const does = happens(profile.lies)
    if (does) strike(fault)
    return does
  }
  const failing = (): Result<never, StorageFailure> => {
    const type = chance.pick(failures)
    strike(`F9 ${type}`)
    return err({ type, retry: 'later', ...(type === 'StorageBusy' ? { retryAfterMs: 1000 } : {}) })
  }
  /** Counts down what lasts a few requests of a machine. */
  const lasts = (left: Map<string, number>, machine: string, rate: number, fault: string): boolean => {
    if (isHonest) return false
    if (happens(rate)) left.set(machine, 1 + chance.below(6))
    const rest = left.get(machine) ?? 0
    if (rest === 0) return false
    left.set(machine, rest - 1)
    strike(fault)
    return true
  }
  const upTo = (count: number, own: (by: string) => boolean): ReadonlyMap<string, Uint8Array> => {
    const seen = new Map<string, Uint8Array>()
    for (const [i, { name, bytes, by }] of log.entries()) if (i < count || own(by)) show(seen, name, bytes)
    return seen
  }
  const shownTo = (machine: string): ReadonlyMap<string, Uint8Array> => {
    const bent = shown.get(machine)
    return bent ? upTo(bent.upTo, (by) => bent.with.has(by)) : objects
  }
  /** What a machine sees: all, or its own writings and those of others up to some moment, which only moves on. */
  const seenBy = (machine: string): ReadonlyMap<string, Uint8Array> => {
    if (isHonest || !profile.isCarried) return shownTo(machine)
    const count = Math.max(sees.get(machine) ?? 0, log.length - chance.below(12))
    sees.set(machine, count)
    const seen = upTo(count, (by) => by === machine)
    if (seen.size < objects.size) strike('F8 seen late')
    return seen
  }
  const bend = (bytes: Uint8Array): Uint8Array | null => {
    const lie = chance.pick(['gone', 'cut', 'flipped', 'swapped', 'older', 'page'] as const)
    strike(`F19 ${lie}`)
    if (lie === 'gone') return null
    if (lie === 'cut') return bytes.slice(0, chance.below(bytes.length + 1))
    if (lie === 'page') return html
    if (lie === 'swapped' || lie === 'older') return log.length > 0 ? chance.pick(log).bytes : null
    return flip(bytes, chance)
  }
  const write = (name: string, bytes: Uint8Array, by: string): void => {
    const before = objects.get(name)
    if (before && happens(profile.lyingTag)) {
      staleTags.set(name, staleTags.get(name) ?? tagOf(before))
      strike('F6 tag that stays')
    } else staleTags.delete(name)
    objects.set(name, bytes)
    log.push({ name, bytes, by })
  }
  const replaceAll = (next: ReadonlyMap<string, Uint8Array>, fault: string): void => {
    const format = objects.get('f')
    objects.clear()
    for (const [name, bytes] of next) objects.set(name, bytes)
    // The format stays: a storage that lost even that waits for a person.
    if (format) objects.set('f', format)
    log.splice(0, log.length, ...[...objects].map(([name, bytes]) => ({ name, bytes, by: '' })))
    sees.clear()
    shown.clear()
    strike(fault)
  }
  const scheme = (machines: readonly string[]): void => {
    const what = chance.pick(['rolled back', 'swapped', 'emptied', 'reader', 'fork', 'freeze', 'end', 'end'] as const)
    const cut = chance.below(log.length + 1)
    if (what === 'end') return shown.clear()
    if (what === 'rolled back') return replaceAll(upTo(cut, () => false), 'F20 rolled back for all')
    if (what === 'emptied') {
      replaceAll(new Map(), 'F20 emptied')
      wasEmptied = true
      return void objects.clear()
    }
    if (what === 'swapped') return replaceAll(foreignTown, 'F20 another town’s folder')
    if (what === 'reader') {
      shown.set(chance.pick(machines), { upTo: cut, with: new Set() })
      return strike('F21 rolled back for one reader')
    }
    const groups = what === 'fork' ? [machines.filter((_, i) => i % 2 === 0), machines.filter((_, i) => i % 2 === 1)] : [[]]
    for (const group of groups) for (const machine of what === 'fork' ? group : machines) shown.set(machine, { upTo: log.length, with: new Set(group) })
    strike(what === 'fork' ? 'F22 two groups apart' : 'F23 frozen')
  }
  return {
    objects,
    faults,
    strike,
    shownTo,
    wasEmptied: () => wasEmptied,
    meanwhile(machines) {
      if (happens(profile.schemes)) scheme(machines)
      const parcels = [...objects.keys()].filter((name) => name.startsWith(parcelPrefix))
      if (parcels.length > 0 && happens(profile.rot)) {
        const name = chance.pick(parcels)
        const isGone = chance.happens(0.5)
        strike(isGone ? 'F19 lost for good' : 'F19 rotten for good')
        if (isGone) objects.delete(name)
        else objects.set(name, flip(objects.get(name) ?? html, chance))
      }
      if (log.length > 0 && happens(profile.doneAgain)) {
        const { name, bytes, by } = chance.pick(log)
        if (name === 'f' || bytes === null) return
        strike('F7 done once more')
        objects.set(name, bytes)
        log.push({ name, bytes, by })
      }
    },
    honest() {
      isHonest = true
      shown.clear()
      staleTags.clear()
    },
    viewOf: (machine) => ({
      resumes: false,
      async list(prefix) {
        if (lasts(unplugged, machine, profile.unplugged, 'F32 folder gone')) return ok([])
        if (lasts(storms, machine, profile.storm, 'F9 storm') || lies('F9 list fails')) return failing()
        if (lies('F20 list empty')) return ok([])
        const seen = [...seenBy(machine)].filter(([name]) => name.startsWith(prefix))
        const late = happens(profile.lateListing) ? chance.below(4) : 0
        if (late > 0) strike('F8 listed late')
        const hidden = new Set(late > 0 ? log.slice(-late).map(({ name }) => name) : [])
        return ok(seen.filter(([name]) => !hidden.has(name) && !lies('F20 list omits')).map(([name, bytes]) => ({ name, size: bytes.length, tag: staleTags.get(name) ?? tagOf(bytes) })))
      },
      async get(name, _signal, range) {
        if (lasts(unplugged, machine, profile.unplugged, 'F32 folder gone')) return ok(null)
        if (lasts(storms, machine, profile.storm, 'F9 storm') || lies('F9 get fails')) return failing()
        const whole = seenBy(machine).get(name) ?? null
        const bytes = whole && lies('F19 get lies') ? bend(whole) : whole
        return ok(bytes && range ? bytes.slice(range.at, range.at + range.length) : bytes)
      },
      async put(name, bytes) {
        if (lasts(unplugged, machine, profile.unplugged, 'F32 folder gone') || lasts(storms, machine, profile.storm, 'F9 storm') || lies('F9 put fails')) return failing()
        const kept = bytes.slice()
        // Where the format is forgotten or torn before anything else is there, only a person can tell.
        if (name !== 'f' && lies('F6 put forgotten')) return ok({ tag: tagOf(kept) })
        if (name !== 'f' && happens(profile.halfPut)) {
          strike('F6 half of a put')
          write(name, kept.slice(0, chance.below(kept.length)), machine)
          return failing()
        }
        write(name, kept, machine)
        if (!happens(profile.replyLost) && !lies('F6 reply lost by a liar')) return ok({ tag: tagOf(kept) })
        strike('F6 reply lost')
        return failing()
      },
      async remove(name) {
        if (lasts(unplugged, machine, profile.unplugged, 'F32 folder gone') || lasts(storms, machine, profile.storm, 'F9 storm') || lies('F9 remove fails')) return failing()
        if (!lies('F6 remove forgotten')) {
          objects.delete(name)
          log.push({ name, bytes: null, by: machine })
        }
        if (!happens(profile.replyLost)) return ok(null)
        strike('F6 reply lost')
        return failing()
      },
    }),
  }
}

function show(seen: Map<string, Uint8Array>, name: string, bytes: Uint8Array | null): void {
  if (bytes) seen.set(name, bytes)
  else seen.delete(name)
}

function flip(bytes: Uint8Array, chance: Chance): Uint8Array {
  if (bytes.length === 0) return bytes
  const at = chance.below(bytes.length)
  return concatBytes(bytes.slice(0, at), Uint8Array.of((bytes[at] ?? 0) ^ (1 << chance.below(8))), bytes.slice(at + 1))
}

/** Somebody else's objects under our names. */
const foreignTown: ReadonlyMap<string, Uint8Array> = new Map([
  ['b/0/otherstown', html],
  [`${parcelPrefix}ab/${'ab'.repeat(32)}`, html],
])
