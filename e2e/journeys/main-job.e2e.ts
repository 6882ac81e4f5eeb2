// The main job at one machine: a clerk drafts, two superiors decide, it is filed and exported, and a stranger verifies it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { decide, finishExport, leave, openOffice, people, sitDown, verifyPackage, writeDraft } from './steps.ts'

const title = '冬期間の町営バス運行計画の変更について'
const photo = join(import.meta.dirname, '../samples/storm.jpg')

test('2.16 draft, decide twice, file, export, verify: the main job in the packaged app', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host)
  await test.step('draft', async () => {
    await sitDown(host, people.drafter)
    const drafting = await writeDraft(host, { title, body: '第1 変更の趣旨\n1 積雪期の安全を確保する。\n2 通学の便を保つ。\n記\n運行期間は12月1日から3月31日までとする。\n以上\n', attachments: [photo] })
    expect(await drafting.missing()).toEqual([])
    await drafting.submit()
    expect(await new DeskScreen(await host.page()).titles('回議中（ほかの人の番）')).toContain(title)
    await leave(host)
  })
  await test.step('decide', async () => {
    await sitDown(host, people.chief)
    await decide(host, title, '承認する', { comment: '異議ありません。' })
    await leave(host)
    await sitDown(host, people.manager)
    const document = await decide(host, title, '承認する')
    await document.waitForStage('決裁済み')
    await leave(host)
  })
  await test.step('file', async () => {
    const page = await host.page()
    await sitDown(host, people.drafter)
    await new FrameScreen(page).goTo('書庫')
    await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: '公共交通（令和8年度）', retention: '5年' })
    await new FrameScreen(page).goTo('机')
    await new DeskScreen(page).open('簿冊に納めるもの', title)
    await new DocumentScreen(page).file('公共交通（令和8年度）')
  })
  const folder = await test.step('export', async () => {
    const page = await host.page()
    await new DocumentScreen(page).startExport()
    return finishExport(host, '監査委員への提出')
  })
  await test.step('verify', async () => {
    expect(readdirSync(join(folder, 'data')).length).toBeGreaterThan(3)
    expect(readFileSync(join(folder, 'bagit.txt'), 'utf8')).toContain('BagIt-Version: 1.0')
    expect(verifyPackage(folder)).toMatchObject({ code: 0, report: { outcome: 'pass' } })
  })
})
