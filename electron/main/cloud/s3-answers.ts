// What an S3-compatible service says: pages of a listing, and codes of errors. Strangers' keys are not told; a page that is none stops.

import { isObjectName } from '@shared/log/names.ts'
import type { StorageFailure, StoredEntry } from '@shared/sync/storage.ts'
import { failure, stop, StorageStop } from './answers.ts'
import { isPage, plainTag, refusal, textOf, type Answer } from './exchange.ts'
import { readXml } from './read-xml.ts'

/** Some services leave the namespace out; errors never have one. */
const spaces = ['http://s3.amazonaws.com/doc/2006-03-01/', '']

export interface S3Page {
  readonly entries: readonly StoredEntry[]
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

/** `root`: what comes before the names in the bucket's keys. */
export function s3Page(answer: Answer, root: string): S3Page {
  const entries: StoredEntry[] = []
  let entry: { key?: string; size?: string; tag?: string } = {}
  let truncated = ''
  let next = ''
  let whole = false
  const wellFormed = readXml(textOf(answer) ?? '', spaces, (path, text) => {
    if (path === 'ListBucketResult/Contents/Key') entry.key = text
    else if (path === 'ListBucketResult/Contents/Size') entry.size = text
    else if (path === 'ListBucketResult/Contents/ETag') entry.tag = text
    else if (path === 'ListBucketResult/IsTruncated') truncated = text
    else if (path === 'ListBucketResult/NextContinuationToken') next = text
    else if (path === 'ListBucketResult') whole = true
    else if (path === 'ListBucketResult/Contents') {
      const key = unescaped(entry.key ?? '')
      const name = key.startsWith(root) ? key.slice(root.length) : ''
      if (!/^\d{1,15}$/.test(entry.size ?? '')) stop('StorageNonsense')
      if (isObjectName(name)) entries.push({ name, size: Number(entry.size), tag: plainTag(entry.tag ?? null) })
      entry = {}
    }
  })
  if (!wellFormed || !whole || isPage(answer) || (truncated === 'true') !== (next !== '')) stop('StorageNonsense')
  return { entries, next: next || null }
}

/** The code of an error; empty when the answer names none. */
export function s3Code(answer: Answer): string {
  let code = ''
  const wellFormed = readXml(textOf(answer) ?? '', spaces, (path, text) => {
    if (path === 'Error/Code') code = text
  })
  return wellFormed ? code : ''
}

/** What a failing answer means. A status alone says less than the code in it. */
export function s3Refusal(answer: Answer, now: number): StorageStop {
  const known = meanings[s3Code(answer)]
  const byStatus = refusal(answer, now)
  if (!known) return byStatus
  return byStatus.failure.type === known ? byStatus : new StorageStop(failure(known))
}

const meanings: Readonly<Partial<Record<string, StorageFailure['type']>>> = {
  NoSuchBucket: 'StorageRefused',
  ExpiredToken: 'StorageRefused',
  InvalidToken: 'StorageRefused',
  AuthorizationHeaderMalformed: 'StorageRefused',
  PermanentRedirect: 'StorageRefused',
  EntityTooLarge: 'StorageRefused',
  QuotaExceeded: 'StorageFull',
  XMinioStorageFull: 'StorageFull',
  InsufficientCapacity: 'StorageFull',
  SlowDown: 'StorageBusy',
  RequestTimeout: 'StorageBusy',
  OperationAborted: 'StorageBusy',
  // Bytes that changed on the way: they are sent again.
  BadDigest: 'StorageBusy',
  IncompleteBody: 'StorageBusy',
  XAmzContentSHA256Mismatch: 'StorageBusy',
}

/** `encoding-type=url`; a key that does not decode is somebody else's. */
function unescaped(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return ''
  }
}
