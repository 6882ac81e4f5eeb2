// 端末の状態: what is in order on this device, what is not, and what others hear of it.
import type { Locator, Page } from '@playwright/test'
import { fill, press, readFacts } from './controls.ts'

export type EndpointGroup = '直すところ' | '確かめられないところ' | 'よいところ'

export class EndpointScreen {
  constructor(readonly page: Page) {}

  /** From the status line at the foot of any screen. */
  async open(): Promise<void> {
    await this.page.getByRole('contentinfo').getByRole('button', { name: /^端末の状態/ }).click()
    await this.shown()
  }

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '端末の状態', level: 1 }).waitFor()
    await this.page.getByRole('heading', { name: 'ほかの端末に伝わること' }).waitFor()
  }

  /** Names of the checks in a group, from the top; empty when the group is not shown. */
  async checks(group: EndpointGroup): Promise<readonly string[]> {
    return this.group(group).getByRole('heading', { level: 3 }).allInnerTexts()
  }

  /** Everything one check says. */
  async words(check: string): Promise<string> {
    return this.card(check).innerText()
  }

  /** The three steps that mend it. */
  async steps(check: string): Promise<readonly string[]> {
    return this.card(check).getByRole('list').first().getByRole('listitem').allInnerTexts()
  }

  /** Looks again and waits for the answer; how many milliseconds it took. */
  async lookAgain(): Promise<number> {
    const before = Date.now()
    await press(this.page, 'もう一度調べる')
    await this.page.getByRole('status').filter({ hasText: 'に調べました。' }).waitFor()
    return Date.now() - before
  }

  /** Waits until a check stands in a group. */
  async waitFor(group: EndpointGroup, check: string): Promise<void> {
    await this.group(group).getByRole('heading', { name: check, level: 3, exact: true }).waitFor()
  }

  /** How long each kind of act can still be done without a connection; `picture`: where it is kept as it looks. */
  async leases(picture?: string): Promise<Readonly<Record<string, string>>> {
    const place = this.page.getByRole('region', { name: '通信がないとき、いつまでできるか' })
    if (picture !== undefined) await place.screenshot({ path: picture })
    return readFacts(place)
  }

  /** What is said of work on many documents. */
  async brake(): Promise<string> {
    return this.brakePlace().innerText()
  }

  /** Says how many documents will be changed in how many hours; the consent window comes next. `picture`: where the sheet is kept as it looks. */
  async startLift(documents: string, hours: string, reason: string, picture?: string): Promise<void> {
    await press(this.brakePlace(), '多くの文書を変更すると確かめる')
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '変更する文書の数（件）', documents)
    await fill(sheet, 'かかる時間（時間、8 まで）', hours)
    await fill(sheet, '理由', reason)
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, '確かめる')
  }

  /** What goes out, to the letter. */
  async sent(): Promise<string> {
    await this.page.getByText('伝わる文をそのまま見る').click()
    return this.page.getByRole('region', { name: '伝わる文（そのまま）' }).innerText()
  }

  /** The town's own rules, whole, with what is said of accepting them. */
  async rules(): Promise<string> {
    return this.page.getByRole('region', { name: '端末管理の業務ルール' }).innerText()
  }

  /** Accepts the town's own rules. */
  async acceptRules(): Promise<void> {
    await press(this.page, '読みました。守ります')
    await this.page.getByRole('region', { name: '端末管理の業務ルール' }).getByText('に確認しました。').waitFor()
  }

  /** Types other rules for everybody; the consent window comes next. */
  async startChangeRules(text: string): Promise<void> {
    await press(this.page, 'ルールを書き換える')
    await fill(this.page, '業務ルール', text)
    await press(this.page, '確認へ進む')
  }

  /** Waits until the rules say this. */
  async waitForRule(text: string): Promise<void> {
    await this.page.getByRole('region', { name: '端末管理の業務ルール' }).getByText(text).waitFor()
  }

  private group(name: EndpointGroup): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  private brakePlace(): Locator {
    return this.page.getByRole('region', { name: 'まとめて行う作業' })
  }

  private card(check: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('heading', { name: check, level: 3, exact: true }) })
  }
}
