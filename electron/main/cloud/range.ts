// A part of an object over HTTP (RFC 9110 section 14): how it is asked, and the bytes of an answer only when it says that it is them.

import { largestObject, stop } from './answers.ts'
import { isPage, type Answer } from './exchange.ts'

interface Range {
  readonly at: number
  readonly length: number
}

export function rangeHeader(range: Range | undefined): Readonly<Record<string, string>> {
  return range ? { Range: `bytes=${range.at}-${range.at + range.length - 1}` } : {}
}

/** The bytes that were asked for; null when the answer is another one. Stops on an answer that contradicts itself. */
export function rangedBody(answer: Answer, range: Range | undefined): Uint8Array | null {
  const { status, headers, body } = answer
  if (range && status === 416) return new Uint8Array(0)
  if (status !== 200 && status !== 206) return null
  if (isPage(answer) || body.length > largestObject) stop('StorageNonsense')
  if (status === 200) return range ? body.subarray(range.at, range.at + range.length) : body
  const [, from, to, whole] = /^bytes (\d{1,15})-(\d{1,15})\/(?:(\d{1,15})|\*)$/.exec(headers.get('content-range') ?? '') ?? []
  const end = range && Math.min(range.at + range.length, whole === undefined ? Infinity : Number(whole))
  if (!range || Number(from) !== range.at || Number(to) - range.at + 1 !== body.length || body.length > range.length) return stop('StorageNonsense')
  if (whole !== undefined && range.at + body.length !== end) stop('StorageNonsense')
  return body
}
