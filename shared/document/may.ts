// May this person, as this position, do this act on this state now? The same answer for a button, for the gate and for the judge.
// It knows documents only: access to the collection, consent and the device are judged elsewhere. It never says yes to the unknown.

import type { Absence, Appointment, DecisionTable, Person, Position, StandIn } from '../authority/model.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import type { BodyOf, DocumentEvent, DocumentEventType, Step } from './events.ts'
import { unreadAfterwards } from './post-review.ts'
import { positionsHeldBy } from './route.ts'
import { flagsOf, isPassedOver, needsUrgency, standsIn } from './rules.ts'
import { openSteps, passedToReach } from './standing.ts'
import type { DocumentState, RevisionState, Stage } from './state.ts'

export interface Actor {
  readonly person: Person
  /** The position acted as; null = not said. */
  readonly position: string | null
  /** The day of the act in Japan, YYYY-MM-DD. */
  readonly date: string
}

export interface ActingRules {
  readonly appointments: readonly Appointment[]
  readonly positions: readonly Position[]
  readonly table: DecisionTable
  /** Who is away, and who decides in their place; absent = nobody is. */
  readonly absences?: readonly Absence[]
}

/** What is to be done: an event about to be written, or only its type for acts that need no more (edits, access). */
export type ProposedAct =
  | DocumentEvent
  | { readonly type: Exclude<DocumentEventType, `decision.${string}` | 'document.withdraw'>; readonly body?: undefined }

const writing: ReadonlySet<Stage> = new Set<Stage>(['draft', 'returned', 'withdrawn', 'needs-decision'])
/** Acts nobody does as himself alone: the position has to be said. */
const asPosition: ReadonlySet<string> = new Set([
  'draft.adopt', 'document.submit', 'document.withdraw', 'decision.approve', 'decision.return', 'decision.refuse', 'record.file', 'document.post-review'
])

export function mayAct(state: DocumentState, act: ProposedAct, actor: Actor, rules: ActingRules): Verdict {
  const reasons = [...standingReasons(act.type, actor, rules), ...actReasons(state, act, actor, rules)]
  return { outcome: reasons.length > 0 ? 'fail' : 'pass', reasons }
}

function standingReasons(type: string, { person, position, date }: Actor, { appointments }: ActingRules): readonly Reason[] {
  const held = positionsHeldBy(person.id, appointments, date)
  if (position !== null) return held.includes(position) ? contractorReasons(type, person) : [{ code: 'position-not-held', facts: { position } }]
  if (!asPosition.has(type)) return []
  return [{ code: held.length === 0 ? 'no-position' : 'position-not-said', facts: { held: held.length } }, ...contractorReasons(type, person)]
}

function contractorReasons(type: string, person: Person): readonly Reason[] {
  if (person.employment !== 'contractor') return []
  if (type.startsWith('decision.') || type === 'rendition.append') return [{ code: 'contractor-never-decides' }]
  return type === 'draft.adopt' || type === 'document.submit' || type === 'record.file' ? [{ code: 'contractor-needs-employee' }] : []
}

function actReasons(state: DocumentState, act: ProposedAct, actor: Actor, rules: ActingRules): readonly Reason[] {
  switch (act.type) {
    case 'draft.create':
      return state.createdAt === null ? [] : [{ code: 'already-created' }]
    case 'draft.cover':
    case 'draft.body':
    case 'draft.attach':
    case 'draft.detach':
      return editReasons(state)
    case 'draft.adopt':
      return [...editReasons(state), ...(state.drafter?.person === actor.person.id ? [{ code: 'own-draft' }] : [])]
    case 'document.submit':
    case 'draft.abandon':
      return [...editReasons(state), ...drafterReasons(state, actor)]
    case 'document.withdraw':
      return [...revisionReasons(state, act.body.revision), ...withdrawReasons(state), ...drafterReasons(state, actor), ...textReasons(act.body.reason)]
    case 'decision.approve':
      if (act.body.confirms !== undefined) return confirmReasons(state, act.body.revision, act.body.step, act.body.confirms, actor)
      return stepReasons(state, act.body.revision, [act.body.step, ...(act.body.also ?? []).map((also) => also.step)], act.body, actor, rules)
    case 'decision.return':
    case 'decision.refuse':
      return [...stepReasons(state, act.body.revision, [act.body.step], null, actor, rules), ...textReasons(act.body.reason)]
    case 'record.file':
      if (state.stage === 'decided' || state.openQuestion === 'two-volumes') return []
      return [{ code: state.stage === 'filed' ? 'already-filed' : 'not-decided' }]
    case 'rendition.append':
      return act.body ? appendReasons(state, act.body.revision, act.body.step, actor) : []
    case 'document.post-review':
      return act.body ? postReviewReasons(state, act.body, actor) : []
    default:
      return []
  }
}

