// Which acts about one series count, each judged by its own causal past: what its author could know. The answer for one act never
// changes when more acts arrive; what changes is only which of two acts that met stands (books.ts). It drops no act.

import { causalityOf, type Causality } from '../log/causality.ts'
import { isOfThisSchema, type KnownEvent } from '../log/event.ts'
import { parseNumberAct, type NumberAct, type NumberBodyOf } from './events.ts'
import { bestOf, compareIds, compareLeases } from './lease.ts'
import type { Block, Claim, Gap, IdleAct, IdleCause, Lease, OpenAsk, OpenTakeover, Voiding } from './state.ts'

export interface SeriesLedger {
  readonly series: string
  readonly causality: Causality
  readonly leases: readonly Lease[]
  readonly blocks: readonly Block[]
  readonly gaps: readonly Gap[]
  readonly claims: readonly Claim[]
  readonly voidings: readonly Voiding[]
  /** Nobody agreed to them yet, and they were not taken back. */
  readonly takeovers: readonly OpenTakeover[]
  /** Not answered yet, and not taken back. */
  readonly asks: readonly OpenAsk[]
  readonly idle: readonly IdleAct[]
}

/** The seat that wrote an event: `<seat>.<incarnation>/<collection>`. */
export function seatOf({ lane }: KnownEvent): string {
  return lane.slice(0, lane.indexOf('.'))
}

/** `events`: those that name the series, in any order. */
export function ledgerOf(series: string, events: readonly KnownEvent[]): SeriesLedger {
  const causality = causalityOf(events, () => true)
  const work = createWork(series, causality)
  const idle: IdleAct[] = []
  for (const known of causality.ordered) {
    const act = isOfThisSchema(known.event) ? parseNumberAct(known.event) : null
    work.reach(known)
    const why = act ? apply(work, known, act) : 'unreadable'
    if (why) idle.push({ known, why })
  }
  const { leases, blocks, gaps, claims, voidings } = work
  const takeovers = work.proposals.filter(({ id }) => !work.agreed.has(id) && !work.takenBack.has(id)).map(({ id, body, known }) => ({ id, seat: body.seat, reason: body.reason, known }))
  const asks = work.asks.filter(({ id }) => !work.answered.has(id) && !work.takenBack.has(id))
  return { series, causality, leases, blocks, gaps, claims, voidings, takeovers, asks, idle }
}

interface Work {
  readonly series: string
  readonly causality: Causality
  readonly leases: Lease[]
  readonly blocks: Block[]
  readonly gaps: Gap[]
  readonly claims: Claim[]
  readonly voidings: Voiding[]
  readonly proposals: { readonly id: string; readonly body: NumberBodyOf<'number.takeover'>; readonly known: KnownEvent }[]
  readonly agreed: Set<string>
  readonly asks: OpenAsk[]
  readonly answered: Set<string>
  /** NU-14 by what was taken back, the acts that say so. */
  readonly takenBack: Map<string, string[]>
  readonly byNumber: Map<string, Claim[]>
  /** Takes over how far each period was spoken for in the past of an event. */
  readonly reach: (known: KnownEvent) => void
  readonly highest: (event: string, period: number) => number
  readonly extend: (event: string, period: number, last: number) => void
}

function createWork(series: string, causality: Causality): Work {
  const reached = new Map<string, ReadonlyMap<number, number>>()
  return {
    series, causality, leases: [], blocks: [], gaps: [], claims: [], voidings: [], proposals: [], agreed: new Set(), asks: [], answered: new Set(), takenBack: new Map(), byNumber: new Map(),
    reach({ id, event }) {
      const pasts = event.deps.flatMap((dep) => reached.get(dep) ?? [])
      const [only] = pasts
      if (only && pasts.length === 1) return void reached.set(id, only)
      const merged = new Map<number, number>()
      for (const past of pasts) for (const [period, last] of past) merged.set(period, Math.max(last, merged.get(period) ?? 0))
      reached.set(id, merged)
    },
    highest: (event, period) => reached.get(event)?.get(period) ?? 0,
    extend(event, period, last) {
      const before = reached.get(event) ?? new Map<number, number>()
      reached.set(event, new Map(before).set(period, Math.max(last, before.get(period) ?? 0)))
    },
  }
}

