// Expected failures are values. A Result either carries what was asked for or a plain frozen error
// that says what happened and whether trying again can help. Defects are thrown instead.

/** An expected failure: `type` names what happened, `retry` says whether trying again can help. */
export interface Failure<T extends string = string> {
  readonly type: T
  readonly retry: 'never' | 'later' | 'now'
}

export type Result<V, E extends Failure = Failure> =
  | { readonly ok: true; readonly value: V }
  | { readonly ok: false; readonly error: E }

export function ok<V>(value: V): { readonly ok: true; readonly value: V } {
  return { ok: true, value }
}

export function err<E extends Failure>(error: E): { readonly ok: false; readonly error: Readonly<E> } {
  return { ok: false, error: Object.freeze(error) }
}

/** A fact the program relies on; `why` says why it must hold. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Error(`defect: ${why}`)
}
