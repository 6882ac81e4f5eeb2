// The people of a simulated town: who sits at which machine, how they go on after a restart, a snapshot or a wiped view, and what holds
// among them at the end. The machines and their storage are those of `shared/sync/testing/simulation.ts`.

import type { NamedObject } from '../../../log/parcel.ts'
import type { Process, Staff, World } from '../../../sync/testing/world.ts'
import type { Vector } from '../../../log/session.ts'
import { bookOf } from '../../../numbers/ask.ts'
import { afterwards, broken, tell, type Told } from './checks.ts'
import { foundCouncilTown, people, seats, series } from './council-town.ts'
import { deedOf, type Doer } from './deeds.ts'
import { keysToHandOn } from './handing-on.ts'
import { leaveOrBringAgain } from './leaving.ts'
import { openSeat, type Seat } from './seat.ts'

/** At one machine: the seat as it is open, and whether it listens. */
interface Chair {
  readonly seat: Seat
  readonly incarnation: string
  /** It goes on by what it knew, whatever its disk holds by now. */
  isDeaf: boolean
}

/** What some of the people do besides, or instead. */
export interface Besides {
  readonly isCheat: (process: Process) => boolean
  /** Null: they do as always. Asked also where the seat was taken away. */
  readonly before: (doer: Doer, process: Process) => Promise<readonly NamedObject[] | null>
  readonly atRest: (told: readonly Told[]) => Promise<readonly string[]>
}

export function seatStaff(world: World): Promise<Staff> {
  return createStaff(world)
}

export async function createStaff(world: World, besides?: Besides): Promise<Staff> {
  const town = await foundCouncilTown()
  const chairs = new Map<string, Chair>()
  let ids = 0
  let opened = 0
  let isFull = true
  const rights: RightsAct[] = []
  const open = (process: Process): Chair => {
    const place = Math.max(0, people.findIndex((_, i) => process.device === `m${i}`))
    const incarnation = process.lane.replace(/[^a-z0-9]/g, '')
    const clock = { now: () => Math.max(0, process.frozenAt ?? world.now + process.skew) }
    const hasRoom = (): boolean => {
      if (!isFull || !world.chance.happens(0.02)) return true
      world.storage.strike('F5 no room for rows')
      return false
    }
    const seat = openSeat({ town, id: seats[place] as string, person: people[place] as string, incarnation, seed: `${process.id}/${opened++}`, clock, disk: process.disk, hasRoom })
    const chair: Chair = { seat, incarnation, isDeaf: false }
    chairs.set(process.id, chair)
    return chair
  }
  const chairOf = (process: Process): Chair => {
    const chair = chairs.get(process.id)
    return chair && chair.incarnation === process.lane.replace(/[^a-z0-9]/g, '') ? chair : open(process)
  }
  return {
    founding: town.objects,
    async deed(process) {
      const { chance } = world
      if (chance.happens(0.02) && chairs.delete(process.id)) world.storage.strike('F3 rows wiped')
      const before = chairs.get(process.id)
      const chair = chairOf(process)
      const fresh = chair !== before
      if (!fresh && chance.happens(0.12)) chair.isDeaf = !chair.isDeaf
      try {
        if (fresh || !chair.isDeaf) await chair.seat.takeIn()
      } catch {
        // No room: it goes on by what it has, and takes in the rest another time; a seat that could not even be opened is opened anew.
        if (fresh || !chair.seat.isOpen()) chairs.delete(process.id)
        return []
      }
      const { seat } = chair
      const now = Math.max(0, process.frozenAt ?? world.now + process.skew)
      const vector = seat.vector()
      const doer: Doer = { seat, chance, now, newId: () => `id${ids++}`, strike: world.storage.strike, onRights: (seq) => void rights.push({ lane: seat.lane, seq, vector }) }
      const done = await besides?.before(doer, process)
      if (done) return done
      return seat.authority().removedSeats.has(seat.id) ? [] : deedOf(doer)
    },
    async afterRest(process) {
      isFull = false
      const { seat } = chairOf(process)
      await seat.takeIn()
      if (seat.authority().removedSeats.has(seat.id)) return []
      const handed = keysToHandOn(seat, process.disk, Math.max(0, process.frozenAt ?? world.now + process.skew))
      if (handed.length > 0) world.storage.strike('F18 a key handed on')
      if (handed.length > 0) return handed
      if (besides?.isCheat(process)) return []
      const written = await leaveOrBringAgain(seat, process.disk.keys())
      if (written.some(({ name }) => name.startsWith('j/'))) world.storage.strike('F11 went on without a lost record')
      return written
    },
    async atRest() {
      const told: Told[] = []
      for (const process of world.processes) {
        const { seat } = chairOf(process)
        await seat.takeIn()
        told.push(await tell(seat))
      }
      for (const process of world.processes.slice(0, 1)) {
        const { seat } = open(process)
        await seat.takeIn()
        told.push(await tell(seat))
      }
      await count(world, told, rights)
      const standing = told.filter(({ seat, authority }) => !authority.removedSeats.has(seat.id))
      return [...(await broken(standing)), ...((await besides?.atRest(standing)) ?? [])]
    },
  }
}

/** Where an act about rights stands, and what its author knew. */
interface RightsAct {
  readonly lane: string
  readonly seq: number
  readonly vector: Vector
}

function met(all: readonly RightsAct[]): number {
  const knew = ({ vector }: RightsAct, { lane, seq }: RightsAct): boolean => (vector[lane] ?? 0) >= seq
  return all.flatMap((one, i) => all.slice(i + 1).filter((other) => other.lane !== one.lane && !knew(one, other) && !knew(other, one))).length
}

/** What came of it, counted under the faults. */
async function count({ storage }: World, [one]: readonly Told[], rights: readonly RightsAct[]): Promise<void> {
  if (!one) return
  const strike = (fault: string, times: number): void => { for (let i = 0; i < times; i++) storage.strike(fault) }
  const book = bookOf(one.books, series)
  strike('F16 two registrars met', book.collisions.length)
  strike('F16 lost registrar', book.leases.filter(({ kind }) => kind === 'takeover').length)
  const { later, backDated } = await afterwards(one)
  strike('F13 wrote after it was taken away', later)
  strike('F14 wrote with an earlier clock', backDated)
  strike('F17 acts that met', met(rights))
  const acts = one.documents.flatMap((document) => document.acts)
  strike('F34 nobody came in time', acts.filter(({ witness }) => witness === 'late').length)
  strike('F34 nobody came', acts.filter(({ witness }) => witness === 'waiting').length)
}
