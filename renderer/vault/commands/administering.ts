// Acts of administrators on each other and on seats: each is confirmed in main's window with the PIN. What takes two voices becomes a
// proposal; where nobody else could vote, the sole administrator's own voice goes with it and says so.

import { isAdmin, isAlone } from '@shared/authority/ask.ts'
import { deviceRulesOn } from '@shared/authority/device-rules.ts'
import { parseAuthorityBody, type TrustedLane } from '@shared/authority/events.ts'
import { actOfPolicy } from '@shared/authority/policy-change.ts'
import { isOpenAt } from '@shared/authority/votes.ts'
import { addDays } from '@shared/base/civil-date.ts'
import { holdsOn } from '@shared/base/in-force.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import type { ConsentRequest } from '@shared/ipc/contract/consent.ts'
import type { RenewRequest } from '@shared/ipc/contract/vault.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventId, eventToBytes, parseSegment } from '@shared/log/segment.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import { consentWords } from '../../text/consent.ts'
import type { VaultCore } from '../core.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { namesOf } from '../views/names.ts'
import { newId, type Command, type CommandContext } from './context.ts'

/** A right of an administrator is looked at again after half a year. */
const reviewDays = 180

export const proposeAdmin: Command<'proposeAdmin'> = async (context, { person, reason }) => {
  const { core } = context
  const from = core.today()
  if (isAdmin(core.authority(), person, from)) return failed('AlreadyAdmin')
  const body = { id: newId(context), person, collection: null, role: 'admin', reason, reviewBy: addDays(from, reviewDays), from, to: null }
  return administer(context, [act('grant.put', body)], namesOf(core.authority()).person(person))
}

export const removeAdmin: Command<'removeAdmin'> = async (context, { person, reason }) => {
  const { core } = context
  const authority = core.authority()
  const grants = [...authority.grants.values()].filter((grant) => grant.person === person && grant.collection === null && grant.role === 'admin' && holdsOn(grant, core.today()))
  if (grants.length === 0) return failed('NotAnAdmin')
  const seats = [...authority.seats.values()].filter((seat) => seat.person === person).map(({ id }) => id)
  const cut = await cutOf(core, seats, [collectionZero])
  return administer(context, grants.map(({ id }) => act('grant.remove', { id, reason, cut })), namesOf(authority).person(person))
}

export const removeSeat: Command<'removeSeat'> = async (context, { seat, reason }) => {
  const { core } = context
  const authority = core.authority()
  const held = authority.seats.get(seat)
  if (!held || authority.removedSeats.has(seat)) return failed('SeatGone')
  if (seat === core.seat.seat) return failed('OwnSeat')
  const cut = await cutOf(core, [seat], [collectionZero, ...authority.collections.keys()])
  return administer(context, [act('seat.remove', { id: seat, reason, cut })], namesOf(authority).person(held.person), { renew: { seat } })
}

export const reportLost: Command<'reportLost'> = async ({ core }, { device, reason }) => {
  const authority = core.authority()
  if (!isAdmin(authority, core.seat.person, core.today())) return notAllowed([{ code: 'not-admin' }])
  if (device === core.seat.device) return failed('OwnDevice')
  if (authority.lostDevices.has(device)) return failed('SeatGone')
  const seats = [...authority.seats.values()].filter((seat) => seat.device === device && !authority.removedSeats.has(seat.id)).map(({ id }) => id)
  const cut = await cutOf(core, seats, [collectionZero, ...authority.collections.keys()])
  const done = await core.commitElsewhere((place) => core.around.host.seats.reportLost({ ...place, device, reason, cut: [...cut] }))
  return done.ok ? ok(null) : done
}

export const voteFor: Command<'voteFor'> = async (context, { proposal }) => {
  const found = context.core.authority().proposals.find(({ act: proposed }) => proposed.known.id === proposal)
  if (!found || !isOpenAt(found.act.known, context.core.around.clock.now())) return failed('ProposalGone')
  const { type, body } = found.act
  return administer(context, [act('vote.cast', { act: proposal, alone: false })], consentWords[context.language()].policy, type === 'seat.remove' ? { renew: { seat: (body as { readonly id: string }).id } } : {})
}

export const changePolicy: Command<'changePolicy'> = async (context, { values, reason }) => {
  const { core } = context
  const wanted = actOfPolicy(core.authority(), core.today(), values, { id: newId(context), reason })
  if (typeof wanted === 'string') return failed(policyFailures[wanted])
  return administer(context, [act(wanted.type, wanted.body)], consentWords[context.language()].policy)
}

const policyFailures = { 'no-policy': 'PolicyMissing', 'nothing-changes': 'PolicySame', 'out-of-range': 'PolicyOutOfRange', 'always-confirmed': 'PolicyAlways', mixed: 'PolicyMixed' } as const