function apply(work: Work, known: KnownEvent, act: NumberAct): IdleCause | null {
  switch (act.type) {
    case 'number.registrar':
      return registrar(work, known, act.body)
    case 'number.takeover':
      return takeover(work, known, act.body)
    case 'number.agree':
      return agree(work, known, act.body)
    case 'number.withdraw':
      return withdraw(work, known, act.body)
    case 'number.ask':
      work.asks.push({ id: known.id, seat: seatOf(known), size: act.body.size, known })
      return null
    case 'number.unask':
      return unask(work, known, act.body)
    case 'number.grant':
      return grant(work, known, act.body)
    case 'number.block':
      return block(work, known, act.body)
    case 'number.assign':
      return assign(work, known, act.body)
    case 'number.void':
      return voiding(work, known, act.body)
    case 'number.return':
      return giveBack(work, known, act.body)
  }
}

function leaseBefore({ leases, causality }: Work, event: string): Lease | null {
  return bestOf(leases.filter(({ id }) => causality.precedes(id, event)), compareLeases)
}

function registrar(work: Work, known: KnownEvent, { seat, previous, reason }: NumberBodyOf<'number.registrar'>): IdleCause | null {
  const before = leaseBefore(work, known.id)
  if ((before?.id ?? null) !== previous) return 'registrar-elsewhere'
  if (before && before.seat !== seatOf(known)) return 'not-registrar'
  work.leases.push({ id: known.id, seat, kind: before ? 'transfer' : 'first', ...lineOf(work, known, 0), reason, known })
  return null
}

/** NU-12 with one voice it waits, unless its author was alone. */
function takeover(work: Work, known: KnownEvent, body: NumberBodyOf<'number.takeover'>): IdleCause | null {
  if (body.alone !== true) work.proposals.push({ id: known.id, body, known })
  return body.alone === true ? takesOver(work, known, body) : null
}

const openForMs = 30 * 24 * 60 * 60 * 1000

function agree(work: Work, known: KnownEvent, { takeover: id }: NumberBodyOf<'number.agree'>): IdleCause | null {
  const proposal = work.proposals.find((one) => one.id === id && work.causality.precedes(id, known.id))
  if (!proposal) return 'takeover-unknown'
  if (proposal.known.event.person === known.event.person) return 'own-proposal'
  if (isTakenBack(work, known, id)) return 'takeover-withdrawn'
  if (known.event.hlc.ms - proposal.known.event.hlc.ms > openForMs) return 'takeover-lapsed'
  work.agreed.add(id)
  return takesOver(work, known, proposal.body)
}

/** NU-14 by its author alone; an agreement that it did not know of stands. */
function withdraw(work: Work, known: KnownEvent, { takeover: id }: NumberBodyOf<'number.withdraw'>): IdleCause | null {
  const proposal = work.proposals.find((one) => one.id === id && work.causality.precedes(id, known.id))
  if (!proposal) return 'takeover-unknown'
  if (proposal.known.event.person !== known.event.person) return 'not-own-proposal'
  push(work.takenBack, id, known.id)
  return null
}

function unask(work: Work, known: KnownEvent, { ask: id }: NumberBodyOf<'number.unask'>): IdleCause | null {
  const asked = work.asks.find((one) => one.id === id && work.causality.precedes(id, known.id))
  if (asked?.seat !== seatOf(known)) return 'ask-unknown'
  push(work.takenBack, id, known.id)
  return null
}

function isTakenBack({ takenBack, causality }: Work, { id }: KnownEvent, what: string): boolean {
  return (takenBack.get(what) ?? []).some((one) => causality.precedes(one, id))
}

function takesOver(work: Work, known: KnownEvent, { period, seat, skip, reason }: NumberBodyOf<'number.takeover'>): null {
  const first = work.highest(known.id, period) + 1
  work.leases.push({ id: known.id, seat, kind: 'takeover', ...lineOf(work, known, 1), reason, known })
  if (skip === 0) return null
  const gap = { id: known.id, period, first, last: first + skip - 1, reason }
  work.gaps.push(gap)
  work.extend(known.id, period, gap.last)
  return null
}

function lineOf({ leases, causality }: Work, { id }: KnownEvent, own: 0 | 1): Pick<Lease, 'takeovers' | 'depth'> {
  const past = leases.filter((lease) => causality.precedes(lease.id, id))
  return { depth: past.length, takeovers: past.filter(({ kind }) => kind === 'takeover').length + own }
}

function block(work: Work, known: KnownEvent, { period, first, size, seat }: NumberBodyOf<'number.block'>, ask: string | null = null): IdleCause | null {
  const lease = leaseBefore(work, known.id)
  if (lease?.seat !== seatOf(known)) return 'not-registrar'
  if (first !== work.highest(known.id, period) + 1) return 'not-the-next-number'
  work.blocks.push({ id: known.id, period, first, last: first + size - 1, seat, ask, lease, known })
  work.extend(known.id, period, first + size - 1)
  return null
}

