import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { makeTown, type TestTown } from '../signing/testing/town.ts'
import { appendUpdate, nextObjectNumber, objectBody, streamBody, type UpdatedObject } from './append-update.ts'
import { judgeChanges } from './judge-changes.ts'
import { locate, openPdf, resolve, type PdfFile } from './pdf-file.ts'
import { array, dictionary, entry, name, number, printObject, reference, textString, withEntries, type PdfDictionary, type PdfReference } from './pdf-object.ts'
import { danglingReferences, listRevisions } from './revisions.ts'
import { signatureFields } from './signature-fields.ts'
import { fiveSteps, type TestStep } from './testing/frozen.ts'
import { signStep } from './testing/sign-five.ts'
import { verifyPdf } from './verify-pdf.ts'

const frozen = new Uint8Array(readFileSync(new URL('./testing/corpus/frozen-table.pdf', import.meta.url)))
const [first, second] = fiveSteps as [TestStep, TestStep]
let town: TestTown
let signed: Uint8Array
let older: PdfFile

beforeAll(async () => {
  town = await makeTown()
  signed = await signStep(frozen, first, town)
  older = openPdf(signed)
})

function codes(objects: readonly UpdatedObject[], change = (bytes: Uint8Array): Uint8Array => bytes): readonly string[] {
  const bytes = change(appendUpdate(older, objects).bytes)
  return judgeChanges(older, openPdf(bytes), danglingReferences(older)).map((reason) => reason.code)
}

const root = (): PdfReference => entry(older.trailer, 'Root') as PdfReference
function firstPage(): { readonly number: number; readonly dictionary: PdfDictionary } {
  const pages = resolve(older, entry(older.catalog, 'Pages'))
  const kids = resolve(older, entry(pages, 'Kids'))
  const kid = kids.kind === 'array' ? (kids.items[0] as PdfReference) : reference(0)
  return { number: kid.number, dictionary: locate(older, kid.number)?.object as PdfDictionary }
}
const emptyField = (): ReturnType<typeof signatureFields>[number] => signatureFields(older).find((field) => field.name === second.field) as ReturnType<typeof signatureFields>[number]

/** A signature and a mark as they should be, with what the test changes about the field. */
function fill(changes: Parameters<typeof withEntries>[1], mark: Parameters<typeof streamBody>[0] = {}): readonly UpdatedObject[] {
  const free = nextObjectNumber(older)
  const field = emptyField()
  return [
    { number: free, generation: 0, body: objectBody(dictionary({ Type: name('Sig') })) },
    { number: free + 1, generation: 0, body: streamBody({ Subtype: name('Form'), BBox: array(number(0), number(0), number(9), number(9)), ...mark }, utf8ToBytes('q Q')) },
    { number: field.objectNumber, generation: 0, body: objectBody(withEntries(field.dictionary, { V: reference(free), AP: dictionary({ N: reference(free + 1) }), ...changes })) },
  ]
}

