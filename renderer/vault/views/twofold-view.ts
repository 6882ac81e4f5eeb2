// Seats of which something is kept aside for a fork of their lane, a lane that was left, or the brake: what that is, and what can be entered again here.

import type { TwofoldRow } from '../../services/trust-models.ts'
import { adoptable } from '../commands/adopting.ts'
import type { VaultCore } from '../core.ts'
import { isLeft } from '../lost-records.ts'
import { setAsideOf, type SetAside } from '../set-aside.ts'
import { namesOf } from './names.ts'

/** JU-33, JU-39, JU-96 one row for each seat. */
export async function twofoldOf(core: VaultCore): Promise<readonly TwofoldRow[]> {
  const { seats } = core.authority()
  const names = namesOf(core.authority())
  const own = [...(await adoptable(core)).values()].reduce((sum, events) => sum + events.length, 0)
  return [...(await setAsideOf(core))].map(([seat, kept]) => {
    const acts = new Set(kept.flatMap(({ events }) => events.map(({ id }) => id)))
    const isOwn = seat === core.seat.seat
    return { seat, why: whyOf(core, seat, kept), device: seats.get(seat)?.device ?? '', name: names.person(seats.get(seat)?.person ?? ''), own: isOwn, held: acts.size + kept.reduce((sum, { closed }) => sum + closed, 0), adoptable: isOwn ? own : 0 }
  })
}

function whyOf(core: VaultCore, seat: string, kept: readonly SetAside[]): TwofoldRow['why'] {
  if (kept.length > 0 && kept.every(({ braked }) => braked)) return 'braked'
  return isLeft(core, seat) ? 'left' : 'twofold'
}
