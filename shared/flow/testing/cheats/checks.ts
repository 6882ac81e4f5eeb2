// What must hold among simulated people of whom one cheats, at every honest seat, once every machine holds everything: nothing that was
// forged counts, and nothing that an honest person did is lost. Reckoned from what was tried, not by asking what the reducers ask.

import type { Epoch } from '../../../authority/events.ts'
import type { KnownEvent } from '../../../log/event.ts'
import type { Told } from '../people/checks.ts'
import { people, policy, seats } from '../people/council-town.ts'
import type { Tried } from './cheating.ts'
import { wordsOf } from './texts.ts'

const hourMs = 60 * 60 * 1000
/** The longest that any policy of the town leaves. */
const witnessHours = 36

/** `twofold`: `<lane>/<collection>` → the lowest number of which two records lie on any disk. */
export async function cheatedBroken(all: readonly Told[], tried: Tried, cheatSeat: string, twofold: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const found: string[] = []
  for (const told of all) {
    for (const one of [...(await backDatedBroken(told, tried)), ...(await twofoldBroken(told, twofold)), ...(await aloneBroken(told, tried, cheatSeat)), ...(await textsBroken(told, tried)), ...(await manyBroken(told, tried)), ...(await honestBroken(told, cheatSeat))]) found.push(`${one}, at ${told.seat.id}`)
  }
  return found
}

/** P1: an approval to which nobody else referred within the hours after the time that it claims does not count. */
async function backDatedBroken({ seat, documents }: Told, { backDated }: Tried): Promise<readonly string[]> {
  const found: string[] = []
  for (const { id, current } of documents) {
    const events = await seat.eventsOf(id)
    for (const step of current?.steps ?? []) {
      const at = step.status === 'approved' && step.act ? backDated.get(step.act.event) : undefined
      if (at === undefined) continue
      const others = events.filter((one) => one.lane.split('.')[0] !== laneSeat(events, step.act?.event ?? '') && isAfter(one, step.act?.event ?? '', events))
      if (others.length > 0 && Math.min(...others.map(({ event }) => event.hlc.ms)) > at + witnessHours * hourMs) found.push(`P1 ${step.act?.event} of days ago counts`)
    }
  }
  return found
}

function laneSeat(events: readonly KnownEvent[], id: string): string {
  return events.find((one) => one.id === id)?.lane.split('.')[0] ?? ''
}

function isAfter(one: KnownEvent, id: string, events: readonly KnownEvent[]): boolean {
  const byId = new Map(events.map((each) => [each.id, each]))
  const named = (known: KnownEvent): readonly string[] => [...known.event.deps, ...((known.event.body as { readonly approvals?: readonly string[] } | null)?.approvals ?? [])]
  const seen = new Set<string>()
  const waiting = [...named(one)]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === id) return true
    const before = seen.has(next) ? undefined : byId.get(next)
    seen.add(next)
    if (before) waiting.push(...named(before))
  }
  return false
}

/** P2: from the lowest number with two records on nothing of the lane counts; of numbers only the place in their chain is kept, of keys that they open. */
async function twofoldBroken({ seat, documents, authority }: Told, twofold: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const found: string[] = []
  const accepted = [...(await seat.authorityEvents()).filter(({ event }) => !event.type.startsWith('number.')), ...(await Promise.all(documents.map(({ id }) => seat.eventsOf(id)))).flat()]
  const forks = await seat.view.forks()
  for (const [chain, seq] of twofold) {
    if ((forks.get(chain) ?? Infinity) > seq) found.push(`P2 two records of ${chain} ${seq} are not noticed`)
    for (const { event, lane, seq: at } of accepted) if (lane === chain && at >= seq && (event.type !== 'epoch.new' || isWrittenUnder(authority, event.body))) found.push(`P2 ${event.type} ${at} of ${chain} counts`)
  }
  return found
}

