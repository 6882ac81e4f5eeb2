// One of the simulated people cheats, with the keys of their own seat and device and whatever those let them sign: a time long past, two
// records under one number, a voice for two, a text in another's name, more documents at once than the town lets. Everything else they do as everybody does.

import { addDays, jstDate } from '../../../base/civil-date.ts'
import { sha256Hex } from '../../../crypto/hash.ts'
import { firstTextId, textIdsPerLane } from '../../../document/text-ids.ts'
import { collectionZero, twinName } from '../../../log/names.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import type { Vector } from '../../../log/session.ts'
import type { Process, World } from '../../../sync/testing/world.ts'
import { adminGrant, collection, people, policy, seats } from '../people/council-town.ts'
import { headsOf, type Doer } from '../people/deeds.ts'
import type { NewAct } from '../people/seat.ts'
import { openTexts, typed } from './texts.ts'

/** What was tried, for whoever asks at the end what came of it. */
export interface Tried {
  /** Approvals with the time they claim, by their event. */
  readonly backDated: Map<string, number>
  /** Segments with a voice of one who says to be alone, by the place: `<lane> <seq>`. */
  readonly alone: Set<string>
  /** Words written in another's name. */
  readonly forged: Set<string>
  /** Words that somebody wrote in their own name, by event. */
  readonly honest: Map<string, string>
  /** Documents that were begun one after the other within half an hour. */
  readonly many: Set<string>
}

export function nothingTried(): Tried {
  return { backDated: new Map(), alone: new Set(), forged: new Set(), honest: new Map(), many: new Set() }
}

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const reason = 'r'
const inZero = (type: string, body: unknown): NewAct => ({ type, doc: null, deps: [], position: null, body })

export interface Cheat {
  readonly world: World
  readonly process: Process
  readonly doer: Doer
  readonly tried: Tried
  /** As far as this seat ever knew collection zero before its removal: what it claims afterwards. */
  readonly earlier: Vector
}

/** The first way, from one drawn on, for which there is an occasion. */
export async function cheat(one: Cheat): Promise<readonly NamedObject[]> {
  const ways = [backDate, writeAs, sayTwoThings, decideAlone, changeMany]
  const first = one.doer.chance.below(ways.length)
  for (const way of [...ways.slice(first), ...ways.slice(0, first)]) {
    const objects = await way(one)
    if (objects.length > 0) return objects
  }
  return []
}

/** P1: an approval as of days ago, knowing what was known then. */
async function backDate({ doer: { seat, chance, now, strike }, tried, earlier }: Cheat): Promise<readonly NamedObject[]> {
  const position = `p-${seat.person}`
  for (const state of await seat.documents()) {
    const step = state.current?.steps.find((each) => each.position === position && ['open', 'waiting'].includes(each.status))
    if (!step || !state.current) continue
    const at = Math.max(1, now - 2 * dayMs - chance.below(8 * dayMs))
    const deps = headsOf(await seat.eventsOf(state.id))
    const objects = await seat.cheat(collection, [{ type: 'decision.approve', doc: state.id, deps, position, body: { revision: state.current.sha256, step: step.id, comment: '' } }], { at, authority: earlier })
    if (objects.some(({ name }) => name.startsWith('j/'))) strike('P1 an approval as of days ago')
    for (const event of seat.lastSealed()) tried.backDated.set(event, at)
    return objects
  }
  return []
}

