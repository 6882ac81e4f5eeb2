// Storage in a bucket of an S3-compatible service: signature version 4, whole objects, listing version 2 page by page. Needs nothing
// of the service beyond that: no conditions, no versions; large objects in parts where a note can be kept of them.

import { AwsV4Signer } from 'aws4fetch'
import { bytesToHex } from '@shared/base/bytes.ts'
import type { Clock } from '@shared/base/ports.ts'
import type { Storage, StoredEntry } from '@shared/sync/storage.ts'
import { answering, folderOf, largestObject, partsOf, rangeOf, stop, workspaceFolder } from './answers.ts'
import { exchange, isPage, plainTag, type Answer, type Fetch, type Patience } from './exchange.ts'
import { rangedBody, rangeHeader } from './range.ts'
import type { Borrowed } from './s3-role.ts'
import { s3Code, s3Page, s3Refusal } from './s3-answers.ts'
import { putInParts, wholeUpTo, type UploadNote } from './s3-parts.ts'

export interface S3Place {
  /** Scheme, host and port; nothing after. */
  readonly endpoint: URL
  readonly bucket: string
  readonly region: string
  /** Where the bucket's name goes: before the host, or first in the path. */
  readonly style: 'host' | 'path'
  readonly credentials: Borrowed['credentials']
  /** The service refused them: what was borrowed is borrowed anew the next time. */
  readonly refused: () => void
  readonly workspace: string
}

export interface S3World {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly patience: Patience
  /** Names in one page of a listing; at most 1,000. */
  readonly page: number
  /** Null: every object goes in one piece. */
  readonly uploads?: UploadNote | null
}

const pageBytes = 8 * 1024 * 1024
const mostEntries = 1_000_000

export function createS3Storage(place: S3Place, world: S3World): Storage {
  const base = new URL(place.endpoint)
  if (place.style === 'host') base.hostname = `${place.bucket}.${base.hostname}`
  else base.pathname = `/${place.bucket}`
  const root = `${workspaceFolder(place.workspace).join('/')}/`
  const keys = new Map<string, ArrayBuffer>()
  let skew = 0

  const send = async (method: string, url: URL, signal: AbortSignal, most: number, headers: Readonly<Record<string, string>> = {}, body?: Uint8Array<ArrayBuffer>): Promise<Answer> => {
    const { accessKey, secretKey, sessionToken } = await place.credentials(signal)
    const hash = bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', body ?? new Uint8Array(0))))
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'X-Amz-Content-Sha256': hash },
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      service: 's3',
      region: place.region,
      datetime: new Date(world.clock.now() + skew).toISOString().replace(/[:-]|\.\d{3}/g, ''),
      cache: keys,
    })
    const signed = await signer.sign()
    return exchange(world.fetch, { method, url: signed.url.href, headers: Object.fromEntries(signed.headers), most, ...(body ? { body } : {}) }, signal, world.patience)
  }
  /** A device whose clock is wrong signs by the service's once it has been told; the clock itself stays as it is. */
  const ask: typeof send = async (...question) => {
    const answer = await send(...question)
    const theirs = Date.parse(answer.headers.get('date') ?? '')
    if (answer.status !== 403 || s3Code(answer) !== 'RequestTimeTooSkewed' || Number.isNaN(theirs)) return answer
    skew = theirs - world.clock.now()
    return send(...question)
  }
  const urlOf = (name: string): URL => new URL(`${base.pathname.replace(/\/$/, '')}/${root}${partsOf(name).join('/')}`, base)
  const refused = (answer: Answer): never => {
    if (answer.status === 400 || answer.status === 403) place.refused()
    throw s3Refusal(answer, world.clock.now())
  }

  return {
    resumes: Boolean(world.uploads),
    list(prefix, signal) {
      folderOf(prefix)
      return answering(signal, () => null, async () => {
        const entries: StoredEntry[] = []
        const seen = new Set<string>()
        for (let token: string | null = ''; token !== null; ) {
          const url = new URL(base)
          const asked = { 'list-type': '2', 'encoding-type': 'url', 'max-keys': String(world.page), prefix: root + prefix, ...(token ? { 'continuation-token': token } : {}) }
          for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
          const answer = await ask('GET', url, signal, pageBytes)
          if (answer.status !== 200) return refused(answer)
          const page = s3Page(answer, root)
          entries.push(...page.entries.filter((entry) => entry.name.startsWith(prefix)))
          token = page.next
          if (entries.length > mostEntries || (token !== null && seen.has(token))) stop('StorageNonsense')
          if (token !== null) seen.add(token)
        }
        return entries
      })
    },
    get(name, signal, range) {
      const url = urlOf(name)
      const wanted = range && rangeOf(range)
      return answering(signal, () => null, async () => {
        const answer = await ask('GET', url, signal, largestObject, rangeHeader(wanted))
        if (answer.status === 404 && s3Code(answer) === 'NoSuchKey') return null
        return rangedBody(answer, wanted) ?? refused(answer)
      })
    },
    put(name, bytes, signal) {
      const url = urlOf(name)
      return answering(signal, () => null, async () => {
        if (world.uploads && bytes.length > wholeUpTo) {
          const inParts = (method: string, part: string, query: Readonly<Record<string, string>>, body?: Uint8Array<ArrayBuffer>): Promise<Answer> => {
            const at = urlOf(part)
            for (const [key, value] of Object.entries(query)) at.searchParams.set(key, value)
            return ask(method, at, signal, pageBytes, {}, body)
          }
          return { tag: await putInParts({ note: world.uploads, now: () => world.clock.now(), ask: inParts }, name, bytes) }
        }
        const answer = await ask('PUT', url, signal, pageBytes, { 'Content-Type': 'application/octet-stream' }, bytes.slice())
        if (answer.status !== 200) return refused(answer)
        const tag = plainTag(answer.headers.get('etag'))
        if (tag === null || isPage(answer)) stop('StorageNonsense')
        return { tag }
      })
    },
    remove(name, signal) {
      const url = urlOf(name)
      return answering(signal, () => null, async () => {
        const answer = await ask('DELETE', url, signal, pageBytes)
        const gone = answer.status === 204 || (answer.status === 200 && !isPage(answer)) || (answer.status === 404 && s3Code(answer) === 'NoSuchKey')
        return gone ? null : refused(answer)
      })
    },
  }
}
