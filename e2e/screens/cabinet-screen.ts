// 書庫: the tree of classifications, volumes, new volumes; and 簿冊管理簿, the register.
import type { Page } from '@playwright/test'
import { chooseOption, chooseRadio, fill, press } from './controls.ts'

export interface NewVolume {
  /** Code of the classification, e.g. A-01-02. */
  readonly node: string
  readonly title: string
  readonly publicTitle?: string
  /** Label of the retention class, e.g. 5年. */
  readonly retention: string
  /** e.g. 令和8年度; the present one when absent. */
  readonly year?: string
  readonly location?: string
  readonly collection?: string
  readonly position?: string
}

export class CabinetScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '書庫', level: 1, exact: true }).waitFor()
  }

  /** Chooses a node of the tree by code or label. */
  async chooseNode(name: string): Promise<void> {
    await this.page.getByRole('treegrid', { name: '分類' }).getByRole('row', { name }).first().click()
  }

  async nodes(): Promise<readonly string[]> {
    return this.page.getByRole('treegrid', { name: '分類' }).getByRole('row').allInnerTexts()
  }

  /** Titles of the volumes shown. */
  async volumes(): Promise<readonly string[]> {
    const list = this.page.getByRole('list', { name: '簿冊' })
    if ((await list.count()) === 0) return []
    const entries = await list.getByRole('button').allInnerTexts()
    return entries.map((entry) => entry.split('\n')[0] ?? '')
  }

  async openVolume(title: string): Promise<void> {
    await this.page.getByRole('list', { name: '簿冊' }).getByRole('button', { name: title }).first().click()
    await this.page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }

  /** Makes a volume; ends at its screen. */
  async newVolume(volume: NewVolume): Promise<void> {
    await press(this.page, '簿冊を作る')
    await fillNewVolume(this.page, volume)
    await this.page.getByRole('heading', { name: volume.title, level: 1 }).waitFor()
  }

  async chooseYear(year: string): Promise<void> {
    await chooseOption(this.page.getByRole('main'), '年度', year)
  }

  /** Opens the export dialog for the fiscal year (as shown, e.g. 令和8年度). */
  async startExportYear(year: string): Promise<void> {
    await this.chooseYear(year)
    await press(this.page, 'この年度を書き出す')
  }
}

/** The questions of a new volume in the dialog that is open. */
export async function fillNewVolume(page: Page, volume: NewVolume): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '簿冊を作る' })
  await chooseOption(dialog, '分類', new RegExp(`^${volume.node}`))
  await fill(dialog, '簿冊名', volume.title)
  if (volume.publicTitle !== undefined) await fill(dialog, '公表する名称', volume.publicTitle)
  await chooseOption(dialog, '保存期間', volume.retention)
  if (volume.year !== undefined) await chooseOption(dialog, '年度', volume.year)
  if (volume.location !== undefined) await fill(dialog, '保存場所', volume.location)
  if (volume.collection !== undefined) await chooseOption(dialog, '文書の置き場', volume.collection)
  if (volume.position !== undefined) await chooseRadio(dialog, 'どの職として行いますか', volume.position)
  await press(dialog, '作る')
  await dialog.waitFor({ state: 'detached' })
}

export class RegisterScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '簿冊管理簿', level: 1, exact: true }).waitFor()
    await this.page.getByRole('table').waitFor()
  }

  /** The names of the columns. */
  async columns(): Promise<readonly string[]> {
    await this.shown()
    return this.page.getByRole('columnheader').allInnerTexts()
  }

  /** The rows in view, each as its cells. */
  async rows(): Promise<readonly (readonly string[])[]> {
    await this.shown()
    const rows = await this.page.getByRole('row').filter({ has: this.page.getByRole('cell') }).all()
    return Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()))
  }
}
