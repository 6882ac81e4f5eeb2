// Seats that an administrator makes, here or for a machine that asked to join, and that a person looked into the storage: main does it
// and asks in its own windows; the segment comes back to the door.

import { ok } from '@shared/base/result.ts'
import { isAdmin } from '@shared/authority/ask.ts'
import { notAllowed } from '../failure.ts'
import type { Command } from './context.ts'

export const enrolSeat: Command<'enrolSeat'> = async ({ core }, { person }) => {
  if (!isAdmin(core.authority(), core.seat.person, core.today())) return notAllowed([{ code: 'not-admin' }])
  const enrolled = await core.commitElsewhere((place) => core.around.host.seats.enrol({ ...place, person }))
  return enrolled.ok ? ok(null) : enrolled
}

export const settleStorage: Command<'settleStorage'> = async ({ core }) => {
  const settled = await core.commitElsewhere((place) => core.around.host.seats.settleStorage(place))
  return settled.ok ? ok(null) : settled
}

export const approveJoin: Command<'approveJoin'> = async ({ core, summarise }, request) => {
  if (!isAdmin(core.authority(), core.seat.person, core.today())) return notAllowed([{ code: 'not-admin' }])
  // While the administrator types the PIN. Without it the new machine waits for the records, as always.
  void summarise().catch(() => undefined)
  const added = await core.commitElsewhere((place) => core.around.host.seats.approve({ ...place, ...request }))
  return added.ok ? ok(null) : added
}
