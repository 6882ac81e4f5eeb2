import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesToHex, bytesToUtf8 } from '../base/bytes.ts'
import { composeFrozen, type FrozenInput } from './compose-frozen.ts'
import { readMarkFace } from './mark-face.ts'
import { markGlyphs, readMarkFonts } from './mark-font.ts'
import { locate, openPdf, resolve, type PdfFile } from './pdf-file.ts'
import { entry, nameValue, numberValue, textValue, type PdfObject } from './pdf-object.ts'
import { signatureFields } from './signature-fields.ts'
import { streamData } from './stream-data.ts'
import { frozenInput, nineBoxes } from './testing/frozen.ts'

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, import.meta.url)))
const corpus = (name: string): Uint8Array => read(`./testing/corpus/${name}.pdf`)
const readFonts = (): FrozenInput['fonts'] => ({
  primary: readMarkFace(read('../../node_modules/@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf')),
  fallback: readMarkFace(read('../../node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf')),
})
const fonts = readFonts()
const input = (name: string, changes: Partial<FrozenInput> = {}): FrozenInput => ({ ...frozenInput(corpus(name), fonts), ...changes })

let bytes: Uint8Array
let file: PdfFile
beforeAll(async () => {
  bytes = await composeFrozen(input('cover-sheet'))
  file = openPdf(bytes)
})

function everyObject(of: PdfFile): readonly PdfObject[] {
  return of.sections.flatMap((section) => [...section.entries.keys()]).flatMap((n) => locate(of, n)?.object ?? [])
}

function pageTexts(of: PdfFile): readonly string[] {
  const kids = resolve(of, entry(resolve(of, entry(of.catalog, 'Pages')), 'Kids'))
  const pages = kids.kind === 'array' ? kids.items.map((kid) => resolve(of, kid)) : []
  return pages.map((page) => {
    const contents = resolve(of, entry(page, 'Contents'))
    const streams = contents.kind === 'array' ? contents.items.map((item) => resolve(of, item)) : [contents]
    return streams.map((stream) => (stream.kind === 'stream' ? Buffer.from(streamData(stream, (object) => resolve(of, object))).toString('latin1') : '')).join('\n')
  })
}

