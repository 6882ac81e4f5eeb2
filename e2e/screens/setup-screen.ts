// First run and the recovery sheet.
import type { Page } from '@playwright/test'
import { chooseRadio, fill, fillSecret, press, tick, tickOne } from './controls.ts'

export interface FirstAdmin {
  readonly townName: string
  readonly familyName: string
  readonly givenName: string
  readonly reading: string
  readonly positionTitle: string
}

export class SetupScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '文箱を用意する' }).waitFor()
  }

  /** What is said of a device that was erased. */
  async erased(): Promise<string> {
    await this.shown()
    return this.page.getByRole('status').filter({ hasText: '消去されました' }).innerText()
  }

  async chooseKind(kind: '練習用' | '本番用'): Promise<void> {
    await chooseRadio(this.page, '使いみち', new RegExp(`^${kind}`))
  }

  async mayBeReal(): Promise<boolean> {
    return this.page.getByRole('radio', { name: /^本番用/ }).isEnabled()
  }

  async startWithSample(seats: readonly string[]): Promise<void> {
    await chooseRadio(this.page, '始めかた', /^見本の町で始める/)
    await tick(this.page, 'この端末を使う人', seats)
  }

  async startBlank(admin: FirstAdmin): Promise<void> {
    await chooseRadio(this.page, '始めかた', /^白紙から始める/)
    await fill(this.page, '町の名前', admin.townName)
    const first = this.page.getByRole('group', { name: '町と最初の管理者', exact: true })
    await fill(first, '姓', admin.familyName)
    await fill(first, '名', admin.givenName)
    await fill(first, 'よみ（カタカナ）', admin.reading)
    await fill(first, '職名', admin.positionTitle)
  }

  /** A second administrator of a blank town, with a PIN of their own. */
  async nameSecond(second: FirstAdmin, pin: string): Promise<void> {
    await tickOne(this.page, /^二人目の管理者もここで決める/)
    const group = this.page.getByRole('group', { name: '二人目の管理者', exact: true })
    await fill(group, '姓', second.familyName)
    await fill(group, '名', second.givenName)
    await fill(group, 'よみ（カタカナ）', second.reading)
    await fill(group, '職名', second.positionTitle)
    await fillSecret(group, '二人目の PIN', pin)
    await fillSecret(group, '二人目の PIN（もう一度）', pin)
  }

  async typePin(pin: string, again: string = pin): Promise<void> {
    await fillSecret(this.page, 'PIN', pin)
    await fillSecret(this.page, 'PIN（もう一度）', again)
  }

  async create(): Promise<void> {
    await press(this.page, '文箱を作る')
  }

  /** The codes of the three recovery sheets, once they are shown. */
  async recoveryCodes(): Promise<readonly string[]> {
    const codes = this.page.getByLabel(/^\d 枚目の符号$/)
    await codes.first().waitFor()
    return (await codes.allInnerTexts()).map((text) => text.trim().split('\n').at(-1) ?? '')
  }

  /** Saves the sheet's PDF; the path it says. */
  async saveSheet(): Promise<string> {
    await press(this.page, '印刷用の PDF を保存する')
    const said = this.page.getByText(/^保存しました：/)
    await said.waitFor()
    return (await said.innerText()).replace('保存しました：', '').trim()
  }

  async acceptSheet(): Promise<void> {
    await tickOne(this.page, '3 枚の符号を紙に控えました')
    await press(this.page, '控えたので次へ進む')
  }

  /** A practice workspace of the sample town with a seat for each of these people; ends at the unlock screen. The codes of the recovery sheets. */
  async setUpPractice(seats: readonly string[], pin: string): Promise<readonly string[]> {
    await this.shown()
    await this.chooseKind('練習用')
    await this.startWithSample(seats)
    await this.typePin(pin)
    await this.create()
    const codes = await this.recoveryCodes()
    await this.acceptSheet()
    return codes
  }

  /** What the screen says is missing or went wrong. */
  async problems(): Promise<readonly string[]> {
    return this.page.getByRole('alert').allInnerTexts()
  }
}