/** NU-13 */
function grant(work: Work, known: KnownEvent, { period, first, size, ask: id }: NumberBodyOf<'number.grant'>): IdleCause | null {
  const { causality } = work
  const asked = work.asks.find((one) => one.id === id && causality.precedes(id, known.id))
  const isAnswered = work.blocks.some((one) => one.ask === id && causality.precedes(one.id, known.id))
  if (!asked || isAnswered || size > asked.size) return 'ask-unknown'
  if (isTakenBack(work, known, id)) return 'ask-withdrawn'
  const why = block(work, known, { series: work.series, period, first, size, seat: asked.seat }, id)
  if (why === null) work.answered.add(id)
  return why
}

function assign(work: Work, known: KnownEvent, body: NumberBodyOf<'number.assign'>): IdleCause | null {
  const source = body.block === null ? fromChain(work, known, body) : fromBlock(work, known, body, body.block)
  if (typeof source === 'string') return source
  const { period, n, doc } = body
  const claim: Claim = { id: known.id, series: work.series, period, n, doc, block: body.block, lease: source, known }
  work.claims.push(claim)
  push(work.byNumber, keyOf(period, n), claim)
  work.extend(known.id, period, n)
  return null
}

function fromChain(work: Work, known: KnownEvent, { period, n }: NumberBodyOf<'number.assign'>): Lease | IdleCause {
  const lease = leaseBefore(work, known.id)
  if (lease?.seat !== seatOf(known)) return 'not-registrar'
  return n === work.highest(known.id, period) + 1 ? lease : 'not-the-next-number'
}

function fromBlock(work: Work, known: KnownEvent, { period, n }: NumberBodyOf<'number.assign'>, id: string): Lease | IdleCause {
  const { blocks, causality } = work
  const source = blocks.find((one) => one.id === id && causality.precedes(one.id, known.id))
  if (!source || source.seat !== seatOf(known)) return 'block-unknown'
  const covers = (one: Block): boolean => one.period === period && one.first <= n && n <= one.last
  const owner = bestOf(blocks.filter((one) => covers(one) && causality.precedes(one.id, known.id)), compareBlocks)
  if (owner !== source) return 'not-in-block'
  return isUsed(work, known.id, period, n) ? 'number-used' : source.lease
}

/** Of two blocks over one number, the one from the lease that stands has it. */
export function compareBlocks(a: Block, b: Block): number {
  return compareLeases(a.lease, b.lease) || compareIds(a, b)
}

function isUsed(work: Work, event: string, period: number, n: number): boolean {
  const { causality, byNumber, voidings } = work
  if ((byNumber.get(keyOf(period, n)) ?? []).some(({ id }) => causality.precedes(id, event))) return true
  return voidings.some((one) => covers(one, period, n) && causality.precedes(one.id, event))
}

function voiding(work: Work, known: KnownEvent, { period, n, reason, again }: NumberBodyOf<'number.void'>): IdleCause | null {
  if (n > work.highest(known.id, period)) return 'not-a-number-yet'
  const seat = seatOf(known)
  const isHolder = work.blocks.some((one) => one.seat === seat && one.period === period && one.first <= n && n <= one.last && work.causality.precedes(one.id, known.id))
  if (leaseBefore(work, known.id)?.seat !== seat && !isHolder) return 'not-registrar'
  work.voidings.push({ id: known.id, period, first: n, last: n, unusedOnly: false, reason, again })
  return null
}

function giveBack(work: Work, known: KnownEvent, { period, block: id, reason }: NumberBodyOf<'number.return'>): IdleCause | null {
  const source = work.blocks.find((one) => one.id === id && one.period === period && work.causality.precedes(one.id, known.id))
  if (!source) return 'block-unknown'
  const seat = seatOf(known)
  if (source.seat !== seat && leaseBefore(work, known.id)?.seat !== seat) return 'not-registrar'
  work.voidings.push({ id: known.id, period, first: source.first, last: source.last, unusedOnly: true, reason, again: false })
  return null
}

export function covers(range: { readonly period: number; readonly first: number; readonly last: number }, period: number, n: number): boolean {
  return range.period === period && range.first <= n && n <= range.last
}

/** A number that was in use is cancelled only by who knew that it was: a void that met its use without knowing it changes nothing. */
export function cancels(voided: Voiding, claim: Claim, causality: Causality): boolean {
  return !voided.unusedOnly && covers(voided, claim.period, claim.n) && causality.precedes(claim.id, voided.id)
}

export function keyOf(period: number, n: number): string {
  return `${period}/${n}`
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key)
  if (held) held.push(value)
  else map.set(key, [value])
}