describe('judgeChanges', () => {
  it('PF-14 lets a filled signature field pass, and an object written again as it was', () => {
    expect(codes(fill({}))).toEqual([])
    expect(codes([{ number: root().number, generation: 0, body: objectBody(older.catalog) }])).toEqual([])
  })

  it.each<[string, () => readonly string[], string]>([
    ['a page that shows other contents', () => codes([{ number: firstPage().number, generation: 0, body: objectBody(withEntries(firstPage().dictionary, { Contents: reference(nextObjectNumber(older)) })) }]), 'object-changed'],
    ['an annotation laid over the page', () => codes([{ number: firstPage().number, generation: 0, body: objectBody(withEntries(firstPage().dictionary, { Annots: array() })) }]), 'object-changed'],
    ['a changed catalog', () => codes([{ number: root().number, generation: 0, body: objectBody(withEntries(older.catalog, { OpenAction: array() })) }]), 'object-changed'],
    ['a catalog that forgets the certification', () => codes([{ number: root().number, generation: 0, body: objectBody(withEntries(older.catalog, { Perms: dictionary({}) })) }]), 'object-changed'],
    ['a field moved while it was filled', () => codes(fill({ Rect: array(number(0), number(0), number(600), number(800)) })), 'object-changed'],
    ['a field given another name', () => codes(fill({ T: textString('町長') })), 'object-changed'],
    ['a field with a second appearance', () => codes(fill({ AP: dictionary({ N: reference(nextObjectNumber(older) + 1), D: reference(nextObjectNumber(older) + 1) }) })), 'object-changed'],
    ['a mark that refers to what is not there yet', () => codes(fill({}, { Resources: dictionary({ XObject: dictionary({ X: reference(9000) }) }) })), 'object-changed'],
    ['an object nothing asked for', () => codes([{ number: nextObjectNumber(older), generation: 0, body: objectBody(dictionary({})) }]), 'object-added'],
    ['a freed object', () => codes([], freeing(firstPage().number)), 'object-removed'],
    ['text between the objects', () => codes(fill({}), (bytes) => withTextBehind(bytes)), 'bytes-unexplained'],
  ])('PF-14 rejects %s', (_, found, expected) => {
    expect(found()).toContain(expected)
  })

  it('PF-14 rejects the definition of an object that signed content refers to and nobody had defined', () => {
    const free = nextObjectNumber(older)
    const bytes = appendUpdate(older, fill({})).bytes
    const reasons = judgeChanges(older, openPdf(bytes), new Set([free])).map((reason) => reason.code)
    expect(reasons).toEqual(['reference-redirected'])
  })

  it('2.11 PF-13 an unsigned update behind the last signature fails the document', async () => {
    const { bytes } = appendUpdate(older, [{ number: root().number, generation: 0, body: objectBody(withEntries(older.catalog, { OpenAction: array() })) }])
    const { verdict, signatures } = await verifyPdf(bytes, { roots: [town.root], subtle: crypto.subtle })
    expect(verdict.outcome).toBe('fail')
    expect(verdict.reasons).toContainEqual({ code: 'changed-after-last-signature' })
    expect(signatures.map((one) => [one.coverage, one.intact.outcome])).toEqual([['revision', 'pass']])
  })

  it('PF-13 one signature put into two fields is not two signatures', async () => {
    const taken = signatureFields(older).find((field) => field.name === first.field)
    const shown = withEntries(emptyField().dictionary, { V: reference(taken?.signature?.objectNumber ?? 0) })
    const { bytes } = appendUpdate(older, [{ number: emptyField().objectNumber, generation: 0, body: objectBody(shown) }])
    expect((await verifyPdf(bytes, { roots: [town.root], subtle: crypto.subtle })).verdict.outcome).toBe('fail')
  })

  it('PF-13 a broken permission dictionary gets a verdict, not an exception', async () => {
    const free = nextObjectNumber(older)
    const broken = appendUpdate(older, [
      { number: free, generation: 0, body: utf8ToBytes('<</DocMDP') },
      { number: root().number, generation: 0, body: objectBody(withEntries(older.catalog, { Perms: reference(free) })) },
    ])
    expect((await verifyPdf(broken.bytes, { roots: [town.root], subtle: crypto.subtle })).verdict.outcome).toBe('fail')
  })

  it('lists each revision with its objects and its end', async () => {
    const twice = await signStep(signed, second, town)
    const revisions = listRevisions(twice)
    expect(revisions).toHaveLength(3)
    expect(revisions.at(-1)?.objects).toContain(emptyField().objectNumber)
    expect(revisions.map((revision) => Buffer.from(twice.subarray(revision.end - 5, revision.end)).toString())).toEqual(['%%EOF', '%%EOF', '%%EOF'])
  })
})

/** An update that marks one object as free. */
function freeing(objectNumber: number): (bytes: Uint8Array) => Uint8Array {
  return () => {
    const start = signed.length
    const size = nextObjectNumber(older)
    const id = printObject(entry(older.trailer, 'ID') as PdfDictionary)
    const text = `xref\n${objectNumber} 1\n0000000000 00001 f \ntrailer\n<</Size ${size} /Root ${root().number} 0 R /Info ${(entry(older.trailer, 'Info') as PdfReference).number} 0 R /ID ${id} /Prev ${older.sections[0]?.offset}>>\nstartxref\n${start}\n%%EOF\n`
    return concatBytes(signed, utf8ToBytes(text))
  }
}

/** The update's cross-reference section moved down by some text that no object explains. */
function withTextBehind(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const at = text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1)
  const hidden = '% hidden words\n'
  const tail = text.slice(at).replace(/startxref\n\d+/, `startxref\n${at + hidden.length}`)
  return concatBytes(bytes.subarray(0, at), utf8ToBytes(hidden + tail))
}
