// Who sits here: seats, PIN, and the way back with the recovery sheet.
import type { Locator, Page } from '@playwright/test'
import { chooseRadio, fill, fillSecret, press } from './controls.ts'

export class UnlockScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: 'どなたが使いますか' }).waitFor()
  }

  async isShown(): Promise<boolean> {
    return this.page.getByRole('heading', { name: 'どなたが使いますか' }).isVisible()
  }

  /** The names on the tiles, without positions. */
  async seats(): Promise<readonly string[]> {
    await this.shown()
    const tiles = await this.page.getByRole('region', { name: 'どなたが使いますか' }).getByRole('button').allInnerTexts()
    return tiles.map((tile) => tile.split('\n')[0]?.trim() ?? '')
  }

  /** What the tile of a recovered seat says of its time; empty when it does not wait. */
  async waiting(name: string): Promise<string> {
    const tile = this.page.getByRole('region', { name: 'どなたが使いますか' }).getByRole('button', { name })
    return (await tile.innerText()).split('\n').find((line) => line.startsWith('復旧中')) ?? ''
  }

  /** Types one PIN for one person, right or wrong. */
  async tryPin(name: string, pin: string): Promise<void> {
    await this.page.getByRole('region', { name: 'どなたが使いますか' }).getByRole('button', { name }).click()
    await fillSecret(this.page, `${name} さんの PIN`, pin)
    await press(this.page, '開く')
  }

  /** Opens the seat and waits for the desk. */
  async unlock(name: string, pin: string): Promise<void> {
    await this.shown()
    await this.tryPin(name, pin)
    await this.page.getByRole('heading', { name: '机', exact: true }).waitFor()
  }

  /** The refusal with its sentences, once it is there. */
  async refusal(): Promise<string> {
    const alert = this.page.getByRole('alert')
    await alert.waitFor()
    return alert.innerText()
  }

  /** From the refusal of a key in hardware to the steps of joining again. */
  async startJoiningAgain(): Promise<void> {
    await press(this.page, 'この端末を登録し直す')
  }

  async mayTry(): Promise<boolean> {
    return this.page.getByRole('button', { name: '開く', exact: true }).isEnabled()
  }

  /** Makes a seat with two recovery sheets; ends at the tiles. */
  async recover(codes: readonly [string, string], person: string, pin: string): Promise<void> {
    const start = this.page.getByRole('button', { name: '復旧用紙で席を作り直す' })
    if (await start.isVisible()) await start.click()
    await fill(this.page, '1 枚目の符号（3 枚のどれか）', codes[0])
    await fill(this.page, 'もう 1 枚の符号', codes[1])
    await press(this.page, '符号を確かめる')
    await chooseRadio(this.page, 'どなたの席を作りますか', new RegExp(`^${person}`))
    await fillSecret(this.page, '新しい PIN', pin)
    await fillSecret(this.page, '新しい PIN（もう一度）', pin)
    await press(this.page, '席を作る')
    await this.shown()
  }

  /** Chooses a seat without opening it. */
  async choose(name: string): Promise<void> {
    await this.page.getByRole('region', { name: 'どなたが使いますか' }).getByRole('button', { name }).click()
  }

  /** How signing in with the town's account stands for the chosen seat, in its own words. */
  async signIn(): Promise<string> {
    const region = this.signInPlace()
    await region.waitFor()
    return region.innerText()
  }

  /** Waits until it says so. */
  async signInSays(words: string | RegExp): Promise<void> {
    await this.signInPlace().getByText(words).waitFor()
  }

  /** Sends the person to the system's browser. */
  async startSignIn(): Promise<void> {
    await press(this.signInPlace(), /サインイン/)
    await this.signInSays('ブラウザーを開きました')
  }

  private signInPlace(): Locator {
    return this.page.getByRole('region', { name: '町のアカウント' })
  }

  /** Everything the screen says in sentences (keystore, practice). */
  async words(): Promise<string> {
    return this.page.getByRole('main').innerText()
  }
}
