// Printing in the running app: boxes lie where the paper has them, and a document brings neither scripts nor addresses.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PrintedBox } from '@shared/ipc/contract/print.ts'
import { expect, test } from '../hosts/test.ts'
import { callVault, takeVaultPort } from './vault-port.ts'

const fields = [
  { name: 'mark-1', left: 0, top: 0 },
  { name: 'mark-2', left: 100, top: 150 },
  { name: 'mark-3', left: 148, top: 230 },
]

const document = `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>位置</title><style>
@font-face { font-family: Mincho; src: url(app://print/fonts/BIZUDMincho_400Regular.ttf) }
@page { size: A4; margin: 20mm 15mm 18mm 25mm }
body { margin: 0; font: 10.5pt Mincho }
.mark { position: absolute; box-sizing: border-box; width: 22mm; height: 22mm; background: #000 }
@media screen { .mark { margin-left: 50mm } }
</style></head><body>${fields.map(({ name, left, top }) => `<div class="mark" data-field="${name}" style="left:${left}mm;top:${top}mm"></div>`).join('')}
<p>令和八年度予算の執行について（伺い）</p><p style="break-before: page">二頁</p>
<script>document.body.innerHTML = 'SCRIPT'</script><img src="http://127.0.0.1:9/x.png"><iframe src="app://fumibako/index.html"></iframe></body></html>`

interface Blot {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

test('2.11 signature boxes lie where the printed page has them, and the document’s script never ran', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  await takeVaultPort(page)
  const answer = await callVault(page, 'print.render', { html: document, baseFonts: ['BIZUDMincho_400Regular.ttf'] })
  expect(answer.ok).toBe(true)
  const { pdf, boxes } = (answer as unknown as { value: { pdf: number[]; boxes: PrintedBox[] } }).value
  expect(boxes.map(({ name, page: at }) => [name, at])).toEqual(fields.map(({ name }) => [name, 0]))
  const { blots, height, words } = inspect(Uint8Array.from(pdf))
  expect(words).toContain('令和八年度予算の執行について')
  expect(words).not.toContain('SCRIPT')
  expect(blots.length).toBe(fields.length)
  for (const [at, { rect }] of boxes.entries()) {
    const blot = blots[at] as Blot
    const found = [blot.left, height - blot.bottom, blot.right - blot.left, blot.bottom - blot.top]
    const told = [rect.x, rect.y, rect.width, rect.height]
    // Chromium snaps to whole pixels, three quarters of a point.
    for (const [i, value] of told.entries()) expect(Math.abs(value - (found[i] as number)), `${fields[at]?.name} ${i}`).toBeLessThan(0.85)
  }
})

test('2.11 a font that is not shipped and a field off the first page are told, not printed', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  await takeVaultPort(page)
  expect(await callVault(page, 'print.render', { html: document, baseFonts: ['Nowhere.ttf'] })).toEqual({ ok: false, error: { type: 'FontMissing', retry: 'never', font: 'Nowhere.ttf' } })
  expect(await callVault(page, 'print.render', { html: document, baseFonts: [] })).toEqual({ ok: false, error: { type: 'FontMissing', retry: 'never', font: 'Mincho' } })
  const low = document.replace('top:230mm', 'top:260mm')
  expect(await callVault(page, 'print.render', { html: low, baseFonts: ['BIZUDMincho_400Regular.ttf'] })).toEqual({ ok: false, error: { type: 'FieldOffPage', retry: 'never', field: 'mark-3' } })
})

/** Black squares of the first page in points from the upper left, from a picture of it; and the words of the file. */
function inspect(pdf: Uint8Array): { readonly blots: readonly Blot[]; readonly height: number; readonly words: string } {
  const folder = mkdtempSync(join(tmpdir(), 'print-'))
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf)
    execFileSync('pdftoppm', ['-gray', '-r', '288', '-f', '1', '-l', '1', join(folder, 'a.pdf'), join(folder, 'a')])
    const words = execFileSync('pdftotext', [join(folder, 'a.pdf'), '-'], { encoding: 'utf8' })
    return { ...blotsOf(readFileSync(join(folder, 'a-1.pgm'))), words }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Four pixels to the point. A square's first row opens it, its last row closes it. */
function blotsOf(pgm: Buffer): { readonly blots: readonly Blot[]; readonly height: number } {
  const [, width = '0', height = '0'] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 64)) ?? []
  const start = pgm.length - Number(width) * Number(height)
  const open = new Map<number, { left: number; top: number; right: number; bottom: number }>()
  for (let y = 0; y < Number(height); y++) {
    const row = pgm.toString('latin1', start + y * Number(width), start + (y + 1) * Number(width))
    for (const run of row.matchAll(/[\0-\x40]{200,}/g)) {
      const known = open.get(run.index)
      if (known) known.bottom = (y + 1) / 4
      else open.set(run.index, { left: run.index / 4, top: y / 4, right: (run.index + run[0].length) / 4, bottom: (y + 1) / 4 })
    }
  }
  return { blots: [...open.values()].sort((a, b) => a.top - b.top), height: Number(height) / 4 }
}
