// Makes the frozen, unsigned document out of what Chromium printed, once: PDF/A-1b, page numbers, all signature fields,
// the fonts of the marks. Equal input gives equal bytes. After this only the append-only writer touches the file.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFRef, PDFString } from 'pdf-lib'
import { makeArchival, mendOutline } from './archival.ts'
import { embedMarkFonts, type MarkFaces } from './embed-mark-fonts.ts'
import { plainText, producer, xmpPacket } from './metadata.ts'
import { drawPageArtifacts } from './page-artifacts.ts'
import { pdfDate } from './pdf-date.ts'
import { addSignatureForm, type MarkBox } from './signature-form.ts'

export type { MarkBox } from './signature-form.ts'

export interface FrozenInput {
  /** Output of Chromium's printToPDF: tagged, with outline, fonts embedded as TrueType. */
  readonly printed: Uint8Array
  readonly title: string
  readonly documentId: string
  readonly author: string
  /** ISO 8601 instant. */
  readonly createdAt: string
  /** One for each step of the route, and the spare ones, named `spare-1` to `spare-4`. */
  readonly boxes: readonly MarkBox[]
  /** Every character that a mark on this document may ever need. */
  readonly markText: string
  /** Kept by the caller from document to document. */
  readonly fonts: MarkFaces
  /** Drawn in grey outside the text area of every page, e.g. 練習. */
  readonly watermark?: string
}

/** PF-7 to PF-12. Throws when `printed` is no PDF that pdf-lib reads, or a box lies on a page that is not there. */
export async function composeFrozen(input: FrozenInput): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(input.printed, { updateMetadata: false, throwOnInvalidObject: true })
  const fonts = await embedMarkFonts(pdf, input.markText + (input.watermark ?? ''), input.fonts)
  drawPageArtifacts(pdf, fonts, input.watermark ?? null)
  addSignatureForm(pdf, input.boxes, fonts)
  await pdf.flush()
  mendOutline(pdf)
  makeArchival(pdf)
  writeMetadata(pdf, input)
  const catalog = pdf.catalog
  catalog.set(PDFName.of('Lang'), PDFString.of('ja'))
  const id = fileIdentifier(input)
  pdf.context.trailerInfo.ID = pdf.context.obj([id, id])
  return pdf.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false })
}

function fileIdentifier(input: FrozenInput): PDFHexString {
  const words = JSON.stringify([input.documentId, input.title, input.author, input.createdAt, input.boxes, input.markText, input.watermark])
  return PDFHexString.of(bytesToHex(sha256(concatBytes(input.printed, utf8ToBytes(words))).slice(0, 16)))
}

function writeMetadata(pdf: PDFDocument, input: FrozenInput): void {
  const { context } = pdf
  if (context.trailerInfo.Info instanceof PDFRef) context.delete(context.trailerInfo.Info)
  const date = PDFString.of(pdfDate(input.createdAt))
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: PDFHexString.fromText(plainText(input.title)),
      Author: PDFHexString.fromText(plainText(input.author)),
      Creator: PDFString.of(producer),
      Producer: PDFString.of(producer),
      CreationDate: date,
      ModDate: date,
    }),
  )
  const packet = PDFRawStream.of(context.obj({ Type: 'Metadata', Subtype: 'XML' }), utf8ToBytes(xmpPacket(input)))
  pdf.catalog.set(PDFName.of('Metadata'), context.register(packet))
}
