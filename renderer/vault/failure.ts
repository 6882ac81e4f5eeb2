// How a command says why it was not done: one plain frozen value whose type the catalogues turn into a sentence.

import { err, type Failure } from '@shared/base/result.ts'
import type { Reason } from '@shared/base/verdict.ts'
import type { CommandFailure } from '../services/vault-api.ts'

export interface Failed {
  readonly ok: false
  readonly error: CommandFailure
}

export function failed(type: string, retry: Failure['retry'] = 'never', facts?: Readonly<Record<string, string | number>>): Failed {
  return err(facts ? { type, retry, facts } : { type, retry })
}

/** A rule that says no: the first reason's code and facts go into the sentence. */
export function notAllowed(reasons: readonly Reason[]): Failed {
  const [first] = reasons
  return failed('NotAllowed', 'never', { ...first?.facts, reason: first?.code ?? 'unknown' })
}

/** What main or a pure step answered, as a command says it. Only plain facts go along. */
export function failedBy(error: Failure): Failed {
  const { type, retry, ...rest } = error
  const reasons = (rest as { readonly reasons?: readonly Reason[] }).reasons
  const facts: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(rest)) if (typeof value === 'string' || typeof value === 'number') facts[key] = value
  if (reasons?.[0]) facts['reason'] = reasons[0].code
  return failed(type, retry, facts)
}
