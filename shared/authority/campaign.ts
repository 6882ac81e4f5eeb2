// 権限の点検, a quarter's look at who may do what: every grant with what became of it, made from what the log says and nothing else. It
// changes nothing and needs no server: whoever holds the same log sees the same campaign.

import { addDays, jstDate, partsOf } from '../base/civil-date.ts'
import { grantHolds } from './ask.ts'
import type { AnyGrant, Grant, Role, RolePair } from './model.ts'
import type { AuthorityState } from './reduce.ts'
import { anyGranted, lapsesOn, ownersOf, reviewRulesOn } from './review.ts'
import { reviewed, type HeldReview, type RemovedGrant } from './reviewed.ts'

/** A quarter of the fiscal year, first and last day. `n` from 1 (April to June). */
export interface Quarter {
  readonly fiscalYear: number
  readonly n: number
  readonly from: string
  readonly to: string
}

export function quarterOf(date: string): Quarter {
  const { year, month } = partsOf(date)
  const first = month - ((month - 1) % 3)
  const start = (y: number, m: number): string => `${y}-${String(m).padStart(2, '0')}-01`
  return {
    fiscalYear: month < 4 ? year - 1 : year,
    n: first < 4 ? 4 : (first - 1) / 3,
    from: start(year, first),
    to: addDays(first === 10 ? start(year + 1, 1) : start(year, first + 3), -1),
  }
}

/** Somebody did something that this right, and no lesser one, lets them do. `at`: milliseconds since 1970 UTC, the latest. */
export interface Use {
  readonly person: string
  readonly collection: string | null
  readonly role: Role
  readonly at: number
  /** In this document (handle), where its holder was given it alone. */
  readonly document?: string
}

/** What was seen of the use of rights. `seen`: of which collections the acts can be read here; null = collection zero. */
export interface Uses {
  readonly seen: ReadonlySet<string | null>
  readonly latest: readonly Use[]
}

/**
 * `open`: nobody looked at it yet; `new`: given in this quarter; `kept`, `reduced`, `removed`: by a person, in this quarter; `void`: it lapsed
 * because nobody looked.
 */
export type CampaignOutcome = 'open' | 'new' | 'kept' | 'reduced' | 'removed' | 'void'

export interface CampaignRow {
  readonly grant: AnyGrant
  /** Who answers for it (AU-61). */
  readonly owners: readonly string[]
  readonly outcome: CampaignOutcome
  /** The look or the removal of this quarter; null where there was none. */
  readonly by: { readonly person: string; readonly at: number; readonly reason: string } | null
  /** Past its review date, and still holding. */
  readonly overdue: boolean
  readonly lapsesOn: string
  /** Milliseconds since 1970 UTC; null = never; `unseen` = the acts of that collection are not read here; `uncounted` = everybody reads the town's names, and nobody's use is told apart. */
  readonly lastUsed: number | null | 'unseen' | 'uncounted'
  readonly unused: boolean
  /** Ids of pairs of roles its holder should not have together. */
  readonly pairs: readonly string[]
}

export interface Campaign {
  readonly quarter: Quarter
  /** The day on which it is looked at: today, or the last day of a quarter that is over. */
  readonly date: string
  readonly rows: readonly CampaignRow[]
  readonly pairs: readonly RolePair[]
  /** Of the rights that stood when the quarter began: how many somebody looked at. */
  readonly coverage: { readonly due: number; readonly reviewed: number }
}

export function campaignOf(state: AuthorityState, quarter: Quarter, today: string, uses: Uses): Campaign {
  const date = today < quarter.to ? today : quarter.to
  const rules = reviewRulesOn(state, date)
  const stood = standingIn(state, quarter, date)
  const pairs = pairsOf(rules.pairs, stood.filter(({ grant, removal }) => !removal && grantHolds(grant, date)).map(({ grant }) => grant))
  const ownersBy = new Map<string | null, readonly string[]>()
  const owners = (collection: string | null): readonly string[] => {
    const known = ownersBy.get(collection) ?? ownersOf(state, collection, date)
    ownersBy.set(collection, known)
    return known
  }
  const used = latestUses(state, uses)
  const unusedSince = addDays(date, -rules.unusedDays)
  const row = ({ grant, removal, reviews }: Standing): CampaignRow => {
    const outcome = removal ? 'removed' : outcomeOf(grant, reviews, quarter, date)
    const by = removal ?? reviews.at(-1) ?? null
    const lastUsed = !isMeasured(grant) ? 'uncounted' : uses.seen.has(grant.collection) ? (used.get(placeKey(grant)) ?? null) : 'unseen'
    const isIdle = typeof lastUsed !== 'string' && grant.from < unusedSince && (lastUsed === null || jstDate(lastUsed) < unusedSince)
    return {
      grant,
      owners: owners(grant.collection),
      outcome,
      by: by && { person: by.person, at: by.at, reason: by.reason },
      overdue: !removal && grantHolds(grant, date) && grant.reviewBy < date,
      lapsesOn: lapsesOn(grant),
      lastUsed,
      unused: isIdle && !removal && outcome !== 'void',
      pairs: removal ? [] : (pairs.get(grant.id) ?? []),
    }
  }
  const rows = stood.map(row).sort(byPlace)
  const due = rows.filter(({ grant }) => grant.from < quarter.from)
  return { quarter, date, rows, pairs: rules.pairs, coverage: { due: due.length, reviewed: due.filter(({ outcome }) => isLookedAt(outcome)).length } }
}

