// What the simulated people do, each by what their own seat knows: numbers, rights, documents. Mostly what they may, now and then what
// nobody may. A deed is the objects of one act, in the order they are saved.

import { isAdmin, newestEpoch } from '../../../authority/ask.ts'
import { reduceAuthority } from '../../../authority/reduce.ts'
import { isOpenAt } from '../../../authority/votes.ts'
import { jstDate } from '../../../base/civil-date.ts'
import type { DocumentState } from '../../../document/state.ts'
import type { KnownEvent } from '../../../log/event.ts'
import { collectionZero } from '../../../log/names.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import { epochCommitment } from '../../../log/wraps.ts'
import { blocksOf, bookOf, freeOf, nextNumber } from '../../../numbers/ask.ts'
import { periodOf } from '../../../numbers/series.ts'
import type { Chance } from '../../../sync/testing/chance.ts'
import { adminGrant, collection, people, policy, seats, series, wrapsTo } from './council-town.ts'
import type { NewAct, Seat } from './seat.ts'

export interface Doer {
  readonly seat: Seat
  readonly chance: Chance
  readonly now: number
  /** Never given before. */
  readonly newId: () => string
  readonly strike: (fault: string) => void
  /** An act about rights was written as this segment of the seat's lane of collection zero. */
  readonly onRights: (seq: number) => void
}

const reason = 'r'
const inZero = (type: string, body: unknown, deps: readonly string[] = []): NewAct => ({ type, doc: null, deps, position: null, body })

export async function deedOf(doer: Doer): Promise<readonly NamedObject[]> {
  const what = doer.chance.below(10)
  if (what < 4) return aboutNumbers(doer)
  if (what < 6) {
    const objects = await aboutRights(doer)
    const segment = objects.find(({ name }) => name.startsWith('j/'))
    if (segment) doer.onRights(Number(segment.name.slice(-8)))
    return objects
  }
  return aboutDocuments(doer)
}

async function aboutNumbers({ seat, chance, now }: Doer): Promise<readonly NamedObject[]> {
  const book = bookOf(await seat.numbers(), series)
  const period = periodOf({ periodKind: 'fiscalYear' }, jstDate(now))
  const other = chance.pick(seats)
  const doc = `d${chance.below(9)}`
  const [block] = blocksOf(book, period, seat.id)
  const isRegistrar = book.registrar?.seat === seat.id
  const write = (type: string, body: object): Promise<readonly NamedObject[]> => seat.write(collectionZero, [inZero(type, { series, ...body }, book.heads)])
  if (!book.registrar) return write('number.registrar', { seat: seat.id, previous: null, reason })
  const proposed = book.takeovers.find(({ known: { event } }) => event.person !== seat.person)
  if (proposed && chance.happens(0.6)) return write('number.agree', { takeover: proposed.id })
  if (block && chance.happens(0.5)) return write('number.assign', { period, n: freeOf(book, block)[0], doc, block: block.id })
  if (!isRegistrar && chance.happens(0.4)) return write('number.takeover', { period, seat: other, skip: chance.below(3), reason })
  switch (chance.below(6)) {
    case 0: return write('number.block', { period, first: nextNumber(book, period), size: 1 + chance.below(3), seat: other })
    case 1: return write('number.registrar', { seat: other, previous: book.registrar.id, reason })
    case 2: return write('number.void', { period, n: 1 + chance.below(6), reason, again: chance.happens(0.5) })
    case 3: return block ? write('number.return', { period, block: block.id, reason }) : []
    default: return write('number.assign', { period, n: nextNumber(book, period), doc, block: null })
  }
}

async function aboutRights(doer: Doer): Promise<readonly NamedObject[]> {
  const { seat, chance, now, newId } = doer
  const authority = seat.authority()
  if (!isAdmin(authority, seat.person, jstDate(now))) return chance.happens(0.5) ? forge(doer) : []
  const open = authority.proposals.filter(({ act, voices }) => !voices.includes(seat.person) && isOpenAt(act.known, now))
  const proposal = open[0]?.act
  if (proposal && chance.happens(0.7)) {
    const vote = inZero('vote.cast', { act: proposal.known.id, alone: false })
    return proposal.type === 'seat.remove' ? withRenewal(doer, vote, (proposal.body as { readonly id: string }).id) : seat.write(collectionZero, [vote])
  }
  const own = authority.proposals.find(({ act }) => act.known.event.person === seat.person)?.act
  if (own && chance.happens(0.2)) return seat.write(collectionZero, [inZero('vote.withdraw', { act: own.known.id })])
  const person = chance.pick(people.slice(0, -1))
  const grants = [...authority.grants.values()].filter((grant) => grant.person === person && grant.role === 'admin')
  const other = chance.pick(seats)
  switch (chance.below(8)) {
    case 0: return grants.length > 0 ? [] : seat.write(collectionZero, [inZero('grant.put', adminGrant(person, newId()))])
    case 1: return person === seat.person || grants.length === 0 ? [] : seat.write(collectionZero, grants.map(({ id }) => inZero('grant.remove', { id, reason, cut: seat.cutOf(seats[people.indexOf(person)] as string, [collectionZero]) })))
    case 2: case 3: case 4: return other === seat.id || authority.removedSeats.has(other) ? [] : withRenewal(doer, inZero('seat.remove', { id: other, reason, cut: seat.cutOf(other, [collectionZero, collection]) }), other)
    case 5: return seat.write(collectionZero, [inZero('policy.put', { ...policy, witnessHours: 12 + chance.below(24), replaces: authority.tightenings })])
    case 6: return seat.write(collectionZero, [inZero('policy.tighten', { id: newId(), consentFor: [], sessionHours: 11, idleLockMinutes: null, recoveryHours: null })])
    default: return seat.write(collectionZero, [inZero('town.put', { name: newId() })])
  }
}

