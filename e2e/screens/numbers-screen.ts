// 文書番号簿: who gives the numbers, ranges taken along, and every number with its document or its reason.
import type { Page } from '@playwright/test'
import { chooseOption, chooseRadio, fill, press, tickOne } from './controls.ts'

export class NumbersScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '文書番号簿', level: 1, exact: true }).waitFor()
    await this.page.getByRole('heading', { name: '番号を付ける人' }).waitFor()
  }

  /** By its symbol, e.g. 雪総. */
  async chooseSeries(symbol: string): Promise<void> {
    await this.shown()
    await chooseOption(this.page.getByRole('main'), '文書記号', new RegExp(`^${symbol}（`))
  }

  /** Who gives the numbers, the next one, and what waits. */
  async registrar(): Promise<string> {
    await this.shown()
    return this.page.getByRole('region', { name: '番号を付ける人' }).innerText()
  }

  /** Up to the consent window. */
  async startBegin(who: string, reason: string): Promise<void> {
    await this.startFor('番号を始める', who, reason)
  }

  /** Up to the consent window. */
  async startHandOver(who: string, reason: string): Promise<void> {
    await this.startFor('ほかの人に引き継ぐ', who, reason)
  }

  /** An administrator's act; up to the consent window. */
  async startTakeover(who: string, skip: number, reason: string): Promise<void> {
    await press(this.page, '付ける人を代える（管理者）')
    const dialog = this.page.getByRole('dialog')
    await fill(dialog, '空けておく番号の数', String(skip))
    await this.answer(who, reason)
  }

  /** What is said of a takeover that waits for another administrator, once it is there. */
  async takeover(): Promise<string> {
    const said = this.page.getByRole('main').getByRole('status').filter({ hasText: '付ける人を代える提案' })
    await said.waitFor()
    return said.innerText()
  }

  /** Agrees to the takeover that waits; up to the consent window. */
  async startAgree(): Promise<void> {
    await press(this.page, '代えることに賛成する')
    await press(this.page.getByRole('dialog'), '確認の窓へ進む')
  }

  /** Takes one's own proposal back; up to the consent window. */
  async startWithdraw(): Promise<void> {
    await press(this.page, 'この提案を取り下げる')
    await press(this.page.getByRole('dialog'), '確認の窓へ進む')
  }

  /** Waits until no takeover is proposed. */
  async takeoverGone(): Promise<void> {
    await this.page.getByRole('main').getByRole('status').filter({ hasText: '付ける人を代える提案' }).waitFor({ state: 'detached' })
  }

  /** A range of numbers for somebody; up to the consent window. */
  async startBlock(who: string, size: number): Promise<void> {
    await press(this.page, '番号をまとめて渡す')
    await fill(this.page.getByRole('dialog'), '渡す番号の数', String(size))
    await this.answer(who, null)
  }

  /** Asks the registrar's machine for numbers to take along; nobody confirms it. */
  async ask(size: number): Promise<void> {
    await press(this.page, '番号を取り寄せる')
    const dialog = this.page.getByRole('dialog')
    await fill(dialog, '取り寄せる番号の数', String(size))
    await press(dialog, '番号を取り寄せる')
    await this.actDone()
  }

  /** Wants what it asked for no more. */
  async stopAsking(): Promise<void> {
    await press(this.page, '取り寄せをやめる')
    await press(this.page.getByRole('dialog'), '取り寄せをやめる')
    await this.actDone()
  }

  /** `number` as it is written; up to the consent window. */
  async startVoid(number: string, reason: string, again = false): Promise<void> {
    await press(this.page, `${number} を欠番にする`)
    const dialog = this.page.getByRole('dialog')
    if (again) await tickOne(dialog, '文書に新しい番号を付ける')
    await fill(dialog, '理由', reason)
    await press(dialog, '確認の窓へ進む')
  }

  /** The first range that is left; up to the consent window. */
  async startReturn(reason: string): Promise<void> {
    await this.page.getByRole('list', { name: 'まとめて渡した番号' }).getByRole('button', { name: '使わない番号を返す' }).first().click()
    const dialog = this.page.getByRole('dialog')
    await fill(dialog, '理由', reason)
    await press(dialog, '確認の窓へ進む')
  }

  /** Waits until the act under way has ended well (its dialog is gone). */
  async actDone(): Promise<void> {
    await this.page.getByRole('dialog').waitFor({ state: 'detached', timeout: 60_000 })
  }

  /** Ranges that were taken along, each as its words. */
  async blocks(): Promise<readonly string[]> {
    return this.page.getByRole('list', { name: 'まとめて渡した番号' }).getByRole('listitem').allInnerTexts()
  }

  /** Each number as 「番号 扱い 件名・理由」, highest first. */
  async rows(): Promise<readonly string[]> {
    await this.shown()
    const rows = await this.page.getByRole('row').filter({ has: this.page.getByRole('cell') }).all()
    return Promise.all(rows.map(async (row) => (await row.getByRole('cell').allInnerTexts()).slice(0, 3).join(' ').replace(/\s+/g, ' ').trim()))
  }

  /** Waits for a row that holds these words. */
  async waitForRow(words: RegExp): Promise<void> {
    await this.shown()
    await this.page.getByRole('row', { name: words }).waitFor()
  }

  /** Numbers that two documents met at, in words. */
  async notices(): Promise<readonly string[]> {
    return this.page.getByRole('main').getByRole('status').allInnerTexts()
  }

  async openDocument(title: string): Promise<void> {
    await this.page.getByRole('row').getByRole('button', { name: title, exact: true }).click()
  }

  private async startFor(act: string, who: string, reason: string): Promise<void> {
    await press(this.page, act)
    await this.answer(who, reason)
  }

  private async answer(who: string, reason: string | null): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    const seats = dialog.getByRole('radiogroup', { name: 'だれの端末', exact: true })
    if ((await seats.count()) > 0) await chooseRadio(dialog, 'だれの端末', who)
    if (reason !== null) await fill(dialog, '理由', reason)
    await press(dialog, '確認の窓へ進む')
  }
}
