// 設定: language, colours, size, one's own PIN, and for admins the seats.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, chooseRadio, fill, fillSecret, press, readFacts } from './controls.ts'

export class SettingsScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: /^(設定|Settings)$/, level: 1 }).waitFor()
  }

  async chooseLanguage(language: '日本語' | 'English'): Promise<void> {
    const group = this.page.getByRole('radiogroup', { name: /^(言語|Language)$/ })
    await group.getByRole('radio', { name: language }).locator('xpath=ancestor::label').click()
  }

  async chooseTheme(theme: '端末に合わせる' | '明るい' | '暗い'): Promise<void> {
    await chooseRadio(this.page, '配色', theme)
  }

  /** Percent as shown: 88, 100, 125, 150 or 200. */
  async chooseZoom(percent: number): Promise<void> {
    await chooseRadio(this.page, '文字の大きさ', `${percent}%`)
  }

  async changePin(current: string, next: string): Promise<void> {
    await press(this.page, 'PIN を変える')
    const dialog = this.page.getByRole('dialog', { name: 'PIN を変える' })
    await fillSecret(dialog, '今の PIN', current)
    await fillSecret(dialog, '新しい PIN', next)
    await fillSecret(dialog, '新しい PIN（もう一度）', next)
    await press(dialog, '変える')
    await this.page.getByText('PIN を変えました。').waitFor()
  }

  /** Chooses a folder as the storage and waits until its standing is shown. */
  async chooseFolder(path: string): Promise<void> {
    await fill(this.page, '共有フォルダの場所', path)
    await this.setStorage(path)
  }

  /** Chooses a folder as the storage, whatever comes of it. */
  async beginStorage(path: string): Promise<void> {
    await fill(this.page, '共有フォルダの場所', path)
    await press(this.page, 'ここに決める')
  }

  /** Enters another kind of storage; fields by their labels. Nothing is tried or chosen yet. */
  async enterStorage(kind: 'S3 互換' | 'WebDAV', fields: Readonly<Record<string, string>>): Promise<void> {
    await chooseRadio(this.page, '保管先の種類', kind)
    for (const [label, value] of Object.entries(fields)) await fillSecret(this.page.getByRole('region', { name: '保管先' }), label, value)
  }

  /** 「確かめる」 with what was entered; what the screen says. */
  async tryStorage(): Promise<string> {
    await press(this.page, '確かめる')
    const region = this.page.getByRole('region', { name: '保管先' })
    return region.getByRole('alert').or(region.getByRole('status')).first().innerText()
  }

  /** 「ここに決める」 with what was entered; waits until its standing is shown. */
  async setStorage(address: string): Promise<void> {
    await press(this.page, 'ここに決める')
    await this.page.getByRole('region', { name: '保管先' }).getByRole('definition').first().filter({ hasText: address }).waitFor()
  }

  /** Fills in that somebody is away, from today on where no first day is given; the consent window comes next. */
  async startAbsence({ position, acting, from, to, reason }: { readonly position: string; readonly acting: string | null; readonly from?: string; readonly to: string; readonly reason: string }, picture?: string): Promise<void> {
    await press(this.absenceRegion(), '不在を登録する')
    const sheet = this.page.getByRole('dialog', { name: '不在を登録する' })
    await chooseOption(sheet, '不在になる職', new RegExp(`^${position}`))
    await chooseRadio(sheet, '代わりに決裁する職', new RegExp(`^${acting ?? '代わりに決裁する人を置かない'}`))
    if (from !== undefined) await fill(sheet, '初めの日', from)
    await fill(sheet, '終わりの日', to)
    await fill(sheet, '理由', reason)
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, '登録する')
  }

  /** Why the absence was not registered, as the sheet says it. */
  async absenceRefusal(): Promise<string> {
    const alert = this.page.getByRole('dialog').getByRole('alert')
    await alert.waitFor()
    return alert.innerText()
  }

  async closeAbsence(): Promise<void> {
    await press(this.page.getByRole('dialog'), 'やめる')
  }

  /** 「今日で終える」 of a position's absence, up to the consent window. */
  async startEndAbsence(position: string, reason: string): Promise<void> {
    await press(this.absenceRegion(), `${position}の不在を今日で終える`)
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    await press(sheet, '今日で終える')
  }

  /** Each absence from today on, as text. */
  async absences(): Promise<readonly string[]> {
    return this.absenceRegion().getByRole('list', { name: '不在の一覧' }).getByRole('listitem').allInnerTexts()
  }

  private absenceRegion(): Locator {
    return this.page.getByRole('region', { name: '不在と代決' })
  }

  /** 場所, 未送信, 記録がそろった時. */
  async storage(): Promise<Readonly<Record<string, string>>> {
    return readFacts(this.page.getByRole('region', { name: '保管先' }))
  }

  /** When each other machine was last heard of, by whose it is. */
  async machines(): Promise<Readonly<Record<string, string>>> {
    const region = this.page.getByRole('region', { name: '保管先' })
    await region.getByRole('heading', { name: 'ほかの端末' }).waitFor()
    return readFacts(region)
  }

  /** Sends and fetches now, whatever comes of it. */
  async beginSync(): Promise<void> {
    await press(this.page, '今すぐ送受信する')
  }

  /** Sends and fetches now and waits until that is over. */
  async syncNow(): Promise<void> {
    await press(this.page, '今すぐ送受信する')
    await this.page.getByRole('button', { name: '今すぐ送受信する' }).and(this.page.locator(':enabled')).waitFor()
  }

  /** What the screen says that the storage did, in words. */
  async storageDoubts(): Promise<string> {
    return this.page.getByRole('region', { name: '保管先' }).getByRole('alert').filter({ hasText: '保管先の様子がおかしいです' }).innerText()
  }

  /** 「確かめました」, with or without going on deciding; the consent window comes next. */
  async startSettleStorage(): Promise<void> {
    await this.page.getByRole('region', { name: '保管先' }).getByRole('button', { name: /^確かめました/ }).click()
  }

  /** Waits until nothing is said of the storage any more. */
  async storageSettled(): Promise<void> {
    await this.page.getByRole('region', { name: '保管先' }).getByRole('button', { name: /^確かめました/ }).waitFor({ state: 'detached' })
  }

  /** Rests for an hour, or until `resume`. */
  async pause(long: '1時間休む' | '再開するまで休む'): Promise<void> {
    await press(this.page, long)
    await this.page.getByRole('button', { name: '送受信を再開する' }).waitFor()
  }

  async resume(): Promise<void> {
    await press(this.page, '送受信を再開する')
    await this.page.getByRole('button', { name: '1時間休む' }).waitFor()
  }

  async chooseMetered(choice: 'いつも送受信する' | '端末が従量制と言うとき控える' | '今の回線では控える'): Promise<void> {
    await chooseRadio(this.page, '従量制の回線では文書の中身を送受信しない', choice)
  }

  /** What the section of the storage says beside its facts. */
  async storageNotes(): Promise<readonly string[]> {
    return this.page.getByRole('region', { name: '保管先' }).getByRole('status').allInnerTexts()
  }

  /** The whole section of proxy and certificates. */
  async networkWords(): Promise<string> {
    const region = this.page.getByRole('region', { name: 'プロキシーと証明書' })
    await region.getByRole('radiogroup', { name: 'プロキシー' }).waitFor()
    return region.innerText()
  }

  /** Fields by their labels; what the screen says. */
  async chooseProxy(fields: Readonly<Record<string, string>>, how: 'ここで決める' | 'プロキシーの設定ファイル（PAC）で決める' = 'ここで決める'): Promise<string> {
    const region = this.page.getByRole('region', { name: 'プロキシーと証明書' })
    await chooseRadio(region, 'プロキシー', how)
    for (const [label, value] of Object.entries(fields)) await fillSecret(region, label, value)
    await press(region, 'このプロキシーに決める')
    return region.getByRole('alert').or(region.getByRole('status')).first().innerText()
  }

  /** People as the table shows them: name, positions, employment, seat. */
  async people(): Promise<readonly string[]> {
    return this.page.getByRole('region', { name: '職員と席' }).getByRole('row').allInnerTexts()
  }

  /** Starts making a seat; the consent windows (admin's PIN, then the new one) come next. */
  async startMakeSeat(name: string): Promise<void> {
    await press(this.page, `${name} さんの席を作る`)
  }
}