export function isLookedAt(outcome: CampaignOutcome): boolean {
  return outcome === 'kept' || outcome === 'reduced' || outcome === 'removed'
}

interface Standing {
  /** As it stood at the end of `date`. */
  readonly grant: AnyGrant
  readonly removal: RemovedGrant | null
  /** Of this quarter. */
  readonly reviews: readonly HeldReview[]
}

/** What stood in the quarter, in the state of the day; what was looked at or taken away later had not been. */
function standingIn(state: AuthorityState, quarter: Quarter, date: string): readonly Standing[] {
  return [...state.granted.values(), ...state.documentGranted.values()].flatMap((given: AnyGrant) => {
    const reviews = (state.reviews.get(given.id) ?? []).filter(({ at }) => jstDate(at) <= date)
    const grant = reviewed(given, reviews)
    const taken = state.removedGrants.get(given.id)
    const removal = taken && jstDate(taken.at) <= date ? taken : null
    const isOver = (grant.to !== null && grant.to < quarter.from) || (removal !== null && jstDate(removal.at) < quarter.from)
    return grant.from > date || isOver ? [] : [{ grant, removal, reviews: reviews.filter(({ at }) => jstDate(at) >= quarter.from) }]
  })
}

function outcomeOf(grant: Grant, reviews: readonly HeldReview[], quarter: Quarter, date: string): CampaignOutcome {
  if (!grantHolds(grant, date)) return 'void'
  if (reviews.some(({ role, to }) => role !== undefined || to !== undefined)) return 'reduced'
  if (reviews.length > 0) return 'kept'
  return grant.from >= quarter.from ? 'new' : 'open'
}

function isMeasured({ collection, role }: Grant): boolean {
  return collection !== null || role !== 'reader'
}

function placeKey({ person, collection, role, document }: Pick<AnyGrant, 'person' | 'collection' | 'role' | 'document'>): string {
  return `${person} ${collection ?? ''} ${role} ${document ?? ''}`
}

/** The acts that were seen, and of owners the looks and removals themselves. */
function latestUses(state: AuthorityState, { latest }: Uses): ReadonlyMap<string, number> {
  const { reviews, removedGrants } = state
  const found = new Map<string, number>()
  const note = (use: Use): void => void found.set(placeKey(use), Math.max(use.at, found.get(placeKey(use)) ?? 0))
  latest.forEach(note)
  for (const [id, held] of reviews) {
    const collection = anyGranted(state, id)?.collection
    if (collection) for (const { person, at } of held) note({ person, collection, role: 'owner', at })
  }
  for (const [id, { person, at }] of removedGrants) {
    const collection = anyGranted(state, id)?.collection
    if (collection) note({ person, collection, role: 'owner', at })
  }
  return found
}

/** By grant, the pairs that its holder has together. */
function pairsOf(pairs: readonly RolePair[], live: readonly Grant[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const byPerson = new Map<string, Grant[]>()
  for (const grant of live) byPerson.set(grant.person, [...(byPerson.get(grant.person) ?? []), grant])
  for (const held of byPerson.values()) {
    for (const { id, roles: [one, other], within: place } of pairs) {
      for (const grant of held) {
        const wanted = grant.role === one ? other : grant.role === other ? one : null
        const meets = wanted !== null && held.some((second) => second !== grant && second.role === wanted && (place === 'town' || second.collection === grant.collection))
        if (meets) found.set(grant.id, [...(found.get(grant.id) ?? []), id])
      }
    }
  }
  return found
}

function byPlace({ grant: a }: CampaignRow, { grant: b }: CampaignRow): number {
  const key = ({ collection, person, role, id }: Grant): readonly string[] => [collection ?? '', person, role, id]
  const [left, right] = [key(a), key(b)]
  const at = left.findIndex((part, i) => part !== right[i])
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1
}
