// What must hold among the simulated people once every machine holds everything, each by its number in the list of invariants. What is
// cut off is reckoned here from the removals themselves, not by asking what the reducers ask.

import type { AuthorityState } from '../../../authority/reduce.ts'
import { bytesToHex } from '../../../base/bytes.ts'
import type { DocumentState } from '../../../document/state.ts'
import type { KnownEvent } from '../../../log/event.ts'
import { bookOf } from '../../../numbers/ask.ts'
import type { NumberBooks } from '../../../numbers/state.ts'
import { collection, series } from './council-town.ts'
import type { Seat } from './seat.ts'

export interface Told {
  readonly seat: Seat
  readonly authority: AuthorityState
  readonly books: NumberBooks
  readonly documents: readonly DocumentState[]
}

export async function tell(seat: Seat): Promise<Told> {
  return { seat, authority: seat.authority(), books: await seat.numbers(), documents: await seat.documents() }
}

/** `all`: every seat that is still one of the town, each after everything arrived. */
export async function broken(all: readonly Told[], reader: Told | undefined = all[0]): Promise<readonly string[]> {
  if (!reader) return []
  const found = new Set<string>()
  const [authority, books, documents] = [textOf(reader.authority), textOf(reader.books), textOf(reader.documents)]
  const [hash, quarantined] = [await reader.seat.view.stateHash(), textOf(await quarantinedAt(reader.seat))]
  for (const told of all) {
    const { seat } = told
    const differs = (what: string, one: string, other: string): void => void (one !== other && found.add(`I2 ${seat.id} and ${reader.seat.id} differ in ${what}`))
    differs('rights', textOf(told.authority), authority)
    differs('numbers', textOf(told.books), books)
    differs('documents', textOf(told.documents), documents)
    differs('what was accepted', await seat.view.stateHash(), hash)
    differs('what is quarantined', textOf(await quarantinedAt(seat)), quarantined)
    for (const name of seat.held) found.add(`F18 ${seat.id} cannot take in ${name}`)
  }
  for (const { event } of await reader.seat.authorityEvents()) if (event.person === 'clerk' && !/^(session|number)\./.test(event.type)) found.add(`I4 a clerk’s ${event.type} was let in`)
  for (const line of [...numbersBroken(reader), ...(await cutsBroken(reader)), ...witnessesBroken(reader)]) found.add(line)
  return [...found]
}

/** How often a seat went on behind the cut of its removal, and how often with a clock from before it. */
export async function afterwards({ seat, authority, documents }: Told): Promise<{ readonly later: number; readonly backDated: number }> {
  const zero = await seat.authorityEvents()
  const all = [...zero, ...(await Promise.all(documents.map(({ id }) => seat.eventsOf(id)))).flat()]
  const behind = all.filter((known) => isCutOff(authority, zero, known))
  const removedAt = (lane: string): number => Math.min(...zero.filter(({ event }) => event.type === 'seat.remove' && lane.startsWith(`${(event.body as { readonly id: string }).id}.`)).map(({ event }) => event.hlc.ms))
  return { later: behind.length, backDated: behind.filter(({ event, lane }) => event.hlc.ms < removedAt(lane)).length }
}

/** Each segment once: one that lay beside its lane before it came under its own name is kept under both. */
async function quarantinedAt(seat: Seat): Promise<unknown> {
  const held = new Map((await seat.view.quarantined()).map(({ name, reasons }) => [`${seat.hashOf(name)} ${reasons.map(({ code }) => code).sort().join()}`, true]))
  return [...held.keys()].sort()
}

/** I6: from 1 to the highest, each number once and explained; a document has one number. */
function numbersBroken({ books }: Told): readonly string[] {
  const found: string[] = []
  for (const { period, max, numbers } of bookOf(books, series).periods.values()) {
    if (numbers.map(({ n }) => n).join() !== Array.from({ length: max }, (_, i) => i + 1).join()) found.push(`I6 a number of ${period} is not explained`)
    const given = numbers.flatMap((one) => (one.kind === 'given' ? [one] : []))
    if (new Set(given.map(({ doc }) => doc)).size !== given.length) found.push('I6 a document has two numbers')
    for (const { n, doc } of given) if (books.numberOf.get(doc)?.n !== n) found.push(`I6 ${n} is given to a document that has another`)
  }
  return found
}

