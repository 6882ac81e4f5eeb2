// Where two people signed the same document apart, there are two files with one frozen beginning. One stays, by the
// caller's choice; whoever signed only the other appends again (押印待ち). Decisions are events and are not touched here.

import { err, type Failure, type Result } from '../base/result.ts'
import { equalBytes } from '../base/bytes.ts'
import { parseCms } from '../signing/parse-cms.ts'
import { tryParseCertificate } from '../signing/parse-certificate.ts'
import type { SigningKey } from '../signing/ports.ts'
import { readDerPrefix } from '../signing/read-der.ts'
import { appendSignature, type ChangedAfterSignature, type FieldMissing, type FieldTaken, type MarkFontMissing, type UnreadablePdf } from './append-signature.ts'
import type { Mark } from './mark-appearance.ts'
import { tryOpenPdf } from './pdf-file.ts'
import { entry, textValue } from './pdf-object.ts'
import { revisionsOf } from './revisions.ts'
import { signatureFields, type SignatureField } from './signature-fields.ts'

export interface Relation {
  /** `unrelated`: the frozen documents differ, or a file is unreadable. */
  readonly kind: 'same' | 'a-continues-b' | 'b-continues-a' | 'branched' | 'unrelated'
  /** Fields signed in the other file and empty in this one: marks this file still waits for. */
  readonly awaitedInA: readonly string[]
  readonly awaitedInB: readonly string[]
}

const unrelated: Relation = { kind: 'unrelated', awaitedInA: [], awaitedInB: [] }

/** PF-15: how two files stand to each other, by their bytes alone. */
export function relate(a: Uint8Array, b: Uint8Array): Relation {
  const [first, second] = [readBranch(a), readBranch(b)]
  if (!first || !second || !equalBytes(first.frozen, second.frozen)) return unrelated
  const awaitedInA = second.signed.filter((name) => !first.signed.includes(name))
  const awaitedInB = first.signed.filter((name) => !second.signed.includes(name))
  const shorter = Math.min(a.length, b.length)
  if (!equalBytes(a.subarray(0, shorter), b.subarray(0, shorter))) return { kind: 'branched', awaitedInA, awaitedInB }
  return { kind: a.length === b.length ? 'same' : a.length > b.length ? 'a-continues-b' : 'b-continues-a', awaitedInA, awaitedInB }
}

interface Branch {
  /** The bytes before the first signature. */
  readonly frozen: Uint8Array
  readonly fields: readonly SignatureField[]
  readonly signed: readonly string[]
}

function readBranch(bytes: Uint8Array): Branch | null {
  const file = tryOpenPdf(bytes)
  try {
    const fields = file ? signatureFields(file) : []
    const signed = fields.filter((field) => field.signature)
    const firstAt = Math.min(...signed.map((field) => field.signature?.contents.start ?? bytes.length))
    const revisions = file ? revisionsOf(file) : []
    const before = revisions.filter((revision) => revision.end <= firstAt).at(-1)
    return before ? { frozen: bytes.subarray(0, before.end), fields, signed: signed.map((field) => field.name) } : null
  } catch {
    return null
  }
}

export interface ReappendRequest {
  /** The file that stays. */
  readonly kept: Uint8Array
  /** The file that does not, with the signature to be made again. */
  readonly lost: Uint8Array
  readonly field: string
  /** The same person’s key; the seat may be another one. */
  readonly signer: SigningKey
  /** The time of signing again; the mark keeps the date of the decision. */
  readonly at: string
}

/** PF-15: appends to `kept` the signature that only `lost` has: same field, mark, name and reason, new time. */
export async function reappend(
  request: ReappendRequest,
): Promise<Result<Uint8Array, NotBranches | NotSignedThere | OtherPerson | UnreadablePdf | FieldMissing | FieldTaken | MarkFontMissing | ChangedAfterSignature>> {
  if (!['branched', 'b-continues-a'].includes(relate(request.kept, request.lost).kind)) return err({ type: 'NotBranches', retry: 'never' })
  const signature = readBranch(request.lost)?.fields.find((field) => field.name === request.field)?.signature
  const mark = signature && readMark(entry(signature.dictionary, 'FBKO_Mark'))
  if (!signature || !mark) return err({ type: 'NotSignedThere', retry: 'never', field: request.field })
  if (!samePerson(signature.contents.bytes, request.signer.certificate)) return err({ type: 'OtherPerson', retry: 'never', field: request.field })
  const location = textValue(entry(signature.dictionary, 'Location'))
  return appendSignature({
    pdf: request.kept,
    field: request.field,
    mark,
    signer: request.signer,
    at: request.at,
    reason: textValue(entry(signature.dictionary, 'Reason')) ?? '',
    name: textValue(entry(signature.dictionary, 'Name')) ?? '',
    ...(location === null ? {} : { location }),
  })
}

/** The files are no branches of one frozen document. */
export interface NotBranches extends Failure<'NotBranches'> {}
export interface NotSignedThere extends Failure<'NotSignedThere'> {
  readonly field: string
}
/** Only the person who signed may sign again. */
export interface OtherPerson extends Failure<'OtherPerson'> {
  readonly field: string
}

function readMark(dictionary: Parameters<typeof entry>[0]): Mark | null {
  const position = textValue(entry(dictionary, 'Position'))
  const surname = textValue(entry(dictionary, 'Surname'))
  const date = textValue(entry(dictionary, 'Date'))
  const label = textValue(entry(dictionary, 'Label'))
  if (position === null || surname === null || date === null || !/^\d{4}-\d\d-\d\d$/.test(date)) return null
  return { position, surname, date, ...(label === null ? {} : { label }) }
}

function samePerson(contents: Uint8Array, certificate: Uint8Array): boolean {
  const now = tryParseCertificate(certificate)?.subject
  try {
    const then = parseCms(readDerPrefix(contents).raw).signer?.subject
    return now !== undefined && then !== undefined && now.serialNumber !== null && now.serialNumber === then.serialNumber && now.organization === then.organization
  } catch {
    return false
  }
}
