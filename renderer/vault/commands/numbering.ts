// Commands about official numbers: who is registrar, numbers taken along, 欠番; and giving a document one of the numbers at hand. What
// the town's policy wants confirmed goes through main's window; whether an act counts is the domain's to say.

import { isTrial } from '@shared/authority/ask.ts'
import type { NumberSeries } from '@shared/authority/model.ts'
import { inForce } from '@shared/base/in-force.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import { mayAboutNumbers } from '@shared/judge/number-acts.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { blocksOf, bookOf, freeOf, nextNumber } from '@shared/numbers/ask.ts'
import { covers } from '@shared/numbers/ledger.ts'
import { parseNumberAct, type NumberAct } from '@shared/numbers/events.ts'
import { periodOf, writeNumber } from '@shared/numbers/series.ts'
import type { SeriesBook } from '@shared/numbers/state.ts'
import { needsConsent } from '@shared/posture/evaluate.ts'
import type { CommandFailure, VaultCommands } from '../../services/vault-api.ts'
import { consentWords } from '../../text/consent.ts'
import type { VaultCore } from '../core.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { assignment, awaitsNumber, wantedSeries } from '../numbering.ts'
import { seatName } from '../views/numbers-view.ts'
import { find, type Command, type CommandContext } from './context.ts'

type Keeping = VaultCommands['keepNumbers']['arg']['act']

export const keepNumbers: Command<'keepNumbers'> = (context, { series: id, act }) =>
  context.numbering.paused(async () => {
    const { core } = context
    // What is being written now is part of what the person is asked about.
    await core.commit(collectionZero, () => [])
    const series = core.authority().series.get(id)
    if (!series) return failed('SeriesMissing')
    const type = `number.${act.kind}` as const
    if (!mayAboutNumbers(core.authority(), core.seat.person, type, series, core.today())) return notAllowed([{ code: 'role-missing', facts: { type } }])
    const book = bookOf(core.numbers(), id)
    const reason = notNow(core, book, act)
    if (reason) return notAllowed([{ code: reason }])
    const number = parseNumberAct({ type, body: bodyOf(core, series, book, act) })
    return number ? confirmAndWrite(context, series, number) : failed('NumbersIncomplete')
  })

function bodyOf({ today, authority, around }: VaultCore, series: NumberSeries, book: SeriesBook, act: Keeping): unknown {
  const period = periodOf(series, today())
  switch (act.kind) {
    case 'registrar':
      return { series: series.id, seat: act.seat, previous: book.registrar?.id ?? null, reason: act.reason }
    case 'takeover':
      return { series: series.id, period, seat: act.seat, skip: act.skip, reason: act.reason, ...(isTrial(authority(), around.clock.now()) ? { alone: true } : {}) }
    case 'agree':
      return { series: series.id, takeover: act.takeover }
    case 'withdraw':
      return { series: series.id, takeover: act.takeover }
    case 'ask':
      return { series: series.id, size: act.size }
    case 'unask':
      return { series: series.id, ask: act.ask }
    case 'block':
      return { series: series.id, period, first: nextNumber(book, period), size: act.size, seat: act.seat }
    case 'void':
      return { series: series.id, period: act.period, n: act.n, reason: act.reason, again: act.again }
    case 'return':
      return { series: series.id, period: act.period, block: act.block, reason: act.reason }
  }
}

/** What the books would not count, said before anybody is asked. */
function notNow({ seat }: VaultCore, book: SeriesBook, act: Keeping): string | null {
  const isRegistrar = book.registrar?.seat === seat.seat
  switch (act.kind) {
    case 'registrar':
      return book.registrar === null || isRegistrar ? null : 'not-registrar'
    case 'takeover':
      return null
    case 'agree': {
      const open = book.takeovers.find(({ id }) => id === act.takeover)
      if (!open) return 'takeover-unknown'
      return open.known.event.person === seat.person ? 'own-proposal' : null
    }
    case 'withdraw': {
      const open = book.takeovers.find(({ id }) => id === act.takeover)
      if (!open) return 'takeover-unknown'
      return open.known.event.person === seat.person ? null : 'not-own-proposal'
    }
    case 'unask':
      return book.asks.some((one) => one.id === act.ask && one.seat === seat.seat) ? null : 'ask-unknown'
    case 'ask':
      return book.asks.some((one) => one.seat === seat.seat) ? 'asked-already' : null
    case 'block':
      return isRegistrar ? null : 'not-registrar'
    case 'void': {
      const blocks = book.periods.get(act.period)?.blocks ?? []
      if (act.n > (book.periods.get(act.period)?.max ?? 0)) return 'not-a-number-yet'
      return isRegistrar || blocks.some((block) => block.seat === seat.seat && covers(block, act.period, act.n)) ? null : 'not-registrar'
    }
    case 'return': {
      const block = book.periods.get(act.period)?.blocks.find(({ id }) => id === act.block)
      return block && (isRegistrar || block.seat === seat.seat) ? null : 'not-registrar'
    }
  }
}

