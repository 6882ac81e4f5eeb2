// A document on its way or decided: pages, marks, cover sheet, attachments, history, and the acts on it.
import type { Locator, Page } from '@playwright/test'
import { answerNewDraft } from './desk-screen.ts'
import { chooseOption, chooseRadio, fill, press } from './controls.ts'

export type ActName = '承認する' | '承認を確認し直す' | '差し戻す' | '否決する' | '引き戻す' | '簿冊に納める' | '再起案する' | '書き出す' | '押印し直す'

export interface ActWords {
  /** Answer to どの職として, where it is asked. */
  readonly position?: string
  readonly comment?: string
  /** Why it cannot wait, where it is asked of whoever decides in somebody's place. */
  readonly urgency?: string
  /** Where a picture of the sheet goes before it is answered. */
  readonly picture?: string
}

export class DocumentScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: 'できること' }).waitFor()
  }

  async title(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText()
  }

  /** The stage in words (回議中, 決裁済み …). */
  async stage(): Promise<string> {
    await this.shown()
    const facts = await this.page.getByRole('main').locator('header').innerText()
    return facts.split('\n')[0]?.trim() ?? ''
  }

  /** The stage and what is said with it (確認待ち, 保留, 至急), from the left. */
  async chips(): Promise<readonly string[]> {
    await this.shown()
    const facts = await this.page.getByRole('main').locator('header').innerText()
    return facts.split('\n').map((line) => line.trim()).filter((line) => /^(起案中|回議中|差戻し|引戻し|否決|決裁済み|編入済み|廃案|判断待ち|確認待ち|保留|至急)$/.test(line))
  }

  async waitForStage(stage: string): Promise<void> {
    await this.page.getByRole('main').locator('header').getByText(stage, { exact: true }).waitFor()
  }

  /** Names of the acts that can be done now. */
  async acts(): Promise<readonly string[]> {
    await this.shown()
    return this.page.getByRole('region', { name: 'できること' }).getByRole('button').allInnerTexts()
  }

  /** Why acts cannot be done now, as shown. */
  async refusals(): Promise<readonly string[]> {
    const fold = this.page.getByText('いまはできないこと')
    if ((await fold.count()) === 0) return []
    await fold.click()
    return this.page.getByRole('region', { name: 'できること' }).getByRole('listitem').allInnerTexts()
  }

  /** Starts an act up to the consent window; that window is the next thing to answer. */
  async start(act: ActName, words: ActWords = {}): Promise<void> {
    await this.shown()
    await this.page.getByRole('region', { name: 'できること' }).getByRole('button', { name: act }).first().click()
    const dialog = this.page.getByRole('dialog', { name: act })
    await dialog.waitFor()
    if (words.position !== undefined) await chooseRadio(dialog, 'どの職として行いますか', words.position)
    if (words.urgency !== undefined) await fill(dialog, '代わりに決裁する理由', words.urgency)
    if (words.picture !== undefined) await dialog.screenshot({ path: words.picture })
    if (words.comment !== undefined) await dialog.getByRole('textbox').fill(words.comment)
    await press(dialog, '確認の窓へ進む')
  }

  async startApprove(words: ActWords = {}): Promise<void> {
    await this.start('承認する', words)
  }

  async startReturn(reason: string, words: ActWords = {}): Promise<void> {
    await this.start('差し戻す', { ...words, comment: reason })
  }

  async startRefuse(reason: string, words: ActWords = {}): Promise<void> {
    await this.start('否決する', { ...words, comment: reason })
  }

  async startWithdraw(reason: string, words: ActWords = {}): Promise<void> {
    await this.start('引き戻す', { ...words, comment: reason })
  }

  async startRemark(words: ActWords = {}): Promise<void> {
    await this.start('押印し直す', words)
  }

  /** 後閲: says that one has read what was decided in one's place. */
  async postReview(): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '後閲する')
    await this.page.getByRole('region', { name: '回議と印' }).getByText('後閲：').waitFor()
  }

  /** Waits until the act under way has ended well (its dialog is gone). */
  async actDone(): Promise<void> {
    await this.page.getByRole('dialog').waitFor({ state: 'detached', timeout: 60_000 })
  }

  /** The refusal shown in the act's dialog. */
  async actRefusal(): Promise<string> {
    const alert = this.page.getByRole('dialog').getByRole('alert')
    await alert.waitFor()
    return alert.innerText()
  }

  /** From a refused act: signs in anew, in the system's browser; the act goes on by itself. */
  async startSignIn(): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'サインインし直す' }).click()
    await dialog.getByText('ブラウザーを開きました').waitFor()
  }

  /** From a refused act to what is wrong with the device. */
  async goToEndpoint(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: '端末の状態を見る' }).click()
  }

  async closeDialog(): Promise<void> {
    await press(this.page.getByRole('dialog'), 'やめる')
  }

  /** What the screen says while the consent window has the word. */
  async waitingWords(): Promise<string> {
    return this.page.getByRole('dialog').getByRole('status').innerText()
  }

  /** Names of the marks as a screen reader says them: 決裁印 総務課長 佐藤 2026年4月1日. */
  async marks(): Promise<readonly string[]> {
    const marks = await this.page.getByRole('region', { name: '回議と印' }).getByRole('img').all()
    return Promise.all(marks.map(async (mark) => (await mark.getAttribute('aria-label')) ?? ''))
  }

  /** Each step of the route as text. */
  async steps(): Promise<readonly string[]> {
    return this.page.getByRole('region', { name: '回議と印' }).getByRole('listitem').allInnerTexts()
  }

  /** Whose machines have what this person did to it; empty where nothing is said of it. */
  async reached(): Promise<string> {
    const line = this.page.getByRole('main').locator('header').getByRole('status').filter({ hasText: 'あなたの操作' })
    return (await line.count()) === 0 ? '' : line.innerText()
  }

  async coverText(): Promise<string> {
    return this.page.getByRole('region', { name: '起案用紙' }).innerText()
  }

  /** Entries of the history, newest first. */
  async history(): Promise<readonly string[]> {
    const list = this.page.getByRole('list', { name: '経過' })
    if (!(await list.isVisible())) await this.page.locator('summary').filter({ hasText: '経過' }).click()
    return list.getByRole('listitem').allInnerTexts()
  }

  /** Gives the document a new key and waits until it has it; what the place then says. `picture`: where the sheet is kept as it looks. */
  async giveNewKey(reason: string, picture?: string): Promise<string> {
    const place = this.page.locator('details').filter({ has: this.page.getByRole('heading', { name: 'この文書の鍵' }) })
    await place.locator('summary').click()
    await press(place, '鍵を新しくする')
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, '新しくする')
    const given = place.getByRole('list', { name: 'この文書の鍵' }).getByRole('listitem').filter({ hasText: reason })
    await given.waitFor()
    await sheet.waitFor({ state: 'detached' })
    return given.innerText()
  }

  /** Who can see it: everybody who reads its collection and whoever was given it alone, as the place says. */
  async readers(): Promise<string> {
    const place = this.sharing()
    if ((await place.getAttribute('open')) === null) await place.locator('summary').click()
    return place.innerText()
  }

  /** Gives this document alone to somebody, up to the consent window. `lastDay` as a person types it; `picture`: where the sheet is kept as it looks. */
  async startShow(person: string, role: string, lastDay: string, reason: string, picture?: string): Promise<void> {
    await this.readers()
    await press(this.sharing(), 'この文書を見せる')
    const sheet = this.page.getByRole('dialog')
    await chooseOption(sheet, 'だれに見せますか', new RegExp(`^${person}`))
    await chooseRadio(sheet, '何をできるようにしますか', new RegExp(`^${role}`))
    await fill(sheet, '終わりの日', lastDay)
    await fill(sheet, '理由', reason)
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, 'この文書を見せる')
  }

  /** Takes it back from somebody, up to the consent window. */
  async startTakeBack(person: string, reason: string): Promise<void> {
    await this.readers()
    await press(this.sharing(), `${person}さんから取り消す`)
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    await press(sheet, '取り消す')
  }

  /** After it was taken back: the new key that is offered with it. */
  async renewKeyAfterwards(reason: string): Promise<void> {
    await press(this.sharing(), '鍵を新しくする')
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    await press(sheet, '新しくする')
    await sheet.waitFor({ state: 'detached' })
  }

  private sharing(): Locator {
    return this.page.locator('details').filter({ has: this.page.getByRole('heading', { name: 'この文書を見られる人' }) })
  }

  /** On which device and in which state each act was done, in order; `picture`: where the list is kept as it looks. */
  async states(picture?: string): Promise<readonly string[]> {
    const list = this.page.getByRole('list', { name: '端末とその状態' })
    if (!(await list.isVisible())) await this.page.locator('summary').filter({ hasText: '端末とその状態' }).click()
    if (picture !== undefined) await list.screenshot({ path: picture })
    return list.getByRole('listitem').allInnerTexts()
  }

  async attachments(): Promise<readonly string[]> {
    return this.page.getByRole('list', { name: '添付ファイル' }).getByRole('listitem').allInnerTexts()
  }

  async openAttachment(name: string): Promise<void> {
    await press(this.page, `「${name}」を見る`)
    await this.page.getByRole('dialog', { name }).waitFor()
  }

  async closeAttachment(): Promise<void> {
    await press(this.page.getByRole('dialog'), '閉じる')
  }

  /** The words of one page (from 1), once it is drawn. */
  async pageText(number = 1): Promise<string> {
    const page = this.page.getByRole('main').getByRole('group', { name: new RegExp(`頁中 ${number} 頁$`) })
    await page.waitFor()
    await page.scrollIntoViewIfNeeded()
    const words = page.getByRole('paragraph').filter({ hasText: /\S/ })
    await words.waitFor({ state: 'attached' })
    return (await words.textContent()) ?? ''
  }

  /** Why the pages cannot be shown, once it is said. */
  async pagesRefusal(): Promise<string> {
    const alert = this.page.getByRole('alert').filter({ hasText: '頁を開けませんでした' })
    await alert.waitFor()
    return alert.innerText()
  }

  async openPagesAgain(): Promise<void> {
    await press(this.page, 'もう一度開く')
  }

  async pageCount(): Promise<number> {
    await this.page.getByRole('group', { name: /頁中 1 頁$/ }).waitFor()
    return this.page.getByRole('group', { name: /頁中 \d+ 頁$/ }).count()
  }

  /** The hash of the frozen pages as shown. */
  async frozenHash(): Promise<string> {
    return (await this.page.getByRole('region', { name: '回議と印' }).getByRole('code').innerText()).trim()
  }

  /** Conflicts, predecessors and successors as they are said above the pages. */
  async notices(): Promise<readonly string[]> {
    return this.page.getByRole('main').getByRole('status').allInnerTexts()
  }

  /** Files it into a volume by its title; ends when the stage is 編入済み. */
  async file(volume: string, choice: { readonly position?: string } = {}): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '簿冊に納める')
    const dialog = this.page.getByRole('dialog', { name: '簿冊に納める' })
    await chooseRadio(dialog, '簿冊', new RegExp(escaped(volume)))
    if (choice.position !== undefined) await chooseRadio(dialog, 'どの職として行いますか', choice.position)
    await press(dialog, '納める')
    await this.waitForStage('編入済み')
  }

  /** The official number, or 番号待ち（仮番号 …）, or the provisional number alone, as the head of the screen says it. */
  async numberWords(): Promise<string> {
    await this.shown()
    return this.page.getByRole('main').locator('header').innerText()
  }

  /** Gives it one of the numbers taken along here; ends when the number is shown. */
  async giveNumber(): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '手持ちの番号を付ける')
    await this.page.getByRole('main').locator('header').getByText(/第\d+号/).waitFor()
  }

  /** Opens the export dialog for the copy that goes out (ExportDialog goes on from there). */
  async startCopy(): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '施行文を書き出す')
  }

  /** Opens the export dialog (ExportDialog goes on from there). */
  async startExport(): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '書き出す')
  }

  /** Opens the dialog of printing (PrintDialog goes on from there). */
  async startPrint(): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '印刷する')
  }

  /** A new draft that follows this one; ends at the drafting screen. */
  async redraft(reason: string, choice: { readonly collection?: string; readonly position?: string } = {}): Promise<void> {
    await this.shown()
    await press(this.page.getByRole('region', { name: 'できること' }), '再起案する')
    await answerNewDraft(this.page, { ...choice, reason })
  }

  async openPredecessor(): Promise<void> {
    await press(this.page, '元の文書を開く')
  }

  async openSuccessor(): Promise<void> {
    await press(this.page, '後の文書を開く')
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
