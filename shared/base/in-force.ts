// Rules and facts that hold from a civil date on (ISO 8601, JST), to another or for good: which of them holds on a day.

/** Both days included; `to` null: no end is known. */
export interface Span {
  readonly from: string
  readonly to: string | null
}

export function holdsOn({ from, to }: Span, date: string): boolean {
  return from <= date && (to === null || date <= to)
}

/** The version of a rule in force on a date: the one that began last; of several that begin on one day, the one whose id sorts last. */
export function inForce<T extends Span & { readonly id: string }>(values: Iterable<T>, date: string): T | null {
  let found: T | null = null
  for (const value of values) {
    if (!holdsOn(value, date)) continue
    if (!found || value.from > found.from || (value.from === found.from && value.id > found.id)) found = value
  }
  return found
}