/** P2: another record under the number of the last one, shown to another machine. */
async function sayTwoThings({ world, process, doer: { seat, chance, newId, strike } }: Cheat): Promise<readonly NamedObject[]> {
  const of = chance.pick([collectionZero, collection])
  const [text] = await openTexts(seat)
  const other = chance.pick(world.processes)
  if (other === process || (of === collection && !text)) return []
  const act = of === collectionZero ? inZero('town.put', { name: newId() }) : { type: 'draft.cover', doc: text ?? null, deps: headsOf(await seat.eventsOf(text ?? '')), position: null, body: { field: 'title', value: newId() } }
  const objects = await seat.cheat(of, [act], { twin: true })
  const twin = objects.find(({ name }) => name.startsWith('j/'))
  const [, handle = '', lane = '', , seq = ''] = twin?.name.split('/') ?? []
  const here = twin && process.disk.get(twin.name)
  if (!twin || !here) return objects
  strike('P2 two records under one number')
  world.either.set(twin.name, [...(world.either.get(twin.name) ?? [here]), twin.bytes])
  if (other.disk.has(twin.name)) for (const bytes of [here, twin.bytes]) world.keep(other, { name: twinName(handle, lane, Number(seq), sha256Hex(bytes)), bytes })
  else world.keep(other, twin)
  return objects.filter(({ name }) => name.startsWith('c/'))
}

/** P3: what takes two, with a word for both, or with none. */
async function decideAlone({ doer: { seat, chance, newId, now, strike }, tried }: Cheat): Promise<readonly NamedObject[]> {
  const other = chance.pick(seats.filter((id) => id !== seat.id))
  const person = people[seats.indexOf(other)] as string
  const act = chance.pick([
    inZero('seat.remove', { id: other, reason, cut: seat.cutOf(other, [collectionZero, collection]) }),
    inZero('policy.put', { ...policy, id: newId(), witnessHours: 10_000, from: addDays(jstDate(now), -1), replaces: [] }),
    inZero('grant.put', adminGrant(person, newId())),
  ])
  const objects = await seat.cheat(collectionZero, [act, inZero('vote.cast', ([id]: readonly string[]) => ({ act: id, alone: true }))], {})
  const segment = objects.find(({ name }) => name.startsWith('j/'))
  if (!segment) return objects
  strike('P3 one voice for two')
  tried.alone.add(`${seat.lane} ${Number(segment.name.slice(-8))}`)
  return objects
}

/** P4: a piece of a text under an id that another lane owns. */
async function writeAs({ world, doer: { seat, chance, strike }, tried }: Cheat): Promise<readonly NamedObject[]> {
  const texts = await openTexts(seat)
  const doc = texts.length === 0 ? null : chance.pick(texts)
  const victims = doc === null ? [] : [...new Set((await seat.eventsOf(doc)).map(({ lane }) => lane.split('/')[0] as string))].filter((lane) => !lane.startsWith(`${seat.id}.`))
  if (doc === null || victims.length === 0) return []
  const words = `偽${world.chance.below(1_000_000)}`
  tried.forged.add(words)
  const id = firstTextId(chance.pick(victims)) + chance.below(textIdsPerLane)
  const before = (await seat.documents()).find((state) => state.id === doc)?.bodyUpdates ?? []
  strike('P4 a text in another’s name')
  return seat.cheat(collection, [{ type: 'draft.body', doc, deps: headsOf(await seat.eventsOf(doc)), position: null, body: { update: typed(words, id, before) } }], {})
}

const beyond = 3

/** P5: more documents than the town lets within an hour, half of them with a clock that goes to and fro within it. */
async function changeMany({ world, process, doer: { seat, chance, now, newId, strike }, tried }: Cheat): Promise<readonly NamedObject[]> {
  if (tried.many.size > 0 || world.seed % 3 > 0) return []
  const claims = chance.happens(0.5)
  let last: readonly NamedObject[] = []
  for (let n = 0; n < policy.massDocuments + beyond; n++) {
    for (const object of last) world.keep(process, object)
    const doc = newId()
    last = await seat.cheat(collection, [{ type: 'draft.create', doc, deps: [], position: null, body: { form: 't1', collection } }], { newDocument: true, ...(claims ? { at: Math.max(1, now - chance.below(hourMs / 2)) } : {}) })
    if (!last.some(({ name }) => name.startsWith('j/'))) return last
    tried.many.add(doc)
  }
  strike('P5 more documents than the town lets')
  return last
}
