// The command palette, on every screen behind the unlock.
import type { Page } from '@playwright/test'

export class PaletteScreen {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await this.page.getByRole('dialog', { name: '操作を探す' }).waitFor()
  }

  /** What is offered for these letters. */
  async offered(letters = ''): Promise<readonly string[]> {
    await this.page.getByRole('searchbox', { name: '操作や文書の名前' }).fill(letters)
    return this.page.getByRole('menuitem').allInnerTexts()
  }

  /** Opens the palette, types the name and runs the first match, by keyboard only. */
  async run(name: string): Promise<void> {
    await this.open()
    await this.page.keyboard.insertText(name)
    await this.page.getByRole('menuitem', { name }).first().waitFor()
    await this.page.keyboard.press('ArrowDown')
    await this.page.keyboard.press('Enter')
    await this.page.getByRole('dialog', { name: '操作を探す' }).waitFor({ state: 'detached' })
  }
}
