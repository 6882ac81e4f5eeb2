// What the state of a device comes to: what to mend first, then what could not be told, then what is in order; each as the checks go.

import type { PostureState } from '../../services/session-api.ts'

export type ShownCheck = PostureState['checks'][number]

export interface EndpointGroups {
  readonly bad: readonly ShownCheck[]
  readonly unsure: readonly ShownCheck[]
  readonly good: readonly ShownCheck[]
}

export function endpointGroups({ checks }: Pick<PostureState, 'checks'>): EndpointGroups {
  const of = (verdict: ShownCheck['verdict']): readonly ShownCheck[] => checks.filter((check) => check.verdict === verdict)
  return { bad: of('fail'), unsure: of('unknown'), good: of('pass') }
}

/** A whole number as people type it, full-width digits and separators too; null when it is none, below 1 or above `most`. */
export function wholeNumber(typed: string, most: number): number | null {
  const plain = typed.normalize('NFKC').replace(/[\s,]/g, '')
  const value = /^\d{1,9}$/.test(plain) ? Number(plain) : 0
  return value >= 1 && value <= most ? value : null
}

/** The statement as others receive it, for reading: nothing is left out and nothing put in. */
export function exactWords(statement: PostureState['statement']): string {
  return JSON.stringify(statement, null, 2)
}
