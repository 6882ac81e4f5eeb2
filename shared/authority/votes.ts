// Which acts of collection zero have effect: one voice takes away or makes stricter, two give an administrator's right, take it or
// change the policy. A pure function of the SET of events. Removals are decided first, together; then everything else is measured
// against their cuts.

import type { KnownEvent } from '../log/event.ts'
import { isBehindCut, joinCuts, noCuts, type Contradicted, type Cuts, type CutOf } from './cut.ts'
import type { AuthorityBodies, AuthorityType } from './events.ts'

/** An event of collection zero whose body fits its type. */
export interface AuthorityAct<T extends AuthorityType = AuthorityType> {
  readonly known: KnownEvent
  readonly type: T
  readonly body: AuthorityBodies[T]
}

/** An act that takes two voices and has not got them. */
export interface Proposal {
  readonly act: AuthorityAct
  /** People whose voice counts, the one who proposed among them. */
  readonly voices: readonly string[]
}

export interface Decided {
  readonly hasEffect: (act: AuthorityAct) => boolean
  readonly cuts: Cuts
  readonly removedSeats: ReadonlySet<string>
  readonly removedGrants: ReadonlySet<string>
  readonly proposals: readonly Proposal[]
  /** AU-11 names (event ids) of acts whose authors closed them. */
  readonly withdrawn: ReadonlySet<string>
}

type RemovalAct = AuthorityAct<'seat.remove' | 'grant.remove'>

const openForMs = 30 * 24 * 60 * 60 * 1000

/** AU-1 a proposal can be agreed to for thirty days by the clocks in the log; after that it is to be made anew. */
export function isOpenAt({ event }: KnownEvent, ms: number): boolean {
  return ms - event.hlc.ms <= openForMs
}

/** `acts` in the order of display, which decides nothing but whose seat an id added twice is. */
export function decideVotes(acts: readonly AuthorityAct[], contradicted: Contradicted): Decided {
  const ground = survey(acts, contradicted)
  const removals = acts.filter((act): act is RemovalAct => isRemoval(act))
  const holding = settleRemovals(ground, removals)
  const cuts = cutsOf(ground, holding)
  const gone = removedBy(holding)
  const admins = adminsOf(ground, gone.grants, cuts)
  const held = new Set<AuthorityAct>(holding)
  const hasEffect = (act: AuthorityAct): boolean => (isRemoval(act) ? held.has(act) : hasVoices(ground, act, needed(ground, act, admins), cuts))
  const withdrawn = new Set(acts.filter((act) => isWithdrawn(ground, act, cuts)).map(({ known }) => known.id))
  const proposals = acts
    .filter((act) => needed(ground, act, admins) === 2 && !hasEffect(act) && !isBehindCut(cuts, act.known) && !isSettled(act, gone) && !withdrawn.has(act.known.id))
    .map((act) => ({ act, voices: [...voicesFor(ground, act, cuts)] }))
  return { hasEffect, cuts, removedSeats: gone.seats, removedGrants: gone.grants, proposals, withdrawn }
}

export function isType<T extends AuthorityType>(act: AuthorityAct, type: T): act is AuthorityAct<T> {
  return act.type === type
}

function isRemoval(act: AuthorityAct): boolean {
  return act.type === 'seat.remove' || act.type === 'grant.remove'
}

function isAdminGrant(act: AuthorityAct): act is AuthorityAct<'grant.put'> {
  return isType(act, 'grant.put') && act.body.role === 'admin' && act.body.collection === null
}

/** What does not depend on any vote. */
interface Ground {
  readonly founding: string | null
  readonly votes: ReadonlyMap<string, readonly AuthorityAct<'vote.cast'>[]>
  readonly withdrawals: readonly AuthorityAct<'vote.withdraw'>[]
  readonly adminGrants: readonly AuthorityAct<'grant.put'>[]
  readonly personOf: ReadonlyMap<string, string>
  readonly recovered: ReadonlySet<string>
  readonly contradicted: Contradicted
}

function survey(acts: readonly AuthorityAct[], contradicted: Contradicted): Ground {
  const genesis = acts.find((act) => act.type === 'workspace.genesis')
  const votes = new Map<string, AuthorityAct<'vote.cast'>[]>()
  const personOf = new Map<string, string>()
  const recovered = new Set<string>()
  for (const act of acts) {
    if (isType(act, 'vote.cast')) votes.set(act.body.act, [...(votes.get(act.body.act) ?? []), act])
    if (isType(act, 'seat.add')) personOf.set(act.body.id, act.body.person)
    if (isType(act, 'seat.recover')) {
      personOf.set(act.body.seat.id, act.body.seat.person)
      recovered.add(act.body.seat.id)
    }
  }
  return { founding: genesis ? placeOf(genesis.known) : null, votes, withdrawals: acts.filter((act) => isType(act, 'vote.withdraw')), adminGrants: acts.filter(isAdminGrant), personOf, recovered, contradicted }
}

function placeOf({ lane, seq }: KnownEvent): string {
  return `${lane} ${seq}`
}

function voicesFor({ votes }: Ground, { known }: AuthorityAct, cuts: Cuts): ReadonlySet<string> {
  const counted = (votes.get(known.id) ?? []).filter((vote) => !isBehindCut(cuts, vote.known)).filter((vote) => isOpenAt(known, vote.known.event.hlc.ms))
  return new Set([known.event.person, ...counted.map((vote) => vote.known.event.person)])
}

