// 端末と信頼: what this replica holds and what it could not take in or understand.

import { policyValues } from '@shared/authority/policy-change.ts'
import { proposalOf } from '@shared/authority/proposal.ts'
import { isOpenAt } from '@shared/authority/votes.ts'
import { isAdmin, policyOn, positionsOf, recoveryWaits, seatedAdmins } from '@shared/authority/ask.ts'
import { compareForDisplay } from '@shared/log/event.ts'
import type { ExcuseRow, ProposalRow, TrustView } from '../../services/trust-models.ts'
import { actingOf } from '../acting.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, volumeTable, type DocumentRow, type VolumeRow } from '../document-rows.ts'
import type { Notice } from '../core.ts'
import { lostRecords } from '../lost-records.ts'
import type { RightUses } from '../uses.ts'
import { accountsView } from './accounts-view.ts'
import { removedReaders } from './could-read.ts'
import { devicesView } from './devices-view.ts'
import { namesOf } from './names.ts'
import { twofoldOf } from './twofold-view.ts'

/** `complete`: everything that was here at the opening is taken in. */
export async function trustView(core: VaultCore, notices: readonly Notice[], uses: RightUses, complete: boolean): Promise<TrustView> {
  const { view, seat } = core
  const authority = core.authority()
  const unknown = [...view.register(documentTable), ...view.register(volumeTable)].reduce((sum, row) => sum + (row.value as DocumentRow | VolumeRow).unknown.length, 0)
  const activeSeats = [...authority.seats.keys()].filter((id) => !authority.removedSeats.has(id)).length
  const level = authority.devices.get(seat.device)?.level ?? (complete ? 'L0' : null)
  return {
    device: seat.device,
    level,
    activeSeats,
    stateHash: await view.stateHash(),
    segments: view.heads().reduce((sum, head) => sum + head.seq, 0),
    quarantined: (await view.quarantined()).map(({ lane, seq, reasons }) => ({ code: reasonOf(reasons[0]?.code), facts: { lane, seq } })),
    unknownEvents: unknown + authority.unknown.filter(({ event }) => !event.type.startsWith('session.')).length,
    settled: settledOf(core),
    ...councilOf(core),
    excuses: excusesOf(core),
    twofold: await twofoldOf(core),
    devices: await devicesView(core, uses),
    removed: removedReaders(core),
    mayRekey: core.keys.collections.some((collection) => actingOf(core).hasAccess(collection, 'document.rekey')),
    lost: await lostOf(core),
    accounts: await accountsView(core),
    notices: level === null ? notices : [...(activeSeats < 2 ? [{ code: 'trust.no-witness', facts: {} }] : []), ...(level === 'L0' ? [{ code: 'trust.pin-only', facts: {} }] : []), ...notices],
  }
}

const shownSettled = 3

function settledOf({ view, authority }: VaultCore): TrustView['settled'] {
  const names = namesOf(authority())
  const acts = view.authority().filter(({ event }) => event.type === 'session.settle').sort(compareForDisplay)
  return acts.slice(-shownSettled).reverse().map(({ event }) => ({ name: names.person(event.person), at: event.at }))
}

/** Every kind of lie of a header reads the same: what was sealed is not what was declared. */
function reasonOf(code = 'unknown'): string {
  return code.startsWith('header-lies-') ? 'acts-differ' : code
}

async function lostOf(core: VaultCore): Promise<TrustView['lost']> {
  if (core.isTakingIn()) return { waiting: 0, unproven: 0 }
  const { places, unproven } = await lostRecords(core)
  return { waiting: places.reduce((sum, { later }) => sum + later, 0), unproven }
}

/** AU-23 what is excused today, each by the device with the people who have a seat at it. */
function excusesOf({ authority, seat, today }: VaultCore): readonly ExcuseRow[] {
  const state = authority()
  const names = namesOf(state)
  const date = today()
  const peopleAt = (device: string): readonly string[] => [...state.seats.values()].filter((one) => one.device === device && !state.removedSeats.has(one.id)).map(({ person }) => names.person(person))
  return [...state.exceptions.values()].filter(({ from, to }) => from <= date && date <= to).map(({ id, device, check, to, reason }) => ({ id, device, check, to, reason, here: device === seat.device, people: [...new Set(peopleAt(device))] }))
}

/** Who may decide about the workspace, what waits for a second voice, and which seats there are. */
function councilOf(core: VaultCore): Pick<TrustView, 'administrators' | 'proposals' | 'policy' | 'seats'> {
  const authority = core.authority()
  const names = namesOf(authority)
  const date = core.today()
  const now = core.around.clock.now()
  const seated = seatedAdmins(authority, now)
  const policy = policyOn(authority, date)
  const admins = [...authority.people.keys()].filter((person) => isAdmin(authority, person, date))
  const seats = [...authority.seats.values()].filter(({ id }) => !authority.removedSeats.has(id))
  return {
    administrators: admins.map((person) => ({ person, name: names.person(person), positions: positionsOf(authority, person, date).map(({ title }) => title), seated: seated.includes(person) })),
    proposals: authority.proposals.filter(({ act }) => isOpenAt(act.known, now)).map(({ act, voices }): ProposalRow => {
      const { kind, person, reason, changes } = proposalOf(authority, act, date)
      const { id, event } = act.known
      return { id, kind, subject: person === null ? '' : names.person(person), reason, changes, proposer: names.person(event.person), at: event.at, voices: voices.map(names.person), mayVote: admins.includes(core.seat.person) && !voices.includes(core.seat.person), mayWithdraw: event.person === core.seat.person }
    }),
    policy: policy && policyValues(policy),
    seats: seats.map((seat) => {
      const until = recoveryWaits(authority, seat.id)
      const waits = until !== null && until > now
      return { seat: seat.id, name: names.person(seat.person), here: seat.device === core.seat.device, own: seat.id === core.seat.seat, takesTwo: admins.includes(seat.person) && seat.person !== core.seat.person && until === null, waitsUntil: waits ? new Date(until).toISOString() : null }
    }),
  }
}
