// A draft being written: cover sheet, text, attachments, pages, submit.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, chooseRadio, press, tick } from './controls.ts'

export type CoverEntries = Readonly<Record<string, string | readonly string[]>>
export type DraftTab = '起案用紙' | '本文' | '添付' | '仕上がり'

export class DraftingScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('tab', { name: '本文' }).waitFor()
  }

  async showTab(tab: DraftTab): Promise<void> {
    await this.page.getByRole('tab', { name: tab }).click()
    await this.page.getByRole('tabpanel', { name: tab }).waitFor()
  }

  /** Fills fields of the cover sheet by label: text and dates as typed, choices by (part of) their label, several as a list. */
  async fillCover(entries: CoverEntries): Promise<void> {
    await this.showTab('起案用紙')
    const panel = this.page.getByRole('tabpanel')
    for (const [label, value] of Object.entries(entries)) await this.fillField(panel, label, value)
    await this.saved()
  }

  /** Types into a text field of the cover sheet through the keyboard, in place of what it holds. */
  async typeCover(label: string, text: string): Promise<void> {
    await this.showTab('起案用紙')
    const field = this.page.getByRole('tabpanel').getByRole('textbox', { name: label, exact: true })
    await field.press('Control+a')
    await this.page.keyboard.insertText(text)
    await field.blur()
    await this.saved()
  }

  /** Types into a field of the cover sheet, stays in it and waits for nothing. */
  async beginCover(label: string, text: string): Promise<void> {
    await this.page.getByRole('tabpanel').getByRole('textbox', { name: label, exact: true }).press('Control+a')
    await this.page.keyboard.insertText(text)
  }

  /** Presses boxes of a group one after the other without waiting for anything between; then waits until it is stored. */
  async tickAtOnce(group: string, names: readonly string[]): Promise<void> {
    await this.showTab('起案用紙')
    const boxes = this.page.getByRole('tabpanel').getByRole('group', { name: group, exact: true })
    await boxes.scrollIntoViewIfNeeded()
    const places = await boxes.locator('label').evaluateAll((labels) => labels.map((label) => ({ name: label.textContent?.trim() ?? '', box: label.getBoundingClientRect() })))
    for (const name of names) {
      const place = places.find((one) => one.name === name)?.box
      if (place) await this.page.mouse.click(place.x + 10, place.y + place.height / 2)
    }
    await this.saved()
  }

  /** The boxes of a group that are ticked. */
  async ticked(group: string): Promise<readonly string[]> {
    await this.showTab('起案用紙')
    const boxes = this.page.getByRole('tabpanel').getByRole('group', { name: group, exact: true }).getByRole('checkbox', { checked: true })
    await boxes.first().waitFor({ state: 'attached' })
    return boxes.evaluateAll((ticked) => ticked.map((box) => box.closest('label')?.textContent?.trim() ?? ''))
  }

  private async fillField(panel: Locator, label: string, value: string | readonly string[]): Promise<void> {
    if (typeof value !== 'string') {
      const fold = panel.locator('summary').filter({ hasText: label })
      const group = panel.getByRole('group', { name: label, exact: true })
      if ((await fold.count()) > 0 && !(await group.isVisible())) await fold.click()
      return tick(panel, label, value)
    }
    const typed = panel.getByRole('textbox', { name: label, exact: true })
    if ((await typed.count()) > 0) {
      await typed.fill(value)
      return typed.blur()
    }
    if ((await panel.getByRole('radiogroup', { name: label, exact: true }).count()) > 0) return chooseRadio(panel, label, value)
    return chooseOption(panel, label, new RegExp(value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  }

  /** What a text field of the cover sheet holds now. */
  async coverText(label: string): Promise<string> {
    await this.showTab('起案用紙')
    return this.page.getByRole('tabpanel').getByRole('textbox', { name: label, exact: true }).inputValue()
  }

  /** Values of a field that differ, each with who entered it, as lines; empty where there is nothing to choose. */
  async differing(label: string): Promise<readonly string[]> {
    await this.showTab('起案用紙')
    const group = this.page.getByRole('tabpanel').getByRole('radiogroup', { name: label, exact: true })
    if ((await group.count()) === 0) return []
    const choices = await group.getByRole('radio').all()
    return Promise.all(choices.map((choice) => choice.locator('xpath=ancestor::label').innerText()))
  }

  /** Chooses the value that stays. */
  async settle(label: string, value: string): Promise<void> {
    await chooseRadio(this.page.getByRole('tabpanel'), label, new RegExp(`^${value}`))
    await this.page.getByRole('tabpanel').getByRole('textbox', { name: label, exact: true }).waitFor()
    await this.saved()
  }

  /** The help or error under a field of the cover sheet. */
  async coverNote(label: string): Promise<string> {
    const field = this.page.getByRole('tabpanel').getByRole('textbox', { name: label, exact: true })
    const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ').filter((id) => id !== '')
    const notes = await Promise.all(ids.map((id) => this.page.locator(`[id="${id}"]`).allInnerTexts()))
    return notes.flat().join(' ')
  }

  /**
   * Types into the text, a line at a time, with the keys a person uses: a line that begins with 第1, 1, (1) … and a space becomes an
   * item, 記 and 以上 become their signs. An item line followed by another line leaves the list first.
   */
  async typeBody(text: string): Promise<void> {
    await this.showTab('本文')
    const body = this.body()
    await body.click()
    await body.press('Control+End')
    const lines = text.split('\n')
    for (const [at, line] of lines.entries()) {
      await this.page.keyboard.insertText(line.slice(0, itemStart(line)))
      if (itemStart(line) > 0) await this.page.keyboard.type(' ')
      await this.page.keyboard.insertText(line.slice(itemStart(line)).trimStart())
      if (at === lines.length - 1) break
      await this.page.keyboard.press('Enter')
      if (itemStart(line) > 0) await this.page.keyboard.press('Control+Alt+0')
    }
    await this.saved()
  }

  /** Keys sent to the text, e.g. `Tab`, `Control+z`. */
  async pressInBody(...keys: readonly string[]): Promise<void> {
    await this.showTab('本文')
    await this.body().focus()
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** A button of the text's toolbar. */
  async format(name: string): Promise<void> {
    await this.page.getByRole('toolbar', { name: '本文の書式' }).getByRole('button', { name, exact: true }).click()
  }

  body(): Locator {
    return this.page.getByRole('textbox', { name: '本文' })
  }

  async bodyText(): Promise<string> {
    await this.showTab('本文')
    return this.body().innerText()
  }

  /** The numbers shown before items, from the top. */
  async itemNumbers(): Promise<readonly string[]> {
    await this.showTab('本文')
    return this.body().locator('[data-number]').evaluateAll((items) => items.map((item) => item.getAttribute('data-number') ?? ''))
  }

  /** Attaches files by the picker. */
  async attach(...files: readonly (string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer })[]): Promise<void> {
    await this.showTab('添付')
    const chooser = this.page.waitForEvent('filechooser')
    await press(this.page, 'ファイルを選ぶ')
    await (await chooser).setFiles([...files] as string[])
    const last = files.at(-1)
    if (last !== undefined) await this.attachment(typeof last === 'string' ? fileName(last) : last.name).waitFor()
    await this.saved()
  }

  /** Drops one file onto the place for attachments, as the page sees it dropped. */
  async drop(file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }): Promise<void> {
    await this.showTab('添付')
    const dataTransfer = await this.page.evaluateHandle(
      ({ name, type, data }) => {
        const held = new DataTransfer()
        held.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name, { type }))
        return held
      },
      { name: file.name, type: file.mimeType, data: file.buffer.toString('base64') },
    )
    const place = this.page.getByRole('group', { name: '添付ファイルを置く場所' })
    for (const event of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(event, { dataTransfer })
    await this.attachment(file.name).waitFor()
    await this.saved()
  }

  private attachment(name: string): Locator {
    return this.page.getByRole('list', { name: '添付ファイル' }).getByRole('listitem').filter({ hasText: name })
  }

  async attachments(): Promise<readonly string[]> {
    await this.showTab('添付')
    return this.page.getByRole('list', { name: '添付ファイル' }).getByRole('listitem').allInnerTexts()
  }

  async detach(name: string): Promise<void> {
    await this.showTab('添付')
    await press(this.page, `「${name}」を外す`)
    await this.attachment(name).waitFor({ state: 'detached' })
  }

  /** The words of the first page as it would be frozen now. */
  async previewText(): Promise<string> {
    await this.showTab('仕上がり')
    const page = this.page.getByRole('tabpanel').getByRole('group', { name: /頁中 1 頁$/ })
    await page.waitFor()
    const words = page.getByRole('paragraph').filter({ hasText: /\S/ })
    await words.waitFor({ state: 'attached' })
    return (await words.textContent()) ?? ''
  }

  /** The sentences of what is still missing. */
  async missing(): Promise<readonly string[]> {
    await this.saved()
    return this.page.getByRole('complementary', { name: '回議の前に' }).getByRole('listitem').allInnerTexts()
  }

  async maySubmit(): Promise<boolean> {
    return this.page.getByRole('button', { name: '回議に付す', exact: true }).isVisible()
  }

  /** Is taking it over offered? */
  async mayAdopt(): Promise<boolean> {
    return this.page.getByRole('button', { name: '引き継ぐ', exact: true }).isVisible()
  }

  async mayAbandon(): Promise<boolean> {
    return this.page.getByRole('button', { name: '廃案にする', exact: true }).isVisible()
  }

  /** What keeps it from being submitted, or what will happen then, as said beside the draft. */
  async before(): Promise<string> {
    await this.saved()
    return this.page.getByRole('complementary', { name: '回議の前に' }).innerText()
  }

  /** Why it came back, what it follows: the notices above the draft. */
  async notices(): Promise<readonly string[]> {
    return this.page.getByRole('main').locator('header ~ [role=status]').allInnerTexts()
  }

  /** The characters that will stand on the pages as a boxed code, as the warning beside the pages says them; waits for the warning. */
  async boxedCharacters(): Promise<readonly string[]> {
    await this.showTab('仕上がり')
    const warning = this.page.getByRole('tabpanel').getByRole('status').filter({ hasText: '書体にない文字があります' })
    await warning.waitFor()
    return warning.getByRole('listitem').allInnerTexts()
  }

  /** Opens the question before submitting and reads what it says of the route; it stays open. */
  async submitWords(): Promise<string> {
    await this.saved()
    await press(this.page, '回議に付す')
    return this.page.getByRole('dialog', { name: '回議に付す' }).innerText()
  }

  /** Freezes the pages and sends them on their way; ends at the desk. */
  async submit(choice: { readonly position?: string } = {}): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: '回議に付す' })
    if (!(await dialog.isVisible())) await this.submitWords()
    if (choice.position !== undefined) await chooseRadio(dialog, 'どの職として行いますか', choice.position)
    await press(dialog, '確定して回議に付す')
    await this.page.getByRole('heading', { name: '机', level: 1, exact: true }).waitFor({ timeout: 60_000 })
  }

  /** Takes a colleague's draft over; ends at the same screen. */
  async adopt(reason: string): Promise<void> {
    await press(this.page, '引き継ぐ')
    const dialog = this.page.getByRole('dialog', { name: '起案を引き継ぐ' })
    await dialog.getByRole('textbox', { name: '理由' }).fill(reason)
    await press(dialog, '引き継ぐ')
    await dialog.waitFor({ state: 'detached' })
  }

  async abandon(reason: string): Promise<void> {
    await press(this.page, '廃案にする')
    const dialog = this.page.getByRole('alertdialog', { name: '廃案にする' })
    await dialog.getByRole('textbox', { name: '廃案の理由' }).fill(reason)
    await press(dialog, '廃案にする')
    await this.page.getByRole('heading', { name: '机', level: 1, exact: true }).waitFor()
  }

  /** Waits until nothing is on its way to the disk. */
  async saved(): Promise<void> {
    await this.page.getByRole('contentinfo').getByText(/^この端末に保存済み/).waitFor()
  }

  /** Failures and warnings shown on the screen. */
  async messages(): Promise<readonly string[]> {
    return this.page.getByRole('alert').allInnerTexts()
  }
}

/** How many characters at the start of a line are its number: 第1, 1, (1), ア, (ア), a, (a) before a space. */
function itemStart(line: string): number {
  return /^(第\d+|\d+|\(\d+\)|ア|\(ア\)|a|\(a\))(?= )/.exec(line)?.[0].length ?? 0
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? path
}
