import { describe, expect, it } from 'vitest'
import { moveTrail, type Route, startOfTrail, type Trail } from './routes.ts'

const go = (trail: Trail, ...to: readonly Route[]): Trail => to.reduce((at, next) => moveTrail(at, { move: 'go', to: next }), trail)

describe('the trail of screens', () => {
  it('goes back the way it came and ends at the desk', () => {
    const back = moveTrail(go(startOfTrail, { page: 'cabinet' }, { page: 'volume', id: 'v1' }), { move: 'back' })
    expect(back.here).toEqual({ page: 'cabinet' })
    expect(moveTrail(moveTrail(back, { move: 'back' }), { move: 'back' })).toEqual(startOfTrail)
  })

  it('does not pile up the same place or every letter of a search', () => {
    expect(go(startOfTrail, { page: 'trust' }, { page: 'trust' }).before).toHaveLength(1)
    const typed = go(startOfTrail, { page: 'search', query: '道' }, { page: 'search', query: '道路' }, { page: 'document', id: 'd' })
    expect(moveTrail(typed, { move: 'back' }).here).toEqual({ page: 'search', query: '道路' })
    expect(typed.before).toHaveLength(2)
  })

  it('forgets the oldest of many places', () => {
    const many = Array.from({ length: 80 }, (_, i): Route => ({ page: 'document', id: String(i) }))
    expect(go(startOfTrail, ...many).before).toHaveLength(50)
  })
})
