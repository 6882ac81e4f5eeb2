// The consent window of main: what is confirmed, in whose name, and the PIN.
import type { Page } from '@playwright/test'
import { fillSecret, press, readFacts } from './controls.ts'

export class ConsentScreen {
  /** `page` is the consent window itself (`host.consentPage()`), never the main page. */
  constructor(readonly page: Page) {}

  /** Until it is on the screen: Chromium drops what is pressed before a page was first painted, where nobody could press anything. */
  async shown(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor()
    await this.page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0, null, { polling: 100 })
  }

  /** What is about to happen, in words. */
  async outcome(): Promise<string> {
    await this.shown()
    return this.page.getByRole('heading', { level: 1 }).innerText()
  }

  /** 件名, 職と氏名, 意見・理由 … by their labels. */
  async facts(): Promise<Readonly<Record<string, string>>> {
    await this.shown()
    return readFacts(this.page.getByRole('main'))
  }

  /** Everything the window says. */
  async words(): Promise<string> {
    await this.shown()
    return this.page.getByRole('main').innerText()
  }

  async typePin(pin: string): Promise<void> {
    await this.shown()
    await fillSecret(this.page, 'PIN', pin)
  }

  /** Types the PIN and confirms; the window closes by itself when the PIN is right. */
  async confirm(pin: string): Promise<void> {
    const closed = this.page.waitForEvent('close')
    await this.send(pin)
    await closed
  }

  /** Types a PIN and presses the confirming button, whatever comes of it. */
  async send(pin: string): Promise<void> {
    await this.typePin(pin)
    await this.page.getByRole('main').locator('button[type="submit"]').click()
  }

  /** For a new seat: the person's new PIN, twice. */
  async chooseNewPin(pin: string): Promise<void> {
    await this.shown()
    const closed = this.page.waitForEvent('close')
    await fillSecret(this.page, '新しいPIN', pin)
    await fillSecret(this.page, '新しいPIN（もう一度）', pin)
    await this.page.getByRole('main').locator('button[type="submit"]').click()
    await closed
  }

  async refusal(): Promise<string> {
    const alert = this.page.getByRole('alert').filter({ hasText: /\S/ })
    await alert.waitFor()
    return alert.innerText()
  }

  async cancel(): Promise<void> {
    const closed = this.page.waitForEvent('close')
    // The window may be gone before the click is answered: that it goes is what counts.
    await press(this.page, '取り消す').catch((error: unknown) => {
      if (!this.page.isClosed()) throw error
    })
    await closed
  }

  /** How many pages are shown. */
  async pageCount(): Promise<number> {
    await this.shown()
    const pages = this.page.getByLabel(/^\d+ページのうち\d+ページ目$/)
    await pages.first().waitFor()
    return pages.count()
  }
}
