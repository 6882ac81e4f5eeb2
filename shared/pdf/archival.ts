// Mends what Chromium's PDF lacks for PDF/A-1b (ISO 19005-1): glyph sets, output intent, colour profiles of a version
// that part 1 knows; and its outline. It adds no content and changes no page.

import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream, PDFRef, PDFString, decodePDFRawStream, type PDFDocument, type PDFObject } from 'pdf-lib'
import { cidSet } from './cid-set.ts'
import { srgbProfile } from './srgb-profile.ts'

/** PF-8. Expects fonts to be embedded already. Throws when what was printed holds transparency, which cannot be mended here. */
export function makeArchival(pdf: PDFDocument): void {
  refuseTransparency(pdf)
  addCidSets(pdf)
  replaceNewProfiles(pdf)
  addOutputIntent(pdf)
}

/** ISO 19005-1 6.4: pictures are flattened and styles without opacity and shadow before printing; here it is only found out. */
function refuseTransparency(pdf: PDFDocument): void {
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    const dictionary = object instanceof PDFRawStream ? object.dict : object
    if (!(dictionary instanceof PDFDict)) continue
    const value = (key: string): PDFObject | undefined => dictionary.lookup(PDFName.of(key))
    const mask = value('SMask')
    const group = value('Group')
    const opaque = ['ca', 'CA'].map(value).every((alpha) => !(alpha instanceof PDFNumber) || alpha.asNumber() === 1)
    const masked = mask !== undefined && mask !== PDFName.of('None')
    const grouped = group instanceof PDFDict && group.get(PDFName.of('S')) === PDFName.of('Transparency')
    if (!opaque || masked || grouped) throw new Error('defect: what was printed holds transparency (PF-8)')
  }
}

/** Profiles of ICC version 4, which Chromium writes for every picture, are not known to PDF/A-1: device colours, read as sRGB by the output intent, take their place. */
function replaceNewProfiles(pdf: PDFDocument): void {
  const { context } = pdf
  const visit = (object: PDFObject): void => {
    if (object instanceof PDFRawStream) return visit(object.dict)
    if (object instanceof PDFArray) return object.asArray().forEach((item, i) => replaceIn(item, (value) => object.set(i, value)))
    if (object instanceof PDFDict) for (const [key, value] of object.entries()) replaceIn(value, (device) => object.set(key, device))
  }
  const replaceIn = (value: PDFObject, put: (device: PDFName) => void): void => {
    const device = deviceInsteadOf(pdf, value)
    if (device) put(device)
    else if (!(value instanceof PDFRef)) visit(value)
  }
  for (const [, object] of context.enumerateIndirectObjects()) visit(object)
}

function deviceInsteadOf(pdf: PDFDocument, value: PDFObject): PDFName | null {
  const space = value instanceof PDFRef ? pdf.context.lookup(value) : value
  if (!(space instanceof PDFArray) || space.size() !== 2 || space.get(0) !== PDFName.of('ICCBased')) return null
  const profile = space.lookup(1)
  if (!(profile instanceof PDFRawStream) || (decodePDFRawStream(profile).decode()[8] ?? 0) < 4) return null
  const components = profile.dict.get(PDFName.of('N'))?.toString()
  return components === '3' ? PDFName.of('DeviceRGB') : components === '1' ? PDFName.of('DeviceGray') : null
}

/** PF-8: PDF/A-1 wants to know which glyphs an embedded subset holds. */
function addCidSets(pdf: PDFDocument): void {
  const { context } = pdf
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Type')) !== PDFName.of('FontDescriptor')) continue
    const program = object.lookup(PDFName.of('FontFile2'))
    if (!(program instanceof PDFRawStream) || object.has(PDFName.of('CIDSet'))) continue
    const set = cidSet(decodePDFRawStream(program).decode())
    if (set) object.set(PDFName.of('CIDSet'), context.register(context.flateStream(set)))
  }
}

/** Chromium gives the first item of each outline level itself as parent; readers that climb up would never arrive. */
export function mendOutline(pdf: PDFDocument): void {
  const visit = (parent: PDFRef, depth: number): void => {
    const node = depth > 32 ? undefined : pdf.context.lookupMaybe(parent, PDFDict)
    const seen = new Set<PDFRef>()
    for (let next = node?.get(PDFName.of('First')); next instanceof PDFRef && !seen.has(next); ) {
      seen.add(next)
      const item = pdf.context.lookup(next, PDFDict)
      item.set(PDFName.of('Parent'), parent)
      visit(next, depth + 1)
      next = item.get(PDFName.of('Next'))
    }
  }
  const root = pdf.catalog.get(PDFName.of('Outlines'))
  if (root instanceof PDFRef) visit(root, 0)
}

function addOutputIntent(pdf: PDFDocument): void {
  const { context } = pdf
  const profile = context.register(context.flateStream(srgbProfile(), { N: 3 }))
  const intent = context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: profile,
  })
  pdf.catalog.set(PDFName.of('OutputIntents'), context.obj([context.register(intent)]))
}
