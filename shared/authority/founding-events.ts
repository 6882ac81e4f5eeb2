// The town's data as the first events of collection zero, in an order in which each can stand on the ones before it.

import type { AuthorityBodies, AuthorityType, Device, Epoch, Seat } from './events.ts'
import type { TownData } from './model.ts'

export interface FoundingInput {
  readonly town: TownData
  readonly root: { readonly certificate: Uint8Array; readonly crl: Uint8Array }
  readonly device: Device
  readonly seats: readonly Seat[]
  readonly personKeys: readonly { readonly person: string; readonly exchangeKey: Uint8Array }[]
  readonly epochs: readonly Epoch[]
}

export interface FoundingEvent {
  readonly type: AuthorityType
  readonly body: unknown
}

/** Everything but genesis itself. */
export function foundingEvents(input: FoundingInput): readonly FoundingEvent[] {
  const { town } = input
  const all = <T extends AuthorityType>(type: T, bodies: readonly AuthorityBodies[T][]): FoundingEvent[] => bodies.map((body) => ({ type, body }))
  return [
    ...all('workspace.root', [input.root]),
    ...all('town.put', [town.town]),
    ...all('policy.put', town.policies),
    ...all('section.put', town.sections),
    ...all('position.put', town.positions),
    ...all('person.put', town.people),
    ...all('appointment.put', town.appointments),
    ...all('collection.put', town.collections),
    ...all('epoch.new', input.epochs),
    ...all('grant.put', town.grants),
    ...all('person.key', input.personKeys),
    ...all('device.add', [input.device]),
    ...all('seat.add', input.seats),
    ...all('series.put', town.series),
    ...all('schedule.put', town.schedules),
    ...all('decision-table.put', town.decisionTables),
    ...all('form.put', town.forms),
    ...all('device-rules.put', town.deviceRules ?? []),
    ...all('review-rules.put', town.reviewRules ?? []),
  ]
}
