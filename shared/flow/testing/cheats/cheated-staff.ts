// A simulated town in which one of the people cheats: who it is the seed says. The others write texts besides what they always do.

import { equalBytes } from '../../../base/bytes.ts'
import { sha256Hex } from '../../../crypto/hash.ts'
import { brakeCode } from '../../../judge/quarantine.ts'
import { collectionZero, twinName } from '../../../log/names.ts'
import type { Told } from '../people/checks.ts'
import { createStaff } from '../people/staff.ts'
import { collection, seats } from '../people/council-town.ts'
import type { Process, Staff, World } from '../../../sync/testing/world.ts'
import type { Vector } from '../../../log/session.ts'
import { cheat, nothingTried } from './cheating.ts'
import { cheatedBroken } from './checks.ts'
import { writeText } from './texts.ts'

function twofoldIn({ either, processes }: World, [any]: readonly Told[]): ReadonlyMap<string, number> {
  const lowest = new Map<string, number>()
  for (const [name, records] of either) {
    const [, handle = '', lane = '', , seq = ''] = name.split('/')
    const lies = (bytes: Uint8Array): boolean => processes.some(({ disk }) => disk.has(twinName(handle, lane, Number(seq), sha256Hex(bytes))) || (disk.has(name) && equalBytes(disk.get(name) as Uint8Array, bytes)))
    const chain = `${lane}/${handle === any?.seat.handle(collectionZero) ? collectionZero : collection}`
    if (records.filter(lies).length > 1) lowest.set(chain, Math.min(Number(seq), lowest.get(chain) ?? Infinity))
  }
  return lowest
}

export async function seatWithCheat(world: World): Promise<Staff> {
  // Those who may decide; machines beyond them have a clerk's seat.
  const place = world.seed % Math.min(3, world.processes.length)
  const cheatSeat = seats[place] as string
  const tried = nothingTried()
  const earlier = new Map<string, Vector>()
  const isCheat = (process: Process): boolean => process.device === `m${place}`
  return createStaff(world, {
    isCheat,
    async before(doer, process) {
      const { seat, chance } = doer
      const isRemoved = seat.authority().removedSeats.has(seat.id)
      if (isCheat(process) && !isRemoved && !earlier.has(process.id)) earlier.set(process.id, seat.vector())
      if (isCheat(process) && chance.happens(isRemoved ? 0.8 : 0.4)) return cheat({ world, process, doer, tried, earlier: isRemoved ? (earlier.get(process.id) ?? seat.vector()) : seat.vector() })
      if (isRemoved) return []
      return chance.happens(0.35) ? writeText(doer, tried) : null
    },
    async atRest(told) {
      const acts = told[0]?.documents.flatMap((document) => document.acts) ?? []
      for (const { event, witness } of acts) if (tried.backDated.has(event)) world.storage.strike(`P1 ${witness === 'late' ? 'held, for it came too late' : `of days ago: ${witness ?? 'nobody asked'}`}`)
      for (const { seat } of told.slice(0, 1)) for (const { reasons } of await seat.view.quarantined()) if (reasons.some(({ code }) => code === brakeCode)) world.storage.strike('P5 held')
      return cheatedBroken(told.filter(({ seat }) => seat.id !== cheatSeat), tried, cheatSeat, twofoldIn(world, told))
    },
  })
}
