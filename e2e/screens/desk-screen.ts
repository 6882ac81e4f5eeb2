// 机: what waits for whom, and the way to a new draft.
import type { Locator, Page } from '@playwright/test'
import { chooseRadio, press } from './controls.ts'

export type DeskGroup = 'わたしの番' | '戻ってきたもの' | '起案中' | '引き継ぎを待つ起案' | '簿冊に納めるもの' | '回議中（ほかの人の番）' | '渡された文書' | '最近の文書'

export class DeskScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '机', level: 1, exact: true }).waitFor()
    await this.page.getByRole('heading', { name: /^わたしの番/ }).waitFor()
  }

  private group(name: DeskGroup): Locator {
    return this.page.getByRole('region', { name })
  }

  /** Titles in a group, from the top; empty when the group is not shown. */
  async titles(name: DeskGroup): Promise<readonly string[]> {
    const list = this.group(name).getByRole('list')
    if ((await list.count()) === 0) return []
    const entries = await list.getByRole('button').allInnerTexts()
    return entries.map((entry) => entry.split('\n')[0] ?? '')
  }

  /** Whole entries of a group, from the top: title, chips and facts. */
  async entries(name: DeskGroup): Promise<readonly string[]> {
    return this.group(name).getByRole('list').getByRole('button').allInnerTexts()
  }

  /** Waits for a title in a group and opens it. */
  async open(name: DeskGroup, title: string): Promise<void> {
    await this.group(name).getByRole('button', { name: title }).first().click()
    await this.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }

  /** Opens a title whose records are still coming, and answers what is said of it. */
  async openAwaited(name: DeskGroup, title: string): Promise<string> {
    await this.group(name).getByRole('button', { name: title }).first().click()
    const said = this.page.getByRole('main').getByRole('status').filter({ hasText: '記録' })
    await said.waitFor()
    return said.innerText()
  }

  async waitFor(name: DeskGroup, title: string): Promise<void> {
    await this.group(name).getByRole('button', { name: title }).first().waitFor()
  }

  /** Waits until the desk says that everything which reaches this person, so many documents where it is said, opens without a connection. */
  async waitUntilAtHand(documents?: number): Promise<void> {
    await this.page.getByText(new RegExp(`^自分に回ってくる ${documents ?? '\\d+'} 件の中身は、すべてこの端末にあります`)).waitFor({ timeout: 60_000 })
  }

  /** What the desk says of how long one kind of act can still be done without a connection, once it says so. */
  async lease(act: string): Promise<string> {
    const line = this.page.getByText(new RegExp(`^${act}：`))
    await line.waitFor()
    return line.innerText()
  }

  /** A new draft; what is asked (置き場, 職) is answered where given. Ends at the drafting screen. */
  async newDraft(choice: { readonly collection?: string; readonly position?: string; readonly form?: string } = {}): Promise<void> {
    await press(this.page, '新しく起案する')
    await answerNewDraft(this.page, choice)
  }

  /** What the desk says of absences, once it says something. */
  async absences(): Promise<string> {
    const line = this.page.getByRole('main').getByRole('status').filter({ hasText: '不在' })
    await line.first().waitFor()
    return (await line.allInnerTexts()).join('\n')
  }

  /** What of one's own is held, each as it is said, from the top; empty when nothing is. */
  async held(): Promise<readonly string[]> {
    return this.heldPlace().getByRole('status').allInnerTexts()
  }

  /** Goes from an approval that is held to its document. */
  async openHeld(title: string): Promise<void> {
    await press(this.heldPlace().getByRole('status').filter({ hasText: title }).first(), '開いて確認し直す')
    await this.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }

  private heldPlace(): Locator {
    return this.page.getByRole('region', { name: /^保留になっている自分の操作/ })
  }

  /** Begins a new draft that is not made; what is said, and then the page that says how to go on. */
  async newDraftRefusal(picture?: string): Promise<string> {
    await press(this.page, '新しく起案する')
    const dialog = this.page.getByRole('dialog')
    const alert = dialog.getByRole('alert')
    await alert.waitFor()
    const said = await alert.innerText()
    if (picture !== undefined) await this.page.screenshot({ path: picture })
    await press(dialog, '端末の状態を見る')
    return said
  }
}

/** The questions of a new draft, where there are any, up to the drafting screen. */
export async function answerNewDraft(page: Page, choice: { readonly collection?: string; readonly position?: string; readonly form?: string; readonly reason?: string }): Promise<void> {
  const drafting = page.getByRole('tab', { name: '本文' })
  const ask = page.getByRole('button', { name: '起案を始める' })
  await drafting.or(ask).first().waitFor()
  if (!(await ask.isVisible())) return
  const dialog = page.getByRole('dialog')
  if (choice.reason !== undefined) await dialog.getByRole('textbox', { name: '再起案の理由' }).fill(choice.reason)
  if (choice.form !== undefined) await chooseRadio(dialog, '様式', choice.form)
  if (choice.collection !== undefined) await chooseRadio(dialog, '文書の置き場', choice.collection)
  if (choice.position !== undefined) await chooseRadio(dialog, 'どの職として行いますか', choice.position)
  await ask.click()
  await drafting.waitFor()
}
