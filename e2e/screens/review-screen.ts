// 権限の点検: who may do what, and what is decided of it in the quarter.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, chooseRadio, fill, press, readFacts, tickOne } from './controls.ts'

export interface GivenRight {
  readonly person: string
  readonly place: string
  readonly role: string
  readonly reason: string
  /** As a person types a day; left out = empty. */
  readonly lastDay?: string
  readonly nextReview?: string
}

export interface NewCollection {
  readonly name: string
  readonly purpose: string
  readonly owner: string
  /** Who uses it from the first day, each with a role. */
  readonly people: readonly (readonly [person: string, role: string])[]
  readonly lastDay?: string
  readonly reason: string
  /** Where the sheet is kept as it looks. */
  readonly picture?: string
}

export interface ChangedRules {
  readonly days: Readonly<Record<string, string>>
  /** As it is named in the list. */
  readonly dropped?: string
  readonly pair: { readonly one: string; readonly other: string; readonly within: string; readonly why: string }
  readonly reason: string
}

export class ReviewScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '権限の点検', level: 1, exact: true }).waitFor()
    await this.page.getByRole('heading', { name: '権限の一覧', level: 2, exact: true }).waitFor()
  }

  /** How many were looked at of how many, and the counts below it. */
  async coverage(): Promise<string> {
    await this.shown()
    return this.page.getByRole('region', { name: /第\d四半期/ }).innerText()
  }

  /** Which rights are listed, e.g. すべて. */
  async show(kind: string): Promise<void> {
    await chooseOption(this.page.getByRole('main'), '表示するもの', new RegExp(`^${kind}（`))
  }

  /** Only rights of whom or of what is so named; a long list shows the rows in view alone. */
  async narrow(words: string): Promise<void> {
    await fill(this.page.getByRole('main'), '人・文書の名前で絞る', words)
  }

  async chooseQuarter(name: string): Promise<void> {
    await chooseOption(this.page.getByRole('main'), '四半期', name)
  }

  /** The rows in view, each as text; one for each right. */
  async rows(): Promise<readonly string[]> {
    const rows = await this.table().getByRole('row').allInnerTexts()
    return rows.slice(1).map((row) => row.replaceAll(/\s+/g, ' ').trim())
  }

  /** The row of a right, once it is there. */
  async row(name: string): Promise<string> {
    const row = this.rowOf(name)
    await row.waitFor()
    return (await row.innerText()).replaceAll(/\s+/g, ' ').trim()
  }

  /** `name` as `人（文書・役割）`. */
  async tick(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.boxOf(name).check()
  }

  mayTick(name: string): Promise<boolean> {
    return this.boxOf(name).isEnabled()
  }

  async tickAll(): Promise<void> {
    await press(this.page, '続けられるものをすべて選ぶ')
  }

  /** Up to the consent window. */
  async startKeep(reason = ''): Promise<void> {
    await press(this.page, /^そのまま残す/)
    await this.answer(reason)
  }

  /** Up to the consent window. `role`: the lesser one; null where only the last day is set. */
  async startReduce(role: string | null, reason: string, lastDay?: string): Promise<void> {
    await press(this.page, '減らす')
    const dialog = this.page.getByRole('dialog')
    await chooseRadio(dialog, '減らしたあとの役割', role === null ? /^役割はそのまま/ : new RegExp(`^${role}`))
    if (lastDay !== undefined) await fill(dialog, '終わりの日（任意）', lastDay)
    await this.answer(reason)
  }

  /** Up to the consent window. */
  async startRemove(reason: string): Promise<void> {
    await press(this.page, '取り消す')
    await this.answer(reason)
  }

  /** Gives somebody a right; up to the consent window. */
  async startGive({ person, place, role, reason, lastDay, nextReview }: GivenRight): Promise<void> {
    await press(this.page, '権限を与える')
    const dialog = this.page.getByRole('dialog')
    await chooseOption(dialog, 'だれに与えますか', new RegExp(`^${person}`))
    await chooseOption(dialog, 'どの文書ですか', place)
    await chooseRadio(dialog, '役割', new RegExp(`^${role}`))
    if (lastDay !== undefined) await fill(dialog, '終わりの日（任意）', lastDay)
    if (nextReview !== undefined) await fill(dialog, '次の点検の日（任意）', nextReview)
    await this.answer(reason)
  }

  /** Makes a collection of documents for a project; up to the consent window. */
  async startCollection({ name, purpose, owner, people, lastDay, reason, picture }: NewCollection): Promise<void> {
    await press(this.page, '文書の集まりを作る')
    const dialog = this.page.getByRole('dialog')
    await fill(dialog, '集まりの名前', name)
    await fill(dialog, '目的', purpose)
    await chooseOption(dialog, '管理責任者', new RegExp(`^${owner}`))
    for (const [person, role] of people) {
      await chooseOption(dialog, '加える人', new RegExp(`^${person}`))
      await chooseRadio(dialog, '役割', new RegExp(`^${role}`))
      await press(dialog, 'この人を加える')
    }
    if (lastDay !== undefined) await fill(dialog, '終わりの日（任意）', lastDay)
    if (picture !== undefined) await dialog.screenshot({ path: picture })
    await this.answer(reason)
  }

  /** The rules of the review as they stand, by their labels. */
  async rules(): Promise<Readonly<Record<string, string>>> {
    return readFacts(this.page.getByRole('region', { name: '点検の決まり' }))
  }

  /** Opens the sheet in which the rules are changed. */
  async openRules(): Promise<Locator> {
    await press(this.page, '点検の決まりを変える')
    return this.page.getByRole('dialog')
  }

  /** Days by the label of their field, a pair that is no longer looked for, and a new one; up to the consent window. */
  async startRules({ days, dropped, pair, reason }: ChangedRules): Promise<void> {
    const dialog = await this.openRules()
    for (const [label, value] of Object.entries(days)) await fill(dialog, `${label}（日）`, value)
    if (dropped !== undefined) await tickOne(dialog, new RegExp(`^${dropped}`), false)
    await chooseOption(dialog, '一つめの役割', pair.one)
    await chooseOption(dialog, '二つめの役割', pair.other)
    await chooseRadio(dialog, 'どこで', pair.within)
    await fill(dialog, '点検の表に出す理由', pair.why)
    await this.answer(reason)
  }

  /** Signs the report and writes it with the table: up to the consent window. */
  async startReport(): Promise<void> {
    await press(this.page, '報告書を作る')
  }

  /** Where the report was written, once it is said. */
  async reportPath(): Promise<string> {
    const said = this.page.getByRole('main').getByRole('status').filter({ hasText: '報告書を書き出しました' })
    await said.waitFor()
    return (await said.innerText()).replace(/^[\s\S]*?(\/\S+)[\s\S]*$/, '$1')
  }

  /** Until the dialog is gone. */
  async answered(): Promise<void> {
    await this.page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  private async answer(reason: string): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    if (reason !== '') await fill(dialog, '理由', reason)
    await press(dialog, '確認へ進む')
  }

  private table(): Locator {
    return this.page.getByRole('region', { name: '権限の表' }).getByRole('table')
  }

  private boxOf(name: string): Locator {
    return this.table().getByRole('checkbox', { name, exact: true })
  }

  private rowOf(name: string): Locator {
    return this.table().getByRole('row').filter({ has: this.page.getByRole('checkbox', { name, exact: true }) })
  }
}
