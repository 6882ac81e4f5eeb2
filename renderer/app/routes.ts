// Which screens there are and how one goes back: a stack of places, kept in memory only. No screen is reachable by an address.

export type Route =
  | { readonly page: 'desk' }
  | { readonly page: 'search'; readonly query: string }
  | { readonly page: 'document'; readonly id: string }
  | { readonly page: 'cabinet' }
  | { readonly page: 'volume'; readonly id: string }
  | { readonly page: 'register' }
  | { readonly page: 'numbers' }
  | { readonly page: 'trust' }
  | { readonly page: 'endpoint' }
  | { readonly page: 'review' }
  | { readonly page: 'audit' }
  | { readonly page: 'settings' }

export interface Trail {
  readonly here: Route
  readonly before: readonly Route[]
}

export type Move = { readonly move: 'go'; readonly to: Route } | { readonly move: 'back' }

export const startOfTrail: Trail = { here: { page: 'desk' }, before: [] }

const longestTrail = 50

/** Going to where one is already keeps the trail; a search replaces the search before it; the desk is the bottom. */
export function moveTrail(trail: Trail, move: Move): Trail {
  if (move.move === 'back') {
    const last = trail.before.at(-1)
    return last === undefined ? startOfTrail : { here: last, before: trail.before.slice(0, -1) }
  }
  if (sameRoute(trail.here, move.to)) return trail
  if (trail.here.page === 'search' && move.to.page === 'search') return { here: move.to, before: trail.before }
  return { here: move.to, before: [...trail.before, trail.here].slice(-longestTrail) }
}

function sameRoute(a: Route, b: Route): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
