// The dialog of printing, once a screen has opened it.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, press } from './controls.ts'

export class PrintDialog {
  constructor(readonly page: Page) {}

  private dialog(): Locator {
    return this.page.getByRole('dialog', { name: '印刷する' })
  }

  async shown(): Promise<void> {
    await this.dialog().waitFor()
  }

  /** What is said where the machine has no printer. */
  async noPrinter(): Promise<string> {
    const words = this.dialog().getByText('この端末には使えるプリンターがありません')
    await words.waitFor()
    return words.innerText()
  }

  async lookAgain(): Promise<void> {
    await press(this.dialog(), 'もう一度探す')
    await this.dialog().getByText('この端末には使えるプリンターがありません').waitFor({ state: 'detached' })
  }

  async canGoOn(): Promise<boolean> {
    return this.dialog().getByRole('button', { name: '印刷する' }).isEnabled()
  }

  /** Chooses the printer, gives the reason and goes on to the consent window. `picture`: where the sheet is kept as it looks. */
  async start(printer: string, reason: string, picture?: string): Promise<void> {
    await chooseOption(this.dialog(), 'プリンター', printer)
    await this.dialog().getByRole('textbox', { name: '印刷の理由' }).fill(reason)
    if (picture !== undefined) await this.dialog().screenshot({ path: picture })
    await press(this.dialog(), '印刷する')
  }

  /** What is said once the system has it; closes the dialog. */
  async done(): Promise<string> {
    const words = this.dialog().getByText('に送りました')
    await words.waitFor({ timeout: 60_000 })
    const said = await words.innerText()
    await press(this.dialog(), '閉じる')
    await this.dialog().waitFor({ state: 'detached' })
    return said
  }
}
