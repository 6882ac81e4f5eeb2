// Printing one HTML document to an unsigned PDF in the hidden window: the document brings no script and no address. And putting on paper what a
// person confirmed: the pages are those that main showed, never others.
import * as v from 'valibot'
import { method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'
import type { SessionLocked } from './consent.ts'
import type { ConsentMissing } from './vault.ts'

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

/** `name` is the system's; `title` what people call it. */
export interface PrinterShown {
  readonly name: string
  readonly title: string
}
/** The system does not know that printer (any more). */
export type PrinterMissing = Failure<'PrinterMissing'>
/** The pages could not be drawn, or the system did not take the job. */
export type PrintFailed = Failure<'PrintFailed'>

export const print = {
  /** The printers of this machine; empty where there is none. */
  printers: method('vault', nothing).gives<{ readonly printers: readonly PrinterShown[] }, SessionLocked>(),
  /** Once for each confirmation of a printing, and only after its act was committed. */
  paper: method('vault', v.strictObject({ consent: v.string(), printer: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) })).gives<null, SessionLocked | ConsentMissing | PrinterMissing | PrintFailed>(),
  render: method('vault', printRequest).gives<Printed, FontMissing | FieldOffPage>(),
} as const
