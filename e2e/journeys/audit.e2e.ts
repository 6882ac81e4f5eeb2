// 監査証跡: two people at two machines of their own; afterwards either of them finds who did what, as which position, on which device, in
// which state and under which rules.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { formatWareki } from '@shared/base/wareki.ts'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import { pemToDer } from '@shared/signing/pem.ts'
import { nssWith, openBench, pdfsig, preflight } from '../../build/test/pdf/judges.ts'
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { AuditScreen } from '../screens/audit-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { joinAs, townHall } from './joining-steps.ts'
import { exchange } from './machines.ts'
import { decide, finishExport, people, pin, verifyPackage, writeDraft } from './steps.ts'

const title = '街路灯の更新について'

async function openAudit(host: Host): Promise<AuditScreen> {
  const page = await host.page()
  await new FrameScreen(page).goTo('端末と信頼')
  const trust = new TrustScreen(page)
  await trust.shown()
  await trust.openAudit()
  const audit = new AuditScreen(page)
  await audit.shown()
  return audit
}

test('4.15 P-07 who did what, as which position, on which device, in which state and under which rules is found at either of two machines, exports, openings and acts of administration among it, and is exported so that each line is verified without the app', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const office = await launchApp()
  const { trust } = await townHall(office)
  const laptop = await launchApp()
  await joinAs(office, trust, laptop, people.chief)
  await (await writeDraft(laptop, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).submit()
  await exchange([laptop, office])
  await (await decide(office, title, '承認する', { comment: '至急お願いします。' })).waitForStage('決裁済み')
  await new DocumentScreen(await office.page()).startExport()
  await finishExport(office, '監査のため')
  await exchange([office, laptop])

  const page = await office.page()
  const audit = await openAudit(office)
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('usual.png') })
  await audit.narrow('街路灯')
  await expect.poll(async () => (await audit.rows()).every((row) => row.includes('街路灯'))).toBe(true)
  const rows = await audit.rows()
  const state = '(異常なし|直すところ：)'
  const rule = '試行.*（令和.* から）'
  const found = (what: string): string => rows.find((row) => row.includes(what)) ?? ''
  expect(found('頁を確定して回議に付した（第 1 版）')).toMatch(new RegExp(`^令和\\d+年\\d+月\\d+日 \\d\\d:\\d\\d ${people.chief} \\S+ .*${title}（総務課の文書） 端末 \\w{6}（Linux・.*） ${state}.*${rule}.*有効$`))
  expect(found('頁を確定')).not.toContain('この端末')
  expect(found('承認した')).toMatch(new RegExp(`${people.manager} 総務課長 .*理由・意見：至急お願いします。 端末 .*・この端末 ${state}.*有効$`))
  expect(found('書き出した')).toMatch(new RegExp(`${people.manager} .*理由・意見：監査のため`))
  expect(rows.findIndex((row) => row.includes('書き出した'))).toBeLessThan(rows.findIndex((row) => row.includes('頁を確定')))
  expect(rows.join('\n')).not.toContain('本文を書いた')
  await page.screenshot({ path: test.info().outputPath('narrowed.png') })

  await audit.showGroup('文書を開く')
  await expect.poll(async () => (await audit.rows()).filter((row) => !row.includes('開いた') || row.includes('席を'))).toEqual([])
  expect((await audit.rows())[0]).toMatch(new RegExp(`${people.manager} 総務課長 開いた`))
  await audit.showGroup('入力の途中')
  await expect.poll(async () => (await audit.rows()).filter((row) => !/本文を書いた|起案用紙を書いた/.test(row))).toEqual([])
  await audit.narrow('')
  await audit.showGroup('席を開く')
  await audit.showPerson(people.chief)
  await expect.poll(async () => (await audit.rows()).filter((row) => !new RegExp(`${people.chief} 就いている職：\\S+ PIN で席を開いた`).test(row))).toEqual([])
  await audit.showGroup('人・権限・決まりの変更')
  await audit.showPerson('全員')
  await audit.narrow(people.chief)
  await expect.poll(async () => (await audit.rows()).join('\n')).toMatch(new RegExp(`${people.manager} .*${people.chief}さんの席を作った`))
  await page.screenshot({ path: test.info().outputPath('administration.png') })
  await audit.narrow('')
  await audit.showGroup('すべて（入力の途中と自動の記録を除く）')
  const tomorrow = formatWareki(addDays(jstDate(Date.now()), 1))
  await audit.between(tomorrow, tomorrow)
  await expect.poll(() => audit.rows()).toEqual([])
  expect(await audit.count()).toMatch(/^[\d,]+ 件のうち 0 件/)
  await audit.between('', '')

  await audit.startExport()
  await new ConsentScreen(await office.consentPage()).cancel()
  await audit.startExport()
  const consent = new ConsentScreen(await office.consentPage())
  expect(await consent.outcome()).toBe('監査証跡の書き出しに署名します')
  await consent.page.screenshot({ path: test.info().outputPath('consent.png') })
  await consent.confirm(pin)
  const folder = await audit.exportedPath()
  await page.screenshot({ path: test.info().outputPath('exported.png') })
  const verified = verifyPackage(folder)
  expect([verified.code, verified.report.outcome], verified.words).toEqual([0, 'pass'])
  expect(verified.words).toMatch(/一覧の \d+ 行が、示されたルート証明書まで確かめられました/)
  const table = join(folder, 'data/audit.csv')
  const csv = readFileSync(table, 'utf8')
  expect(csv).toContain(`"${people.manager}"`)
  const bench = openBench()
  try {
    const pdf = join(folder, 'data/audit.pdf')
    const [root = new Uint8Array()] = pemToDer('CERTIFICATE', readFileSync(join(folder, 'data/trust/root.pem'), 'utf8'))
    expect(pdfsig(pdf, nssWith(bench, root)).map(({ commonName, valid, trusted, whole }) => ({ commonName, valid, trusted, whole }))).toEqual([{ commonName: people.manager, valid: true, trusted: true, whole: true }])
    expect(preflight(pdf)).toEqual([])
    execFileSync('pdftoppm', ['-r', '60', '-l', '2', '-png', pdf, test.info().outputPath('page')])
  } finally {
    bench.close()
  }
  const forged = join(dirname(folder), 'forged')
  execFileSync('cp', ['-a', folder, forged])
  writeFileSync(join(forged, 'data/audit.csv'), csv.replaceAll(people.chief, people.drafter))
  expect(verifyPackage(forged)).toMatchObject({ code: 1 })

  const away = await openAudit(laptop)
  await away.showGroup('書き出し')
  await away.showPerson(people.manager)
  await expect.poll(async () => (await away.rows()).length).toBe(1)
  const exported = await away.rows()
  expect(exported[0]).toContain(`${title}（総務課の文書）`)
  expect(exported[0]).not.toContain('この端末')
  await new FrameScreen(await laptop.page()).goTo('机')
  await new DeskScreen(await laptop.page()).shown()
  for (const host of [laptop, office]) expect(await host.quit()).toBe(0)
})