/** Gives and cancels nothing (NU-11): what such an act leaves in the chain only says why a number is nobody’s. */
const explains: ReadonlySet<string> = new Set(['revoked', 'spare', 'gap'])

/** I8: of what a removed seat wrote behind its cut nothing decides, gives a number or a right, or speaks. */
async function cutsBroken({ seat, authority, books, documents }: Told): Promise<readonly string[]> {
  const found: string[] = []
  const zero = await seat.authorityEvents()
  const behind = new Set(zero.filter((known) => isCutOff(authority, zero, known)).map(({ id }) => id))
  for (const known of zero) if (behind.has(known.id) && hasEffect(authority, known)) found.push(`I8 ${known.event.type} behind a cut has effect`)
  for (const { act, voices } of authority.proposals) if (voices.length > 1 && behind.has(act.known.id)) found.push('I8 a proposal behind a cut is voted on')
  for (const { numbers } of bookOf(books, series).periods.values()) for (const one of numbers) if ('act' in one && !explains.has(one.kind) && behind.has(one.act) && !isTown(authority, zero, one.act)) found.push(`I8 number ${one.n} is ${one.kind} by an act behind a cut`)
  for (const { id, acts } of documents) {
    const events = new Map((await seat.eventsOf(id)).map((known) => [known.id, known]))
    for (const act of acts) {
      const known = events.get(act.event)
      if (known && act.counted && isCutOff(authority, zero, known)) found.push(`I8 ${act.kind} behind a cut counts`)
    }
  }
  return found
}

/** Reckoned from the removals of seats that hold: is it later than every such removal trusted? */
function isCutOff({ removedSeats }: AuthorityState, zero: readonly KnownEvent[], { lane, seq }: KnownEvent): boolean {
  const [on = '', of = ''] = lane.split('/')
  const seat = on.split('.')[0] ?? ''
  if (!removedSeats.has(seat)) return false
  const removals = zero.flatMap(({ event }) => (event.type === 'seat.remove' && (event.body as { readonly id: string }).id === seat ? [event.body as { readonly cut: readonly { readonly collection: string; readonly lane: string; readonly seq: number }[] }] : []))
  return removals.every(({ cut }) => seq > Math.max(0, ...cut.filter((one) => one.lane === on && one.collection === of).map((one) => one.seq)))
}

/** What a former administrator wrote about numbers stands; only a removed seat's does not. */
function isTown({ removedSeats }: AuthorityState, zero: readonly KnownEvent[], id: string): boolean {
  const lane = zero.find((known) => known.id === id)?.lane ?? ''
  return !removedSeats.has(lane.split('.')[0] ?? '')
}

function hasEffect(authority: AuthorityState, { id, event }: KnownEvent): boolean {
  const body = event.body as { readonly id?: string; readonly name?: string }
  if (event.type === 'town.put') return authority.town?.name === body.name
  if (event.type === 'grant.put') return authority.grants.has(body.id ?? '')
  if (event.type === 'epoch.new') return authority.epochs.has(`${collection}/${(event.body as { readonly epoch: number }).epoch}`)
  return authority.proposals.some(({ act }) => act.known.id === id)
}

/** F34: what nobody received in time does not count, and what somebody received was referred to from another seat. */
function witnessesBroken({ documents }: Told): readonly string[] {
  return documents.flatMap(({ acts, current }) =>
    acts.filter((act) => act.witness === 'late' && (current?.steps ?? []).some((step) => step.status === 'approved' && step.act?.event === act.event)).map((act) => `F34 ${act.event} counts though it came too late to everybody`),
  )
}

/** The same text for the same value: maps and sets as lists, bytes as hex. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (one instanceof Map ? [...one].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) : one instanceof Set ? [...one].sort() : one instanceof Uint8Array ? bytesToHex(one) : one))
}
