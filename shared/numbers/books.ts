// The books of numbers (番号簿) as a pure function of the set of acts: who is registrar, which document has which number, and why each
// number of a period is what it is. A number has one document at most, a document one number at most, and no number is unexplained:
// each act that counts begins right after the highest number its author knew.

import type { KnownEvent } from '../log/event.ts'
import { isAboutNumbers } from './events.ts'
import { bestOf, compareClaims, compareForDocument, compareLeases } from './lease.ts'
import { cancels, compareBlocks, covers, keyOf, ledgerOf, type SeriesLedger } from './ledger.ts'
import type { Claim, Collision, Explained, NumberBooks, PeriodBook, SeriesBook, Voiding } from './state.ts'

/**
 * `events` in any order; those that are not about numbers are left out. What `isCut` says to have no effect (a revocation's cut) gives
 * and cancels no number, but stays in the chain: whoever went on from it is not shaken by it.
 */
export function reduceNumbers(events: Iterable<KnownEvent>, isCut: (known: KnownEvent) => boolean = () => false): NumberBooks {
  const bySeries = new Map<string, Map<string, KnownEvent>>()
  for (const known of events) {
    const series = seriesOf(known)
    if (series === null) continue
    bySeries.set(series, (bySeries.get(series) ?? new Map<string, KnownEvent>()).set(known.id, known))
  }
  const ledgers = [...bySeries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([series, known]) => ({ ledger: withCuts(ledgerOf(series, [...known.values()]), isCut), known }))
  const holders = new Map(ledgers.map(({ ledger }) => [ledger.series, holdersOf(ledger)]))
  const standing = ledgers.flatMap(({ ledger }) => firstOf(ledger, [...(holders.get(ledger.series)?.values() ?? [])].filter((claim) => !ledger.cut.has(claim.id) && cancelOf(ledger, claim).length === 0)))
  const numberOf = new Map<string, Claim>()
  for (const claim of standing.sort(compareForDocument)) if (!numberOf.has(claim.doc)) numberOf.set(claim.doc, claim)
  const closed = new Set(ledgers.flatMap(({ ledger }) => ledger.claims.filter((claim) => !numberOf.has(claim.doc) && isClosedBy(cancelOf(ledger, claim))).map(({ doc }) => doc)))
  return {
    series: new Map(ledgers.map(({ ledger, known }) => [ledger.series, bookOf(ledger, holders.get(ledger.series) ?? new Map(), numberOf, [...known.values()])])),
    numberOf,
    closed,
  }
}

function seriesOf({ event }: KnownEvent): string | null {
  const { series } = (isAboutNumbers(event.type) && typeof event.body === 'object' && event.body !== null ? event.body : {}) as { readonly series?: unknown }
  return typeof series === 'string' ? series : null
}

/** For each number, the claim that keeps it. */
function holdersOf({ claims }: SeriesLedger): ReadonlyMap<string, Claim> {
  const holders = new Map<string, Claim>()
  for (const claim of claims) {
    const key = keyOf(claim.period, claim.n)
    const held = holders.get(key)
    if (!held || compareClaims(claim, held) < 0) holders.set(key, claim)
  }
  return holders
}

/** A number that was given although the document's number was known changes nothing of it. */
function firstOf({ causality }: SeriesLedger, claims: readonly Claim[]): readonly Claim[] {
  const ofDocument = new Map<string, Claim[]>()
  for (const claim of claims) ofDocument.set(claim.doc, [...(ofDocument.get(claim.doc) ?? []), claim])
  return claims.filter((claim) => !(ofDocument.get(claim.doc) ?? []).some((other) => causality.precedes(other.id, claim.id)))
}

interface CutLedger extends SeriesLedger {
  /** Ids of acts without effect. */
  readonly cut: ReadonlySet<string>
}

function withCuts(ledger: SeriesLedger, isCut: (known: KnownEvent) => boolean): CutLedger {
  return { ...ledger, cut: new Set(ledger.causality.ordered.filter(isCut).map(({ id }) => id)) }
}

