// 町で作ったきまり: making and taking away a rule for acts, on the sheet that changes the rules of 端末と信頼.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, chooseRadio, fill, press, tick } from './controls.ts'

export interface RuleChoice {
  readonly acts: readonly string[]
  readonly checks?: readonly string[]
  readonly level?: string
  readonly otherwise: string
  readonly grace?: number
}

export class RuleForm {
  constructor(readonly page: Page) {}

  /** Opens the sheet. */
  async open(): Promise<void> {
    await press(this.page, '決まりを変える')
    await this.place().waitFor()
  }

  /** Makes a rule; the sentence that it is said in. */
  async make(rule: RuleChoice, picture?: string): Promise<string> {
    await press(this.place(), 'きまりを作る')
    const form = this.place().getByRole('region', { name: 'きまりを作る' })
    await tick(form, 'どの操作の前に', rule.acts)
    if (rule.checks) await tick(form, '端末の何を求めるか', rule.checks)
    if (rule.level !== undefined) await chooseOption(form, '鍵の守り', rule.level)
    await chooseRadio(form, '満たさないとき', rule.otherwise)
    if (rule.grace !== undefined) await fill(form, 'だめになってから止めるまでの猶予（日、0〜90）', String(rule.grace))
    const words = await form.getByRole('status').innerText()
    if (picture !== undefined) await form.screenshot({ path: picture })
    await press(form, 'このきまりを加える')
    return words
  }

  /** Takes away the rule that is said in these words. */
  async drop(words: string): Promise<void> {
    await press(this.place(), `外す：${words}`)
  }

  /** What the rules would have done in the last thirty days. */
  async rehearsed(): Promise<string> {
    return this.sheet().getByText('直近30日の作業').locator('..').innerText()
  }

  /** Goes on with a reason; what the sheet says of the voices it takes. The consent window comes next. */
  async go(reason: string, picture?: string): Promise<string> {
    await fill(this.sheet(), '理由', reason)
    const said = await this.sheet().getByRole('status').last().innerText()
    if (picture !== undefined) await this.sheet().screenshot({ path: picture })
    await press(this.sheet(), '確認へ進む')
    return said
  }

  private sheet(): Locator {
    return this.page.getByRole('dialog')
  }

  private place(): Locator {
    return this.sheet().getByRole('region', { name: '町で作ったきまり' })
  }
}
