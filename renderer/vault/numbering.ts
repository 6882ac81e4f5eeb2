// Numbers given by themselves: while the registrar's seat is open here, every decided document that goes out gets the next number of
// its series as soon as it is seen. It waits for nobody, and nobody waits for it: documents are decided, filed and exported without.

import { jstDate } from '@shared/base/civil-date.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { NumberSeries } from '@shared/authority/model.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import { blocksOf, bookOf, freeOf, nextNumber } from '@shared/numbers/ask.ts'
import type { NumberBodyOf } from '@shared/numbers/events.ts'
import type { SeriesBook } from '@shared/numbers/state.ts'
import { periodOf, seriesFor } from '@shared/numbers/series.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'

export interface Numbering {
  /** Something changed: looks whether a number can be given. Returns at once. */
  readonly changed: () => void
  /** Gives no number while a person is asked about numbers, so that what they confirm still holds when they have. */
  readonly paused: <T>(work: () => Promise<T>) => Promise<T>
}

/** Acts of one segment; what is left follows in the next. */
const atOnce = 50

export function createNumbering(core: VaultCore, defect: (thrown: unknown) => void): Numbering {
  const state = { asked: false, running: false, pauses: 0 }
  // A series whose books did not count what was given here is left alone: giving again and again would spend numbers for nothing.
  const refused = new Set<string>()
  const run = async (): Promise<void> => {
    if (state.running) return
    state.running = true
    try {
      while (state.asked && state.pauses === 0) {
        state.asked = false
        for (const id of ownSeries(core).filter((series) => !refused.has(series))) {
          const written = await core.commit(collectionZero, () => numbersToGive(core, id))
          if (written.ok && written.value.some((known) => bookOf(core.numbers(), id).idle.some((idle) => idle.known.id === known.id))) refused.add(id)
        }
      }
    } finally {
      state.running = false
    }
  }
  const changed = (): void => {
    state.asked = true
    queueMicrotask(() => void run().catch(defect))
  }
  return {
    changed,
    async paused(work) {
      state.pauses += 1
      try {
        return await work()
      } finally {
        state.pauses -= 1
        changed()
      }
    },
  }
}

function ownSeries(core: VaultCore): readonly string[] {
  return [...core.numbers().series.values()].filter(({ registrar }) => registrar?.seat === core.seat.seat).map(({ series }) => series)
}

function numbersToGive(core: VaultCore, id: string): readonly NewEvent[] {
  const series = core.authority().series.get(id)
  const book = bookOf(core.numbers(), id)
  if (!series || book.registrar?.seat !== core.seat.seat) return []
  const period = periodOf(series, core.today())
  const granted = grantsFor(core, series, book, period)
  const first = nextNumber(book, period) + granted.reduce((sum, { size }) => sum + size, 0)
  const given = waitingFor(core, series)
    .slice(0, atOnce)
    .map((state, i) => assignment({ series: id, period, n: first + i, doc: state.id, block: null }))
  return [...granted.map((body): NewEvent => ({ type: 'number.grant', doc: null, position: null, series: id, body })), ...given]
}

type Grant = NumberBodyOf<'number.grant'>

/** NU-13 what seats asked for, as far as the series allows: a seat that still holds as many as come at once waits until it has used some. */
function grantsFor(core: VaultCore, series: NumberSeries, book: SeriesBook, period: number): readonly Grant[] {
  const grants: Grant[] = []
  let first = nextNumber(book, period)
  for (const ask of book.asks) {
    const held = blocksOf(book, period, ask.seat).reduce((sum, block) => sum + freeOf(book, block).length, 0)
    const size = Math.min(ask.size, series.blockSize - held)
    if (size < 1 || core.authority().removedSeats.has(ask.seat) || grants.length >= atOnce) continue
    grants.push({ series: series.id, period, first, size, ask: ask.id })
    first += size
  }
  return grants
}

export function assignment(body: { readonly series: string; readonly period: number; readonly n: number; readonly doc: string; readonly block: string | null }): NewEvent {
  return { type: 'number.assign', doc: null, position: null, series: body.series, body }
}

/** Documents that wait for a number of this series, in the order they were decided. */
export function waitingFor(core: VaultCore, { id }: NumberSeries): readonly DocumentState[] {
  return core.view
    .register(documentTable)
    .map(({ value }) => (value as DocumentRow).state)
    .filter((state) => awaitsNumber(core, state) && wantedSeries(core, state)?.id === id)
    .sort((a, b) => ((a.decidedAt ?? '') < (b.decidedAt ?? '') ? -1 : a.decidedAt === b.decidedAt && a.id < b.id ? -1 : 1))
}

export function awaitsNumber(core: VaultCore, state: DocumentState): boolean {
  const { numberOf, closed } = core.numbers()
  return (state.stage === 'decided' || state.stage === 'filed') && !numberOf.has(state.id) && !closed.has(state.id) && wantedSeries(core, state) !== null
}

/** The series under which the document goes out today; null when it does not go out. */
export function wantedSeries(core: VaultCore, state: DocumentState): NumberSeries | null {
  const { forms, positions, series } = core.authority()
  const cover = state.current?.frozen.cover
  if (!cover) return null
  const section = positions.get(state.drafter?.position ?? '')?.section ?? null
  return seriesFor({ form: forms.get(state.form ?? '') ?? null, cover, section }, series.values(), jstDate(core.around.clock.now()))
}
