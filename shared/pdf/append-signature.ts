// Appends one visible PAdES B-B signature to a frozen document: fills a field that is there, changes nothing else.
// The first signature of a file certifies it. The bytes before are a prefix of the bytes after (PF-1).

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '../base/bytes.ts'
import { err, ok, type Failure, type Result } from '../base/result.ts'
import { signDetached } from '../signing/cms.ts'
import type { SigningKey } from '../signing/ports.ts'
import { appendUpdate, nextObjectNumber, objectBody, streamBody, type UpdatedObject } from './append-update.ts'
import { drawMark, markFormEntries, type Mark } from './mark-appearance.ts'
import { readMarkFonts } from './mark-font.ts'
import { pdfDate } from './pdf-date.ts'
import { resolve, tryOpenPdf, type PdfFile } from './pdf-file.ts'
import { asciiString, dictionary, entry, name, number, array, printObject, reference, textString, withEntries, type PdfDictionary } from './pdf-object.ts'
import { signatureFields, type SignatureField } from './signature-fields.ts'

export interface SignatureRequest {
  readonly pdf: Uint8Array
  /** Name of an empty signature field in the file. */
  readonly field: string
  readonly mark: Mark
  readonly signer: SigningKey
  /** The claimed time, ISO 8601 with zone or Z. */
  readonly at: string
  readonly reason: string
  /** The signer's name as it is to be read. */
  readonly name: string
  readonly location?: string
}

/** Octets kept for the CMS: enough for a P-256 or RSA signer with a chain of four. */
export const contentsOctets = 8192

/** PF-1 to PF-6. A rejection of the key's `sign` is passed on; nothing is written then. */
export async function appendSignature(
  input: SignatureRequest,
): Promise<Result<Uint8Array, UnreadablePdf | FieldMissing | FieldTaken | MarkFontMissing | ChangedAfterSignature>> {
  const file = tryOpenPdf(input.pdf)
  const fields = file && readFields(file)
  if (!file || !fields) return err({ type: 'UnreadablePdf', retry: 'never' })
  const field = fields.find((one) => one.name === input.field)
  if (!field) return err({ type: 'FieldMissing', retry: 'never', field: input.field })
  if (field.signature) return err({ type: 'FieldTaken', retry: 'never', field: input.field })
  const signed = fields.filter((one) => one.signature !== null)
  const covered = Math.max(...signed.map((one) => (one.signature ? one.signature.byteRange[2] + one.signature.byteRange[3] : 0)))
  if (signed.length > 0 && !endsAt(file, covered)) return err({ type: 'ChangedAfterSignature', retry: 'never' })
  const fonts = readMarkFonts(file)
  if (fonts.length === 0) return err({ type: 'MarkFontMissing', retry: 'never' })

  const objects = updatedObjects(file, field, input, signed.length === 0)
  const { bytes, bodyOffsets } = appendUpdate(file, objects)
  const body = bodyOffsets.get(nextObjectNumber(file)) as number
  return ok(await seal(bytes, body, input.signer))
}

export interface UnreadablePdf extends Failure<'UnreadablePdf'> {}
export interface FieldMissing extends Failure<'FieldMissing'> {
  readonly field: string
}
export interface FieldTaken extends Failure<'FieldTaken'> {
  readonly field: string
}
/** The file was not frozen by `composeFrozen`. */
export interface MarkFontMissing extends Failure<'MarkFontMissing'> {}
/** Something was appended behind the last signature; signing it would vouch for that. */
export interface ChangedAfterSignature extends Failure<'ChangedAfterSignature'> {}

function readFields(file: PdfFile): readonly SignatureField[] | null {
  try {
    return signatureFields(file)
  } catch {
    return null
  }
}

function endsAt(file: PdfFile, covered: number): boolean {
  return covered === file.bytes.length
}