export const changeDeviceRules: Command<'changeDeviceRules'> = async (context, { text, textEn }) => {
  const { core } = context
  const now = deviceRulesOn(core.authority(), core.today())
  if (now && now.text === text && now.textEn === textEn) return failed('RulesSame')
  // Of two that begin on one day the later name holds.
  const body = { id: `device-rules-${core.around.clock.now()}`, text, textEn, from: core.today(), to: null }
  if (!parseAuthorityBody('device-rules.put', body)) return failed('RulesUnusable')
  return administer(context, [act('device-rules.put', body)], consentWords[context.language()].deviceRules)
}

export const withdrawProposal: Command<'withdrawProposal'> = async (context, { proposal }) => {
  const found = context.core.authority().proposals.find(({ act: proposed }) => proposed.known.id === proposal)
  if (!found || found.act.known.event.person !== context.core.seat.person) return failed('ProposalGone')
  return administer(context, [act('vote.withdraw', { act: proposal })], consentWords[context.language()].policy)
}

export function act(type: string, body: unknown): NewEvent {
  return { type, doc: null, position: null, body }
}

export interface Administered {
  /** What is taken away: whoever loses it reads nothing that is written later. */
  readonly renew?: RenewRequest
  /** `reviewer`: also an owner of a collection, or whoever may give a document, as the judge says (JU-60, JU-61, JU-92). */
  readonly by?: 'administrator' | 'reviewer'
  /** Shown in main's window as told by the page. */
  readonly facts?: ConsentRequest['facts']
}

/** Builds, judges, has it confirmed and commits. `title` is for the page's own words: main reads what is asked from the events. */
export async function administer({ core }: CommandContext, drafts: readonly NewEvent[], title: string, { renew, by = 'administrator', facts = [] }: Administered = {}): Promise<Result<null, CommandFailure>> {
  const authority = core.authority()
  if (by === 'administrator' && !isAdmin(authority, core.seat.person, core.today())) return notAllowed([{ code: 'not-admin' }])
  const acts = await core.build(collectionZero, drafts)
  const waiting = await waitingAmong(core, acts)
  const isSole = isAlone(authority, core.around.clock.now())
  const votes = isSole && waiting.length > 0 ? await core.build(collectionZero, waiting.map((id) => act('vote.cast', { act: id, alone: true }))) : []
  // Once the removal has effect, nothing more is written under keys that whoever lost the right holds.
  const renewed = renew === undefined || (waiting.length > 0 && !isSole) ? ok([]) : await core.around.host.seats.renewEpochs(renew)
  if (!renewed.ok) return failedBy(renewed.error)
  const epochs = await core.build(collectionZero, renewed.value.map((epoch) => act('epoch.new', epoch)))
  const events = [...acts, ...votes, ...epochs]
  const reasons = await core.judge(collectionZero, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const confirmed = await core.around.host.consent.request({ events: events.map(eventToBytes), title, facts, warnings: [] })
  if (!confirmed.ok) return failedBy(confirmed.error)
  const done = await core.commitBuilt(collectionZero, events)
  return done.ok ? ok(null) : done
}

/** Which of these acts would have to wait for another voice. */
async function waitingAmong({ view, seat, reduce }: VaultCore, acts: readonly LogEvent[]): Promise<readonly string[]> {
  const seq = ((await view.head(collectionZero, seat.lane))?.seq ?? 0) + 1
  const fresh = acts.map((event) => ({ id: eventId(eventToBytes(event)), event, lane: `${seat.lane}/${collectionZero}`, seq }))
  const after = reduce([...view.authority(), ...fresh])
  return fresh.filter(({ id }) => after.proposals.some((proposal) => proposal.act.known.id === id)).map(({ id }) => id)
}

/**
 * AU-17 of every lane of these seats that lies on this disk, also of collections that cannot be read here: the last segment, the one before
 * and so on at twice the distance each time, so that who holds another branch finds where it may have begun.
 */
async function cutOf(core: VaultCore, seats: readonly string[], collections: readonly string[]): Promise<readonly TrustedLane[]> {
  const { journal } = core.around.host
  const trusted: TrustedLane[] = []
  for (const collection of collections) {
    const lanes = await journal.lanes({ collection })
    for (const { lane, seq } of lanes.ok ? lanes.value : []) {
      if (!seats.some((seat) => lane.startsWith(`${seat}.`))) continue
      for (let [at, back] = [seq, 1]; at > 0; at -= back, back *= 2) {
        const read = await journal.read({ collection, lane, from: at, count: 1 })
        const segment = read.ok && read.value[0] ? parseSegment(read.value[0].bytes) : null
        if (segment) trusted.push({ collection, lane, seq: at, hash: segment.hash })
      }
    }
  }
  return trusted
}
