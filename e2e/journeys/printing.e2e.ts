// 印刷: a document goes to a real print system, whose printer has no paper. What is printed are the signed pages that main showed, and
// who printed them and why stands in the history and in the audit trail.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { AuditScreen } from '../screens/audit-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { PrintDialog } from '../screens/print-dialog.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { startCups } from '../servers/cups.ts'
import { decide, leave, openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'

/** Pages of a PDF, and how much of the first one is not white. */
function lookAt(pdf: Buffer): { readonly pages: number; readonly ink: number } {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-paper-'))
  const file = join(folder, 'paper.pdf')
  writeFileSync(file, pdf)
  const pages = Number(/^Pages:\s+(\d+)$/m.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1] ?? '0')
  const grey = execFileSync('pdftoppm', ['-gray', '-r', '50', '-f', '1', '-l', '1', file], { maxBuffer: 1 << 26 })
  const dots = grey.subarray(grey.length - 400 * 500)
  return { pages, ink: dots.filter((dot) => dot < 128).length }
}

test('4.15 a document is printed with a reason, as a recorded act: its signed pages reach the printer, and without a printer nothing is done', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const cups = await startCups()
  try {
    const office = await launchApp({ env: cups.env })
    await openOffice(office, [people.drafter, people.chief])
    await sitDown(office, people.drafter)
    await (await writeDraft(office, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).submit()
    await leave(office)
    await sitDown(office, people.chief)
    await (await decide(office, title, '承認する')).actDone()
    const page = await office.page()
    const frame = new FrameScreen(page)
    await frame.goTo('机')
    await new DeskScreen(page).open('最近の文書', title)
    const document = new DocumentScreen(page)
    await document.startPrint()
    const dialog = new PrintDialog(page)
    await dialog.shown()
    expect(await dialog.noPrinter()).toContain('プリンターを加えてから')
    expect(await dialog.canGoOn()).toBe(false)
    await page.screenshot({ path: test.info().outputPath('no-printer.png') })
    cups.addPrinter('counter')
    await dialog.lookAgain()
    await dialog.start('counter', '窓口での掲示', test.info().outputPath('sheet.png'))
    const asked = await office.consentPage()
    const consent = new ConsentScreen(asked)
    expect(await consent.outcome()).toBe('文書を印刷します')
    await asked.screenshot({ path: test.info().outputPath('consent.png') })
    expect(cups.paper().length).toBe(0)
    await consent.confirm(pin)
    expect(await dialog.done()).toContain('counter')
    await expect.poll(() => lookAtOrNull(cups.paper()), { timeout: 30_000 }).not.toBe(null)
    const paper = lookAt(cups.paper())
    expect(paper.pages).toBeGreaterThan(0)
    expect(paper.ink).toBeGreaterThan(500)
    writeFileSync(test.info().outputPath('paper.pdf'), cups.paper())
    expect(await document.history()).toEqual(expect.arrayContaining([expect.stringMatching(/印刷した[^]*窓口での掲示/)]))
    await page.screenshot({ path: test.info().outputPath('printed.png') })
    await frame.goTo('端末と信頼')
    await new TrustScreen(page).openAudit()
    const audit = new AuditScreen(page)
    await audit.shown()
    await audit.narrow('融雪剤')
    await expect.poll(() => audit.rows()).toEqual(expect.arrayContaining([expect.stringMatching(/印刷した[^]*窓口での掲示/)]))
    await page.screenshot({ path: test.info().outputPath('audit.png') })
    expect(await office.quit()).toBe(0)
  } finally {
    await cups.stop()
  }
})

function lookAtOrNull(pdf: Buffer): ReturnType<typeof lookAt> | null {
  return pdf.subarray(0, 5).toString() === '%PDF-' && pdf.subarray(-32).toString().includes('%%EOF') ? lookAt(pdf) : null
}
