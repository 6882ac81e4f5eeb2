// Decodes the data of the streams we must read ourselves: cross-reference streams, object streams, fonts and their maps.
// Filters other than Flate (with or without PNG predictors) are refused; pictures are never decoded here.

import { inflate } from './inflate.ts'
import { unreadable } from './parse-object.ts'
import { entry, nameValue, numberValue, type PdfObject, type PdfStream } from './pdf-object.ts'

const largest = 64 * 1024 * 1024

/** Decoded bytes, at most 64 MiB. Throws on unknown filters and malformed data. */
export function streamData(stream: PdfStream, resolve: (object: PdfObject | undefined) => PdfObject): Uint8Array {
  const filter = single(resolve(entry(stream, 'Filter')), resolve)
  if (filter.kind === 'null' || stream.data.length === 0) return stream.data
  if (nameValue(filter) !== 'FlateDecode') unreadable('filter not supported')
  const data = inflate(stream.data, largest)
  const parms = single(resolve(entry(stream, 'DecodeParms')), resolve)
  const predictor = numberValue(entry(parms, 'Predictor')) ?? 1
  if (predictor === 1) return data
  if (predictor < 10 || (numberValue(entry(parms, 'BitsPerComponent')) ?? 8) !== 8) unreadable('predictor not supported')
  return unpredict(data, (numberValue(entry(parms, 'Columns')) ?? 1) * (numberValue(entry(parms, 'Colors')) ?? 1), numberValue(entry(parms, 'Colors')) ?? 1)
}

function single(object: PdfObject, resolve: (object: PdfObject | undefined) => PdfObject): PdfObject {
  if (object.kind !== 'array') return object
  if (object.items.length > 1) unreadable('filter chains are not supported')
  return resolve(object.items[0])
}

/** PNG prediction (ISO 32000-1 7.4.4.4): each row is preceded by its filter type. */
function unpredict(data: Uint8Array, columns: number, step: number): Uint8Array {
  if (!Number.isInteger(columns) || columns < 1 || columns > 65536) unreadable('predictor columns')
  const rows = Math.floor(data.length / (columns + 1))
  const out = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const type = data[row * (columns + 1)] as number
    for (let i = 0; i < columns; i++) {
      const left = i >= step ? (out[row * columns + i - step] as number) : 0
      const up = row > 0 ? (out[(row - 1) * columns + i] as number) : 0
      const corner = row > 0 && i >= step ? (out[(row - 1) * columns + i - step] as number) : 0
      out[row * columns + i] = (data[row * (columns + 1) + 1 + i] as number) + predicted(type, left, up, corner)
    }
  }
  return out
}

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 0) return 0
  if (type === 1) return left
  if (type === 2) return up
  if (type === 3) return Math.floor((left + up) / 2)
  if (type !== 4) unreadable('predictor type')
  const estimate = left + up - corner
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
