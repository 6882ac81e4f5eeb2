// Who is away now or soon, who decides meanwhile, and what whoever sits here may say of it (AU-100).

import { absencesFrom, mayRegisterAbsence, proxyRulesOn } from '@shared/authority/absences.ts'
import { holdersOf, positionsOf } from '@shared/authority/ask.ts'
import type { AbsencesView } from '../../services/absence-models.ts'
import type { VaultCore } from '../core.ts'
import { namesOf } from './names.ts'
import { holdsOn } from '@shared/base/in-force.ts'

export function absencesView({ authority, seat, today }: VaultCore): AbsencesView {
  const state = authority()
  const date = today()
  const { person } = seat
  const names = namesOf(state)
  const rules = proxyRulesOn(state, date)
  const own = new Set(positionsOf(state, person, date).map(({ id }) => id))
  const called = (id: string, on = date): { readonly id: string; readonly title: string; readonly name: string } => ({ id, title: names.position(id), name: names.holders(id, on) })
  const may = [...state.positions.values()].filter(({ id }) => holdersOf(state, id, date).length > 0 && mayRegisterAbsence(state, person, id, date))
  return {
    rows: absencesFrom(state, date).map((one) => ({
      id: one.id,
      positionTitle: names.position(one.position),
      holderName: names.holders(one.position, one.from),
      acting: one.acting === null ? null : { title: names.position(one.acting), name: names.holders(one.acting, one.from) },
      from: one.from,
      to: one.to,
      reason: one.reason,
      holds: holdsOn(one, date),
      isMine: own.has(one.position) || (one.acting !== null && own.has(one.acting)),
      isAway: own.has(one.position),
      mayEnd: mayRegisterAbsence(state, person, one.position, date),
    })),
    // One's own first: nobody looks for themselves in a list of the town.
    positions: [...may.filter(({ id }) => own.has(id)), ...may.filter(({ id }) => !own.has(id))].map(({ id }) => ({
      ...called(id),
      order: (rules?.orders.find(({ principal }) => principal === id)?.acting ?? []).map((one) => called(one)),
    })),
    longestDays: rules?.longestDays ?? null,
    today: date,
  }
}
