// Lays out one of our packages from a trail and the files it names: what lies where under data/, in writing order.
// Nothing in it is typed by hand: the readings follow from the trail, the files are taken by their hash.

import { utf8ToBytes } from '../base/bytes.ts'
import { assert } from '../base/result.ts'
import { derToPem } from '../signing/pem.ts'
import { buildBag } from './bag.ts'
import { findingAid } from './finding-aid.ts'
import type { Subtle } from '../crypto/ports.ts'
import type { PackageFile } from './ports.ts'
import { packageFormat } from './package-format.ts'
import { documentReading, placedFiles, trailReading } from './readings.ts'
import { toRecord, type DocumentRecord } from './record.ts'
import { trailToBytes, type Trail } from './trail.ts'
import type { TrailReport } from './verify-trail.ts'

export interface PackageInput {
  readonly trail: Trail
  /** What `verifyTrail` says of it: a package whose own proof does not hold is never written. */
  readonly proof: TrailReport
  /** Document ids in the order of the list; each was submitted at least once. */
  readonly documents: readonly string[]
  /** The bytes of a file by SHA-256 (hex) of the whole. */
  content(sha256: string): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** UTF-8 with byte-order mark, RFC 4180. */
  readonly register: Uint8Array
  /** What was exported, e.g. 令和8年度 人事 簿冊. */
  readonly title: string
  /** Id of the `document.export` events' package. */
  readonly identifier: string
  /** YYYY-MM-DD in Japan. */
  readonly date: string
  readonly software: string
}

/** The whole bag, in writing order; see `buildBag` for how to read it. */
export function packageBag(input: PackageInput, subtle: Pick<Subtle, 'digest'>): AsyncGenerator<PackageFile, void, undefined> {
  const { authority, verdict } = input.proof
  assert(verdict.outcome === 'pass', 'a package is written only of a trail that holds')
  const info = {
    baggingDate: input.date,
    sourceOrganization: authority.town?.name ?? '',
    externalIdentifier: input.identifier,
    externalDescription: input.title,
    softwareAgent: input.software,
    more: [
      ['Fumibako-Package-Format', packageFormat],
      ['Fumibako-Workspace', input.trail.workspace],
      ['Fumibako-Workspace-Kind', authority.genesis?.kind ?? ''],
      ['Fumibako-Genesis', input.trail.genesis],
    ],
  } as const
  return buildBag(payload(input), info, subtle)
}

async function* payload(input: PackageInput): AsyncGenerator<PackageFile, void, undefined> {
  const { authority, events } = input.proof
  const records = input.documents.map((id): DocumentRecord => {
    const record = toRecord(id, events.get(id) ?? [], authority)
    assert(record !== null, 'a document that is exported was submitted')
    return record
  })
  for (const [i, record] of records.entries()) {
    for (const file of placedFiles(i + 1, record)) yield { path: file.path, chunks: input.content(file.sha256) }
    yield text(`documents/${i + 1}/document.json`, documentReading(i + 1, record))
  }
  assert(authority.root !== null, 'collection zero holds the root certificate')
  yield { path: 'trail.cbor', chunks: [trailToBytes(input.trail)] }
  yield text('trail.json', trailReading(input.trail))
  yield { path: 'register.csv', chunks: [input.register] }
  yield text('trust/root.pem', derToPem('CERTIFICATE', authority.root.certificate))
  yield { path: 'trust/root.crl', chunks: [authority.root.crl] }
  yield text('index.html', findingAid({ title: input.title, date: input.date, identifier: input.identifier, authority, records }))
}

function text(path: string, content: string): PackageFile {
  return { path, chunks: [utf8ToBytes(content)] }
}