/** Written only when nothing about the series came in while the person was asked. */
async function confirmAndWrite(context: CommandContext, series: NumberSeries, act: NumberAct): Promise<Result<null, CommandFailure>> {
  const { core } = context
  const draft: NewEvent = { type: act.type, doc: null, position: null, body: act.body, series: series.id }
  const events = await core.build(collectionZero, [draft])
  const reasons = await core.judge(collectionZero, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const [event] = events
  if (!event) throw new Error('defect: an act without an event')
  const policy = inForce(core.authority().policies.values(), core.today())
  if (needsConsent(policy, act.type)) {
    const confirmed = await core.around.host.consent.request({ events: [eventToBytes(event)], title: titleOf(series, act), facts: factsOf(context, series, act), warnings: [] })
    if (!confirmed.ok) return failedBy(confirmed.error)
  }
  const same = bookOf(core.numbers(), series.id).heads.every((head) => event.deps.includes(head))
  if (!same) return failed('NumbersMoved', 'now')
  const written = await core.commitBuilt(collectionZero, events)
  if (!written.ok) return written
  const id = eventId(eventToBytes(event))
  return bookOf(core.numbers(), series.id).idle.some(({ known }) => known.id === id) ? failed('NumbersMoved', 'now') : ok(null)
}

function titleOf(series: NumberSeries, act: NumberAct): string {
  if (act.type === 'number.void') return writeNumber(series, act.body.period, act.body.n)
  if (act.type !== 'number.block') return series.symbol
  const { period, first, size } = act.body
  return `${writeNumber(series, period, first)} – ${writeNumber(series, period, first + size - 1)}`
}

function factsOf({ core, language }: CommandContext, series: NumberSeries, { body }: NumberAct): { label: string; value: string }[] {
  const words = consentWords[language()]
  return [
    { label: words.series, value: series.symbol },
    ...('seat' in body ? [{ label: words.seat, value: seatName(core, body.seat) }] : []),
    ...('takeover' in body ? takeoverFacts(core, series, body.takeover, words.seat) : []),
    ...('skip' in body ? [{ label: words.skip, value: String(body.skip) }] : []),
  ]
}

function takeoverFacts(core: VaultCore, series: NumberSeries, id: string, label: string): { label: string; value: string }[] {
  const open = bookOf(core.numbers(), series.id).takeovers.find((one) => one.id === id)
  return open ? [{ label, value: seatName(core, open.seat) }] : []
}

/** The next number of a block at hand, without anybody else: for who must send something out while cut off. */
export const giveNumber: Command<'giveNumber'> = async (context, { id }) => {
  const { core } = context
  const found = find(context, id)
  if (!found.ok) return found
  const series = wantedSeries(core, found.value.state)
  if (!series || !awaitsNumber(core, found.value.state)) return failed('NumberNotNeeded')
  if (!mayAboutNumbers(core.authority(), core.seat.person, 'number.assign', series, core.today())) return notAllowed([{ code: 'role-missing', facts: { type: 'number.assign' } }])
  const period = periodOf(series, core.today())
  const written = await core.commit(collectionZero, () => {
    const book = bookOf(core.numbers(), series.id)
    const [block] = blocksOf(book, period, core.seat.seat)
    const [n] = block ? freeOf(book, block) : []
    return block && n !== undefined && awaitsNumber(core, found.value.state) ? [assignment({ series: series.id, period, n, doc: id, block: block.id })] : []
  })
  if (!written.ok) return written
  return written.value.length > 0 ? ok(null) : failed('NoNumberAtHand')
}
