// Filing: a returned draft keeps what was attached; a decided document goes into a volume and is immutable from then on, also for a
// script in the page; a correction is a new document that cites the old one; the register counts its retention; search finds it.
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen, RegisterScreen } from '../screens/cabinet-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { VolumeScreen } from '../screens/volume-screen.ts'
import { codes } from '../../renderer/text/ja/codes.ts'
import { shareOffice } from './office.ts'
import { idOf, takeWorker, tellWorker } from './page-worker.ts'
import { decideByTwo, leave, people, pin, sendRound, sitDown } from './steps.ts'

const clerkOfCouncil = '鈴木 茜'
const title = 'ロータリー除雪車の購入について（髙橋案）'
const volume = '除雪機械（令和8年度）'
const body = '第２号車庫に置く。予備バッテリーは渡邉商店から買う。'
const photo = join(import.meta.dirname, '../samples/storm.jpg')

/** The fiscal year of a civil date in Japan. */
function fiscalYearOf(now: Date): number {
  const [year = 0, month = 0] = now.toLocaleDateString('en-CA', { timeZone: 'Asia/Tokyo' }).split('-').map(Number)
  return month < 4 ? year - 1 : year
}

test.describe.configure({ mode: 'serial' })
const office = shareOffice([people.drafter, people.chief, people.manager, clerkOfCouncil])

test('2.12 a return keeps what was attached; a filed document is immutable, also for a script in the page', async () => {
  const host = office()
  const page = await host.page()
  const frame = new FrameScreen(page)
  const document = new DocumentScreen(page)
  const drafting = new DraftingScreen(page)

  await test.step('a return keeps the attachments of the draft', async () => {
    await sendRound(host, people.drafter, { title, body, attachments: [photo] })
    await sitDown(host, people.chief)
    await new DeskScreen(page).open('わたしの番', title)
    await document.startReturn('見積りの日付を入れてください。')
    await new ConsentScreen(await host.consentPage()).confirm(pin)
    await document.waitForStage('差戻し')
    await leave(host)
    await sitDown(host, people.drafter)
    await new DeskScreen(page).open('戻ってきたもの', title)
    expect(await drafting.attachments()).toEqual([expect.stringContaining('storm.jpg')])
    expect((await drafting.bodyText()).trim()).toBe(body)
    await drafting.submit()
    await leave(host)
  })
  await test.step('decide and file', async () => {
    await decideByTwo(host, title)
    await sitDown(host, people.drafter)
    await frame.goTo('書庫')
    await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: volume, retention: '5年', location: '電子書庫' })
    await frame.goTo('机')
    await new DeskScreen(page).open('簿冊に納めるもの', title)
    await document.file(volume)
  })
  await test.step('no control changes it', async () => {
    expect(await document.acts()).toEqual(['再起案する', '書き出す', '印刷する'])
    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0)
    expect(await document.attachments()).toEqual([expect.stringContaining('storm.jpg')])
  })
  await test.step('a script in the page is refused, with a sentence for each reason', async () => {
    const before = await document.history()
    await takeWorker(page)
    const id = await idOf(page, title)
    const position = 'general-affairs-clerk'
    const attempts = [
      ['setCover', { id, field: 'title', value: '書き換えた件名' }, 'already-decided-redraft'],
      ['updateBody', { id, update: new Uint8Array([0, 0]) }, 'already-decided-redraft'],
      ['attach', { id, name: 'x.txt', mediaType: 'text/plain', bytes: new Uint8Array([1]) }, 'already-decided-redraft'],
      ['detach', { id, attachment: 'x' }, 'already-decided-redraft'],
      ['abandon', { id, reason: '消したい' }, 'already-decided-redraft'],
      ['fileDocument', { id, volume: 'elsewhere', position }, 'already-filed'],
      ['act', { id, act: 'withdraw', step: null, position, comment: '戻したい' }, 'already-decided'],
    ] as const
    for (const [at, [name, arg, code]] of attempts.entries()) {
      const answer = await tellWorker(page, 910_000 + at, { kind: 'command', name, arg })
      expect(answer, name).toMatchObject({ ok: false, error: { type: 'NotAllowed', reasons: expect.arrayContaining([expect.objectContaining({ code })]) } })
      expect((codes as Readonly<Record<string, string>>)[`reason.${code}`], code).toMatch(/。$/)
    }
    await frame.search(title)
    await frame.openHit(title)
    expect(await document.title()).toBe(title)
    expect(await document.stage()).toBe('編入済み')
    expect((await document.history()).slice(-before.length)).toEqual(before)
  })
  await leave(host)
})

