// 設定: language, colours, size, one's own PIN, and for admins the seats.
import type { Page } from '@playwright/test'
import { chooseRadio, fillSecret, press } from './controls.ts'

export class SettingsScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: /^(設定|Settings)$/, level: 1 }).waitFor()
  }

  async chooseLanguage(language: '日本語' | 'English'): Promise<void> {
    const group = this.page.getByRole('radiogroup', { name: /^(言語|Language)$/ })
    await group.getByRole('radio', { name: language }).locator('xpath=ancestor::label').click()
  }

  async chooseTheme(theme: '端末に合わせる' | '明るい' | '暗い'): Promise<void> {
    await chooseRadio(this.page, '配色', theme)
  }

  /** Percent as shown: 88, 100, 125, 150 or 200. */
  async chooseZoom(percent: number): Promise<void> {
    await chooseRadio(this.page, '文字の大きさ', `${percent}%`)
  }

  async changePin(current: string, next: string): Promise<void> {
    await press(this.page, 'PIN を変える')
    const dialog = this.page.getByRole('dialog', { name: 'PIN を変える' })
    await fillSecret(dialog, '今の PIN', current)
    await fillSecret(dialog, '新しい PIN', next)
    await fillSecret(dialog, '新しい PIN（もう一度）', next)
    await press(dialog, '変える')
    await this.page.getByText('PIN を変えました。').waitFor()
  }

  /** People as the table shows them: name, positions, employment, seat. */
  async people(): Promise<readonly string[]> {
    return this.page.getByRole('region', { name: '職員と席' }).getByRole('row').allInnerTexts()
  }

  /** Starts making a seat; the consent windows (admin's PIN, then the new one) come next. */
  async startMakeSeat(name: string): Promise<void> {
    await press(this.page, `${name} さんの席を作る`)
  }
}
