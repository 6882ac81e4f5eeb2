// 不在と代決: who is away says who decides meanwhile. At another machine that person sees it as their turn, decides in their place, and what
// was decided is in the package as such; whoever was away is told, and ends it when they are back.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import { formatWareki } from '@shared/base/wareki.ts'
import { pemToDer } from '@shared/signing/pem.ts'
import { nssWith, openBench, pdfsig, preflight } from '../../build/test/pdf/judges.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { exchange, machinesOverFolder } from './machines.ts'
import { decide, finishExport, leave, openOffice, people, pin, sendRound, sitDown, verifyPackage } from './steps.ts'

const title = '除雪車の燃料の購入について'
const body = '次のとおり購入する。'
const place = '総務課の文書'

test('4.11 D-03 D-04 a manager who is away names who decides meanwhile: that person decides at another machine, the mark says 代, the package proves it, and the manager is told, reads it afterwards and ends it', async ({ launchApp }) => {
  test.setTimeout(400_000)
  const { machines: [hall, other] } = await machinesOverFolder(launchApp, [people.manager, people.finance], [people.drafter, people.chief])
  const [page, otherPage] = [await hall.page(), await other.page()]
  const last = addDays(jstDate(Date.now()), 4)
  await new FrameScreen(page).goTo('設定')
  const settings = new SettingsScreen(page)
  // The chief stands second in the order, and the first is there.
  await settings.startAbsence({ position: '総務課長', acting: '総務係長', to: formatWareki(last), reason: '県庁への出張' })
  expect(await settings.absenceRefusal()).toContain('代決の順が先の職の人がいます')
  await settings.closeAbsence()
  await settings.startAbsence({ position: '総務課長', acting: '財政担当課長', to: formatWareki(last), reason: '県庁への出張' }, test.info().outputPath('absence-sheet.png'))
  const window = new ConsentScreen(await hall.consentPage())
  expect(await window.outcome()).toBe('不在と代決を登録します')
  expect(await window.facts()).toMatchObject({ 不在になる職: `総務課長 ${people.manager}`, 不在の日: `${formatWareki(jstDate(Date.now()))}から${formatWareki(last)}まで`, 代わりに決裁する職: `財政担当課長 ${people.finance}`, '意見・理由': '県庁への出張' })
  await window.page.screenshot({ path: test.info().outputPath('consent.png') })
  await window.confirm(pin)
  await expect.poll(() => settings.absences()).toHaveLength(1)
  expect((await settings.absences()).join()).toContain(`代決：財政担当課長（${people.finance}）`)
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('absences.png'), fullPage: true })
  await new FrameScreen(page).goTo('机')
  expect(await new DeskScreen(page).absences()).toContain(`あなた（総務課長）は ${formatWareki(last)} まで不在と登録されています`)
  await leave(hall)

  await sendRound(hall, people.drafter, { title, body, collection: place })
  await sitDown(hall, people.chief)
  await (await decide(hall, title, '承認する')).actDone()
  await exchange([hall, other])
  const desk = new DeskScreen(otherPage)
  expect(await desk.absences()).toContain(`総務課長（${people.manager}）は ${formatWareki(last)} まで不在です。あなたは財政担当課長として、代わりに決裁できます。`)
  await desk.waitFor('わたしの番', title)
  await otherPage.screenshot({ path: test.info().outputPath('desk.png') })
  await desk.open('わたしの番', title)
  const there = new DocumentScreen(otherPage)
  expect((await there.steps()).join()).toContain('まで不在（代決：財政担当課長）')
  await there.start('承認する', { picture: test.info().outputPath('act-sheet.png') })
  const asked = new ConsentScreen(await other.consentPage())
  expect(await asked.facts()).toMatchObject({ '代わりに決裁する職（代決）': '総務課長' })
  await asked.page.screenshot({ path: test.info().outputPath('consent-decide.png') })
  await asked.confirm(pin)
  await there.waitForStage('決裁済み')
  expect((await there.marks()).at(-1)).toMatch(/^決裁印 財政担当課長 葛\u{E0100}城 .+ 代決$/u)
  await otherPage.screenshot({ path: test.info().outputPath('decided.png'), fullPage: true })

  await exchange([other, hall])
  await leave(hall)
  await sitDown(hall, people.drafter)
  await new DeskScreen(page).open('簿冊に納めるもの', title)
  const document = new DocumentScreen(page)
  await document.startExport()
  const folder = await finishExport(hall, '監査への提出')
  const { code, report, words } = verifyPackage(folder)
  expect([code, report.outcome], words).toEqual([0, 'pass'])
  expect(JSON.stringify(report)).toContain('承認（財政担当課長・代決）')
  const signed = join(folder, 'data/documents/1/signed.pdf')
  const bench = openBench()
  try {
    const [root = new Uint8Array()] = pemToDer('CERTIFICATE', readFileSync(join(folder, 'data/trust/root.pem'), 'utf8'))
    expect(pdfsig(signed, nssWith(bench, root)).map(({ commonName, valid, trusted }) => [commonName, valid, trusted])).toEqual([people.chief, people.finance].map((name) => [name, true, true]))
    expect(preflight(signed)).toEqual([])
    execFileSync('pdftoppm', ['-r', '80', '-l', '1', '-png', signed, test.info().outputPath('signed')])
  } finally {
    bench.close()
  }
  await leave(hall)

  await sitDown(hall, people.manager)
  await new DeskScreen(page).waitFor('戻ってきたもの', title)
  await new DeskScreen(page).open('戻ってきたもの', title)
  expect(await document.acts()).toContain('後閲する')
  await page.screenshot({ path: test.info().outputPath('before-post-review.png'), fullPage: true })
  await document.postReview()
  expect(await document.acts()).not.toContain('後閲する')
  expect((await document.history())[0]).toContain('後閲した')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('post-reviewed.png'), fullPage: true })
  await new FrameScreen(page).goTo('机')
  await expect.poll(() => new DeskScreen(page).titles('戻ってきたもの')).toEqual([])
  await new FrameScreen(page).goTo('設定')
  await settings.startEndAbsence('総務課長', '予定より早く戻ったため')
  const ending = new ConsentScreen(await hall.consentPage())
  expect(await ending.outcome()).toBe('不在を終えます')
  await ending.confirm(pin)
  await expect.poll(async () => (await settings.absences()).join()).toContain(`${formatWareki(jstDate(Date.now()))}まで`)
  for (const host of [hall, other]) expect(await host.quit()).toBe(0)
})

