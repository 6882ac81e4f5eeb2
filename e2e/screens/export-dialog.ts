// The dialog of export, once a screen has opened it.
import type { Locator, Page } from '@playwright/test'
import { chooseRadio, press } from './controls.ts'

export class ExportDialog {
  constructor(readonly page: Page) {}

  private dialog(): Locator {
    return this.page.getByRole('dialog', { name: '書き出す' })
  }

  async shown(): Promise<void> {
    await this.dialog().waitFor()
  }

  /** Gives the reason and goes on to the consent window. */
  async start(reason: string, choice: { readonly position?: string } = {}): Promise<void> {
    await this.shown()
    if (choice.position !== undefined) await chooseRadio(this.dialog(), 'どの職として行いますか', choice.position)
    await this.dialog().getByRole('textbox', { name: '書き出しの理由' }).fill(reason)
    await press(this.dialog(), '確認の窓へ進む')
  }

  /** As `start`, sealed for somebody outside. `picture`: where the sheet is kept as it looks. */
  async startSealed(to: string, reason: string, picture?: string): Promise<void> {
    await this.shown()
    await chooseRadio(this.dialog(), '渡しかた', /^封をして外部の人に渡す/)
    await this.dialog().getByRole('textbox', { name: '渡す相手' }).fill(to)
    if (picture !== undefined) await this.dialog().screenshot({ path: picture })
    await this.start(reason)
  }

  /** The passphrase of what was sealed, once it is written. */
  async passphrase(): Promise<string> {
    const done = this.page.getByRole('dialog', { name: '書き出しました' })
    await done.waitFor({ timeout: 120_000 })
    return (await done.getByRole('paragraph').filter({ hasText: /^[0-9a-z]{5}(-[0-9a-z]{5}){3}$/ }).innerText()).trim()
  }

  /** What the dialog says while the consent window has the word. */
  async waitingWords(): Promise<string> {
    return this.dialog().getByRole('status').innerText()
  }

  /** What the progress says, once there is progress. */
  async progress(): Promise<string> {
    const bar = this.dialog().getByRole('progressbar')
    await bar.waitFor()
    return (await bar.getAttribute('aria-valuetext')) ?? ''
  }

  async stop(): Promise<void> {
    await press(this.dialog(), '書き出しを止める')
  }

  /** The path of the package, once it is written. */
  async result(): Promise<string> {
    const done = this.page.getByRole('dialog', { name: '書き出しました' })
    await done.waitFor({ timeout: 120_000 })
    return (await done.getByRole('paragraph').filter({ hasText: /[\\/]/ }).innerText()).trim()
  }

  async refusal(): Promise<string> {
    const alert = this.dialog().getByRole('alert')
    await alert.waitFor({ timeout: 60_000 })
    return alert.innerText()
  }

  async close(): Promise<void> {
    const done = this.page.getByRole('dialog')
    await press(done, /^(閉じる|やめる)$/)
    await done.waitFor({ state: 'detached' })
  }
}
