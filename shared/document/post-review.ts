// DC-43: 後閲. Whoever was away says that they have read what was decided in their place (代決), or that
// others went ahead of them (DC-44). It changes nothing of the decision.

import type { Causality } from '../log/causality.ts'
import { aheadOf, type Entry } from './standing.ts'
import type { DocumentState, PostReview, RevisionState, StepState } from './state.ts'

/** The first of each step in causal order, by whoever knew of the decision and acts as the position it belonged to. */
export function postReviewsOf(current: RevisionState | null, entries: readonly Entry[], causality: Causality): readonly PostReview[] {
  return stepsWithout(current).flatMap(({ id: step, position }) => {
    const decided = entries.filter(({ act }) => act.type === 'decision.approve' && act.body.revision === current?.sha256 && (act.body.step === step || aheadOf({ act }, entries).includes(step)))
    const first = entries.find(({ act, known }) => act.type === 'document.post-review' && act.body.revision === current?.sha256 && act.body.step === step && known.event.position === position && decided.some((approval) => causality.precedes(approval.known.id, known.id)))
    return first ? [{ step, event: first.known.id, person: first.known.event.person, at: first.known.event.at }] : []
  })
}

/** Steps decided in somebody's place, or passed over, of which nobody said yet that they have read it. */
export function unreadAfterwards({ current, postReviews = [] }: Pick<DocumentState, 'current' | 'postReviews'>): readonly StepState[] {
  return stepsWithout(current).filter(({ id }) => !postReviews.some(({ step }) => step === id))
}

function stepsWithout(current: RevisionState | null): readonly StepState[] {
  return current?.steps.filter(({ status, act }) => status === 'passed' || (status === 'approved' && act?.proxy === true)) ?? []
}
