// Which acts count, judged each by its own causal past: what its author could know. The answer for one act never
// changes when more events arrive; what changes is only where the document stands when all valid acts are seen together.
// It never drops an act: those that do not count are kept with the reason.

import { jstDate } from '../base/civil-date.ts'
import { latestOf, type Causality } from '../log/causality.ts'
import type { BodyOf, FrozenRevision, Step } from './events.ts'
import { flagsOf, type DocumentRules } from './rules.ts'
import { isSettled, openSteps, passedToReach, standingOf, type Entry, type GroupStanding, type Standing } from './standing.ts'
import type { ConflictCause } from './state.ts'
import type { Witnesses } from './witnesses.ts'

export interface Ledger {
  readonly valid: readonly Entry[]
  readonly rejected: ReadonlyMap<string, ConflictCause>
  readonly standing: Standing
  /** The submits an act is about: the latest ones with its revision that its author knew. */
  submitsOf(event: string): readonly string[]
  readonly witnesses: Witnesses
  /** Where the document stood in the eyes of the author of `event`. */
  standingBefore(event: string): Standing
}

/** `entries`: the acts of the ledger types in causal order. An approval that came late to everybody its judge knew of does not count. */
export function ledgerOf(entries: readonly Entry[], rules: DocumentRules, causality: Causality, witnesses: Witnesses): Ledger {
  const valid: Entry[] = []
  const rejected = new Map<string, ConflictCause>()
  const about = new Map<string, readonly string[]>()
  const memo = new Map<string, Standing>()
  const submitsOf = (event: string): readonly string[] => about.get(event) ?? []
  const standingBefore = (event: string): Standing => {
    const key = `${causality.pastKey(event)} ${witnesses.selfKey(event)}`
    const known = memo.get(key)
    if (known) return known
    const past = valid.filter((entry) => causality.precedes(entry.known.id, event))
    const standing = standingOf(past, submitsOf, causality, (approval) => witnesses.at(approval, event) !== 'late')
    memo.set(key, standing)
    return standing
  }
  for (const entry of entries) {
    const { id } = entry.known
    about.set(id, attribution(entry, valid, causality))
    const cause = rejection(entry, submitsOf(id), standingBefore(id), rules)
    if (cause) rejected.set(id, cause)
    else valid.push(entry)
  }
  const standing = standingOf(valid, submitsOf, causality, (approval) => witnesses.at(approval, null) !== 'late')
  return { valid, rejected, standing, submitsOf, standingBefore, witnesses }
}

function attribution(entry: Entry, valid: readonly Entry[], causality: Causality): readonly string[] {
  const { act } = entry
  if (!('revision' in act.body) || typeof act.body.revision !== 'string') return []
  const { revision } = act.body
  const known = valid
    .filter(({ known: submit, act: other }) => other.type === 'document.submit' && other.body.revision.pdf.sha256 === revision && causality.precedes(submit.id, entry.known.id))
    .map((submit) => submit.known.id)
  return latestOf(known, causality)
}

function rejection(entry: Entry, submits: readonly string[], before: Standing, rules: DocumentRules): ConflictCause | null {
  const { act } = entry
  switch (act.type) {
    case 'document.submit':
    case 'draft.abandon':
      return ['draft', 'returned', 'withdrawn', 'needs-decision'].includes(before.stage) ? null : lateCause(before, act.type)
    case 'record.file':
      return before.stage === 'decided' || before.question === 'two-volumes' ? null : 'not-in-this-stage'
    case 'document.withdraw':
    case 'decision.approve':
    case 'decision.return':
    case 'decision.refuse': {
      if (submits.length === 0) return 'unknown-revision'
      const standing = before.candidates.find(({ group }) => group.submits.some((submit) => submits.includes(submit)))
      if (!standing) return 'superseded-revision'
      if (act.type === 'document.withdraw') return before.stage === 'in-route' || before.stage === 'needs-decision' ? null : 'not-in-this-stage'
      return rejectionOnStep(entry, act.type === 'decision.approve' ? act.body : null, act.body.step, standing, before, rules)
    }
    default:
      return null
  }
}

function lateCause(before: Standing, type: string): ConflictCause {
  return type === 'document.submit' && (before.stage === 'decided' || before.stage === 'filed') ? 'edit-after-decision' : 'not-in-this-stage'
}

