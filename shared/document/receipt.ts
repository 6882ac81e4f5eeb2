// How an approval stands that no other seat has received yet, as it is shown at a moment: what the log holds decides what counts;
// the moment only says whether it is still worth waiting.

import type { Act, DocumentState, StepState } from './state.ts'

/** `waiting`: may still be received in time; `held` (保留): it was not, and its person has to confirm it. */
export interface Receipt {
  readonly kind: 'waiting' | 'held'
  readonly act: Act
}

/** `now`: ms since 1970 UTC. Null where nothing is open. */
export function receiptOf({ status, act, held }: StepState, now: number): Receipt | null {
  if (held) return { kind: 'held', act: held }
  if (status !== 'approved' || act?.witness !== 'waiting') return null
  return { kind: act.witnessBy !== null && Date.parse(act.witnessBy) < now ? 'held' : 'waiting', act }
}

/** The worst of its steps. */
export function receiptOfDocument(state: DocumentState, now: number): Receipt['kind'] | null {
  const kinds = openSteps(state).flatMap((step) => receiptOf(step, now)?.kind ?? [])
  return kinds.includes('held') ? 'held' : (kinds[0] ?? null)
}

/** Steps whose approval this person has to confirm. */
export function stepsToConfirm(state: DocumentState, person: string, now: number): readonly { readonly step: StepState; readonly act: Act }[] {
  return openSteps(state).flatMap((step) => {
    const receipt = receiptOf(step, now)
    return receipt?.kind === 'held' && receipt.act.person === person && receipt.act.step === step.id ? [{ step, act: receipt.act }] : []
  })
}

const none: readonly StepState[] = []

/** Asked of every document of a town at each look at the desk: most have nothing open and cost nothing. */
function openSteps({ current }: DocumentState): readonly StepState[] {
  return current?.steps.some(({ held, act }) => held !== null || act?.witness === 'waiting') ? current.steps : none
}
