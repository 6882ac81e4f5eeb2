// A document on its way or decided: pages, marks, cover sheet, attachments, history, and the acts on it.
import type { Page } from '@playwright/test'
import { answerNewDraft } from './desk-screen.ts'
import { chooseRadio, press } from './controls.ts'

export type ActName = '承認する' | '承認を確認し直す' | '差し戻す' | '否決する' | '引き戻す' | '簿冊に納める' | '再起案する' | '書き出す' | '押印し直す'

export interface ActWords {
  /** Answer to どの職として, where it is asked. */
  readonly position?: string
  readonly comment?: string
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
