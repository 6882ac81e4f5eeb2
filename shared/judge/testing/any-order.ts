// One office whose segments come to a replica in any order and at any pace, a number perhaps twice: what it makes of them has to be the
// same every time.

import fc from 'fast-check'
import { expect } from 'vitest'
import { sampleTown } from '../../authority/sample-town.ts'
import { cutsToText } from '../../authority/cut.ts'
import { assert } from '../../base/result.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { LogEvent } from '../../log/event.ts'
import { twinName } from '../../log/names.ts'
import type { Fork } from '../forks.ts'
import { createWorld, fewPeople, idOf, type World, type Writer } from './world.ts'

export const collection = sampleTown.collections[0]?.id as string
export const doc = 'doc-a'

export interface Sent {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Two copies of one seat's profile, a colleague, and everything that was sent: a name may come twice. */
export async function copiedOffice(seed: string, town = fewPeople(collection)) {
  const world = await createWorld(seed, 8, town)
  const [seat, other] = world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer'))
  const sent: Sent[] = [...world.objects].filter(([name]) => name.startsWith('j/')).map(([name, bytes]) => ({ name, bytes }))
  const send = async (writer: Writer, events: readonly LogEvent[], where = collection, authority?: Record<string, number>): Promise<Sent> => {
    const name = await writer.write(where, events, authority ? { authority } : {})
    sent.push({ name, bytes: world.objects.get(name) as Uint8Array })
    return sent.at(-1) as Sent
  }
  await world.newDocument(collection, doc)
  assert(seat !== undefined && other !== undefined, 'two writers are founded')
  const [left, colleague] = [await world.writer(seat), await world.writer(other)]
  return { world, sent, send, left, colleague, seat, zero: world.founded.head.lane }
}

/** What lies on a disk after these came in this order: the first under its name, others beside it (SY-14). */
function diskOf(order: readonly Sent[], arrived = new Map<string, Uint8Array>()): Map<string, Uint8Array> {
  for (const { name, bytes } of order) {
    const before = arrived.get(name)
    if (!before) arrived.set(name, bytes)
    else if (sha256Hex(before) !== sha256Hex(bytes)) for (const one of [before, bytes]) arrived.set(twinOfName(name, one), one)
  }
  return arrived
}

function twinOfName(name: string, bytes: Uint8Array): string {
  const [, handle = '', lane = '', , seq = ''] = name.split('/')
  return twinName(handle, lane, Number(seq), sha256Hex(bytes))
}

/** Takes in what came, step by step; again and again until nothing moves, from the beginning when a fork shows. */
export async function replayed(world: World, order: readonly Sent[], atOnce = order.length) {
  const disk = new Map<string, Uint8Array>()
  const { door, view } = await world.replica(world.founded.seats[0]?.person as string, undefined, disk)
  let left: string[] = []
  const settle = async (): Promise<void> => {
    left = [...disk.keys()].filter((name) => /^[jx]\//.test(name))
    for (let moved = true; moved; ) {
      moved = false
      const later: string[] = []
      const forks: Fork[] = []
      for (const name of left) {
        const answer = await door.admit(name, disk.get(name) as Uint8Array)
        if (answer.outcome === 'forked') forks.push(answer.fork)
        else if (answer.outcome === 'waiting' || answer.outcome === 'refused') later.push(name)
        else moved = true
      }
      left = later
      if (forks.length === 0) continue
      await door.restart(forks)
      return settle()
    }
  }
  for (let at = 0; at < order.length; at += atOnce) {
    diskOf(order.slice(at, at + atOnce), disk)
    await settle()
  }
  return { view, disk, door }
}

export async function takeIn(world: World, order: readonly Sent[], atOnce: number) {
  const { view, disk, door } = await replayed(world, order, atOnce)
  const quarantined = (await view.quarantined()).map((one) => [sha256Hex(disk.get(one.name) as Uint8Array), ...one.reasons.map(({ code }) => code)].join(' ')).sort()
  const events = (await view.documentEvents(collection, doc)).map(({ id, lane, seq }) => `${id} ${lane} ${seq}`).sort()
  const heads = Object.fromEntries([...view.heads].map(([lane, { seq }]) => [lane, seq]))
  return { quarantined, events, heads, forks: [...(await view.forks())].sort(), state: await view.stateHash(), contradicted: [...(await door.contradicted())], cuts: cutsToText((await door.authority()).cuts) }
}

export async function sameInAnyOrder(world: World, sent: readonly Sent[]) {
  const expected = await takeIn(world, sent, sent.length)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...sent.keys()], { minLength: sent.length }), fc.integer({ min: 1, max: sent.length }), async (order, atOnce) => {
      expect(await takeIn(world, order.flatMap((at) => sent[at] ?? []), atOnce)).toEqual(expected)
    }),
    { seed: 232, numRuns: 24 },
  )
  return expected
}

export const cover = (writer: Writer, value: string, deps: readonly LogEvent[] = []): LogEvent => writer.event('draft.cover', doc, { field: 'title', value }, { deps: deps.map(idOf) })
export const kinds = (found: readonly string[]): string[] => found.map((line) => line.slice(65)).sort()
