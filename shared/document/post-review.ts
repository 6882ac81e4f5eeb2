// DC-43: 後閲. Whoever was away says that they have read what was decided in their place (代決). It changes nothing of the decision.

import type { Causality } from '../log/causality.ts'
import type { Entry } from './standing.ts'
import type { DocumentState, PostReview, RevisionState, StepState } from './state.ts'

/** The first of each step in causal order, by whoever knew of the decision and acts as the position it belonged to. */
export function postReviewsOf(current: RevisionState | null, entries: readonly Entry[], causality: Causality): readonly PostReview[] {
  return inPlaceSteps(current).flatMap(({ id: step, position }) => {
    const decided = entries.filter(({ act }) => act.type === 'decision.approve' && act.body.revision === current?.sha256 && act.body.step === step)
    const first = entries.find(({ act, known }) => act.type === 'document.post-review' && act.body.revision === current?.sha256 && act.body.step === step && known.event.position === position && decided.some((approval) => causality.precedes(approval.known.id, known.id)))
    return first ? [{ step, event: first.known.id, person: first.known.event.person, at: first.known.event.at }] : []
  })
}

/** Steps decided in somebody's place of which nobody said yet that they have read it. */
export function unreadInPlace({ current, postReviews = [] }: Pick<DocumentState, 'current' | 'postReviews'>): readonly StepState[] {
  return inPlaceSteps(current).filter(({ id }) => !postReviews.some(({ step }) => step === id))
}

function inPlaceSteps(current: RevisionState | null): readonly StepState[] {
  return current?.steps.filter(({ status, act }) => status === 'approved' && act?.proxy === true) ?? []
}