function cancelOf({ voidings, causality, cut }: CutLedger, claim: Claim): readonly Voiding[] {
  return voidings.filter((one) => !cut.has(one.id) && cancels(one, claim, causality))
}

function isClosedBy(cancelled: readonly Voiding[]): boolean {
  return cancelled.length > 0 && !cancelled.some(({ again }) => again)
}

function bookOf(ledger: CutLedger, holders: ReadonlyMap<string, Claim>, numberOf: ReadonlyMap<string, Claim>, known: readonly KnownEvent[]): SeriesBook {
  const leases = ledger.leases.toSorted(compareLeases)
  const periods = new Set([...ledger.claims, ...ledger.blocks, ...ledger.gaps].map(({ period }) => period))
  const past = new Set(known.flatMap(({ event }) => event.deps))
  const collisions = ledger.claims.flatMap((lost): readonly Collision[] => {
    const kept = holders.get(keyOf(lost.period, lost.n))
    return kept && kept !== lost ? [{ kept, lost }] : []
  })
  return {
    series: ledger.series,
    registrar: leases[0] ?? null,
    leases,
    periods: new Map([...periods].sort((a, b) => b - a).map((period) => [period, periodBook(ledger, period, holders, numberOf)])),
    collisions,
    takeovers: ledger.takeovers.filter(({ id }) => !ledger.cut.has(id)),
    asks: ledger.asks.filter(({ id }) => !ledger.cut.has(id)),
    idle: ledger.idle,
    heads: known.map(({ id }) => id).filter((id) => !past.has(id)).sort(),
  }
}

function periodBook(ledger: CutLedger, period: number, holders: ReadonlyMap<string, Claim>, numberOf: ReadonlyMap<string, Claim>): PeriodBook {
  const blocks = ledger.blocks.filter((block) => block.period === period).sort((a, b) => a.first - b.first || compareBlocks(a, b))
  const lasts = [...blocks, ...ledger.gaps.filter((gap) => gap.period === period)].map(({ last }) => last)
  const max = Math.max(0, ...lasts, ...ledger.claims.filter((claim) => claim.period === period).map(({ n }) => n))
  const numbers: Explained[] = []
  for (let n = 1; n <= max; n++) {
    const explained = explain(ledger, period, n, holders.get(keyOf(period, n)) ?? null, numberOf)
    if (explained) numbers.push(explained)
  }
  return { period, max, blocks, numbers }
}

function explain(ledger: CutLedger, period: number, n: number, holder: Claim | null, numberOf: ReadonlyMap<string, Claim>): Explained | null {
  if (holder) {
    const [cancelled] = cancelOf(ledger, holder)
    if (cancelled) return { n, kind: 'void', doc: holder.doc, reason: cancelled.reason, act: cancelled.id }
    if (ledger.cut.has(holder.id)) return { n, kind: 'revoked', doc: holder.doc, act: holder.id }
    return { n, kind: numberOf.get(holder.doc) === holder ? 'given' : 'spare', doc: holder.doc, act: holder.id }
  }
  const voidings = ledger.voidings.filter((one) => covers(one, period, n))
  const voided = voidings.find(({ id }) => !ledger.cut.has(id))
  if (voided) return { n, kind: 'void', doc: null, reason: voided.reason, act: voided.id }
  const block = bestOf(ledger.blocks.filter((one) => covers(one, period, n)), compareBlocks)
  // Behind a cut it voids nothing, but who holds the number knew of it and gives it no more (NU-8).
  if (block && voidings[0]) return { n, kind: 'revoked', doc: null, act: voidings[0].id }
  if (block) return { n, kind: 'block', block: block.id }
  const gap = ledger.gaps.find((one) => covers(one, period, n))
  return gap ? { n, kind: 'gap', reason: gap.reason, act: gap.id } : null
}
