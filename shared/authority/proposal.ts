// What an act of administrators is about, as people say it: the same for the page and for the window in which it is confirmed.

import type { AuthorityBodies } from './events.ts'
import { changesOfAct, changesOfExcuse, type PolicyChange } from './policy-change.ts'
import type { AuthorityState } from './reduce.ts'
import { changesOfReviewRules } from './review-rules.ts'
import type { AuthorityAct } from './votes.ts'

export interface ProposedMatter {
  readonly kind: 'add-admin' | 'remove-admin' | 'add-seat' | 'remove-seat' | 'change-policy' | 'tighten-policy' | 'change-provider' | 'bind-account' | 'release-account' | 'excuse-check' | 'end-excuse' | 'change-review'
  /** Whom it is about; null where it is about nobody. */
  readonly person: string | null
  readonly reason: string
  /** Of the policy and of the rules of the review, against those in force on the day it is looked at; of what is excused. */
  readonly changes: readonly PolicyChange[]
}

export function proposalOf(state: AuthorityState, { type, body }: Pick<AuthorityAct, 'type' | 'body'>, date: string): ProposedMatter {
  const about = (kind: ProposedMatter['kind'], person: string | null, reason: string): ProposedMatter => ({ kind, person, reason, changes: [] })
  switch (type) {
    case 'grant.put': {
      const { person, reason } = body as AuthorityBodies['grant.put']
      return about('add-admin', person, reason)
    }
    case 'grant.remove': {
      const { id, reason } = body as AuthorityBodies['grant.remove']
      return about('remove-admin', state.grants.get(id)?.person ?? null, reason)
    }
    case 'seat.add':
      return about('add-seat', (body as AuthorityBodies['seat.add']).person, '')
    case 'seat.remove': {
      const { id, reason } = body as AuthorityBodies['seat.remove']
      return about('remove-seat', state.seats.get(id)?.person ?? null, reason)
    }
    case 'idp.put': {
      const { issuer, clientId } = body as AuthorityBodies['idp.put']
      return about('change-provider', null, `${issuer} (${clientId})`)
    }
    case 'identity.bind':
      return about('bind-account', (body as AuthorityBodies['identity.bind']).person, labelOf(state, body as AuthorityBodies['identity.bind']))
    case 'identity.release': {
      const { id, reason } = body as AuthorityBodies['identity.release']
      return about('release-account', state.bindings.get(id)?.person ?? null, reason)
    }
    case 'exception.put': {
      const excuse = body as AuthorityBodies['exception.put']
      return { kind: 'excuse-check', person: null, reason: excuse.reason, changes: changesOfExcuse(excuse, true) }
    }
    case 'exception.remove': {
      const { id, reason } = body as AuthorityBodies['exception.remove']
      const excuse = state.exceptions.get(id)
      return { kind: 'end-excuse', person: null, reason, changes: excuse ? changesOfExcuse(excuse, false) : [] }
    }
    case 'review-rules.put': {
      const rules = body as AuthorityBodies['review-rules.put']
      return { kind: 'change-review', person: null, reason: rules.reason ?? '', changes: changesOfReviewRules(state, date, rules) }
    }
    default: {
      const { reason = '' } = body as { readonly reason?: string }
      return { kind: type === 'policy.tighten' ? 'tighten-policy' : 'change-policy', person: null, reason, changes: changesOfAct(state, date, { type, body }) }
    }
  }
}

/** What the provider calls whoever has the account, as they themselves said; otherwise what never changes of it. */
export function labelOf(state: AuthorityState, { issuer, subject }: { readonly issuer: string; readonly subject: string }): string {
  return [...state.claims.values()].findLast((claim) => claim.issuer === issuer && claim.subject === subject && claim.label !== '')?.label ?? subject
}
