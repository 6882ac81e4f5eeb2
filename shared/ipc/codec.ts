// What may cross a process wall: plain values, copied tight. It never lets through a function, a class instance,
// an error object or the unused rest of a buffer, and it never repairs: what is not a value is a defect of the sender.
import type { Failure, Result } from '../base/result.ts'

/** The answer to every call. Same shape as a Result, so nothing is translated on the way. */
export type Envelope = Result<unknown>

const maxDepth = 64

/**
 * A deep copy that holds only null, undefined, booleans, numbers, strings, bigints, bytes, arrays and plain objects.
 * Bytes are copied out of larger buffers: structured clone would send the whole buffer behind a view.
 * Throws on anything else, on `__proto__` keys and on depth over 64.
 */
export function toWire(value: unknown, depth = 0): unknown {
  if (depth > maxDepth) throw new Error('not a wire value: too deep')
  if (value === null || value === undefined) return value
  const kind = typeof value
  if (kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'bigint') return value
  if (value instanceof Uint8Array) return tightBytes(value)
  if (Array.isArray(value)) return value.map((item) => toWire(item, depth + 1))
  if (kind === 'object' && isPlain(value as object)) return plainToWire(value as Record<string, unknown>, depth)
  throw new Error(`not a wire value: ${kind === 'object' ? 'an instance' : kind}`)
}

function plainToWire(value: Record<string, unknown>, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw new Error('not a wire value: __proto__')
    out[key] = toWire(value[key], depth + 1)
  }
  return out
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

function tightBytes(bytes: Uint8Array): Uint8Array {
  const whole = bytes.byteLength === bytes.buffer.byteLength && bytes.constructor === Uint8Array
  return whole ? bytes : Uint8Array.from(bytes)
}

export function isEnvelope(answer: unknown): answer is Envelope {
  if (typeof answer !== 'object' || answer === null) return false
  const { ok, error } = answer as { ok?: unknown; error?: unknown }
  if (ok === true) return 'value' in answer
  return ok === false && isFailure(error)
}

function isFailure(error: unknown): error is Failure {
  if (typeof error !== 'object' || error === null) return false
  const { type, retry } = error as { type?: unknown; retry?: unknown }
  return typeof type === 'string' && (retry === 'never' || retry === 'later' || retry === 'now')
}
