// What people type must lie readable nowhere on the disk: it is typed through the screens, then every byte of the profile is searched.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { leave, openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const canaries = {
  title: '金糸雀の巣箱整備について',
  body: '朱鷺色の封筒を配布する',
  reason: '翡翠橋の点検記録',
  comment: '瑠璃草の件は了承済み',
  fileName: 'hototogisu-kirokuhyo.txt',
  fileText: 'uguisu-no-tanigawa-4711',
  search: '雲雀丘の湧水',
  pin,
  person: '翔太',
} as const

test('2.8 what was typed is found in no byte of the profile after lock and quit, in UTF-8 or UTF-16', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host)
  await sitDown(host, people.drafter)
  const drafting = await writeDraft(host, { title: canaries.title, cover: { 起案理由: canaries.reason }, body: canaries.body })
  await drafting.attach({ name: canaries.fileName, mimeType: 'text/plain', buffer: Buffer.from(canaries.fileText) })
  await drafting.submit()
  await leave(host)
  await sitDown(host, people.chief)
  await new DeskScreen(page).open('わたしの番', canaries.title)
  await new DocumentScreen(page).startApprove({ comment: canaries.comment })
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await new DocumentScreen(page).actDone()
  await new FrameScreen(page).search(canaries.search)
  await leave(host)
  await host.quit()

  const found = Object.entries(canaries).flatMap(([name, text]) => filesWith(host.profile, text).map((file) => `${name} in ${file}`))
  expect(found).toEqual([])
  expect(filesWith(host.profile, 'leveldb').length + filesWith(host.profile, 'LevelDB').length).toBeGreaterThan(0)
})

/** Files under a folder that hold the text as UTF-8, UTF-16LE or UTF-16BE. */
function filesWith(folder: string, text: string): readonly string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return needles.some((needle) => bytes.includes(needle))
    })
}
