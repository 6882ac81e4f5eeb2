// 文書番号簿: each series with who keeps it, every number with its document or its reason, and what is taken along. Titles of
// documents that cannot be read here are left empty.

import { hasRole } from '@shared/authority/ask.ts'
import { isOpenAt } from '@shared/authority/votes.ts'
import type { NumberSeries } from '@shared/authority/model.ts'
import { mayAboutNumbers } from '@shared/judge/number-acts.ts'
import { compareForDisplay, type KnownEvent } from '@shared/log/event.ts'
import { blocksOf, bookOf, freeOf, nextNumber } from '@shared/numbers/ask.ts'
import { covers, seatOf } from '@shared/numbers/ledger.ts'
import { parseNumberAct } from '@shared/numbers/events.ts'
import { periodOf, writeNumber } from '@shared/numbers/series.ts'
import type { Explained, PeriodBook, SeriesBook } from '@shared/numbers/state.ts'
import type { NumberBlockView, NumberRow, NumberSeriesView, NumberTakeoverView } from '../../services/view-models.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { waitingFor } from '../numbering.ts'
import { namesOf } from './names.ts'
import { titleOf } from './summary.ts'

/** Series that a form of today numbers by, and those that have been used; the ones of one's own section first. */
export function numbersView(core: VaultCore): readonly NumberSeriesView[] {
  const authority = core.authority()
  const kinds = new Set([...authority.forms.values()].flatMap(({ numbered }) => numbered?.kind ?? []))
  const acts = new Map(core.view.authority().map((known) => [known.id, known]))
  return [...authority.series.values()]
    .filter((series) => kinds.has(series.kind) || core.numbers().series.has(series.id))
    .map((series) => seriesView(core, series, acts))
    .sort((a, b) => Number(b.may.keep) - Number(a.may.keep) || (a.id < b.id ? -1 : 1))
}

function seriesView(core: VaultCore, series: NumberSeries, acts: ReadonlyMap<string, KnownEvent>): NumberSeriesView {
  const authority = core.authority()
  const book = bookOf(core.numbers(), series.id)
  const period = periodOf(series, core.today())
  const may = (type: 'number.registrar' | 'number.takeover' | 'number.ask'): boolean => mayAboutNumbers(authority, core.seat.person, type, series, core.today())
  const isRegistrar = book.registrar?.seat === core.seat.seat
  const keep = may('number.registrar')
  const open = openTakeovers(core, book, may('number.takeover'))
  return {
    id: series.id,
    symbol: series.symbol,
    sectionName: series.section === null ? null : (authority.sections.get(series.section)?.name ?? series.section),
    period,
    next: writeNumber(series, period, nextNumber(book, period)),
    blockSize: series.blockSize,
    registrar: book.registrar && { name: seatName(core, book.registrar.seat), isMe: isRegistrar, kind: book.registrar.kind, at: book.registrar.known.event.at, reason: book.registrar.reason },
    may: { keep, begin: keep && book.registrar === null, handOver: keep && isRegistrar, takeOver: may('number.takeover') && !isRegistrar && book.registrar !== null && open.length === 0, ask: may('number.ask') && !isRegistrar && book.registrar !== null && !book.asks.some(({ seat }) => seat === core.seat.seat) },
    takeovers: open,
    asks: book.asks.map(({ id, seat, size }) => ({ id, name: seatName(core, seat), isMe: seat === core.seat.seat, size })),
    seats: seatsFor(core, series),
    waiting: waitingFor(core, series).length,
    blocks: [...book.periods.values()].flatMap(({ blocks }) => blocks).map((block): NumberBlockView => ({
      id: block.id,
      period: block.period,
      first: writeNumber(series, block.period, block.first),
      last: writeNumber(series, block.period, block.last),
      holder: seatName(core, block.seat),
      isMine: block.seat === core.seat.seat,
      free: freeOf(book, block).length,
      mayReturn: keep && (isRegistrar || block.seat === core.seat.seat) && freeOf(book, block).length > 0,
    })),
    rows: [...book.periods.values()].flatMap((one) => one.numbers.toReversed().map((number) => numberRow(core, series, { book, one, number }, acts, keep && isRegistrar))),
    collisions: book.collisions.map(({ kept, lost }) => ({ number: writeNumber(series, kept.period, kept.n), kept: titleHere(core, kept.doc), lost: titleHere(core, lost.doc) })),
  }
}

/** Proposals of the last thirty days. */
function openTakeovers(core: VaultCore, book: SeriesBook, isAdmin: boolean): readonly NumberTakeoverView[] {
  const names = namesOf(core.authority())
  return book.takeovers
    .filter(({ known }) => isOpenAt(known, core.around.clock.now()))
    .map(({ id, seat, reason, known }) => ({ id, proposer: names.person(known.event.person), seat: seatName(core, seat), reason, at: known.event.at, mayAgree: isAdmin && known.event.person !== core.seat.person, mayWithdraw: isAdmin && known.event.person === core.seat.person }))
}