function isWrittenUnder({ epochs }: Told['authority'], body: unknown): boolean {
  const { collection, epoch, commitment } = body as Epoch
  return epochs.get(`${collection}/${epoch}`)?.commitment === commitment
}

/** P3: who says to be alone while another of the first administrators was one all along is not heard; and no such administrator lost their seat to one voice. */
async function aloneBroken({ seat, authority }: Told, { alone }: Tried, cheatSeat: string): Promise<readonly string[]> {
  const found: string[] = []
  const zero = await seat.authorityEvents()
  const body = ({ event }: KnownEvent) => event.body as Readonly<Record<string, string>>
  const touched = new Set(zero.filter(({ event }) => event.type === 'grant.remove').flatMap((one) => people.filter((person) => body(one)['id'] === `admin-${person}` || zero.some((grant) => grant.event.type === 'grant.put' && body(grant)['id'] === body(one)['id'] && body(grant)['person'] === person))))
  const firm = people.slice(0, 3).filter((person, i) => !touched.has(person) && seats[i] !== cheatSeat)
  const seated = firm.filter((person) => !authority.removedSeats.has(seats[people.indexOf(person)] as string))
  if (seated.length > 0) for (const { lane, seq, event } of zero) if (alone.has(`${lane.split('/')[0]} ${seq}`) && event.type !== 'session.unlock') found.push(`P3 ${event.type} with one voice for two was let in`)
  for (const person of firm) {
    const of = seats[people.indexOf(person)] as string
    if (!authority.removedSeats.has(of)) continue
    const removals = zero.filter((one) => one.event.type === 'seat.remove' && body(one)['id'] === of && one.event.person !== person)
    const isAgreed = removals.some(({ id, event }) => zero.some((vote) => vote.event.type === 'vote.cast' && body(vote)['act'] === id && vote.event.person !== event.person))
    const isSole = removals.some(({ id, event }) => event.person !== people[seats.indexOf(cheatSeat)] && zero.some((vote) => vote.event.type === 'vote.cast' && body(vote)['act'] === id))
    const bySelf = zero.some((one) => one.event.type === 'seat.remove' && body(one)['id'] === of && one.event.person === person)
    if (!isAgreed && !isSole && !bySelf) found.push(`P3 one voice took the seat of ${person} away`)
  }
  return found
}

/** P4: no word that was written in another's name can be read, and every word that somebody let in wrote in their own can. */
async function textsBroken({ seat, documents }: Told, { forged, honest }: Tried): Promise<readonly string[]> {
  const found: string[] = []
  for (const { id, bodyUpdates } of documents) {
    const words = wordsOf(bodyUpdates)
    for (const word of words) if (forged.has(word)) found.push(`P4 ${word} is read`)
    for (const known of await seat.eventsOf(id)) {
      const word = honest.get(known.id)
      if (word !== undefined && !words.has(word)) found.push(`P4 ${word} of ${known.event.person} is lost`)
    }
  }
  return found
}

/** P5: of documents that one seat began within an hour no more count than the town lets. */
async function manyBroken({ seat }: Told, { many }: Tried): Promise<readonly string[]> {
  let counted = 0
  for (const doc of many) if ((await seat.eventsOf(doc)).length > 0) counted += 1
  return counted > policy.massDocuments ? [`P5 ${counted} documents of one hour count`] : []
}

/** What an honest seat wrote is let in, or waits beside for what it builds on. */
async function honestBroken({ seat }: Told, cheatSeat: string): Promise<readonly string[]> {
  const others = (await seat.view.quarantined()).filter(({ lane }) => !lane.startsWith(`${cheatSeat}.`))
  return others.filter(({ reasons, lane }) => !lane.startsWith('seatclerk.') && reasons.some(({ code }) => code !== 'past-not-accepted')).map(({ name, reasons }) => `an honest ${name} is refused: ${reasons.map(({ code }) => code).join()}`)
}
