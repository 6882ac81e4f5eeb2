// One question to a server and its whole answer, or a failure in the port's words. Never follows a redirect, never sends cookies,
// never returns part of an answer; what was asked, with which credentials, is in no error.

import { errorCode } from '../services/durable-file.ts'
import { failure, stop, StorageStop } from './answers.ts'

/** The wire (`wire.ts`), or whatever stands in for it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Question {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
  /** Bytes of the longest answer that makes sense. */
  readonly most: number
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}

/** Milliseconds without a byte, and bytes in a second that a slow line sends at least. */
export interface Patience {
  readonly silence: number
  readonly slowest: number
}

export const usualPatience: Patience = { silence: 60_000, slowest: 20_000 }

/** Throws a `StorageStop`. A failing status is an answer like any other: `refusal` says what it means. */
export async function exchange(fetch: Fetch, question: Question, signal: AbortSignal, patience: Patience): Promise<Answer> {
  if (signal.aborted) stop('StorageCancelled')
  const own = new AbortController()
  const wait = (more: number): NodeJS.Timeout => setTimeout(() => own.abort(), patience.silence + more)
  let timer = wait(((question.body?.length ?? 0) * 1000) / patience.slowest)
  try {
    const { method, url, headers, body } = question
    const response = await fetch(url, {
      method,
      headers: { 'Accept-Encoding': 'identity', ...headers },
      ...(body ? { body } : {}),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([signal, own.signal]),
    })
    const announced = lengthOf(response)
    if (announced !== null && announced > question.most) stop('StorageNonsense')
    const pieces: Uint8Array[] = []
    let length = 0
    const reader = response.body?.getReader()
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      clearTimeout(timer)
      timer = wait(0)
      length += piece.value.length
      if (length > question.most) stop('StorageNonsense')
      pieces.push(piece.value)
    }
    if (announced !== null && announced !== length) stop('StorageUnreachable')
    return { status: response.status, headers: response.headers, body: joined(pieces, length) }
  } catch (thrown) {
    own.abort()
    if (thrown instanceof StorageStop) throw thrown
    if (signal.aborted) stop('StorageCancelled')
    if (isOfCertificates(thrown)) stop('StorageUntrusted')
    stop('StorageUnreachable')
  } finally {
    clearTimeout(timer)
  }
}

/** What Node says of a certificate that nobody it knows vouches for, that is over, or that is another host's. */
function isOfCertificates(thrown: unknown): boolean {
  return /^(CERT_|ERR_TLS_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH)/.test(errorCode(thrown))
}

/** What a status that is no success says, when nothing in the answer says more. `now`: milliseconds since 1970. */
export function refusal({ status, headers }: Answer, now: number): StorageStop {
  const after = retryAfter(headers, now)
  if (status === 401 || status === 403 || status === 413) return new StorageStop(failure('StorageRefused'))
  if (status === 507) return new StorageStop(failure('StorageFull', after))
  if ([408, 423, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 511)) return new StorageStop(failure('StorageBusy', after))
  return new StorageStop(failure('StorageNonsense'))
}

/** True for a page made for people, such as the login of a guest network: no protocol of ours answers so. */
export function isPage({ headers, body }: Answer): boolean {
  if (!isPageType(headers)) return false
  return /^[\s\uFEFF]*<(!doctype\s+html|html|head|body|script|meta|title|!--)/i.test(new TextDecoder('latin1').decode(body.subarray(0, 200)).replace(/^ï»¿/, ''))
}

/** Null when it is no UTF-8. */
export function textOf({ body }: Answer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

export function isPageType(headers: Headers): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? '')
}

/** An entity tag as a hint: without quotes, and without the mark of a weak one, which Apache takes away after a second. */
export function plainTag(tag: string | null): string | null {
  return tag?.replace(/^W\//, '').replace(/^"(.*)"$/, '$1') || null
}

const longestWait = 60 * 60 * 1000

/** RFC 9110 10.2.3: seconds or a date; never more than an hour, whatever it says. */
function retryAfter(headers: Headers, now: number): number | undefined {
  const said = headers.get('retry-after')?.trim()
  if (!said) return undefined
  const wait = /^\d{1,9}$/.test(said) ? Number(said) * 1000 : Date.parse(/ GMT$/.test(said) ? said : '') - (Date.parse(headers.get('date') ?? '') || now)
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestWait) : undefined
}

/** Null when the answer does not say, or says it of a packed form. */
function lengthOf({ headers }: Response): number | null {
  const said = headers.get('content-length')
  if (said === null || (headers.get('content-encoding') ?? 'identity') !== 'identity') return null
  return /^\d{1,15}$/.test(said) ? Number(said) : stop('StorageNonsense')
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
