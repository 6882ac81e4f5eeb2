// What superiors may do with a document besides approving it, and what the consent window does with a wrong answer.
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { shareOffice } from './office.ts'
import { coverOf, decide, leave, people, pin, sendRound, sitDown, writeDraft } from './steps.ts'

const office = shareOffice([people.drafter, people.chief, people.manager, people.dxClerk, people.contractor])

test('2.10 a return brings its reason to the drafter; the new revision starts afresh and approvals do not carry over', async () => {
  const host = office()
  const page = await host.page()
  const title = '除雪車の更新について'
  const document = new DocumentScreen(page)
  await sendRound(host, people.drafter, { title, body: '1 更新する車両は一台とする。' })
  await sitDown(host, people.chief)
  await decide(host, title, '承認する', { comment: '異議ありません。' })
  await expect.poll(() => document.marks()).toEqual([expect.stringMatching(/^承認印 総務係長 𠮷田 \d+年\d+月\d+日$/u)])
  await leave(host)
  await sitDown(host, people.manager)
  await decide(host, title, '差し戻す', { comment: '積算の根拠を付けてください。' })
  await document.waitForStage('差戻し')
  await leave(host)

  await sitDown(host, people.drafter)
  await new DeskScreen(page).open('戻ってきたもの', title)
  const drafting = new DraftingScreen(page)
  expect((await drafting.notices()).join()).toContain('総務課長 \u{FA11}田 健：積算の根拠を付けてください。')
  await drafting.typeBody('\n2 積算の根拠は別紙のとおり。')
  await drafting.submit()
  await leave(host)
  await sitDown(host, people.chief)
  await new DeskScreen(page).open('わたしの番', title)
  expect(await document.marks()).toEqual([])
  expect(await document.steps()).toEqual([expect.stringContaining('この人の番'), expect.stringContaining('順番待ち')])
  expect(await document.pageText(2)).toContain('積算の根拠は別紙のとおり')
  expect((await document.history()).join('\n')).toMatch(/第 2 版[\s\S]*差し戻した\n積算の根拠を付けてください。[\s\S]*承認した[\s\S]*第 1 版/)
  await leave(host)
})

test('2.10 a wrong PIN keeps the consent window open, cancelling signs nothing, a refusal ends the matter', async () => {
  const host = office()
  const page = await host.page()
  const title = '町史の増刷について'
  await sendRound(host, people.drafter, { title, body: '増刷は五百部とする。' })
  await sitDown(host, people.chief)
  await new DeskScreen(page).open('わたしの番', title)
  const document = new DocumentScreen(page)
  await document.startApprove()
  const consent = new ConsentScreen(await host.consentPage())
  expect(await consent.outcome()).toBe('この文書を承認します')
  expect(await consent.facts()).toMatchObject({ 件名: title, 行う人: expect.stringMatching(/総務係長[\s\S]*𠮷田 恵子/u), 決裁区分: '丙' })
  await consent.send('wrong-pin-2026')
  expect(await consent.refusal()).toContain('PINが違います。文書には何もしていません。')
  expect(await consent.outcome()).toBe('この文書を承認します')
  await consent.cancel()
  expect(await document.actRefusal()).toContain('確認の窓で取りやめました。何も記録されていません。')
  await document.closeDialog()
  expect(await document.marks()).toEqual([])
  expect(await document.steps()).toEqual([expect.stringContaining('この人の番'), expect.stringContaining('順番待ち')])
  expect((await document.history()).join()).not.toContain('承認した')
  await document.startRefuse('部数の見込みが立たない。')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await document.waitForStage('否決')
  expect(await document.acts()).not.toContain('承認する')
  await leave(host)
})

test('2.10 D-01 先例になるもの makes it class 甲 and says why; 合議 is asked in its place; the drafter withdraws', async () => {
  const host = office()
  const page = await host.page()
  const title = '空き家の譲受けについて'
  await sitDown(host, people.drafter)
  const drafting = await writeDraft(host, { title, body: '初めての取扱いである。', cover: { '表示・特記': ['至急', '先例になるもの'], 合議先: ['財政担当課長'] } })
  expect(await drafting.before()).toContain('「先例になるもの」のため、決裁区分は甲（町長）になります。')
  const words = await drafting.submitWords()
  expect(words).toMatch(/決裁区分\s+甲/)
  expect(words).toMatch(/合議先\s+財政担当課長/)
  await drafting.submit()
  await new DeskScreen(page).open('回議中（ほかの人の番）', title)
  const document = new DocumentScreen(page)
  const steps = await document.steps()
  expect(steps.map((step) => step.split(/\s+/).slice(0, 2).join(' '))).toEqual(['承認印 総務係長', '承認印 総務課長', '合議印 財政担当課長', '承認印 副町長', '決裁印 町長'])
  expect(await document.pageText()).toMatch(/決裁区分\s+甲（町長）（「先例になるもの」のため丙（課長・室長）から引上げ）/)
  await document.startWithdraw('所有者から申出があったため。')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await page.getByRole('tab', { name: '本文' }).waitFor()
  expect(await drafting.maySubmit()).toBe(true)
  await leave(host)
})

test('2.10 D-12 a contractor drafts with an employee, and neither submits nor approves', async () => {
  const host = office()
  const page = await host.page()
  const title = '庁内ネットワークの更改について'
  await sendRound(host, people.dxClerk, { title, body: '更改の時期は年度内とする。' })
  await sitDown(host, people.contractor)
  const desk = new DeskScreen(page)
  expect(await desk.titles('わたしの番')).toEqual([])
  await desk.open('最近の文書', title)
  expect((await new DocumentScreen(page).acts()).filter((act) => /承認|差し戻|否決|引き戻|書き出/.test(act))).toEqual([])
  await new FrameScreen(page).back()
  await desk.newDraft()
  const drafting = new DraftingScreen(page)
  await drafting.fillCover(coverOf('設計書の案について'))
  expect(await drafting.maySubmit()).toBe(false)
  expect(await drafting.before()).toContain('業務委託の人は、責任職員とともに起案します。回議に付すのは職員です。')
  await leave(host)
})
