// 権限の点検: a quarter's look at who may do what. What is kept, made less and taken away is confirmed in main's window; what nobody
// looked at ends by itself.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { formatWareki } from '@shared/base/wareki.ts'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import { pemToDer } from '@shared/signing/pem.ts'
import { nssWith, openBench, pdfsig, preflight, qpdfCheck } from '../../build/test/pdf/judges.ts'
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { ReviewScreen } from '../screens/review-screen.ts'
import { leave, openOffice, people, pin, sendRound, sitAtTrust, sitDown } from './steps.ts'

const general = '総務課の文書'
const office = 'デジタル変革戦略室の文書'

async function sitAtReview(host: Host, name: string): Promise<ReviewScreen> {
  await (await sitAtTrust(host, name)).openReview()
  const review = new ReviewScreen(await host.page())
  await review.shown()
  return review
}

test('4.12 in one quarter rights are kept together, made less and taken away, each confirmed with what becomes of it, and nobody keeps their own', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.dxHead, people.drafter, people.contractor])
  await sendRound(host, people.drafter, { title: '除雪計画について', body: '次のとおりとする。' })
  const review = await sitAtReview(host, people.manager)
  await expect.poll(() => review.coverage()).toMatch(/点検するもの \d+ 件のうち 0 件が済みました（0 %）/)
  expect(await review.coverage()).toContain(`${people.manager}・${people.dxHead}`)

  const [own, drafting, records] = [`${people.manager}（${general}・決裁）`, `${people.drafter}（${general}・起案）`, `${people.drafter}（${general}・文書の管理）`]
  await review.show('すべて')
  const page = await host.page()
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('list.png') })
  await review.show('兼ねないほうがよい役割')
  await review.narrow(people.manager)
  expect(await review.row(own)).toContain('兼ねないほうがよい役割です。起案する人が、その文書を決裁できます。')
  expect(await review.row(own)).toContain('ご自分の権限は、ほかの人が点検します。')

  await review.show('すべて')
  await review.narrow(people.drafter)
  await review.tick(drafting)
  await review.startKeep()
  const keep = new ConsentScreen(await host.consentPage())
  expect(await keep.outcome()).toBe('文書を使える人を変えます')
  expect((await keep.facts())[`${people.drafter}（${general}）`]).toMatch(/^そのまま残す：起案、次の点検 令和/)
  await keep.page.screenshot({ path: test.info().outputPath('keep.png') })
  await keep.confirm(pin)
  await review.answered()
  expect(await review.row(drafting)).toContain(`残した ${people.manager}・${formatWareki(jstDate(Date.now()))}`)
  await expect.poll(() => review.coverage()).toMatch(/点検するもの \d+ 件のうち 1 件が済みました/)

  await review.tick(records)
  await review.startReduce('起案', '簿冊の管理は係長が行うため')
  const reduce = new ConsentScreen(await host.consentPage())
  expect((await reduce.facts())[`${people.drafter}（${general}）`]).toContain('減らす：文書の管理 → 起案')
  await reduce.confirm(pin)
  await review.answered()
  expect(await review.coverage()).toMatch(/のうち 2 件が済みました/)

  const contractor = `${people.contractor}（${office}・起案）`
  await review.narrow(people.contractor)
  await review.tick(contractor)
  await review.startRemove('委託契約の終了')
  const remove = new ConsentScreen(await host.consentPage())
  expect((await remove.facts())[`${people.contractor}（${office}）`]).toBe('取り消す：起案')
  expect((await remove.facts())['意見・理由']).toBe('委託契約の終了')
  await remove.confirm(pin)
  await review.answered()
  expect(await review.row(contractor)).toContain('取り消した')
  expect(await review.mayTick(contractor)).toBe(false)

  await review.show('あなたがこれから点検するもの')
  await review.narrow('')
  await review.tickAll()
  await page.screenshot({ path: test.info().outputPath('ticked.png') })
  await review.startKeep('四半期の点検')
  const all = new ConsentScreen(await host.consentPage())
  await all.page.screenshot({ path: test.info().outputPath('keep-all.png') })
  await all.confirm(pin)
  await review.answered()
  // What is left are one's own, which the other administrator looks at.
  await expect.poll(async () => (await review.rows()).every((row) => row.includes('ご自分の権限'))).toBe(true)
  await leave(host)

  const other = await sitAtReview(host, people.dxHead)
  await other.show('あなたがこれから点検するもの')
  await other.narrow(people.manager)
  expect(await other.mayTick(own)).toBe(true)
  await leave(host)
  const mine = await sitAtReview(host, people.drafter)
  await mine.show('すべて')
  await page.screenshot({ path: test.info().outputPath('own.png') })
  expect((await mine.rows()).every((row) => row.includes(people.drafter))).toBe(true)
  expect(await mine.mayTick(`${people.drafter}（役場の全体・閲覧）`)).toBe(false)
})

