// LG-38: the outer shape every event has, whatever its type; bodies are checked by whoever knows the type.

import * as v from 'valibot'
import type { LogEvent } from './event.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const shape = {
  type: v.pipe(v.string(), v.regex(/^[a-z-]+\.[a-z-]+$/)),
  doc: v.nullable(v.string()),
  deps: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))), v.maxLength(256)),
  hlc: v.strictObject({ ms: count, n: count }),
  at: v.pipe(v.string(), v.check((text) => isInstant(text))),
  person: v.string(),
  position: v.nullable(v.string()),
  body: v.unknown(),
  salt: v.pipe(v.instance(Uint8Array), v.length(16)),
}
/** A later schema adds fields; these it keeps, or readers of today could not show it. */
const eventSchema = v.union([v.strictObject({ v: v.literal(1), ...shape }), v.looseObject({ v: v.pipe(v.number(), v.integer(), v.minValue(2)), ...shape })])

/** ISO 8601 UTC with milliseconds, of a day and an hour that exist. */
function isInstant(text: string): boolean {
  const ms = Date.parse(text)
  return Number.isFinite(ms) && new Date(ms).toISOString() === text
}

/** Null for a value that is no event. One of a later schema comes with all of its fields, so that its bytes can be made again. */
export function parseEvent(value: unknown): LogEvent | null {
  const parsed = v.safeParse(eventSchema, value)
  return parsed.success ? (parsed.output as LogEvent) : null
}
