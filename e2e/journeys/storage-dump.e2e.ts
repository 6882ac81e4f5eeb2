// What whoever keeps the storage sees after the main job: a town, its people, a document with a file, a decision, a volume, an export.
import { randomInt } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { chooseFolder, exchange, makeShare } from './machines.ts'
import { finishExport, leave, verifyPackage, writeDraft } from './steps.ts'
import { needlesOf, sizesIn, tracesIn, type Dump } from './storage-traces.ts'

/** Letters that no program writes by itself in this order. */
function canary(letters: number): string {
  return Array.from({ length: letters }, () => String.fromCodePoint(randomInt(0x4e00, 0x9f00))).join('')
}

/** Every file under the folder; objects of the workspace under their names there. */
function dumpOf(share: string): { readonly workspace: string; readonly all: Dump } {
  const [workspace = ''] = readdirSync(join(share, 'z1'))
  const files = readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return { workspace, all: new Map(files.map((file) => [relative(join(share, 'z1', workspace), join(file.parentPath, file.name)), readFileSync(join(file.parentPath, file.name))])) }
}

test('3.13 after the main job over a folder no object of it holds a word, a name, a PIN or a size below the padding step', async ({ launchApp }) => {
  const typed = {
    townName: canary(8), familyName: canary(6), givenName: canary(6), reading: canary(8), positionTitle: canary(8), title: canary(14), reason: canary(12), body: canary(16),
    comment: canary(12), fileName: canary(10), fileWords: canary(16), volume: canary(10), location: canary(8), exported: canary(10), pin: Array.from({ length: 14 }, () => String(randomInt(10))).join(''),
  }
  const host = await launchApp({ keyring: true })
  const page = await host.page()
  const share = makeShare(dirname(host.profile))
  const codes = await test.step('a real workspace', async () => {
    const setup = new SetupScreen(page)
    await setup.shown()
    await setup.chooseKind('本番用')
    await setup.startBlank(typed)
    await setup.typePin(typed.pin)
    await setup.create()
    const sheets = await setup.recoveryCodes()
    await setup.acceptSheet()
    await new UnlockScreen(page).unlock(`${typed.familyName} ${typed.givenName}`, typed.pin)
    await chooseFolder(host, share)
    return sheets
  })
  const document = new DocumentScreen(page)
  await test.step('draft and decide', async () => {
    const drafting = await writeDraft(host, { title: typed.title, body: `${typed.body}\n${'同じ行。\n'.repeat(60)}`, cover: { 決裁区分: '丙', 起案理由: typed.reason } })
    await drafting.attach({ name: `${typed.fileName}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${typed.fileWords}\n`.repeat(4000)) })
    expect(await drafting.missing()).toEqual([])
    await drafting.submit()
    await new DeskScreen(page).open('わたしの番', typed.title)
    await document.startApprove({ comment: typed.comment })
    await new ConsentScreen(await host.consentPage()).confirm(typed.pin)
    await document.waitForStage('決裁済み')
  })
  await test.step('file and export', async () => {
    const frame = new FrameScreen(page)
    await frame.goTo('書庫')
    await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: typed.volume, retention: '5年', location: typed.location })
    await frame.goTo('机')
    await new DeskScreen(page).open('簿冊に納めるもの', typed.title)
    await document.file(typed.volume)
    await document.startExport()
    expect(verifyPackage(await finishExport(host, typed.exported, typed.pin)).code).toBe(0)
  })
  await exchange([host])
  await leave(host)
  expect(await host.quit()).toBe(0)

  const control = { plain: canary(8), wide: canary(8), hex: canary(8), base64: canary(8), packed: canary(8), zipped: canary(8) }
  const written: Readonly<Record<keyof typeof control, Buffer>> = {
    plain: Buffer.from(`..${control.plain}..`), wide: Buffer.from(`.${control.wide}`, 'utf16le').swap16(), hex: Buffer.from(Buffer.from(`ab${control.hex}`).toString('hex').toUpperCase()),
    base64: Buffer.from(Buffer.from(`a${control.base64}b`).toString('base64')), packed: deflateSync(`....${control.packed}`), zipped: Buffer.concat([Buffer.from('z'), gzipSync(`....${control.zipped}`)]),
  }
  const { workspace, all } = dumpOf(share)
  for (const [what, bytes] of Object.entries(written)) writeFileSync(join(share, 'z1', workspace, `control-${what}`), bytes)
  const words = { ...typed, ...Object.fromEntries(codes.flatMap((code, i) => [[`code ${i}`, code], [`bare code ${i}`, code.replaceAll('-', '')]])) }
  expect(Object.keys(words).length).toBeGreaterThan(18)
  expect(tracesIn(dumpOf(share).all, needlesOf({ ...words, ...control })).toSorted()).toEqual(Object.keys(control).map((what) => `${what} in control-${what}`).toSorted())
  const sizes = sizesIn(workspace, all)
  expect(sizes.off).toEqual([])
  expect(sizes.parcels).toBeGreaterThan(2)
  expect(sizes.parts).toBeGreaterThan(30)
})
