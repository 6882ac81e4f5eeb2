// Printing one HTML document to an unsigned PDF in the hidden window. The document brings no script and no address.
import * as v from 'valibot'
import { method } from '../define.ts'
import type { Failure } from '../../base/result.ts'

/** Where an element with `data-field` lies: page from 0, PDF points from the lower left corner of the page. */
export interface PrintedBox {
  readonly name: string
  readonly page: number
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface Printed {
  readonly pdf: Uint8Array
  readonly boxes: readonly PrintedBox[]
}

/** A font file named in the request is not shipped, or the document's font did not load. */
export interface FontMissing extends Failure<'FontMissing'> {
  readonly font: string
}
/** A `data-field` element does not lie on the first page, where the signature fields are. */
export interface FieldOffPage extends Failure<'FieldOffPage'> {
  readonly field: string
}

/** `html`: a whole document; it may use `app://print/fonts/<file>` for the files in `baseFonts` and data: images. */
export const printRequest = v.strictObject({
  html: v.pipe(v.string(), v.minLength(1), v.maxLength(32_000_000)),
  baseFonts: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+\.(ttf|otf|woff2)$/))), v.maxLength(16)),
})
export type PrintRequest = Readonly<v.InferOutput<typeof printRequest>>

export const print = {
  render: method('vault', printRequest).gives<Printed, FontMissing | FieldOffPage>(),
} as const
