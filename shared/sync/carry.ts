// SY-95 to SY-98: a medium that is carried by hand is a storage like any other, with the same layout and notes of its own. One act does
// both directions and can be broken off anywhere: the next one goes on. A medium names itself, so that it is known again wherever it
// is plugged in; what it says is a hint like everything else on it.

import * as v from 'valibot'
import { bytesToBase32 } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { Random } from '../base/ports.ts'
import { ok, type Result } from '../base/result.ts'
import { mediumName } from '../log/names.ts'
import type { SyncEngine } from './engine.ts'
import type { Moved, RoundReport } from './report.ts'
import type { Storage, StorageFailure } from './storage.ts'

const mediumSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('medium'), id: v.pipe(v.string(), v.regex(/^[0-9a-z]{16}$/)) })

/** SY-96 the medium's name; null while nobody has begun to carry with it, and for a place where another folder of the disk shows instead. */
export async function readMedium(storage: Storage, signal: AbortSignal): Promise<Result<string | null, StorageFailure>> {
  const got = await storage.get(mediumName, signal)
  if (!got.ok) return got
  const read = v.safeParse(mediumSchema, decodeCbor(got.value ?? new Uint8Array()))
  return ok(read.success ? read.output.id : null)
}

/** SY-96 only after a person said that this is a new medium. */
export async function layMedium(storage: Storage, random: Random, signal: AbortSignal): Promise<Result<string, StorageFailure>> {
  const id = bytesToBase32(random.bytes(10))
  const put = await storage.put(mediumName, encodeCbor({ s: 1, v: 1, kind: 'medium', id }), signal)
  return put.ok ? ok(id) : put
}

export interface Carried {
  readonly sent: Readonly<Moved>
  readonly received: Readonly<Moved>
  /** The round that ended it. */
  readonly last: RoundReport
}

/** What came in one round may name devices whose beacons the next one can read. */
const mostRounds = 8

/** SY-97 rounds until one moves nothing. `came` is awaited after each that brought something. */
export async function carry(engine: SyncEngine, signal: AbortSignal, came: () => Promise<void>): Promise<Carried> {
  const sent: Moved = { objects: 0, parcels: 0, bytes: 0 }
  const received: Moved = { objects: 0, parcels: 0, bytes: 0 }
  for (let rounds = 1; ; rounds++) {
    const report = await engine.round(signal, { thorough: rounds === 1 })
    add(sent, report.sent)
    add(received, report.received)
    if (report.received.objects > 0) await came()
    const isSettled = report.sent.parcels === 0 && report.received.objects === 0
    if (report.failure || isSettled || rounds === mostRounds) return { sent, received, last: report }
  }
}

function add(to: Moved, more: Readonly<Moved>): void {
  to.objects += more.objects
  to.parcels += more.parcels
  to.bytes += more.bytes
}
