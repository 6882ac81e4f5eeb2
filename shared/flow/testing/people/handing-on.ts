// AU-16 among the simulated people: a renewal elsewhere may not have known of a seat that stands after all, and an administrator's machine
// hands its person the key, as `electron/main/services/hand-on-epochs.ts` does. Nobody is handed a key whose seat was taken away.

import { isAdmin } from '../../../authority/ask.ts'
import { jstDate } from '../../../base/civil-date.ts'
import { epochWrapsName } from '../../../log/names.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import { epochCommitment, parseEpochWraps } from '../../../log/wraps.ts'
import { people, seats, wrapsTo } from './council-town.ts'
import type { Seat } from './seat.ts'

export function keysToHandOn(seat: Seat, disk: ReadonlyMap<string, Uint8Array>, now: number): readonly NamedObject[] {
  const authority = seat.authority()
  if (!isAdmin(authority, seat.person, jstDate(now))) return []
  const readers = people.filter((_, i) => !authority.removedSeats.has(seats[i] as string))
  return authority.everyEpoch.flatMap(({ collection, epoch, commitment }) => {
    const wraps = parseEpochWraps(disk.get(epochWrapsName(seat.handle(collection), epoch)) ?? new Uint8Array())
    const key = wraps?.[seat.person]?.ct
    const missing = readers.filter((person) => !wraps?.[person])
    return wraps && key && missing.length > 0 && epochCommitment(collection, epoch, key) === commitment ? [wrapsTo(seat.handle(collection), epoch, [...Object.keys(wraps), ...missing].sort(), key)] : []
  })
}
