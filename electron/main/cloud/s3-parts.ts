// A large object in parts (CreateMultipartUpload, UploadPart, CompleteMultipartUpload): what a part was answered with is noted before
// the next one goes, so that a kill costs at most one part. One upload at a time; another one that was left behind is taken back.

import * as v from 'valibot'
import { bytesToHex } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { plainTag, textOf, type Answer } from './exchange.ts'
import { s3Code, s3Refusal } from './s3-answers.ts'
import { readXml } from './read-xml.ts'

/** The upload that is under way. Losing the note costs sending its parts again, and leaves them to the service's own clearing up. */
export interface UploadNote {
  read(): Promise<Uint8Array | null>
  write(note: Uint8Array): Promise<void>
}

/** Above this an object goes in parts. */
export const wholeUpTo = 8 * 1024 * 1024
/** The least that services take, but for the last part. */
export const partBytes = 5 * 1024 * 1024

export interface PartsDeps {
  readonly note: UploadNote
  readonly now: () => number
  readonly ask: (method: string, name: string, query: Readonly<Record<string, string>>, body?: Uint8Array<ArrayBuffer>) => Promise<Answer>
}

const noteSchema = v.strictObject({ name: v.string(), sha256: v.string(), upload: v.string(), parts: v.array(v.string()) })
type Upload = v.InferOutput<typeof noteSchema>

/** Throws a `StorageStop`. The tag of the object. */
export async function putInParts(deps: PartsDeps, name: string, bytes: Uint8Array): Promise<string | null> {
  const sha256 = bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))
  const before = await readNote(deps.note)
  const isSame = before?.name === name && before.sha256 === sha256
  if (before && !isSame) await takeBack(deps, before)
  const upload = before && isSame ? before : await begin(deps, name, sha256)
  const answer = await finish(deps, upload, bytes)
  // The service cleared it up meanwhile.
  if (answer.status !== 404 || s3Code(answer) !== 'NoSuchUpload') return tagOf(deps, answer)
  await deps.note.write(new Uint8Array())
  return tagOf(deps, await finish(deps, await begin(deps, name, sha256), bytes))
}

async function readNote(note: UploadNote): Promise<Upload | null> {
  const read = v.safeParse(noteSchema, decodeCbor((await note.read()) ?? new Uint8Array()))
  return read.success ? read.output : null
}

async function begin(deps: PartsDeps, name: string, sha256: string): Promise<Upload> {
  const answer = await deps.ask('POST', name, { uploads: '' })
  const upload = answer.status === 200 ? read(answer, 'InitiateMultipartUploadResult/UploadId') : null
  if (!upload) throw s3Refusal(answer, deps.now())
  const begun = { name, sha256, upload, parts: [] }
  await deps.note.write(encodeCbor(begun))
  return begun
}

/** Sends the parts that are missing and puts them together; the last answer, also one that refuses. */
async function finish(deps: PartsDeps, upload: Upload, bytes: Uint8Array): Promise<Answer> {
  const parts = [...upload.parts]
  for (let at = parts.length * partBytes; at < bytes.length; at = parts.length * partBytes) {
    const answer = await deps.ask('PUT', upload.name, { partNumber: String(parts.length + 1), uploadId: upload.upload }, bytes.slice(at, at + partBytes))
    const tag = plainTag(answer.headers.get('etag'))
    if (answer.status !== 200 || tag === null || !/^[!-~]+$/.test(tag) || /[<>&"]/.test(tag)) return answer
    parts.push(tag)
    await deps.note.write(encodeCbor({ ...upload, parts }))
  }
  const list = parts.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>&quot;${tag}&quot;</ETag></Part>`).join('')
  const answer = await deps.ask('POST', upload.name, { uploadId: upload.upload }, new TextEncoder().encode(`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list}</CompleteMultipartUpload>`))
  if (isDone(answer)) await deps.note.write(new Uint8Array())
  return answer
}

/** Services say 200 before they know, and what went wrong in the answer. */
function isDone(answer: Answer): boolean {
  return answer.status === 200 && read(answer, 'CompleteMultipartUploadResult') !== null
}

/** Null where the service (Ceph) does not say it. */
function tagOf(deps: PartsDeps, answer: Answer): string | null {
  if (!isDone(answer)) throw s3Refusal(answer, deps.now())
  return plainTag(read(answer, 'CompleteMultipartUploadResult/ETag'))
}

/** Nobody asks for it again: its parts cost room until they are taken back. */
async function takeBack(deps: PartsDeps, { name, upload }: Upload): Promise<void> {
  const answer = await deps.ask('DELETE', name, { uploadId: upload })
  if (answer.status !== 204 && answer.status !== 404) throw s3Refusal(answer, deps.now())
  await deps.note.write(new Uint8Array())
}

/** The text of one element; null where there is none. */
function read(answer: Answer, wanted: string): string | null {
  let found: string | null = null
  const wellFormed = readXml(textOf(answer) ?? '', ['http://s3.amazonaws.com/doc/2006-03-01/', ''], (path, text) => {
    if (path === wanted) found = text
  })
  return wellFormed ? found : null
}
