// The town's rules that a document's reduction depends on, taken from its decision tables by the date of each act.

import { isInForce } from '../base/civil-date.ts'
import type { DecisionTable } from '../authority/model.ts'

export interface DocumentRules {
  /** May one act of a person who holds two positions of the route satisfy both on that date? */
  mergeSamePerson(date: string): boolean
  /** May `acting` decide in the place of the absent holder of `principal` (代決) on that date? */
  mayProxy(principal: string, acting: string, date: string): boolean
}

/** The decision table in force on a date; of several, the one that came into force last. */
export function tableOn(tables: readonly DecisionTable[], date: string): DecisionTable | null {
  const inForce = tables.filter((table) => isInForce(table, date))
  return inForce.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : a.id < b.id ? -1 : 1))[0] ?? null
}

/** The tables name no proxies (代決順位), so nobody may act in another's place. */
export function rulesOf(tables: readonly DecisionTable[]): DocumentRules {
  return {
    mergeSamePerson: (date) => tableOn(tables, date)?.mergeSamePerson ?? false,
    mayProxy: () => false,
  }
}