/** What this person never may, written all the same. */
async function forge({ seat, newId, strike }: Doer): Promise<readonly NamedObject[]> {
  strike('I4 tried what nobody let them')
  return seat.write(collectionZero, [inZero('town.put', { name: newId() })], { unjudged: true })
}

/** F18: once the removal has effect, a fresh key for whoever may still read goes with it, wraps first. */
async function withRenewal({ seat, chance, strike }: Doer, act: NewAct, removed: string): Promise<readonly NamedObject[]> {
  const authority = seat.authority()
  const after = reduceAuthority([...(await seat.authorityEvents()), known(seat, act)])
  if (!after.removedSeats.has(removed)) return seat.write(collectionZero, [act])
  const readers = people.filter((_, i) => !after.removedSeats.has(seats[i] as string))
  const fresh = [collectionZero, collection].map((of) => ({ of, epoch: newestEpoch(authority, of) + 0x10000 + chance.below(0x10000), key: seat.host.random.bytes(32) }))
  const written = await seat.write(collectionZero, [act, ...fresh.map(({ of, epoch, key }) => inZero('epoch.new', { collection: of, epoch, commitment: epochCommitment(of, epoch, key) }))])
  if (!written.some(({ name }) => name.startsWith('j/'))) return written
  strike('F18 a new epoch')
  return [...fresh.map(({ of, epoch, key }) => wrapsTo(seat.handle(of), epoch, readers, key)), ...written]
}

/** As it would stand as the next segment of this seat's lane, to see what would come of it. */
function known(seat: Seat, act: NewAct): KnownEvent {
  const event = { v: 1, type: act.type, doc: null, deps: act.deps, hlc: { ms: Number.MAX_SAFE_INTEGER, n: 0 }, at: '', person: seat.person, position: null, body: act.body, salt: new Uint8Array(16) }
  return { id: 'f'.repeat(64), event, lane: `${seat.lane}/${collectionZero}`, seq: (seat.vector()[seat.lane] ?? 0) + 1 }
}

async function aboutDocuments(doer: Doer): Promise<readonly NamedObject[]> {
  const { seat, chance } = doer
  const position = `p-${seat.person}`
  const documents = await seat.documents()
  if (documents.length === 0 || chance.happens(0.3)) return submit(doer, position)
  const state = chance.pick(documents)
  const deps = headsOf(await seat.eventsOf(state.id))
  const act = (type: string, body: unknown): Promise<readonly NamedObject[]> => seat.write(collection, [{ type, doc: state.id, deps, position, body }])
  const revision = state.current?.sha256
  const step = state.current?.steps.find((one) => one.position === position && ['open', 'waiting'].includes(one.status))
  const unseen = received(state, seat)
  if (!revision) return []
  if (unseen.length > 0 && chance.happens(0.5)) return act('document.witness', { approvals: unseen })
  if (step && chance.happens(0.7)) return act('decision.approve', { revision, step: step.id, comment: '' })
  if (step && chance.happens(0.3)) return act(chance.happens(0.5) ? 'decision.return' : 'decision.refuse', { revision, step: step.id, reason })
  return chance.happens(0.2) ? act('document.withdraw', { revision, reason }) : []
}

function received({ acts }: DocumentState, { id }: Seat): readonly string[] {
  return acts.filter((act) => act.kind === 'approve' && act.seat !== id && act.witness === 'waiting').map(({ event }) => event)
}

async function submit({ seat, newId }: Doer, position: string): Promise<readonly NamedObject[]> {
  const doc = newId()
  const route = ['head', 'mayor'].map((person, i) => ({ id: `s${i + 1}`, order: i + 1, kind: i === 1 ? 'decide' : 'line', position: `p-${person}`, title: person }))
  const pdf = { sha256: seat.host.random.bytes(32).reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), ''), size: 10, chunks: [] }
  const act = (type: string, body: unknown): NewAct => ({ type, doc, deps: [], position, body })
  const revision = { n: 1, cover: { title: doc }, bodyHash: '0'.repeat(64), body: new Uint8Array([1]), attachments: [], pdf, route, decisionClass: 'c', forcedBy: [] }
  return seat.write(collection, [act('draft.create', { form: 't1', collection }), act('draft.cover', { field: 'title', value: doc }), act('document.submit', { revision })], { newDocument: true })
}

export function headsOf(events: readonly KnownEvent[]): readonly string[] {
  const past = new Set(events.flatMap(({ event }) => event.deps))
  return events.map(({ id }) => id).filter((id) => !past.has(id)).sort()
}