/** DC-43 as the position in whose place it was decided, once. */
function postReviewReasons(state: DocumentState, { revision, step: id }: BodyOf<'document.post-review'>, { position }: Actor): readonly Reason[] {
  const isUnread = state.current?.sha256 === revision && unreadAfterwards(state).some((step) => step.id === id && step.position === position)
  return isUnread ? [] : [{ code: 'nothing-to-post-review' }]
}

function editReasons(state: DocumentState): readonly Reason[] {
  if (writing.has(state.stage)) return []
  if (state.stage === 'in-route') return [{ code: 'in-route-withdraw-first' }]
  if (state.stage === 'decided' || state.stage === 'filed') return [{ code: 'already-decided-redraft' }]
  return [{ code: state.stage }]
}

function withdrawReasons(state: DocumentState): readonly Reason[] {
  if (state.stage === 'in-route' || state.stage === 'needs-decision') return []
  return [{ code: state.stage === 'decided' || state.stage === 'filed' ? 'already-decided' : 'not-in-route' }]
}

function drafterReasons(state: DocumentState, { person }: Actor): readonly Reason[] {
  return state.drafter === null || state.drafter.person === person.id ? [] : [{ code: 'not-the-drafter' }]
}

function textReasons(text: string): readonly Reason[] {
  return text.trim() === '' ? [{ code: 'reason-needed' }] : []
}

function revisionReasons(state: DocumentState, revision: string): readonly Reason[] {
  return state.candidates.includes(revision) ? [] : [{ code: 'revision-mismatch' }]
}

function stepReasons(
  state: DocumentState,
  revisionId: string,
  steps: readonly string[],
  /** Null: it is sent back or refused. */
  approval: BodyOf<'decision.approve'> | null,
  actor: Actor,
  rules: ActingRules,
): readonly Reason[] {
  const mismatch = revisionReasons(state, revisionId)
  if (mismatch.length > 0) return mismatch
  if (state.stage === 'decided' || state.stage === 'filed') return [{ code: 'already-decided' }]
  const revision = state.revisions.findLast(({ sha256 }) => sha256 === revisionId)
  const isAnswer = state.stage === 'needs-decision' && !approval
  if (!revision || (state.stage !== 'in-route' && !isAnswer)) return [{ code: 'not-in-route' }]
  const [own, ...also] = steps
  const step = revision.frozen.route.find(({ id }) => id === own)
  if (!step || !(step.position === actor.position || isInPlaceOf(step, actor, rules))) return [{ code: 'position-not-on-step' }]
  const reasons = isAnswer ? [] : turnReasons(revision, step, approval && (approval.ahead ?? []), actor, rules)
  return [...reasons, ...(approval && step.position !== actor.position ? urgencyReasons(revision, approval, rules) : []), ...mergeReasons(revision, step, also, actor, rules), ...deciderReasons(step, rules), ...ownInterestReasons(state, revision, actor)]
}

/** Who approved says once more that it stands, as long as nobody else received it in time. */
function confirmReasons(state: DocumentState, revisionId: string, stepId: string, event: string, { person, position }: Actor): readonly Reason[] {
  const mismatch = revisionReasons(state, revisionId)
  if (mismatch.length > 0) return mismatch
  if (!['in-route', 'decided', 'filed'].includes(state.stage) && state.openQuestion !== 'filed-and-closed') return [{ code: 'not-in-route' }]
  const step = state.revisions.findLast(({ sha256 }) => sha256 === revisionId)?.steps.find(({ id }) => id === stepId)
  const first = [step?.held, step?.act].find((act) => act?.event === event)
  if (!first || first.person !== person.id || first.position !== position || first.step !== stepId) return [{ code: 'not-own-approval' }]
  return first.witness === 'waiting' || first.witness === 'late' ? [] : [{ code: 'already-witnessed' }]
}

/** DC-40 the decision alone is made in somebody's place; whoever stands before it and is away reads it afterwards. */
function isInPlaceOf(step: Step, { position, date }: Actor, { absences = [] }: ActingRules): boolean {
  return step.kind === 'decide' && position !== null && standsIn(absences, step.position, position, date)
}

