// A new machine that joins: the invitation, the request, the wait with its six words.
import type { Page } from '@playwright/test'
import { fill, fillSecret, press } from './controls.ts'

export class JoinScreen {
  constructor(readonly page: Page) {}

  /** From the first screen of an empty profile. */
  async open(): Promise<void> {
    await press(this.page, 'すでにある文箱に加わる')
    await this.page.getByRole('heading', { name: 'すでにある文箱に加わる' }).waitFor()
  }

  /** Chooses the invitation file and answers what it is said to be. */
  async chooseInvitation(path: string): Promise<string> {
    const chooser = this.page.waitForEvent('filechooser')
    await press(this.page, '招待のファイルを選ぶ')
    await (await chooser).setFiles(path)
    return this.page.getByRole('status').or(this.page.getByRole('alert')).first().innerText()
  }

  /** Where the storage wants to know who enters: fields by their labels. */
  async enterAccess(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await fillSecret(this.page, label, value)
  }

  async ask(name: string, pin: string): Promise<void> {
    await fill(this.page, 'あなたの名前', name)
    await fillSecret(this.page, 'PIN', pin)
    await fillSecret(this.page, 'PIN（もう一度）', pin)
    await press(this.page, '加わりたいと伝える')
  }

  /** The six words, once this machine waits. */
  async words(): Promise<readonly string[]> {
    await this.page.getByRole('heading', { name: '管理者の承認を待っています' }).waitFor()
    return this.page.getByRole('list', { name: '6つの言葉' }).getByRole('listitem').allInnerTexts()
  }

  /** After the app was started anew: the PIN chosen when asking. */
  async typePin(pin: string): Promise<void> {
    await fillSecret(this.page, 'PIN', pin)
  }

  async look(): Promise<void> {
    await press(this.page, '承認されたか確かめる')
  }

  /** Why the answer is not believed, once it says so. */
  async problem(): Promise<string> {
    const alert = this.page.getByRole('alert')
    await alert.waitFor()
    return alert.innerText()
  }

  /** Of a device that was to be enrolled anew: back to the seats. */
  async backToSeats(): Promise<void> {
    await press(this.page, '席を選ぶ画面へ戻る')
  }

  async leave(): Promise<void> {
    await press(this.page, '依頼を取り下げる')
  }
}