interface Place {
  readonly book: SeriesBook
  readonly one: PeriodBook
  readonly number: Explained
}

function numberRow(core: VaultCore, series: NumberSeries, { one, number }: Place, acts: ReadonlyMap<string, KnownEvent>, isKeeper: boolean): NumberRow {
  const block = number.kind === 'block' ? one.blocks.find(({ id }) => id === number.block) : undefined
  const act = acts.get('act' in number ? number.act : (block?.id ?? ''))
  const doc = 'doc' in number ? number.doc : null
  const known = doc !== null && core.view.row(documentTable, doc) !== null
  const isHolder = one.blocks.some((held) => held.seat === core.seat.seat && covers(held, one.period, number.n))
  return {
    key: `${one.period}/${number.n}`,
    period: one.period,
    n: number.n,
    number: writeNumber(series, one.period, number.n),
    kind: number.kind,
    doc: known ? doc : null,
    hasDocument: doc !== null,
    title: doc === null ? '' : titleHere(core, doc),
    reason: 'reason' in number ? number.reason : '',
    holder: block ? seatName(core, block.seat) : '',
    by: act ? seatName(core, seatOf(act)) : '',
    at: act?.event.at ?? '',
    mayVoid: (isKeeper || isHolder) && (number.kind === 'given' || number.kind === 'block'),
  }
}

function titleHere(core: VaultCore, doc: string): string {
  const row = core.view.row(documentTable, doc)
  return row ? titleOf((row.value as DocumentRow).state) : ''
}

/** Seats of people who may keep or write in the section, this one first. */
function seatsFor(core: VaultCore, series: NumberSeries): NumberSeriesView['seats'] {
  const authority = core.authority()
  const collections = [...authority.collections.values()].filter(({ section }) => series.section === null || section === series.section)
  const has = (person: string, roles: readonly ('records' | 'writer')[]): boolean => collections.some(({ id }) => hasRole(authority, person, id, roles, core.today()))
  return [...authority.seats.values()]
    .filter(({ id, person }) => !authority.removedSeats.has(id) && has(person, ['records', 'writer']))
    .map(({ id, person }) => ({ id, name: seatName(core, id), isMe: id === core.seat.seat, keeps: has(person, ['records']) }))
    .sort((a, b) => Number(b.isMe) - Number(a.isMe) || (a.name < b.name ? -1 : 1))
}

/** A person at a machine; machines have no names, so that another one is told by the beginning of its id. */
export function seatName(core: VaultCore, id: string): string {
  const authority = core.authority()
  const seat = authority.seats.get(id)
  if (!seat) return id
  const name = namesOf(authority).person(seat.person)
  const several = [...authority.seats.values()].filter((other) => other.person === seat.person && !authority.removedSeats.has(other.id)).length > 1
  return several ? `${name}（${seat.device.slice(0, 4)}）` : name
}

export interface NumberFacts {
  /** As it is written; null while there is none. */
  readonly number: string | null
  /** Decided, goes out, and has no number yet. */
  readonly awaits: boolean
  /** Could this seat give it one by itself now? */
  readonly atHand: boolean
}

export function numberFacts(core: VaultCore, doc: string, wanted: NumberSeries | null): NumberFacts {
  const claim = core.numbers().numberOf.get(doc)
  const series = core.authority().series.get(claim?.series ?? '')
  if (claim) return { number: series ? writeNumber(series, claim.period, claim.n) : `${claim.series} ${claim.n}`, awaits: false, atHand: false }
  if (!wanted) return { number: null, awaits: false, atHand: false }
  const atHand = blocksOf(bookOf(core.numbers(), wanted.id), periodOf(wanted, core.today()), core.seat.seat).length > 0
  return { number: null, awaits: true, atHand }
}

/** Acts about a document's numbers, for its history. */
export function numberActsOf(core: VaultCore, doc: string): readonly { readonly known: KnownEvent; readonly number: string }[] {
  const given = new Set<string>()
  return core.view.authority().toSorted(compareForDisplay).flatMap((known) => {
    const isAssign = known.event.type === 'number.assign' && (known.event.body as { readonly doc?: unknown } | null)?.doc === doc
    const act = isAssign || known.event.type === 'number.void' ? parseNumberAct(known.event) : null
    if (act?.type !== 'number.assign' && act?.type !== 'number.void') return []
    const { series: id, period, n } = act.body
    const series = core.authority().series.get(id)
    if (act.type === 'number.assign') given.add(`${id}/${period}/${n}`)
    return series && given.has(`${id}/${period}/${n}`) ? [{ known, number: writeNumber(series, period, n) }] : []
  })
}

/** Ids of the acts that say which number a document has, or had; a number that another document kept is not its own. */
export function ownNumberActs(core: VaultCore, doc: string): readonly string[] {
  const lost = new Set([...core.numbers().series.values()].flatMap(({ collisions }) => collisions.map(({ lost: { id } }) => id)))
  return numberActsOf(core, doc).map(({ known }) => known.id).filter((id) => !lost.has(id))
}