function urgencyReasons({ frozen }: RevisionState, { urgency = '' }: BodyOf<'decision.approve'>, { table }: ActingRules): readonly Reason[] {
  return urgency.trim() === '' && needsUrgency(table, flagsOf(frozen.cover)) ? [{ code: 'proxy-urgency' }] : []
}

/** `ahead`: the steps that an approval says it passes over; null where it is sent back or refused, which says nothing of them. */
function turnReasons(revision: RevisionState, step: Step, ahead: readonly string[] | null, { date }: Actor, { table, absences = [] }: ActingRules): readonly Reason[] {
  const passed = stepsToPass(revision, step, (position) => isPassedOver(table, absences, position, date))
  return passed && (ahead === null || passed.join() === ahead.join()) ? [] : [{ code: 'step-not-open' }]
}

/** DC-44 the steps to go ahead of at this step: none where it is its turn; null where it is not, or nothing is to be done there any more. */
export function stepsToPass({ frozen, steps }: Pick<RevisionState, 'frozen' | 'steps'>, step: Step, isAway: (position: string) => boolean): readonly string[] | null {
  const settled = new Set(steps.filter(({ status }) => status === 'approved' || status === 'passed').map(({ id }) => id))
  return settled.has(step.id) ? null : passedToReach(frozen.route, step, (id) => settled.has(id), isAway)
}

/** One act for several steps: allowed by the table, each position held by the same person, the steps following each other. */
function mergeReasons(revision: RevisionState, step: Step, also: readonly string[], actor: Actor, { table, appointments }: ActingRules): readonly Reason[] {
  if (also.length === 0) return []
  if (!table.mergeSamePerson) return [{ code: 'merge-not-allowed' }]
  const held = positionsHeldBy(actor.person.id, appointments, actor.date)
  const done = new Set(revision.steps.filter(({ status }) => status === 'approved' || status === 'passed').map(({ id }) => id)).add(step.id)
  for (const id of also) {
    const next = openSteps(revision.frozen.route, (candidate) => done.has(candidate)).find((candidate) => candidate.id === id)
    if (!next) return [{ code: 'step-not-open' }]
    if (!held.includes(next.position)) return [{ code: 'position-not-held', facts: { position: next.position } }]
    done.add(id)
  }
  return []
}

function deciderReasons(step: Step, { positions }: ActingRules): readonly Reason[] {
  if (step.kind !== 'decide') return []
  return positions.find(({ id }) => id === step.position)?.mayDecide ? [] : [{ code: 'position-may-not-decide', facts: { position: step.position } }]
}

/** Nobody decides on the matter he drafted about himself; the next higher position does. */
function ownInterestReasons(state: DocumentState, revision: RevisionState, { person }: Actor): readonly Reason[] {
  const { flags } = revision.frozen.cover
  const isOwn = Array.isArray(flags) && flags.includes('own-interest') && state.drafter?.person === person.id
  return isOwn ? [{ code: 'own-interest' }] : []
}

/** A mark is appended by who approved the step; a time stamp (no step) by anyone. */
function appendReasons(state: DocumentState, revisionId: string, stepId: string | null, { person }: Actor): readonly Reason[] {
  const revision = state.revisions.findLast(({ sha256 }) => sha256 === revisionId)
  if (!revision) return [{ code: 'revision-mismatch' }]
  if (stepId === null) return []
  const step = revision.steps.find(({ id }) => id === stepId)
  return step?.status === 'approved' && step.act?.person === person.id ? [] : [{ code: 'step-not-approved-by-this-person' }]
}

/**
 * Positions of the actor that steps wait for, own steps first: more than one = the person must be asked which (どの職として). `standsFor`: whose
 * decisions they make today (代決); `away`: positions that are away today and may be passed over (後閲).
 */
export function positionsToActAs(state: DocumentState, held: readonly string[], standsFor: readonly StandIn[] = [], away: readonly string[] = []): readonly { readonly step: Step; readonly position: string }[] {
  const { current } = state
  if (state.stage !== 'in-route' || !current) return []
  const reached = current.steps.filter((step) => stepsToPass(current, step, (position) => away.includes(position)) !== null)
  const own = reached.filter(({ position }) => held.includes(position)).map((step) => ({ step, position: step.position }))
  const others = reached.filter(({ kind, position }) => kind === 'decide' && !held.includes(position))
  return [...own, ...others.flatMap((step) => standsFor.filter(({ principal, acting }) => principal === step.position && held.includes(acting)).map(({ acting }) => ({ step, position: acting })))]
}
