// A document is given to somebody outside: sealed in one file that opens with a passphrase and tools that everybody has. Who got it and why
// stands in a signed record that every colleague sees.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { ExportDialog } from '../screens/export-dialog.ts'
import { findTraces } from './disk-traces.ts'
import { exchange, machinesOverFolder } from './machines.ts'
import { decide, leave, people, pin, sitDown, verifyPackage, writeDraft } from './steps.ts'

const title = '除雪の契約について'
const body = '契約書の案について意見を求める。'
const outsider = '北浜法律事務所 伊東弁護士'

test('4.11 a document is sealed for somebody outside, who opens it with OpenSSL and the passphrase alone and verifies it, and a colleague at another machine sees who got it and why', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const { machines: [hall, outside] } = await machinesOverFolder(launchApp, [people.drafter, people.chief], [people.manager])
  const page = await hall.page()
  await (await writeDraft(hall, { title, body, collection: '総務課の文書' })).submit()
  await leave(hall)
  await sitDown(hall, people.manager)
  await exchange([hall, outside])
  await (await decide(outside, title, '承認する')).actDone()
  await exchange([outside, hall])
  await (await decide(hall, title, '承認する')).waitForStage('決裁済み')
  await leave(hall)

  await sitDown(hall, people.drafter)
  await new DeskScreen(page).open('最近の文書', title)
  await new DocumentScreen(page).startExport()
  const dialog = new ExportDialog(page)
  await dialog.startSealed(outsider, '契約書の案についての意見', test.info().outputPath('sheet.png'))
  const consent = new ConsentScreen(await hall.consentPage())
  expect(await consent.facts()).toMatchObject({ 封をして渡す相手: outsider })
  await consent.confirm(pin)
  const passphrase = await dialog.passphrase()
  const folder = await dialog.result()
  await page.screenshot({ path: test.info().outputPath('passphrase.png') })
  await dialog.close()
  expect(readdirSync(folder).sort()).toEqual(['how-to-open.txt', 'share.p7m'])
  expect(findTraces(folder, { title, body }).found).toEqual([])

  const there = mkdtempSync(join(tmpdir(), 'fumibako-outside-'))
  try {
    // Word for word as the guide beside it says.
    const commands = readFileSync(join(folder, 'how-to-open.txt'), 'utf8').split('\n').filter((line) => line.startsWith('   ')).slice(2).map((line) => line.trim().split(' '))
    const [decrypt = [], unpack = []] = commands
    const fill = (words: readonly string[], secret: string): readonly string[] => words.slice(1).map((word) => (word === 'PASSPHRASE' ? secret : word === 'share.p7m' ? join(folder, word) : word))
    expect(spawnSync(decrypt[0] ?? '', fill(decrypt, 'aaaaa-bbbbb-ccccc-ddddd'), { cwd: there }).status).not.toBe(0)
    execFileSync(decrypt[0] ?? '', fill(decrypt, passphrase), { cwd: there })
    execFileSync(unpack[0] ?? '', fill(unpack, ''), { cwd: there })
    expect(readFileSync(join(there, 'share/data/index.html'), 'utf8')).toContain(title)
    const { code, report } = verifyPackage(join(there, 'share'))
    expect([code, report.outcome]).toEqual([0, 'pass'])
  } finally {
    rmSync(there, { recursive: true })
  }

  await exchange([hall, outside])
  const outsidePage = await outside.page()
  await new DeskScreen(outsidePage).open('最近の文書', title)
  const told = (await new DocumentScreen(outsidePage).history()).find((entry) => entry.includes(outsider))
  expect(told).toContain('封をして')
  expect(told).toContain('契約書の案についての意見')
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})
