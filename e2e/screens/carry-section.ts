// USB で運ぶ, a section of 設定: begin, how it went, how the stick stands.
import type { Locator, Page } from '@playwright/test'
import { fill, press, readFacts } from './controls.ts'

export class CarrySection {
  constructor(readonly page: Page) {}

  /** Starts with the stick at this place; the first time with a stick also says that it is new. Waits for the end and answers what is said. */
  async carry(place: string, fresh = false): Promise<string> {
    await this.begin(place)
    if (fresh) await press(this.region(), 'この USB を使い始める')
    return this.said()
  }

  /** Fills in the place and presses the one button, whatever it says. */
  async begin(place: string): Promise<void> {
    await fill(this.region(), 'USB の場所', place)
    await press(this.region(), /^(書き出して取り込む|続きから運ぶ)$/)
  }

  /** What is said once nothing is under way. */
  async said(): Promise<string> {
    const region = this.region()
    const words = region.getByRole('alert').or(region.getByRole('status').filter({ hasNotText: '運んでいます' }))
    await words.first().waitFor()
    return words.first().innerText()
  }

  /** 前に最後まで運んだ時, まだ書き出していないもの, and what the last carrying moved. */
  async facts(): Promise<Readonly<Record<string, string>>> {
    return readFacts(this.region())
  }

  private region(): Locator {
    return this.page.getByRole('region', { name: 'USB で運ぶ' })
  }
}
