import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import { appendUpdate, nextObjectNumber, objectBody, streamBody } from './append-update.ts'
import { locate, openPdf } from './pdf-file.ts'
import { dictionary, entry, name, printObject, textString, type PdfArray, type PdfDictionary } from './pdf-object.ts'

const corpus = (kind: string): Uint8Array => new Uint8Array(readFileSync(new URL(`./testing/corpus/${kind}.pdf`, import.meta.url)))

describe('appendUpdate', () => {
  it.each([
    ['frozen-table', 'table'],
    ['frozen-object-streams', 'stream'],
    ['frozen-linearized', 'table'],
  ] as const)('PF-2 keeps to the kind of cross-references of %s and to its root, info and first id', (kind, section) => {
    const file = openPdf(corpus(kind))
    const free = nextObjectNumber(file)
    const { bytes, bodyOffsets } = appendUpdate(file, [
      { number: free + 3, generation: 0, body: objectBody(dictionary({ Type: name('A') })) },
      { number: free, generation: 0, body: streamBody({ Type: name('B') }, utf8ToBytes('q Q')) },
    ])
    const after = openPdf(bytes)
    expect(after.sections[0]?.kind).toBe(section)
    expect(after.sections[0]?.previous).toBe(file.sections[0]?.offset)
    for (const key of ['Root', 'Info']) expect(entry(after.trailer, key)).toEqual(entry(file.trailer, key))
    const ids = [file, after].map((one) => (entry(one.trailer, 'ID') as PdfArray).items.map((item) => printObject(item as PdfDictionary)))
    expect(ids[1]?.[0]).toBe(ids[0]?.[0])
    expect(ids[1]?.[1]).not.toBe(ids[0]?.[1])
    expect(printObject(locate(after, free + 3)?.object as PdfDictionary)).toBe('<</Type /A>>')
    expect(locate(after, free)?.object).toMatchObject({ kind: 'stream', data: utf8ToBytes('q Q') })
    expect(Buffer.from(bytes.subarray(bodyOffsets.get(free + 3))).toString().startsWith('<</Type /A>>\nendobj')).toBe(true)
  })

  it('starts a new line where the file before ends without one', () => {
    const bytes = corpus('frozen-table')
    const bare = bytes.subarray(0, Buffer.from(bytes).lastIndexOf('%%EOF') + 5)
    const file = openPdf(bare)
    const after = appendUpdate(file, [{ number: nextObjectNumber(file), generation: 0, body: objectBody(textString('町')) }]).bytes
    expect(Buffer.from(after.subarray(bare.length - 5, bare.length + 1)).toString()).toBe('%%EOF\n')
    expect(openPdf(after).sections).toHaveLength(2)
  })
})