test('4.11 D-05 an important matter is decided in the mayor’s place only with the reason why it cannot wait', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, [people.drafter, people.chief, people.manager, people.viceMayor, people.mayor])
  await sitDown(host, people.mayor)
  await new FrameScreen(page).goTo('設定')
  await new SettingsScreen(page).startAbsence({ position: '町長', acting: '副町長', to: formatWareki(addDays(jstDate(Date.now()), 2)), reason: '上京' })
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await leave(host)
  await sendRound(host, people.drafter, { title, body, collection: place, cover: { '表示・特記': ['特に重要なもの'] } })
  for (const person of [people.chief, people.manager, people.viceMayor]) {
    await sitDown(host, person)
    await (await decide(host, title, '承認する')).actDone()
    if (person === people.viceMayor) await new FrameScreen(page).goTo('机')
    else await leave(host)
  }
  const document = await decide(host, title, '承認する', { urgency: '豪雪のため、町長の特命により急ぎ決裁する', picture: test.info().outputPath('urgency.png') })
  await document.waitForStage('決裁済み')
  expect((await document.marks()).map((mark) => mark.split(' ')).map((words) => [words[0], words[1], words.at(-1) === '代決'])).toEqual([['承認印', '総務係長', false], ['承認印', '総務課長', false], ['承認印', '副町長', false], ['決裁印', '副町長', true]])
  await page.screenshot({ path: test.info().outputPath('decided.png'), fullPage: true })
  await host.quit()
})

test('4.11 D-02 the chief is away: the manager goes ahead and decides, and the chief reads it afterwards; an outsider verifies it', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, [people.drafter, people.chief, people.manager])
  await sitDown(host, people.chief)
  await new FrameScreen(page).goTo('設定')
  await new SettingsScreen(page).startAbsence({ position: '総務係長', acting: null, to: formatWareki(addDays(jstDate(Date.now()), 3)), reason: '研修' })
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await leave(host)
  await sendRound(host, people.drafter, { title, body, collection: place })

  await sitDown(host, people.manager)
  await new DeskScreen(page).open('わたしの番', title)
  const document = new DocumentScreen(page)
  await document.start('承認する', { picture: test.info().outputPath('ahead-sheet.png') })
  const window = new ConsentScreen(await host.consentPage())
  expect(await window.facts()).toMatchObject({ '不在のため先に進める職（後閲）': '総務係長' })
  await window.page.screenshot({ path: test.info().outputPath('consent.png') })
  await window.confirm(pin)
  await document.waitForStage('決裁済み')
  expect((await document.steps()).map((step) => step.includes('不在のため後閲'))).toEqual([true, false])
  await page.screenshot({ path: test.info().outputPath('decided.png'), fullPage: true })
  await leave(host)

  await sitDown(host, people.chief)
  await new DeskScreen(page).open('戻ってきたもの', title)
  await document.postReview()
  expect((await document.steps())[0]).toContain(`後閲：${people.chief}`)
  await page.screenshot({ path: test.info().outputPath('post-reviewed.png'), fullPage: true })
  await leave(host)

  await sitDown(host, people.drafter)
  await new DeskScreen(page).open('簿冊に納めるもの', title)
  await document.startExport()
  const folder = await finishExport(host, '監査への提出')
  const { code, report, words } = verifyPackage(folder)
  expect([code, report.outcome], words).toEqual([0, 'pass'])
  execFileSync('pdftoppm', ['-r', '80', '-l', '1', '-png', join(folder, 'data/documents/1/signed.pdf'), test.info().outputPath('signed')])
  await host.quit()
})
