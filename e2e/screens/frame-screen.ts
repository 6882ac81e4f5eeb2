// What is around every screen behind the unlock: places, search, palette, lock, status line.
import type { Page } from '@playwright/test'
import { press } from './controls.ts'

export type PlaceName = '机' | '書庫' | '簿冊管理簿' | '文書番号簿' | '端末と信頼' | '設定'

export class FrameScreen {
  constructor(readonly page: Page) {}

  async goTo(place: PlaceName): Promise<void> {
    await this.page.getByRole('navigation', { name: '画面' }).getByRole('button', { name: place, exact: true }).click()
    await this.page.getByRole('heading', { name: place, level: 1, exact: true }).waitFor()
  }

  async back(): Promise<void> {
    await press(this.page, '前の画面へ')
  }

  /** Locks and waits for the seats. */
  async lock(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: '鍵をかける' }).click()
    await this.page.getByRole('heading', { name: 'どなたが使いますか' }).waitFor()
  }

  /** Searches titles and bodies and waits for the answer. */
  async search(query: string): Promise<void> {
    const field = this.page.getByRole('searchbox', { name: '文書を探す' })
    await field.fill(query)
    await field.press('Enter')
    await this.page.getByRole('status').filter({ hasText: '件見つかりました' }).waitFor()
  }

  /** Titles of what was found. */
  async hits(): Promise<readonly string[]> {
    const list = this.page.getByRole('list', { name: '見つかった文書' })
    if ((await list.count()) === 0) return []
    const entries = await list.getByRole('button').allInnerTexts()
    return entries.map((entry) => entry.split('\n')[0] ?? '')
  }

  async openHit(title: string): Promise<void> {
    await this.page.getByRole('list', { name: '見つかった文書' }).getByRole('button', { name: title }).first().click()
  }

  /** Waits until a list says that it is a summary, and answers what it says. */
  async summary(): Promise<string> {
    const notice = this.page.getByRole('status').filter({ hasText: '記録を確かめているところです' })
    await notice.waitFor({ timeout: 60_000 })
    return notice.innerText()
  }

  /** Waits until what is shown comes from the records themselves. */
  async summaryGone(): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: '記録を確かめているところです' }).waitFor({ state: 'detached', timeout: 60_000 })
  }

  /** The whole status line. */
  async status(): Promise<string> {
    return this.page.getByRole('contentinfo').innerText()
  }

  /** Waits until the status line says this. */
  async waitForStatus(words: string | RegExp): Promise<void> {
    await this.page.getByRole('contentinfo').getByText(words).waitFor()
  }

  /** Waits until nothing is on its way to the disk. */
  async saved(): Promise<void> {
    await this.page.getByRole('contentinfo').getByText(/^この端末に保存済み/).waitFor()
  }

  /** Waits until the status line says that something is on its way to the disk. */
  async saving(): Promise<void> {
    await this.page.getByRole('contentinfo').getByText(/^この端末に保存しています/).waitFor()
  }

  /** The line the vault wants said (e.g. that the view was rebuilt); empty when there is none. */
  async notice(): Promise<string> {
    const notice = this.page.getByRole('contentinfo').getByRole('status').filter({ has: this.page.getByRole('button', { name: 'この知らせを閉じる' }) })
    return (await notice.count()) === 0 ? '' : (await notice.innerText()).trim()
  }

  async dismissNotice(): Promise<void> {
    await press(this.page, 'この知らせを閉じる')
  }

  /** Who sits here, as the frame says. */
  async person(): Promise<string> {
    return this.page.getByRole('banner').innerText()
  }
}
