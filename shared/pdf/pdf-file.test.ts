import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import { locate, openPdf, resolve, tryOpenPdf } from './pdf-file.ts'
import { entry, printObject, reference, type PdfDictionary } from './pdf-object.ts'
import { streamData } from './stream-data.ts'

const corpus = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`./testing/corpus/${name}.pdf`, import.meta.url)))

/** A one-object file: `body` is object 1, `extra` stands in the trailer. */
function smallPdf(body: string, extra = '', before = ''): Uint8Array {
  const head = `%PDF-1.4\n${before}`
  const table = `xref\n0 2\n0000000000 65535 f \n${String(head.length).padStart(10, '0')} 00000 n \n`
  const object = `1 0 obj\n${body}\nendobj\n`
  return utf8ToBytes(`${head}${object}${table}trailer\n<</Size 2 /Root 1 0 R ${extra}>>\nstartxref\n${head.length + object.length}\n%%EOF\n`)
}

describe('reading a PDF', () => {
  it.each(['cover-sheet', 'three-pages', 'photograph', 'frozen-table', 'frozen-object-streams', 'frozen-linearized'])('reads every object and every Flate stream of %s', (name) => {
    const file = openPdf(corpus(name))
    const numbers = [...new Set(file.sections.flatMap((section) => [...section.entries.keys()]))].filter((n) => n !== 0)
    const objects = numbers.map((n) => locate(file, n)?.object)
    expect(objects.filter((object) => object === undefined)).toEqual([])
    const streams = objects.filter((object) => object?.kind === 'stream').filter((stream) => printObject((entry(stream, 'Filter') ?? { kind: 'null' }) as PdfDictionary) !== '/DCTDecode')
    const total = streams.reduce((sum, stream) => sum + (stream?.kind === 'stream' ? streamData(stream, (object) => resolve(file, object)).length : 0), 0)
    expect(total).toBeGreaterThan(20_000)
  })

  it('takes what is absent or free as null', () => {
    const file = openPdf(smallPdf('<</Type /Catalog>>'))
    expect(resolve(file, reference(0))).toEqual({ kind: 'null' })
    expect(resolve(file, reference(77))).toEqual({ kind: 'null' })
    expect(resolve(file, reference(1, 3))).toEqual({ kind: 'null' })
  })

  it.each([
    ['a key given twice', smallPdf('<</Type /Catalog /Type /Catalog>>')],
    ['an encrypted file', smallPdf('<</Type /Catalog>>', '/Encrypt <<>>')],
    ['hybrid cross-references', smallPdf('<</Type /Catalog>>', '/XRefStm 9')],
    ['a chain of sections that loops', smallPdf('<</Type /Catalog>>', '/Prev 44')],
    ['words behind %%EOF', new Uint8Array([...smallPdf('<</Type /Catalog>>'), ...utf8ToBytes('shadow')])],
    ['an object under another number', utf8ToBytes(Buffer.from(smallPdf('<</Type /Catalog>>')).toString().replace('1 0 obj', '2 0 obj'))],
    ['a root that is no catalog', smallPdf('<</Type /Page>>')],
    ['no header', smallPdf('<</Type /Catalog>>').subarray(1)],
    ['cross-references that list millions of objects in no bytes', utf8ToBytes('%PDF-1.5\n1 0 obj\n<</Type /XRef /W [0 0 0] /Index [0 1999999] /Size 9 /Root 2 0 R /Length 0>>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF')],
    ['arrays nested without end', smallPdf(`<</Type /Catalog /A ${'['.repeat(5000)}>>`)],
  ])('PF-12 finds %s unreadable', (_, bytes) => {
    expect(tryOpenPdf(bytes)).toBeNull()
  })

  it('PF-12 does not see objects that no cross-reference names', () => {
    const file = openPdf(smallPdf('<</Type /Catalog>>', '', '1 0 obj\n<</Type /Catalog /Hidden true>>\nendobj\n'))
    expect(entry(file.catalog, 'Hidden')).toBeUndefined()
  })

  it('reads strings, names and numbers as they are written', () => {
    const file = openPdf(smallPdf('<</Type /Catalog /A#20b (x\\(\\)\\101\\\n\\r(y)) /H <48 65 6> /N [-1.50 +2 .5 7 0 R true]>>'))
    expect(printObject(file.catalog)).toBe('<</Type /Catalog /A#20b (x\\(\\)A\\015\\(y\\)) /H <486560> /N [-1.50 +2 .5 7 0 R true]>>')
  })
})