function hasVoices(ground: Ground, act: AuthorityAct, want: 1 | 2, cuts: Cuts): boolean {
  const { known } = act
  if (placeOf(known) === ground.founding) return true
  if (isBehindCut(cuts, known)) return false
  const alone = (ground.votes.get(known.id) ?? []).some((vote) => vote.body.alone && vote.known.event.person === known.event.person && !isBehindCut(cuts, vote.known))
  return alone || voicesFor(ground, act, cuts).size >= want
}

function needed(ground: Ground, act: AuthorityAct, admins: ReadonlySet<string>): 1 | 2 {
  const author = act.known.event.person
  const isAnothersSeat = (person: string | undefined): boolean => person !== undefined && person !== author && admins.has(person)
  // AU-30 whoever names the provider says who may say who somebody is; AU-23 an excuse is a looser rule.
  if (isType(act, 'policy.put') || isType(act, 'idp.put') || isType(act, 'exception.put') || isType(act, 'review-rules.put')) return 2
  if (isType(act, 'grant.put') || isType(act, 'grant.remove')) return ground.adminGrants.some((grant) => grant.body.id === act.body.id && (isAdminGrant(act) || hasVoices(ground, grant, 2, noCuts))) ? 2 : 1
  // Whoever makes an administrator's seat could speak with that voice as well.
  if (isType(act, 'seat.add')) return isAnothersSeat(act.body.person) ? 2 : 1
  // A seat made with the recovery sheets is vetoed by any one administrator.
  if (isType(act, 'seat.remove')) return !ground.recovered.has(act.body.id) && isAnothersSeat(ground.personOf.get(act.body.id)) ? 2 : 1
  return 1
}

function adminsOf(ground: Ground, removedGrants: ReadonlySet<string>, cuts: Cuts): ReadonlySet<string> {
  return new Set(ground.adminGrants.filter((grant) => !removedGrants.has(grant.body.id) && hasVoices(ground, grant, 2, cuts)).map((grant) => grant.body.person))
}

function removedBy(removals: readonly RemovalAct[]): { readonly seats: ReadonlySet<string>; readonly grants: ReadonlySet<string> } {
  const of = (type: AuthorityType): ReadonlySet<string> => new Set(removals.filter((act) => act.type === type).map((act) => act.body.id))
  return { seats: of('seat.remove'), grants: of('grant.remove') }
}

function cutsOf(ground: Ground, removals: readonly RemovalAct[]): Cuts {
  const admins = adminsOf(ground, removedBy(removals).grants, noCuts)
  const seatsOf = (person: string): readonly string[] => [...ground.personOf].filter(([, one]) => one === person).map(([seat]) => seat)
  return joinCuts(
    removals.flatMap(({ type, body }): readonly CutOf[] => {
      if (!body.cut) return []
      if (type === 'seat.remove') return [{ scope: 'seats', seats: [body.id], trusted: body.cut }]
      const person = ground.adminGrants.find((grant) => grant.body.id === body.id)?.body.person
      // Who still is, or again became, an administrator is not cut off.
      return person === undefined || admins.has(person) ? [] : [{ scope: 'formerAdmins', seats: seatsOf(person), trusted: body.cut }]
    }),
    ground.contradicted,
  )
}

/**
 * Removals that hold. One may stand behind the cut of another, or live on a voice that does; where that goes in a circle (each of two
 * administrators removes the other) both hold: removal wins.
 */
function settleRemovals(ground: Ground, removals: readonly RemovalAct[]): readonly RemovalAct[] {
  const sure = new Set<RemovalAct>()
  const possible = new Set(removals)
  const stands = (act: RemovalAct, removed: ReadonlySet<RemovalAct>, cutting: ReadonlySet<RemovalAct>): boolean => {
    const admins = adminsOf(ground, removedBy([...removed]).grants, noCuts)
    return hasVoices(ground, act, needed(ground, act, admins), cutsOf(ground, [...cutting].filter((one) => one !== act)))
  }
  for (let moved = true; moved; ) {
    moved = false
    for (const act of removals) {
      if (sure.has(act) || !possible.has(act)) continue
      if (!stands(act, possible, sure)) moved = possible.delete(act)
      else if (stands(act, sure, possible)) moved = sure.add(act).has(act)
    }
  }
  return removals.filter((act) => possible.has(act))
}

/** AU-11 by whoever proposed it. It takes no voice away: what two agreed to before they knew stands. */
function isWithdrawn({ withdrawals }: Ground, { known }: AuthorityAct, cuts: Cuts): boolean {
  return withdrawals.some((one) => one.body.act === known.id && one.known.event.person === known.event.person && !isBehindCut(cuts, one.known))
}

/** What it wants has come about otherwise. */
function isSettled(act: AuthorityAct, gone: { readonly seats: ReadonlySet<string>; readonly grants: ReadonlySet<string> }): boolean {
  if (isType(act, 'grant.put') || isType(act, 'grant.remove')) return gone.grants.has(act.body.id)
  return (isType(act, 'seat.remove') || isType(act, 'seat.add')) && gone.seats.has(act.body.id)
}