describe('composeFrozen', () => {
  it('2.11 PF-7 gives the same bytes for the same input, and other bytes for another document', async () => {
    expect(bytesToHex(await composeFrozen(input('cover-sheet')))).toBe(bytesToHex(bytes))
    const other = openPdf(await composeFrozen(input('cover-sheet', { documentId: 'doc-0002' })))
    expect(entry(other.trailer, 'ID')).not.toEqual(entry(file.trailer, 'ID'))
  })

  it('2.11 2.18 PF-7 gives the same bytes whatever was composed before with the same fonts', async () => {
    // Pairs that share a glyph: which of them it stands for is the document's own affair.
    const [one, other] = ['辻\u{E0101}\u{29FD7}', '辻\u{29FCE}'].map((markText) => input('cover-sheet', { markText, watermark: '練習' })) as [FrozenInput, FrozenInput]
    await composeFrozen(one)
    const [after, , fresh] = await Promise.all([composeFrozen(other), composeFrozen(one), composeFrozen({ ...other, fonts: readFonts() })])
    expect(bytesToHex(after)).toBe(bytesToHex(fresh))
  })

  it('2.11 PF-8 says PDF/A-1b, title, author, id and language, and keeps tags and outline', () => {
    const metadata = resolve(file, entry(file.catalog, 'Metadata'))
    const xmp = metadata.kind === 'stream' ? bytesToUtf8(metadata.data) : ''
    for (const text of ['<pdfaid:part>1</pdfaid:part>', '<pdfaid:conformance>B</pdfaid:conformance>', '町道３号線舗装修繕工事の施工について（伺い）', 'doc-0001', '2026-11-21T00:30:00Z']) expect(xmp).toContain(text)
    const info = resolve(file, entry(file.trailer, 'Info'))
    expect([textValue(entry(info, 'Title')), textValue(entry(info, 'Author')), textValue(entry(info, 'CreationDate'))]).toEqual(['町道３号線舗装修繕工事の施工について（伺い）', '建設課', 'D:20261121003000Z'])
    expect(textValue(entry(file.catalog, 'Lang'))).toBe('ja')
    expect(resolve(file, entry(file.catalog, 'StructTreeRoot')).kind).toBe('dictionary')
    const intents = resolve(file, entry(file.catalog, 'OutputIntents'))
    expect(intents.kind === 'array' ? intents.items.map((intent) => nameValue(entry(resolve(file, intent), 'S'))) : []).toEqual(['GTS_PDFA1'])
    expect(Buffer.from(bytes).subarray(0, 8).toString()).toBe('%PDF-1.4')
  })

  it('PF-8 gives every embedded TrueType subset the set of its glyphs', () => {
    const descriptors = everyObject(file).filter((object) => entry(object, 'FontFile2') !== undefined)
    expect(descriptors.length).toBeGreaterThanOrEqual(4)
    for (const descriptor of descriptors) expect(resolve(file, entry(descriptor, 'CIDSet')).kind).toBe('stream')
  })

  it('PF-8 leaves no colour profile of version 4 in use', async () => {
    const photograph = openPdf(await composeFrozen(input('photograph')))
    const pictures = everyObject(photograph).filter((object) => nameValue(entry(object, 'Subtype')) === 'Image')
    expect(pictures.map((picture) => nameValue(resolve(photograph, entry(picture, 'ColorSpace'))))).toEqual(['DeviceRGB'])
  })

  it('PF-8 refuses what was printed with transparency', async () => {
    await expect(composeFrozen(input('transparent'))).rejects.toThrow('transparency')
  })

  it('PF-8 mends the outline, whose first items Chromium makes their own parents', () => {
    const top = entry(file.catalog, 'Outlines')
    const first = entry(resolve(file, top), 'First')
    expect(entry(resolve(file, first), 'Parent')).toEqual(top)
    expect(entry(resolve(file, entry(resolve(file, first), 'First')), 'Parent')).toEqual(first)
  })

  it('2.11 PF-10 holds every field of the route and the spare ones, empty, where the caller put them', () => {
    const fields = signatureFields(file)
    expect(fields.map((field) => field.name)).toEqual(nineBoxes.map((box) => box.name))
    expect(fields.map((field) => field.signature)).toEqual(Array(9).fill(null))
    fields.forEach((field, i) => field.rect.forEach((corner, at) => expect(corner).toBeCloseTo(nineBoxes[i]?.rect[at] as number, 3)))
  })

  it('2.11 PF-10 puts each field into the structure tree, with words for a screen reader', async () => {
    const labelled = openPdf(await composeFrozen(input('cover-sheet', { boxes: [{ name: 'step-1', page: 0, rect: [60, 90, 108, 138], label: '総務課長の印' }] })))
    const [field] = signatureFields(labelled)
    expect(textValue(entry(field?.dictionary, 'TU'))).toBe('総務課長の印')
    const key = entry(field?.dictionary, 'StructParent')
    const parentTree = resolve(labelled, entry(resolve(labelled, entry(labelled.catalog, 'StructTreeRoot')), 'ParentTree'))
    const numbers = resolve(labelled, entry(parentTree, 'Nums'))
    const items = numbers.kind === 'array' ? numbers.items : []
    const at = items.findIndex((item, i) => i % 2 === 0 && numberValue(item) === numberValue(key))
    const element = resolve(labelled, items[at + 1])
    expect(nameValue(entry(element, 'S'))).toBe('Form')
    expect(entry(entry(element, 'K'), 'Obj')).toEqual({ kind: 'reference', number: field?.objectNumber, generation: 0 })
    const parent = resolve(labelled, entry(resolve(labelled, entry(element, 'P')), 'K'))
    expect(parent.kind === 'array' ? parent.items.at(-1) : null).toEqual(items[at + 1])
  })

  it('refuses boxes on pages that are not there, and boxes that share a name', async () => {
    await expect(composeFrozen(input('cover-sheet', { boxes: [{ name: 'a', page: 1, rect: [0, 0, 40, 40] }] }))).rejects.toThrow('page')
    await expect(composeFrozen(input('cover-sheet', { boxes: [nineBoxes[0], nineBoxes[0]].flatMap((box) => box ?? []) }))).rejects.toThrow('name')
  })

  it('2.11 PF-11 numbers the pages as artifacts, and writes a watermark on each', async () => {
    const long = openPdf(await composeFrozen(input('three-pages', { watermark: '練習' })))
    const texts = pageTexts(long)
    const total = texts.length
    expect(total).toBeGreaterThan(1)
    const [font] = readMarkFonts(long)
    const codes = (text: string): readonly string[] => [...text].map((char) => font?.glyphs.get(char)?.code ?? '')
    texts.forEach((text, i) => {
      const shown = [...text.slice(text.indexOf('/Artifact <</Type /Pagination>>')).matchAll(/<([0-9A-Fa-f]{4})> Tj/g)].map(([, code]) => (code ?? '').toLowerCase())
      expect(shown).toEqual([...codes(`${i + 1} / ${total}`), ...codes('練習')])
      expect(text.match(/\/Artifact <<\/Type \/Pagination>>/g)).toHaveLength(2)
    })
  })

  it('PF-9 draws each name of the hard ones: variation sequences exactly, a combining mark with its character', async () => {
    const hard = openPdf(await composeFrozen(input('cover-sheet', { markText: 'か\u3099辻\u{E0100}葛\u{E0101}\u{FA11}\u{20BB7}田\u{E01EF}' })))
    const drawn = markGlyphs(readMarkFonts(hard), 'か\u3099辻\u{E0100}\u{FA11}\u{20BB7}田\u{E01EF}\u{E0100}')
    expect(drawn.map((glyph) => (glyph.kind === 'boxed' ? glyph.hex : [...glyph.font.glyphs].find(([, one]) => one.code === glyph.code)?.[0]))).toEqual(['が', '辻\u{E0100}', '\u{FA11}', '\u{20BB7}', '田'])
  })

  it('PF-9 finds each glyph in the house font, else the fallback, else draws its code in a box', () => {
    const fontsOfFile = readMarkFonts(file)
    expect(fontsOfFile.map((font) => font.resource)).toEqual(['FbkoMark', 'FbkoMarkAlt'])
    const kinds = markGlyphs(fontsOfFile, '田𠮷葛\u{E0100}\u{E000}').map((glyph) => (glyph.kind === 'glyph' ? glyph.font.resource : glyph.hex))
    expect(kinds).toEqual(['FbkoMark', 'FbkoMarkAlt', 'FbkoMark', 'E000'])
  })
})
