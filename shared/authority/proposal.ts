// What an act that takes voices is about, as people say it: the same for the page and for the window in which it is confirmed.

import type { AuthorityBodies } from './events.ts'
import type { AuthorityState } from './reduce.ts'
import type { AuthorityAct } from './votes.ts'

export interface ProposedMatter {
  readonly kind: 'add-admin' | 'remove-admin' | 'add-seat' | 'remove-seat' | 'change-policy'
  /** Whom it is about; null where it is about nobody. */
  readonly person: string | null
  readonly reason: string
}

export function proposalOf(state: AuthorityState, { type, body }: Pick<AuthorityAct, 'type' | 'body'>): ProposedMatter {
  switch (type) {
    case 'grant.put': {
      const { person, reason } = body as AuthorityBodies['grant.put']
      return { kind: 'add-admin', person, reason }
    }
    case 'grant.remove': {
      const { id, reason } = body as AuthorityBodies['grant.remove']
      return { kind: 'remove-admin', person: state.grants.get(id)?.person ?? null, reason }
    }
    case 'seat.add':
      return { kind: 'add-seat', person: (body as AuthorityBodies['seat.add']).person, reason: '' }
    case 'seat.remove': {
      const { id, reason } = body as AuthorityBodies['seat.remove']
      return { kind: 'remove-seat', person: state.seats.get(id)?.person ?? null, reason }
    }
    default:
      return { kind: 'change-policy', person: null, reason: '' }
  }
}
