// Draws what belongs to the page and not to the text: its number, and the watermark of a practice workspace. Both are
// marked as artifacts (ISO 32000-1 14.8.2.2), so that a screen reader passes over them.

import { PDFArray, PDFName, PDFRef, type PDFDocument, type PDFPage } from 'pdf-lib'
import { sourceOf, type EmbeddedMarkFont } from './embed-mark-fonts.ts'
import { markClusters } from './mark-text.ts'

const numberSize = 9
const numberBaseline = 28
const watermarkSize = 18
const watermarkGrey = 0.62

/** Page numbers read `2 / 5`, centred below the text area; the watermark stands at the upper right. */
export function drawPageArtifacts(pdf: PDFDocument, fonts: readonly EmbeddedMarkFont[], watermark: string | null): void {
  const pages = pdf.getPages()
  pages.forEach((page, i) => {
    const { width, height } = page.getSize()
    const label = `${i + 1} / ${pages.length}`
    const drawings = [artifact(textOperators(label, fonts, numberSize, 0, (w) => (width - w) / 2, numberBaseline))]
    if (watermark !== null) drawings.push(artifact(textOperators(watermark, fonts, watermarkSize, watermarkGrey, (w) => width - w - 30, height - 34)))
    append(page, drawings.join('\n'))
    for (const { resource, font } of fonts) page.node.setFontDictionary(PDFName.of(resource), font.ref)
  })
}

function artifact(operators: string): string {
  return `/Artifact <</Type /Pagination>> BDC\n${operators}\nEMC`
}

function textOperators(text: string, fonts: readonly EmbeddedMarkFont[], size: number, grey: number, left: (width: number) => number, baseline: number): string {
  const runs = markClusters(text).flatMap((cluster) => {
    const source = sourceOf(fonts, cluster)
    if (!source) return []
    const { resource, font } = source.font
    return [{ resource, code: font.encodeText(source.text).toString(), width: font.widthOfTextAtSize(source.text, size) }]
  })
  let x = left(runs.reduce((sum, run) => sum + run.width, 0))
  const shown = runs.map((run) => {
    const operators = `/${run.resource} ${size} Tf 1 0 0 1 ${x.toFixed(2)} ${baseline.toFixed(2)} Tm ${run.code} Tj`
    x += run.width
    return operators
  })
  return `q ${grey} g BT\n${shown.join('\n')}\nET Q`
}

/** Chromium leaves its scaled coordinate system open, so its streams are put between q and Q. */
function append(page: PDFPage, operators: string): void {
  const { context } = page.doc
  const contents = page.node.get(PDFName.of('Contents'))
  const before = contents instanceof PDFRef ? resolveContents(page, contents) : contents instanceof PDFArray ? contents.asArray() : []
  const stream = (text: string): PDFRef => context.register(context.stream(text))
  page.node.set(PDFName.of('Contents'), context.obj([stream('q\n'), ...before, stream(`\nQ\n${operators}\n`)]))
}

function resolveContents(page: PDFPage, reference: PDFRef): readonly (PDFRef | ReturnType<PDFArray['get']>)[] {
  const target = page.doc.context.lookup(reference)
  return target instanceof PDFArray ? target.asArray() : [reference]
}
