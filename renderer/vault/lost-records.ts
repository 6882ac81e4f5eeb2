// Former lanes of the seat here that wait for a record which is not on this disk, though later ones are: after the machine was put back
// to an earlier day. It lets nothing in; whether the record is nowhere else a person knows.

import { seatOf } from '@shared/authority/cut.ts'
import { parseAuthorityBody } from '@shared/authority/events.ts'
import { collectionHandle, segmentName } from '@shared/log/names.ts'
import type { VaultCore } from './core.ts'

export interface LostPlace {
  readonly collection: string
  readonly lane: string
  /** The first number that is missing. */
  readonly seq: number
  /** Records that are here and wait for it. */
  readonly later: number
}

export interface LostRecords {
  readonly places: readonly LostPlace[]
  /** Records behind a number where their lane was left that nobody can prove: what their session rests on was lost as well. */
  readonly unproven: number
}

export async function lostRecords({ around, seat, keys, view }: VaultCore): Promise<LostRecords> {
  const places: LostPlace[] = []
  let unproven = 0
  const kept = new Set((await view.quarantined()).map(({ name }) => name))
  for (const collection of keys.collections) {
    const lanes = await around.host.journal.lanes({ collection })
    for (const { lane, seq: last } of lanes.ok ? lanes.value : []) {
      if (seatOf(lane) !== seat.seat || lane === seat.lane) continue
      const nameOf = (seq: number): string => segmentName(collectionHandle(seat.genesis, collection), lane, seq)
      const fork = view.knownForks().get(`${lane}/${collection}`)
      const seq = ((await view.head(collection, lane))?.seq ?? 0) + 1
      if (fork !== undefined) unproven += (await hereFrom(around, collection, lane, { from: fork, last })).filter((at) => !kept.has(nameOf(at))).length
      else if (seq < last) {
        const here = await hereFrom(around, collection, lane, { from: seq, last })
        if (here[0] !== seq && here.length > 0) places.push({ collection, lane, seq, later: here.length })
      }
    }
  }
  return { places, unproven }
}

const readAhead = 32

async function hereFrom({ host }: VaultCore['around'], collection: string, lane: string, { from, last }: { readonly from: number; readonly last: number }): Promise<readonly number[]> {
  const here: number[] = []
  for (let at = from; at <= last; ) {
    const read = await host.journal.read({ collection, lane, from: at, count: Math.min(readAhead, last - at + 1) })
    const found = read.ok ? read.value.length : 0
    for (let n = 0; n < found; n++) here.push(at + n)
    at += Math.max(1, found)
  }
  return here
}

/** Of seats with lanes that are set aside: those of which every such lane was left by its own person. */
export function isLeft({ view }: VaultCore, seat: string): boolean {
  const left = new Map<string, number>()
  for (const { event, lane } of view.authority()) {
    const body = event.type === 'session.leave' ? parseAuthorityBody(event.type, event.body) : null
    if (body && seatOf(body.lane) === seatOf(lane)) left.set(`${body.lane}/${body.collection}`, Math.min(body.seq, left.get(`${body.lane}/${body.collection}`) ?? Infinity))
  }
  return [...view.knownForks()].every(([chain, seq]) => seatOf(chain) !== seat || left.get(chain) === seq)
}
