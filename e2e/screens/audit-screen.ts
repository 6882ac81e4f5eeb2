// 監査証跡: who did what, narrowed as people narrow it.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, fill, press } from './controls.ts'

export class AuditScreen {
  constructor(readonly page: Page) {}

  /** Once every record was looked through. */
  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '監査証跡', level: 1, exact: true }).waitFor()
    await this.status().waitFor()
    await this.page.getByText(/記録を読んでいます/).waitFor({ state: 'detached' })
    await this.page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
  }

  /** How many acts of how many, as it is said. */
  async count(): Promise<string> {
    await this.shown()
    return this.status().innerText()
  }

  /** Which acts, by the whole name of the group, e.g. 書き出し. */
  async showGroup(name: string): Promise<void> {
    await chooseOption(this.filters(), '操作', new RegExp(`^${name}$`))
  }

  async showPerson(name: string): Promise<void> {
    await chooseOption(this.filters(), '人', name)
  }

  /** A device by whose it is; すべての端末 for all. */
  async showDevice(name: string | RegExp): Promise<void> {
    await chooseOption(this.filters(), '端末', name)
  }

  async narrow(words: string): Promise<void> {
    await fill(this.filters(), '言葉（件名・名前・理由）', words)
  }

  /** Days as a person types them. */
  async between(from: string, to: string): Promise<void> {
    await fill(this.filters(), 'この日から（任意）', from)
    await fill(this.filters(), 'この日まで（任意）', to)
  }

  /** Is there a choice of persons, for who sees more than their own acts? */
  choosesPerson(): Promise<boolean> {
    return this.filters().getByText('人', { exact: true }).isVisible()
  }

  /** The rows in view, newest first, each as text; empty where no act fits. */
  async rows(): Promise<readonly string[]> {
    await this.shown()
    const rows = await this.page.getByRole('region', { name: '監査証跡の表' }).getByRole('row').allInnerTexts()
    return rows.slice(1).map((row) => row.replaceAll(/\s+/g, ' ').trim())
  }

  /** Signs the list as it is narrowed and writes it: up to the consent window. */
  async startExport(): Promise<void> {
    await press(this.page, 'この一覧を署名つきで書き出す')
  }

  /** Where the list was written, once it is said. */
  async exportedPath(): Promise<string> {
    const said = this.page.getByRole('main').getByRole('status').filter({ hasText: '監査証跡を書き出しました' })
    await said.waitFor({ timeout: 60_000 })
    return (await said.innerText()).replace(/^[\s\S]*?(\/\S+)[\s\S]*$/, '$1')
  }

  private filters(): Locator {
    return this.page.getByRole('region', { name: '絞り込み' })
  }

  private status(): Locator {
    return this.page.getByRole('main').getByRole('status').filter({ hasText: /件のうち/ })
  }
}
