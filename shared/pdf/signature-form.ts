// Lays every signature field into the frozen document before the first signature: form, widgets with an empty
// appearance, and their place in the structure tree, so that a screen reader meets each mark at the end of the text.

import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString, type PDFDocument, type PDFPage } from 'pdf-lib'
import type { EmbeddedMarkFont } from './embed-mark-fonts.ts'

/** A place for one mark: its field name, page from 0, and x1 y1 x2 y2 in points from the lower left corner. */
export interface MarkBox {
  readonly name: string
  readonly page: number
  readonly rect: readonly [number, number, number, number]
  /** What a screen reader says of the field, e.g. 総務課長の印; the name when absent. */
  readonly label?: string
}

/** Printed, and not to be moved (ISO 32000-1 table 165). */
const printAndLocked = 132

/** PF-10. Throws when a box lies on a page that is not there, or two share a name. */
export function addSignatureForm(pdf: PDFDocument, boxes: readonly MarkBox[], fonts: readonly EmbeddedMarkFont[]): void {
  const { context } = pdf
  if (new Set(boxes.map((box) => box.name)).size !== boxes.length) throw new Error('defect: two mark boxes share a name')
  const pages = pdf.getPages()
  const fields = boxes.map((box) => {
    const page = pages[box.page]
    if (!page) throw new Error('defect: a mark box lies on a page that is not there')
    const field = context.register(widget(pdf, box, page))
    page.node.addAnnot(field)
    page.node.set(PDFName.of('Tabs'), PDFName.of('S'))
    return { field, page }
  })
  addToStructure(pdf, fields)
  const resources = Object.fromEntries(fonts.map(({ resource, font }) => [resource, font.ref]))
  const form = context.obj({ Fields: fields.map(({ field }) => field), SigFlags: 3, DR: { Font: resources }, DA: PDFString.of(`/${fonts[0]?.resource} 0 Tf 0 g`) })
  pdf.catalog.set(PDFName.of('AcroForm'), context.register(form))
}

function widget(pdf: PDFDocument, box: MarkBox, page: PDFPage): PDFDict {
  const { context } = pdf
  const [x1, y1, x2, y2] = box.rect
  const empty = context.stream('', { Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [0, 0, x2 - x1, y2 - y1], Resources: {} })
  return context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: PDFHexString.fromText(box.name),
    TU: PDFHexString.fromText(box.label ?? box.name),
    F: printAndLocked,
    Rect: [x1, y1, x2, y2],
    P: page.ref,
    AP: { N: context.register(empty) },
  })
}

/** Form elements at the end of the document element, with their entries in the parent tree (ISO 32000-1 14.7.4). */
function addToStructure(pdf: PDFDocument, fields: readonly { readonly field: PDFRef; readonly page: PDFPage }[]): void {
  const { context } = pdf
  const root = pdf.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict)
  const body = root?.get(PDFName.of('K'))
  const parents = root?.lookupMaybe(PDFName.of('ParentTree'), PDFDict)?.lookupMaybe(PDFName.of('Nums'), PDFArray)
  if (!root || !(body instanceof PDFRef) || !parents) return
  const document = context.lookup(body, PDFDict)
  const kids = document.lookup(PDFName.of('K'))
  const list = kids instanceof PDFArray ? kids : context.obj(kids === undefined ? [] : [document.get(PDFName.of('K')) ?? null])
  let key = root.lookupMaybe(PDFName.of('ParentTreeNextKey'), PDFNumber)?.asNumber() ?? parents.size() / 2
  for (const { field, page } of fields) {
    const element = context.register(context.obj({ Type: 'StructElem', S: 'Form', P: body, Pg: page.ref, K: { Type: 'OBJR', Obj: field, Pg: page.ref } }))
    list.push(element)
    parents.push(PDFNumber.of(key))
    parents.push(element)
    context.lookup(field, PDFDict).set(PDFName.of('StructParent'), PDFNumber.of(key))
    key++
  }
  document.set(PDFName.of('K'), list)
  root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(key))
}