function rejectionOnStep(
  entry: Entry,
  approval: BodyOf<'decision.approve'> | null,
  stepId: string,
  standing: GroupStanding,
  before: Standing,
  rules: DocumentRules,
): ConflictCause | null {
  const { route } = standing.group.frozen
  const step = route.find((candidate) => candidate.id === stepId)
  if (!step) return 'position-not-on-step'
  // Whoever was away may be back by then: what is confirmed was decided on its own day.
  if (approval?.confirms !== undefined) return confirmationRejection(entry, approval, standing, before)
  if (!standsForStep(step, standing.group.frozen, entry, rules)) return 'position-not-on-step'
  // An open question is answered by sending the document back or refusing it, from any step of its route.
  if (before.stage === 'needs-decision' && !approval) return null
  if (before.stage !== 'in-route') return 'not-in-this-stage'
  const passed = passedToReach(route, step, (id) => isSettled(standing, id), (position) => mayPass(position, entry, rules))
  if (passed === null || (approval && !isSame(passed, approval.ahead ?? []))) return 'step-not-open'
  if (!approval?.also?.length) return null
  const settled = new Set(route.map(({ id }) => id).filter((id) => isSettled(standing, id) || passed.includes(id)))
  return mergeRejection(approval, route, settled, entry, rules)
}

/** Who approved says once more that it stands: the same step, as the same person and position, whatever has come of it since. */
function confirmationRejection(entry: Entry, approval: BodyOf<'decision.approve'>, standing: GroupStanding, before: Standing): ConflictCause | null {
  const { person, position } = entry.known.event
  const first = standing.acts.find(({ known }) => known.id === approval.confirms)
  const isSame = first?.act.type === 'decision.approve' && first.act.body.step === approval.step && JSON.stringify(first.act.body.also) === JSON.stringify(approval.also)
  if (!isSame || first.known.event.person !== person || first.known.event.position !== position) return 'position-not-on-step'
  return ['in-route', 'decided', 'filed'].includes(before.stage) || before.question === 'filed-and-closed' ? null : 'not-in-this-stage'
}

/** Does the entry's position stand for the step: as its own, or where it decides in its place where the rules allow it? What is confirmed is asked of its first act. */
export function standsForStep(step: Step, frozen: FrozenRevision, { act, known }: Entry, rules: DocumentRules): boolean {
  const { position, at, hlc } = known.event
  if (position === null || position === step.position) return position !== null
  const date = dateOf(at)
  if (date === null || step.kind !== 'decide') return false
  // What is sent back or refused waits for whoever it belongs to.
  const matter = act.type === 'decision.approve' ? { flags: flagsOf(frozen.cover), urgency: act.body.urgency ?? '' } : { flags: [], urgency: '' }
  // Whoever dates it back does so by one of the two clocks only.
  return [date, jstDate(hlc.ms)].every((day) => rules.mayProxy(step.position, position, day, matter))
}

/** DC-44 may this entry pass over a step of the position: is it away by both clocks, as for DC-40? */
export function mayPass(position: string, { known }: Pick<Entry, 'known'>, rules: DocumentRules): boolean {
  const date = dateOf(known.event.at)
  return date !== null && [date, jstDate(known.event.hlc.ms)].every((day) => rules.mayPass(position, day))
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one))
}

/** An event may claim a time that does not exist; then no rule of any date speaks for it. */
function dateOf(at: string): string | null {
  return Number.isNaN(Date.parse(at)) ? null : jstDate(at)
}

function mergeRejection(
  approval: BodyOf<'decision.approve'>,
  route: readonly Step[],
  settled: ReadonlySet<string>,
  entry: Entry,
  rules: DocumentRules,
): ConflictCause | null {
  const date = dateOf(entry.known.event.at)
  if (date === null || !rules.mergeSamePerson(date)) return 'merge-not-allowed'
  const done = new Set([...settled, approval.step])
  for (const also of approval.also ?? []) {
    const step = openSteps(route, (id) => done.has(id)).find((candidate) => candidate.id === also.step)
    if (!step) return 'step-not-open'
    if (step.position !== also.position) return 'position-not-on-step'
    done.add(step.id)
  }
  return null
}
