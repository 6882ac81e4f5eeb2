// 端末と信頼: what the device is and what the log says.
import type { Page } from '@playwright/test'
import { readFacts } from './controls.ts'

export class TrustScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '約束できないこと' }).waitFor()
  }

  /** 端末の名, 鍵の守りかた, 状態のハッシュ値 … by their labels. */
  async facts(): Promise<Readonly<Record<string, string>>> {
    await this.shown()
    return readFacts(this.page.getByRole('main'))
  }

  async stateHash(): Promise<string> {
    return (await this.facts())['状態のハッシュ値'] ?? ''
  }

  async segments(): Promise<number> {
    return Number(((await this.facts())['封じた記録'] ?? '').replace(/[^0-9]/g, ''))
  }

  /** What was not let in, and other notices, as sentences. */
  async notices(): Promise<readonly string[]> {
    await this.shown()
    return this.page.getByRole('region', { name: '記録' }).getByRole('status').allInnerTexts()
  }
}
