// The devices of the town, and for a lost one what could be read on it: for the report to whoever is responsible for information security.

import { isAdmin } from '@shared/authority/ask.ts'
import { reachOf, uniteReach } from '@shared/authority/could-read.ts'
import type { DeviceRow } from '../../services/trust-models.ts'
import type { VaultCore } from '../core.ts'
import type { RightUses } from '../uses.ts'
import { couldRead } from './could-read.ts'
import { withEarlier } from './earlier-files.ts'
import { namesOf } from './names.ts'

export async function devicesView(core: VaultCore, uses: RightUses): Promise<readonly DeviceRow[]> {
  const authority = core.authority()
  const names = namesOf(authority)
  const rows = [...authority.devices.values()].map(({ id: device, level }): DeviceRow => {
    const seats = [...authority.seats.values()].filter((seat) => seat.device === device)
    const lost = authority.lostDevices.get(device)
    const whose = [...new Set(seats.map(({ person }) => person))]
    const open = seats.filter(({ id }) => !authority.removedSeats.has(id))
    return {
      device,
      here: device === core.seat.device,
      level,
      people: [...new Set((lost ? seats : open).map(({ person }) => names.person(person)))],
      takesTwo: open.some(({ person }) => person !== core.seat.person && isAdmin(authority, person, core.today())),
      lost: lost ? { by: names.person(lost.person), at: new Date(lost.at).toISOString(), reason: lost.reason, ...couldRead(core, uses, whose, uniteReach(whose.map((person) => reachOf(authority, person, lost.at)))) } : null,
    }
  })
  const shown = rows.filter(({ people, lost }) => people.length > 0 || lost !== null)
  return Promise.all(shown.map(async (row) => ({ ...row, lost: row.lost && (await withEarlier(core, row.lost)) })))
}
