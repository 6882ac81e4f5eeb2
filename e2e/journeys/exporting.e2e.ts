// Export: a document, a volume and a fiscal year, each judged by `fumibako verify`; stopped half way; onto media that are full, read-only
// or gone. Each failure is one clear sentence, nothing half written stays, and the app goes on.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { ExportDialog } from '../screens/export-dialog.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { VolumeScreen } from '../screens/volume-screen.ts'
import { shareOffice } from './office.ts'
import { decide, finishExport, leave, people, pin, section, sitDown, verifyPackage, writeDraft } from './steps.ts'

test.describe.configure({ mode: 'serial' })
const office = shareOffice(section)
const title = '防災倉庫の備蓄品の更新について'
const second = '防災倉庫の鍵の保管について'
const volume = '防災（令和8年度）'
/** Long enough in the writing to be stopped: pictures as cameras make them, all different. */
const photographs = Array.from({ length: 12 }, (_, n) => ({ name: `備蓄品 ${n + 1}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.alloc(4_000_000, n + 1) }))

/** The document with its photographs, open, as the drafter sees it. */
async function openDocument(host: Host): Promise<DocumentScreen> {
  const page = await host.page()
  await new FrameScreen(page).goTo('机')
  await new DeskScreen(page).open('最近の文書', title)
  const document = new DocumentScreen(page)
  await document.shown()
  return document
}

/** Starts the export of the document up to the moment at which main begins to write. */
async function beginExport(host: Host): Promise<ExportDialog> {
  const document = await openDocument(host)
  await document.startExport()
  const dialog = new ExportDialog(document.page)
  await dialog.start('監査への提出')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  return dialog
}

test.beforeAll('two documents, decided and filed in one volume', async () => {
  const host = office()
  const page = await host.page()
  const frame = new FrameScreen(page)
  await sitDown(host, people.drafter)
  const drafting = await writeDraft(host, { title, body: '備蓄品を更新する。' })
  await drafting.attach(...photographs)
  await drafting.submit()
  await (await writeDraft(host, { title: second, body: '鍵は総務課で保管する。' })).submit()
  await leave(host)
  for (const superior of [people.chief, people.manager]) {
    await sitDown(host, superior)
    for (const one of [title, second]) {
      await (await decide(host, one, '承認する')).actDone()
      await frame.goTo('机')
    }
    await leave(host)
  }
  await sitDown(host, people.drafter)
  await frame.goTo('書庫')
  await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: volume, retention: '5年' })
  for (const one of [title, second]) {
    await frame.goTo('机')
    await new DeskScreen(page).open('簿冊に納めるもの', one)
    await new DocumentScreen(page).file(volume)
  }
  await leave(host)
})

test('2.13 a document, a volume and a fiscal year are exported; verify passes each with the notice 練習', async () => {
  const host = office()
  const page = await host.page()
  const frame = new FrameScreen(page)
  await sitDown(host, people.drafter)
  const judged = (folder: string, documents: number): void => {
    const { code, report, words } = verifyPackage(folder)
    expect([code, report.outcome]).toEqual([0, 'pass'])
    expect(words).toContain('練習')
    expect(readdirSync(join(folder, 'data/documents'))).toHaveLength(documents)
    const register = readFileSync(join(folder, 'data/register.csv'))
    expect([...register.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = register.toString('utf8').split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines.join('')).not.toMatch(/[\r\n]/)
    expect(lines[0]?.split(',')).toHaveLength(11)
    expect(lines[1]).toContain(volume)
  }
  await test.step('the document', async () => {
    await (await openDocument(host)).startExport()
    const folder = await finishExport(host, '監査への提出')
    judged(folder, 1)
    const pictures = readdirSync(join(folder, 'data/documents/1'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.jpg'))
    const bytes = pictures.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    expect(bytes.map((one) => photographs.findIndex(({ buffer }) => buffer.equals(one))).sort((a, b) => a - b)).toEqual(photographs.map((_, n) => n))
  })
  await test.step('the volume', async () => {
    await frame.goTo('書庫')
    const cabinet = new CabinetScreen(page)
    await cabinet.chooseNode('A-01-02')
    await cabinet.openVolume(volume)
    await new VolumeScreen(page).startExport()
    judged(await finishExport(host, '公文書館への移管'), 2)
  })
  await test.step('the fiscal year', async () => {
    await frame.goTo('書庫')
    await new CabinetScreen(page).startExportYear('令和8年度')
    judged(await finishExport(host, '年度末の控え'), 2)
  })
  await leave(host)
})

test('2.13 progress is shown, and an export that is stopped leaves nothing', async () => {
  const host = office()
  await sitDown(host, people.drafter)
  const before = readdirSync(host.exports)
  const document = await openDocument(host)
  await document.startExport()
  const dialog = new ExportDialog(document.page)
  await dialog.start('監査への提出')
  expect(await dialog.waitingWords()).toContain('確認の窓で PIN を入れ')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  expect(await dialog.progress()).toMatch(/^\d+ 件中 \d+ 件$/)
  await dialog.stop()
  expect(await dialog.refusal()).toContain('書き出しを止めました。書きかけのものは残っていません。')
  expect(readdirSync(host.exports)).toEqual(before)
  await dialog.close()
  await leave(host)
})

test('2.13 a folder that may not be written to and one that is gone each say so, leave nothing, and the app goes on', async () => {
  const host = office()
  const { exports } = host
  const before = readdirSync(exports)
  const owner = statSync(exports)
  await sitDown(host, people.drafter)
  await test.step('read-only', async () => {
    chownSync(exports, process.getuid?.() ?? owner.uid, owner.gid)
    chmodSync(exports, 0o555)
    await expectRefusal(host, '保存先に書き込めません。何も書かれていません。')
    chmodSync(exports, 0o700)
    chownSync(exports, owner.uid, owner.gid)
    expect(readdirSync(exports)).toEqual(before)
  })
  await test.step('gone', async () => {
    renameSync(exports, `${exports}-elsewhere`)
    await expectRefusal(host, '保存先がなくなりました')
    expect(existsSync(exports)).toBe(false)
    renameSync(`${exports}-elsewhere`, exports)
    expect(readdirSync(exports)).toEqual(before)
  })
  await test.step('the app goes on', async () => {
    await (await openDocument(host)).startExport()
    expect(verifyPackage(await finishExport(host, '監査への提出')).report.outcome).toBe('pass')
  })
  await leave(host)
})

test('2.13 a small volume that is full, mounted read-only, or pulled out half way: a sentence each, and nothing half written', { tag: '@root' }, async () => {
  const host = office()
  const { exports } = host
  const before = readdirSync(exports)
  await sitDown(host, people.drafter)
  const { uid } = statSync(exports)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=20m,mode=700,uid=${uid}`, 'tmpfs', exports])
  try {
    await test.step('full', async () => {
      await expectRefusal(host, '保存先の空き容量がありません。書きかけのものは残っていません。')
      expect(readdirSync(exports)).toEqual([])
    })
    await test.step('read-only', async () => {
      execFileSync('mount', ['-o', 'remount,ro', exports])
      await expectRefusal(host, '保存先に書き込めません。何も書かれていません。')
      expect(readdirSync(exports)).toEqual([])
      execFileSync('mount', ['-o', 'remount,rw,size=200m', exports])
    })
    await test.step('pulled out', async () => {
      const dialog = await beginExport(host)
      await dialog.progress()
      execFileSync('umount', ['-l', exports])
      expect(await dialog.refusal()).toContain('保存先がなくなりました')
      await dialog.close()
      expect(readdirSync(exports)).toEqual(before)
    })
  } finally {
    if (execFileSync('mount', { encoding: 'utf8' }).includes(` ${exports} `)) execFileSync('umount', ['-l', exports])
  }
  await leave(host)
})

/** Tries to export the document; the dialog says why it was not done. */
async function expectRefusal(host: Host, sentence: string): Promise<void> {
  const dialog = await beginExport(host)
  expect(await dialog.refusal()).toContain(sentence)
  await dialog.close()
}