test('4.12 a right that nobody looked at is said to be overdue with the day on which it lapses, and ends by itself fourteen days later', async ({ launchApp, clock }) => {
  const { env } = clock
  const host = await launchApp({ env })
  await openOffice(host, [people.manager, people.dxHead, people.drafter, people.contractor])
  const title = '街路灯の修繕について'
  await sendRound(host, people.drafter, { title, body: `${title}、次のとおりとする。` })
  const review = await sitAtReview(host, people.manager)
  const due = addDays(jstDate(Date.now()), 10)
  const right = `${people.contractor}（${general}・閲覧）`
  await review.startGive({ person: people.contractor, place: general, role: '閲覧', reason: '現地調査の委託', nextReview: formatWareki(due) })
  const give = new ConsentScreen(await host.consentPage())
  expect((await give.facts())[`${people.contractor}（${general}）`]).toBe(`与える：閲覧、次の点検 ${formatWareki(due)}`)
  await give.page.screenshot({ path: test.info().outputPath('give.png') })
  await give.confirm(pin)
  await review.answered()
  await review.show('すべて')
  await review.narrow(people.contractor)
  expect(await review.row(right)).toContain('この四半期に付与')
  await leave(host)

  const found = async (): Promise<readonly string[]> => {
    await sitDown(host, people.contractor)
    const frame = new FrameScreen(await host.page())
    await frame.search('街路灯')
    const hits = await frame.hits()
    await leave(host)
    return hits
  }
  expect(await found()).toEqual([title])
  clock.forward(11 * 24)
  const later = await sitAtReview(host, people.manager)
  await later.show('期限切れ・失効')
  expect(await later.row(right)).toContain(`期限切れ：${formatWareki(addDays(due, 14))} を過ぎると失効`)
  await (await host.page()).screenshot({ path: test.info().outputPath('overdue.png') })
  await leave(host)
  expect(await found()).toEqual([title])
  clock.forward(14 * 24)
  expect(await found()).toEqual([])
  const last = await sitAtReview(host, people.manager)
  await last.show('期限切れ・失効')
  expect(await last.row(right)).toContain('失効')
  expect(await last.row(right)).toContain('この権限は点検されずに失効しました。')
  // What lapsed left its key behind: taking it away makes a new one.
  await last.tick(right)
  await last.startRemove('点検されなかったため')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await last.answered()
  await last.show('すべて')
  await last.narrow(people.contractor)
  expect(await last.row(right)).toContain('取り消した')
})

