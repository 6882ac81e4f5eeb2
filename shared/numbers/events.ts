// The closed list of acts about official numbers (文書番号), with the shape of each body. They are acts of collection zero and name
// their series; `deps` of the event are the latest acts of that series its author knew, so that a series is a hash chain.
// It never says whether an act counts (reduce.ts) nor who may (the judge).

import * as v from 'valibot'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000))
/** The year a period begins in: fiscal (1 April) or calendar, as the series says. */
const period = v.pipe(v.number(), v.integer(), v.minValue(1868), v.maxValue(9998))
const n = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9_999_999))

/** Most numbers one block may hold and one takeover may leave out. */
export const largestRange = 1000

const bodies = {
  /** The first registrar of a series (`previous` null), or the registrar hands over by one act (`previous`: the act that made it registrar). */
  'number.registrar': v.strictObject({ series: id, seat: id, previous: v.nullable(hash), reason }),
  /**
   * The registrar is lost: an administrator proposes another. `skip` numbers of the period stay free for what the lost one may have given.
   * `alone`: nobody else is there to agree, and it has effect at once.
   */
  'number.takeover': v.strictObject({ series: id, period, seat: id, skip: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(largestRange)), reason, alone: v.exactOptional(v.literal(true)) }),
  /** Another administrator agrees to a takeover, which has effect from here on. */
  'number.agree': v.strictObject({ series: id, takeover: hash }),
  /** Whoever proposed a takeover takes the proposal back: it waits no more. */
  'number.withdraw': v.strictObject({ series: id, takeover: hash }),
  /** A seat asks the registrar's for numbers to take along. */
  'number.ask': v.strictObject({ series: id, size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestRange)) }),
  /** The seat that asked wants them no more. */
  'number.unask': v.strictObject({ series: id, ask: hash }),
  /** A block that was asked for (`ask`), given by the registrar's machine by itself: as many as the series allows at once (`blockSize`). */
  'number.grant': v.strictObject({ series: id, period, first: n, size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestRange)), ask: hash }),
  /** `size` numbers from `first` go to a seat that can then give them without the registrar. */
  'number.block': v.strictObject({ series: id, period, first: n, size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestRange)), seat: id }),
  /** `block`: the act that leased the number, null for the registrar's next one. */
  'number.assign': v.strictObject({ series: id, period, n, doc: id, block: v.nullable(hash) }),
  /** 欠番. `again`: should its document, if it has one, be given another number? */
  'number.void': v.strictObject({ series: id, period, n, reason, again: v.boolean() }),
  /** What is still unused of a block is given back; those numbers are 欠番 and never given again. */
  'number.return': v.strictObject({ series: id, period, block: hash, reason }),
} as const

export type NumberActType = keyof typeof bodies
/** Every type this version understands. */
export const numberActTypes = Object.keys(bodies) as readonly NumberActType[]
export type NumberBodyOf<T extends NumberActType> = Readonly<v.InferOutput<(typeof bodies)[T]>>
export type NumberAct = { readonly [T in NumberActType]: { readonly type: T; readonly body: NumberBodyOf<T> } }[NumberActType]

/** Is it an act about numbers, whether this version understands it or not? */
export function isAboutNumbers(type: string): boolean {
  return type.startsWith('number.')
}

export function isNumberActType(type: string): type is NumberActType {
  return Object.hasOwn(bodies, type)
}

/** Null when this version does not know the type or the body does not fit it. */
export function parseNumberAct(event: { readonly type: string; readonly body: unknown }): NumberAct | null {
  const { type } = event
  if (!isNumberActType(type)) return null
  const parsed = v.safeParse(bodies[type], event.body)
  return parsed.success ? ({ type, body: parsed.output } as NumberAct) : null
}
