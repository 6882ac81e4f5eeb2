// The town as the screens need it: who I am, who holds what, where I may write, which forms and classes there are today.

import { hasRole, holdersOf, isAdmin, isTrial, positionsOf } from '@shared/authority/ask.ts'
import type { TownView } from '../../services/view-models.ts'
import type { VaultCore } from '../core.ts'
import { namesOf, type Names } from './names.ts'
import { holdsOn, inForce } from '@shared/base/in-force.ts'

/** `complete`: everything that lies here was taken in; before that nobody can say who else there is. */
export function townView(core: VaultCore, complete: boolean): TownView {
  const authority = core.authority()
  const { person, device, kind } = core.seat
  const date = core.today()
  const names = namesOf(authority)
  const table = inForce(authority.decisionTables.values(), date)
  const schedule = inForce(authority.schedules.values(), date)
  const seated = new Set([...authority.seats.values()].filter((seat) => seat.device === device && !authority.removedSeats.has(seat.id)).map((seat) => seat.person))
  return {
    workspaceKind: kind,
    trial: complete && isTrial(authority, core.around.clock.now()),
    townName: authority.town?.name ?? '',
    machines: machinesOf(core, names),
    me: { person, name: names.person(person), positions: positionsOf(authority, person, date).map(({ id, title }) => ({ id, title })), isAdmin: isAdmin(authority, person, date) },
    positions: [...authority.positions.values()].map(({ id, title, section, mayDecide }) => ({
      id,
      title,
      sectionName: authority.sections.get(section)?.name ?? '',
      holderName: holdersOf(authority, id, date).map(names.person)[0] ?? null,
      mayDecide,
    })),
    collections: [...authority.collections.values()]
      .filter(({ id }) => core.keys.collections.includes(id))
      .map(({ id, name }) => ({ id, name, writable: hasRole(authority, person, id, ['writer', 'approver', 'records', 'admin'], date) })),
    decisionClasses: (table?.classes ?? []).map(({ code, label, labelEn }) => ({ code, label, labelEn })),
    retentionClasses: (schedule?.classes ?? []).map(({ id, label, labelEn }) => ({ id, label, labelEn })),
    people: [...authority.people.values()].map(({ id, employment }) => ({
      id,
      name: names.person(id),
      positions: positionsOf(authority, id, date).map(({ title }) => title),
      hasSeatHere: seated.has(id),
      employment,
    })),
    forms: [...authority.forms.values()].filter((form) => holdsOn(form, date)),
  }
}

/** Other machines with a seat that opens. */
function machinesOf(core: VaultCore, names: Names): TownView['machines'] {
  const { seats, removedSeats } = core.authority()
  const people = new Map<string, string[]>()
  for (const seat of seats.values()) if (seat.device !== core.seat.device && !removedSeats.has(seat.id)) people.set(seat.device, [...(people.get(seat.device) ?? []), names.person(seat.person)])
  return [...people].map(([device, all]) => ({ device, people: [...new Set(all)] }))
}
