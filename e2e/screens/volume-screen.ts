// One volume (簿冊): its facts and its documents.
import type { Page } from '@playwright/test'
import { press, readFacts } from './controls.ts'

export class VolumeScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: /^納めた文書/ }).waitFor()
  }

  /** 分類, 保存期間, 保存期間の起算日, 保存期間の満了する日 … by their labels. */
  async facts(): Promise<Readonly<Record<string, string>>> {
    await this.shown()
    return readFacts(this.page.getByRole('main'))
  }

  async documents(): Promise<readonly string[]> {
    const list = this.page.getByRole('list', { name: '納めた文書' })
    if ((await list.count()) === 0) return []
    const entries = await list.getByRole('button').allInnerTexts()
    return entries.map((entry) => entry.split('\n')[0] ?? '')
  }

  async open(title: string): Promise<void> {
    await this.page.getByRole('list', { name: '納めた文書' }).getByRole('button', { name: title }).first().click()
    await this.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }

  /** 「オフラインで使う」; ends when all of its content is on this device. */
  async useOffline(): Promise<void> {
    await press(this.page, 'オフラインで使う')
    await this.page.getByText(/^オフラインで使う：.*すべてこの端末にあります$/).waitFor({ timeout: 60_000 })
  }

  /** Opens the export dialog for the volume. */
  async startExport(): Promise<void> {
    await press(this.page, 'この簿冊を書き出す')
  }
}
