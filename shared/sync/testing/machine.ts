// A machine of a simulated town: a device key, a disk, and an engine that can be started again over what is on it. Objects have the
// right form and say nothing. Signatures are a keyed hash, so that the same seed gives the same bytes.

import { concatBytes, utf8ToBytes } from '../../base/bytes.ts'
import { encodeCbor } from '../../base/cbor.ts'
import type { Clock } from '../../base/ports.ts'
import { sha256, sha256Hex } from '../../crypto/hash.ts'
import type { CryptoHost, Signer } from '../../crypto/ports.ts'
import { packName, segmentName, sessionName, snapshotName } from '../../log/names.ts'
import type { NamedObject } from '../../log/parcel.ts'
import { epochWrapsToBytes, singleWrapToBytes } from '../../log/wraps.ts'
import type { UpkeepRule } from '../clear-away.ts'
import { createSyncEngine, type SyncEngine } from '../engine.ts'
import type { LocalObjects, LostDevices, ReplacedContent, SyncMemory } from '../ports.ts'
import type { Storage } from '../storage.ts'
import { hashSigner, hashSubtle } from './hash-host.ts'

export const workspace = 'town0'

/** Counts up from a seed; the same seed gives the same bytes. */
export function seededHost(seed: string): CryptoHost {
  let n = 0
  const bytes = (length: number): Uint8Array => {
    const parts: Uint8Array[] = []
    for (let have = 0; have < length; have += 32) parts.push(sha256(utf8ToBytes(`${seed}/${n++}`)))
    return concatBytes(...parts).slice(0, length)
  }
  return { subtle: hashSubtle, random: { bytes } }
}

export function deviceKey(device: string): Uint8Array {
  return utf8ToBytes(`key of ${device}`)
}

export function deviceSigner(device: string): Signer {
  return hashSigner(deviceKey(device))
}

export interface MachineParts {
  readonly device: string
  readonly seed: string
  readonly clock: Clock
  readonly storage: Storage
  readonly local: LocalObjects
  readonly memory: SyncMemory
  /** Devices that this machine does not know. */
  readonly strangers?: ReadonlySet<string>
  readonly byNeed?: boolean
  readonly upkeep?: UpkeepRule
  readonly lost?: LostDevices
  readonly replaced?: ReplacedContent
  /** Instead of its own. */
  readonly signer?: Signer
}

export function startEngine({ device, seed, clock, storage, local, memory, strangers, byNeed = false, upkeep, lost, replaced, signer = deviceSigner(device) }: MachineParts): SyncEngine {
  return createSyncEngine({
    host: seededHost(seed),
    clock,
    workspace,
    storage,
    local,
    memory,
    devices: { keyOf: async (id) => (strangers?.has(id) ? null : deviceKey(id)) },
    device: { id: device, signer },
    byNeed,
    ...(upkeep ? { upkeep } : {}),
    ...(lost ? { lost } : {}),
    ...(replaced ? { replaced } : {}),
  })
}

/** A segment of a lane, of about `size` bytes, that differs with `salt`. */
export function segmentOf(lane: string, seq: number, salt: string, size = 40): NamedObject {
  const event = concatBytes(utf8ToBytes(salt), new Uint8Array(size))
  return { name: segmentName('coll', lane, seq), bytes: encodeCbor({ s: 1, v: 1, e: 0, h: utf8ToBytes(`header ${lane} ${seq} ${salt}`), x: [event], g: new Uint8Array(64) }) }
}

/** As a later version of the product would write it: carried, and read by nobody here. */
export function laterSegmentOf(lane: string, seq: number, salt: string): NamedObject {
  return { name: segmentName('coll', lane, seq), bytes: encodeCbor({ s: 1, v: 2, later: utf8ToBytes(salt) }) }
}

export function packOf(salt: string, size = 60): NamedObject {
  const bytes = concatBytes(utf8ToBytes(salt), new Uint8Array(size))
  return { name: packName(sha256Hex(bytes)), bytes }
}

/** A snapshot of a collection (its handle) that covers so many records. */
export function snapshotOf(records: number, salt = '', size = 500, of = 'coll'): NamedObject {
  const bytes = encodeCbor({ s: 1, v: 1, kind: 'snapshot', e: 0, x: concatBytes(utf8ToBytes(`${salt}${records}`), new Uint8Array(size)) })
  return { name: snapshotName(of, records, sha256Hex(bytes)), bytes }
}

export function sessionOf(device: string, seat: string): NamedObject {
  const body = encodeCbor({ suite: 1, schema: 1, kind: 'session', workspace, seat, device, person: 'p', incarnation: 'i', n: 1, sessionKey: new Uint8Array(65), notBefore: 1, notAfter: 2, policy: '', authority: {}, token: null, posture: null })
  return { name: sessionName(sha256Hex(body)), bytes: encodeCbor({ body, seat: new Uint8Array(64), device: new Uint8Array(64) }) }
}

export function personWrapOf(person: string, recipient: string): NamedObject {
  return { name: `u/${person}/${recipient}`, bytes: singleWrapToBytes({ enc: utf8ToBytes(person), ct: utf8ToBytes(recipient) }) }
}

/** Wraps of an epoch to these people. */
export function epochWrapsOf(people: readonly string[]): NamedObject {
  const to = Object.fromEntries(people.map((person) => [person, { enc: utf8ToBytes(person), ct: utf8ToBytes('epoch') }]))
  return { name: 'k/coll/0', bytes: epochWrapsToBytes(to) }
}