test('4.12 an administrator signs the report of the quarter, which other programs accept and a spreadsheet reads, and nothing is written where they do not', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.dxHead, people.drafter])
  const review = await sitAtReview(host, people.manager)
  await review.startReport()
  await new ConsentScreen(await host.consentPage()).cancel()
  await review.startReport()
  const window = new ConsentScreen(await host.consentPage())
  expect(await window.outcome()).toBe('権限の点検の報告書に署名します')
  expect((await window.facts())['件名']).toMatch(/^権限の点検 報告書（令和\d+年度 第\d四半期）$/)
  expect(await window.pageCount()).toBeGreaterThan(2)
  await window.page.screenshot({ path: test.info().outputPath('report.png') })
  await window.confirm(pin)
  const folder = await review.reportPath()
  await (await host.page()).screenshot({ path: test.info().outputPath('written.png') })
  const bench = openBench()
  try {
    const paths = { pdf: join(folder, 'review.pdf'), csv: join(folder, 'rights.csv'), root: join(folder, 'root.pem') }
    const [root = new Uint8Array()] = pemToDer('CERTIFICATE', readFileSync(paths.root, 'utf8'))
    expect(pdfsig(paths.pdf, nssWith(bench, root)).map(({ commonName, valid, trusted, whole }) => ({ commonName, valid, trusted, whole }))).toEqual([{ commonName: people.manager, valid: true, trusted: true, whole: true }])
    expect(qpdfCheck(paths.pdf)).toMatchObject({ clean: true })
    expect(preflight(paths.pdf)).toEqual([])
    const verified = spawnSync(process.execPath, [join(import.meta.dirname, '../../.out/cli/fumibako.mjs'), 'verify', paths.pdf, '--trust', paths.root, '--json'], { encoding: 'utf8' })
    expect(verified.status, verified.stdout).toBe(0)
    const csv = readFileSync(paths.csv, 'utf8')
    expect(csv.startsWith('\uFEFF"文書","人","役割"')).toBe(true)
    const lines = csv.trimEnd().split('\r\n')
    expect(lines.length).toBeGreaterThan(70)
    expect(lines.some((line) => line.includes(`"総務課の文書","${people.drafter}","起案"`))).toBe(true)
    const words = execFileSync('pdftotext', ['-layout', paths.pdf, '-'], { encoding: 'utf8' })
    expect(words.replaceAll(/\s/g, '')).toContain(createHash('sha256').update(readFileSync(paths.csv)).digest('hex'))
    execFileSync('pdftoppm', ['-r', '60', '-png', paths.pdf, test.info().outputPath('report-page')])
  } finally {
    bench.close()
  }
})

test('4.12 the rules of the review are changed on the screen by two administrators, each value is said before the PIN, and what is given afterwards is held to them', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.dxHead, people.drafter])
  const review = await sitAtReview(host, people.manager)
  const page = await host.page()
  const usual = '一度の点検でのばせる長さ'
  expect((await review.rules())[usual]).toBe('183 日')
  const dialog = await review.openRules()
  await dialog.getByRole('textbox', { name: `${usual}（日）`, exact: true }).fill('12')
  expect(await dialog.innerText()).toContain('30 から 366 までの整数で入れてください。')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('sheet.png') })
  await dialog.getByRole('button', { name: 'やめる', exact: true }).click()
  await review.startRules({ days: { [usual]: '60' }, dropped: '起案と決裁', pair: { one: '文書の管理', other: '管理責任', within: '役場の全体で', why: '簿冊を管理する人が、自分の権限の点検もしています。' }, reason: '文書管理規程の改正' })
  const proposing = new ConsentScreen(await host.consentPage())
  expect(await proposing.outcome()).toBe('権限の点検の決まりを変えます')
  const facts = await proposing.facts()
  expect(facts['点検をのばせる長さ（日）']).toBe('183 → 60')
  expect(facts['一人が兼ねないほうがよいとする役割']).toBe('文書の管理と管理責任（役場の全体で）')
  expect(facts['兼ねてもよいとする役割']).toBe('起案と決裁（同じ文書の集まりで）')
  await proposing.page.screenshot({ path: test.info().outputPath('consent.png') })
  await proposing.confirm(pin)
  await review.answered()
  expect((await review.rules())[usual]).toBe('183 日')
  await leave(host)

  const trust = await sitAtTrust(host, people.dxHead)
  const heading = '権限の点検の決まりを変える'
  expect(await trust.proposal(heading)).toContain('183 日 → 60 日')
  await page.screenshot({ path: test.info().outputPath('proposal.png'), fullPage: true })
  await trust.startAgree(heading)
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await trust.proposalGone(heading)
  await trust.openReview()
  const after = new ReviewScreen(page)
  await after.shown()
  await expect.poll(async () => (await after.rules())[usual]).toBe('60 日')
  expect((await after.rules())['一人が兼ねないほうがよい役割']).toContain('文書の管理と管理責任（役場の全体で）')
  expect((await after.rules())['一人が兼ねないほうがよい役割']).not.toContain('起案と決裁')
  await page.screenshot({ path: test.info().outputPath('rules.png'), fullPage: true })
  expect(await host.quit()).toBe(0)
})
