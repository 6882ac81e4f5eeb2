// How a command says why it was not done: one plain frozen value whose type the catalogues turn into a sentence.

import { err, type Failure } from '@shared/base/result.ts'
import type { Reason } from '@shared/base/verdict.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import type { Notice } from '../services/view-models.ts'

export interface Failed {
  readonly ok: false
  readonly error: CommandFailure
}

export function failed(type: string, retry: Failure['retry'] = 'never', facts?: Readonly<Record<string, string | number>>): Failed {
  return err(facts ? { type, retry, facts } : { type, retry })
}

/** A rule that says no, with all its reasons; the first one's code also stands among the facts. */
export function notAllowed(reasons: readonly Reason[]): Failed {
  const [first] = reasons
  return err({ type: 'NotAllowed', retry: 'never', facts: { ...first?.facts, reason: first?.code ?? 'unknown' }, reasons: reasons.map(toNotice) })
}

export function toNotice({ code, facts }: Reason): Notice {
  return { code, facts: facts ?? {} }
}

/** What main or a pure step answered, as a command says it. Only plain facts go along. */
export function failedBy(error: Failure): Failed {
  const { type, retry, ...rest } = error
  const { reasons } = rest as { readonly reasons?: readonly Reason[] }
  const facts: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(rest)) if (typeof value === 'string' || typeof value === 'number') facts[key] = value
  return err(reasons ? { type, retry, facts, reasons: reasons.map(toNotice) } : { type, retry, facts })
}