test('2.12 a correction cites the filed document, the register counts its retention, search finds it for those who may read it', async () => {
  const host = office()
  const page = await host.page()
  const frame = new FrameScreen(page)
  const document = new DocumentScreen(page)
  const drafting = new DraftingScreen(page)
  await sitDown(host, people.drafter)

  await test.step('a correction is a new document that cites the old one; each leads to the other', async () => {
    await new DeskScreen(page).open('最近の文書', title)
    await document.redraft('購入台数の誤りを正すため')
    expect((await drafting.notices()).join()).toContain(title)
    expect(await drafting.attachments()).toEqual([])
    await drafting.typeCover('件名', 'ロータリー除雪車の購入の訂正について')
    await page.getByRole('button', { name: '元の文書を開く' }).click()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    expect((await document.notices()).join()).toContain('ロータリー除雪車の購入の訂正について')
    expect(await document.stage()).toBe('編入済み')
    await document.openSuccessor()
    await drafting.shown()
    expect(await drafting.coverText('件名')).toBe('ロータリー除雪車の購入の訂正について')
  })
  await test.step('the volume and the register count its retention', async () => {
    const year = fiscalYearOf(new Date())
    const [start, end] = [`令和${year + 1 - 2018}年4月1日`, `令和${year + 6 - 2018}年3月31日`]
    await frame.goTo('簿冊管理簿')
    const register = new RegisterScreen(page)
    expect(await register.columns()).toEqual(['分類', '名称', '保存期間', '保存期間の満了する日', '満了したときの措置', '保存場所', '作成取得年度', '作成取得時の文書管理者', '保存期間の起算日', '媒体の種別', '文書管理者'])
    expect(await register.rows()).toEqual([['A-01-02 総務＞文書＞文書管理', volume, '5年', end, '廃棄', '電子書庫', `令和${year - 2018}年度`, '総務課長', start, '電子', '総務課長']])
    await frame.goTo('書庫')
    const cabinet = new CabinetScreen(page)
    await cabinet.chooseNode('A-01-02')
    await cabinet.openVolume(volume)
    const screen = new VolumeScreen(page)
    expect(await screen.facts()).toMatchObject({ 分類: 'A-01-02 総務＞文書＞文書管理', 保存期間: '5年', 保存期間の起算日: start, 保存期間の満了する日: end })
    expect(await screen.documents()).toEqual([title])
  })
  await test.step('search folds what people type differently, in title and text', async () => {
    for (const query of ['ﾛｰﾀﾘｰ', 'ろーたりー除雪', '高橋案', '髙橋案', '第2号車庫', 'ばってりー　渡辺', '渡邊']) {
      await frame.search(query)
      expect(await frame.hits(), query).toContain(title)
    }
    await frame.search('ロータリー 存在しない語')
    expect(await frame.hits()).toEqual([])
    await leave(host)
  })
  await test.step('who may not read it does not find it, nor its volume', async () => {
    await sitDown(host, clerkOfCouncil)
    for (const query of ['ロータリー', '第2号車庫', title]) {
      await frame.search(query)
      expect(await frame.hits(), query).toEqual([])
    }
    await frame.goTo('簿冊管理簿')
    expect((await new RegisterScreen(page).rows()).flat()).not.toContain(volume)
  })
})
