import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../base/cbor.ts'
import { emptyBook, entryToWrap, parseWrapBook, uniteWrapBooks, wrapBookToBytes, type WrapBook } from './wrap-books.ts'
import { documentWrapEpoch } from './wraps.ts'

const entry = fc.record({ epoch: fc.nat({ max: 3 }), sealed: fc.uint8Array({ minLength: 1, maxLength: 2 }).map((bytes) => Uint8Array.from(bytes)) })
const book: fc.Arbitrary<WrapBook> = fc.dictionary(fc.constantFrom('da', 'db', 'dc'), entry).map((of) => new Map(Object.entries(of)))

describe('books of document wraps', () => {
  it('4.13 LG-65 a book is read as it was written, and the same book is the same bytes', () => {
    fc.assert(
      fc.property(book, (one) => {
        const bytes = wrapBookToBytes(one)
        expect(parseWrapBook(bytes)).toEqual(one)
        expect(wrapBookToBytes(new Map([...one].reverse()))).toEqual(bytes)
      }),
    )
  })

  it('4.13 LG-66 whoever unites the same books in whatever order holds the same one, with nothing of an earlier epoch in place of a later', () => {
    fc.assert(
      fc.property(fc.array(book, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat()), (books, chance) => {
        const inOrder = books.reduce(uniteWrapBooks, emptyBook)
        const shuffled = books.map((one) => [chance.next().value, one] as const).sort(([a], [b]) => a - b).map(([, one]) => one)
        expect(wrapBookToBytes([...shuffled, ...books].reduce(uniteWrapBooks, emptyBook))).toEqual(wrapBookToBytes(inOrder))
        for (const [doc, { epoch }] of inOrder) expect(epoch).toBe(Math.max(...books.flatMap((one) => one.get(doc)?.epoch ?? [])))
      }),
    )
  })

  it('4.13 LG-65 what is no book is none, and an entry is a wrap like any other', () => {
    const sealed = Uint8Array.of(1)
    const good = { s: 1, v: 1, kind: 'documents', of: { '65540': { da: sealed }, '0': { da: Uint8Array.of(2), db: sealed } } }
    expect(parseWrapBook(encodeCbor(good))).toEqual(new Map([['da', { epoch: 65_540, sealed }], ['db', { epoch: 0, sealed }]]))
    for (const change of [{ s: 2 }, { v: 2 }, { kind: 'document' }, { more: 1 }, { of: { x: { da: sealed } } }, { of: { '01': { da: sealed } } }, { of: { '-1': { da: sealed } } }, { of: { '1': { 'd/': sealed } } }, { of: { '1': { da: 'text' } } }]) {
      expect([change, parseWrapBook(encodeCbor({ ...good, ...change }))]).toEqual([change, null])
    }
    expect(parseWrapBook(new Uint8Array())).toBe(null)
    expect(documentWrapEpoch(entryToWrap({ epoch: 7, sealed }))).toBe(7)
  })
})