/** The signature dictionary, the mark, the filled field and, for the first signature, the catalog with its permission. */
function updatedObjects(file: PdfFile, field: SignatureField, input: SignatureRequest, certifies: boolean): readonly UpdatedObject[] {
  const signatureNumber = nextObjectNumber(file)
  const markNumber = signatureNumber + 1
  const width = Math.abs(field.rect[2] - field.rect[0])
  const height = Math.abs(field.rect[3] - field.rect[1])
  const appearance = drawMark(input.mark, readMarkFonts(file), width, height)
  const filled = withEntries(field.dictionary, { V: reference(signatureNumber), AP: dictionary({ N: reference(markNumber) }) })
  const objects: UpdatedObject[] = [
    { number: signatureNumber, generation: 0, body: utf8ToBytes(signatureText(input, certifies)) },
    { number: markNumber, generation: 0, body: streamBody(markFormEntries(appearance, width, height), utf8ToBytes(appearance.content)) },
    { number: field.objectNumber, generation: field.generation, body: objectBody(filled) },
  ]
  const root = entry(file.trailer, 'Root')
  if (certifies && root?.kind === 'reference') {
    const permissions = resolve(file, entry(file.catalog, 'Perms'))
    const base: PdfDictionary = permissions.kind === 'dictionary' ? permissions : dictionary({})
    const catalog = withEntries(file.catalog, { Perms: withEntries(base, { DocMDP: reference(signatureNumber) }) })
    objects.push({ number: root.number, generation: root.generation, body: objectBody(catalog) })
  }
  return objects
}

const rangeWidth = 10
const byteRangeKey = '/ByteRange ['
const contentsKey = '/Contents <'

/** PF-4: fixed width for the range, a fixed number of octets for the CMS, so that both can be filled in place. */
function signatureText(input: SignatureRequest, certifies: boolean): string {
  const entries = dictionary({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    M: asciiString(pdfDate(input.at)),
    Name: textString(input.name),
    Reason: textString(input.reason),
    ...(input.location === undefined ? {} : { Location: textString(input.location) }),
    FBKO_Mark: dictionary({
      Position: textString(input.mark.position),
      Surname: textString(input.mark.surname),
      Date: asciiString(input.mark.date),
      ...(input.mark.label === undefined ? {} : { Label: textString(input.mark.label) }),
    }),
    ...(certifies ? { Reference: array(certification) } : {}),
  })
  const range = `${byteRangeKey}0 ${Array.from({ length: 3 }, () => '0'.repeat(rangeWidth)).join(' ')}]`
  return `<<${range} ${contentsKey}${'0'.repeat(contentsOctets * 2)}> ${printObject(entries).slice(2)}`
}

/** PF-5: DocMDP, P 2: filling signature fields that exist is all that may follow (ISO 32000-1 12.8.2.2). */
const certification = dictionary({
  Type: name('SigRef'),
  TransformMethod: name('DocMDP'),
  TransformParams: dictionary({ Type: name('TransformParams'), P: number(2), V: name('1.2') }),
})

/** Fills ByteRange, hashes what it covers, signs, fills Contents. `body` is the offset of the signature dictionary. */
async function seal(bytes: Uint8Array, body: number, signer: SigningKey): Promise<Uint8Array> {
  const rangeAt = body + 2 + byteRangeKey.length
  const open = rangeAt + 1 + 3 * (1 + rangeWidth) + 2 + contentsKey.length - 1
  const close = open + 2 + contentsOctets * 2
  const figures = [open, close, bytes.length - close].map((n) => String(n).padEnd(rangeWidth))
  bytes.set(utf8ToBytes(`0 ${figures.join(' ')}`), rangeAt)
  const digest = sha256.create().update(bytes.subarray(0, open)).update(bytes.subarray(close)).digest()
  const cms = await signDetached(digest, signer)
  if (cms.length > contentsOctets) throw new Error('defect: the signature is larger than the room kept for it')
  bytes.set(utf8ToBytes(bytesToHex(cms)), open + 1)
  return bytes
}
