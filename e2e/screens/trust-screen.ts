// 端末と信頼: what the device is and what the log says.
import type { Locator, Page } from '@playwright/test'
import { chooseOption, fill, press, readFacts, tickOne } from './controls.ts'

export class TrustScreen {
  constructor(readonly page: Page) {}

  async shown(): Promise<void> {
    await this.page.getByRole('heading', { name: '約束できないこと' }).waitFor()
  }

  /** 端末の名, 鍵の守りかた, 状態のハッシュ値 … by their labels. */
  async facts(): Promise<Readonly<Record<string, string>>> {
    await this.shown()
    return readFacts(this.page.getByRole('main'))
  }

  async stateHash(): Promise<string> {
    return (await this.facts())['状態のハッシュ値'] ?? ''
  }

  async segments(): Promise<number> {
    return Number(((await this.facts())['封じた記録'] ?? '').replace(/[^0-9]/g, ''))
  }

  /** Who looked into the storage last, and when. */
  async settled(): Promise<string> {
    return (await this.facts())['保管先を確かめた人'] ?? ''
  }

  /** Goes on to 権限の点検. */
  async openReview(): Promise<void> {
    await this.shown()
    await press(this.page, '権限の点検を開く')
  }

  /** Goes on to 監査証跡. */
  async openAudit(): Promise<void> {
    await this.shown()
    await press(this.page, '監査証跡を開く')
  }

  /** What was not let in, and other notices, as sentences. */
  async notices(): Promise<readonly string[]> {
    await this.shown()
    return this.page.getByRole('region', { name: '記録' }).getByRole('status').allInnerTexts()
  }

  /** What is said of seats that were used in two places at once, once it is there. */
  async twofold(): Promise<string> {
    const region = this.page.getByRole('region', { name: '二か所で同時に使われた席' })
    await region.waitFor()
    return region.innerText()
  }

  /** Enters again what was kept aside of one's own; waits until there is no more to enter. */
  async adopt(): Promise<void> {
    const button = this.page.getByRole('button', { name: /^自分が行ったこととして入れ直す/ })
    await button.click()
    await button.waitFor({ state: 'detached' })
  }

  /** What is said of the person's own records that wait for one that was lost, once it is there. */
  async waitingForLost(): Promise<string> {
    const region = this.page.getByRole('region', { name: '失われた記録と、あなたの記録' })
    await region.waitFor()
    return region.innerText()
  }

  /** Begins to wait no more for it: main's window asks. */
  async startLeaveLost(): Promise<void> {
    await press(this.page, '待たずに、後の記録を入れ直す')
  }

  /** Waits until nothing waits for a lost record any more. */
  async lostLeft(): Promise<void> {
    await this.page.getByRole('button', { name: '待たずに、後の記録を入れ直す' }).waitFor({ state: 'detached' })
  }

  /** What is said of records that their person left and that are kept aside, once it is there. */
  async leftRecords(): Promise<string> {
    const region = this.page.getByRole('region', { name: '取り置かれている記録' })
    await region.waitFor()
    return region.innerText()
  }

  /** What is wanted without a connection, and how much of it is here. */
  async offline(): Promise<Readonly<Record<string, string>>> {
    const rows = this.page.getByRole('list', { name: 'オフラインで使うもの' }).getByRole('listitem')
    await rows.first().waitFor()
    return Object.fromEntries((await rows.allInnerTexts()).map((row) => row.split('\n').filter((line) => line.trim() !== '').slice(0, 2)))
  }

  /** The sentence of a trial with one administrator; empty where there are two. */
  async trial(): Promise<string> {
    await this.shown()
    const notes = await this.administratorsPlace().getByRole('status').filter({ hasText: '試行' }).allInnerTexts()
    return notes[0] ?? ''
  }

  async administrators(): Promise<readonly string[]> {
    await this.shown()
    return namesOf(this.administratorsPlace())
  }

  /** Begins to propose; the consent window comes next. */
  async startPropose(person: string, reason: string): Promise<void> {
    await press(this.administratorsPlace(), '管理者を加える')
    const sheet = this.page.getByRole('dialog')
    await chooseOption(sheet, 'だれを管理者にしますか', new RegExp(`^${person}`))
    await fill(sheet, '理由', reason)
    await press(sheet, '確認へ進む')
  }

  /** The proposal with this heading, whole, once it is there. */
  async proposal(heading: string): Promise<string> {
    const article = this.page.getByRole('article', { name: heading })
    await article.waitFor()
    return article.innerText()
  }

  async proposalGone(heading: string): Promise<void> {
    await this.page.getByRole('article', { name: heading }).waitFor({ state: 'detached' })
  }

  /** Agrees to the proposal; the consent window comes next. */
  async startAgree(heading: string): Promise<void> {
    await press(this.page.getByRole('article', { name: heading }), '賛成する')
  }

  /** Takes one's own proposal back; the consent window comes next. */
  async startWithdraw(heading: string): Promise<void> {
    await press(this.page.getByRole('article', { name: heading }), 'この提案を取り下げる')
  }

  /** The rules that hold, by their labels. */
  async rules(): Promise<Readonly<Record<string, string>>> {
    await this.shown()
    const folded = this.rulesPlace().locator('details:not([open]) > summary')
    if ((await folded.count()) > 0) await folded.click()
    return readFacts(this.rulesPlace())
  }

  /**
   * Types other values, by the labels of their fields, and ticks or unticks acts that need the PIN; what the sheet says of the voices it
   * takes. The consent window comes next.
   */
  async startChangeRules(values: Readonly<Record<string, string>>, reason: string, confirmed: Readonly<Record<string, boolean>> = {}, picture?: string): Promise<string> {
    await press(this.rulesPlace(), '決まりを変える')
    const sheet = this.page.getByRole('dialog')
    for (const [label, value] of Object.entries(values)) {
      // The values of the checks are folded away.
      if (!(await sheet.getByLabel(label).isVisible())) await sheet.locator('summary').click()
      await fill(sheet, label, value)
    }
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    for (const [label, ticked] of Object.entries(confirmed)) await tickOne(sheet, label, ticked)
    await fill(sheet, '理由', reason)
    const said = await sheet.getByRole('status').last().innerText()
    await press(sheet, '確認へ進む')
    return said
  }

  /** Excuses one check of the device at hand for some days; the consent window comes next. */
  async startExcuse(check: string, days: number, reason: string, picture?: string): Promise<void> {
    await press(this.excusesPlace(), '確認を一つ猶予する')
    const sheet = this.page.getByRole('dialog')
    await chooseOption(sheet, 'どの端末の', /^この端末/)
    await chooseOption(sheet, 'どの確認を', check)
    await fill(sheet, '今日から何日（日）', String(days))
    await fill(sheet, '理由', reason)
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, '確認へ進む')
  }

  /** What is excused today, with all that is said of it. */
  async excuses(): Promise<string> {
    return this.excusesPlace().innerText()
  }

  /** Ends the only excuse there is; the consent window comes next. */
  async startEndExcuse(reason: string): Promise<void> {
    await press(this.excusesPlace(), '猶予をやめる')
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    await press(sheet, '猶予をやめる')
  }

  /** What rules that are ticked on the sheet would have done in the last thirty days; the sheet is closed again. */
  async rehearse(rule: string, picture?: string): Promise<string> {
    await press(this.rulesPlace(), '決まりを変える')
    const sheet = this.page.getByRole('dialog')
    await tickOne(sheet, rule, true)
    const said = await sheet.getByText('直近30日の作業').locator('..').innerText()
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, 'やめる')
    return said
  }

  /** Acts that nobody may free from the PIN, as the sheet shows them. */
  async fixedRules(): Promise<readonly string[]> {
    await press(this.rulesPlace(), '決まりを変える')
    const sheet = this.page.getByRole('dialog')
    await sheet.getByRole('group', { name: '確認の窓と PIN が要ること' }).waitFor()
    const labels = await sheet.locator('label', { has: this.page.getByRole('checkbox', { disabled: true, checked: true }) }).allInnerTexts()
    await press(sheet, 'やめる')
    return labels.map((label) => label.split('\n')[0] ?? '')
  }

  async seats(): Promise<readonly string[]> {
    await this.shown()
    return namesOf(this.seatsPlace())
  }

  /** What taking a seat away means, as the sheet says it; the consent window comes next. */
  async startRemoveSeat(person: string, reason: string, picture?: string): Promise<string> {
    await press(this.seatsPlace(), new RegExp(`^${person}さんの席を取り消す`))
    const sheet = this.page.getByRole('dialog')
    await sheet.getByText(/ここまでに読めた文書：/).waitFor()
    const said = await sheet.innerText()
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await fill(sheet, '理由', reason)
    await press(sheet, '確認へ進む')
    return said
  }

  /** What somebody could read from whom reading was taken, with every list unfolded. */
  async couldRead(person: string): Promise<string> {
    const place = this.page.getByRole('region', { name: '読めなくした人がそれまでに読めた文書' })
    const one = place.locator('details').filter({ has: this.page.locator('summary', { hasText: `${person}（` }) }).first()
    await one.locator('summary').first().click()
    await one.getByText('うち開いた記録').waitFor()
    for (const list of await one.locator('details > summary').all()) await list.click()
    return one.innerText()
  }

  /** Gives new keys to all documents that are listed under what this person could read and have none since; the list is unfolded. `picture`: where the sheet is kept as it looks. */
  async giveNewKeys(reason: string, picture?: string): Promise<void> {
    const place = this.page.getByRole('region', { name: '読めなくした人がそれまでに読めた文書' })
    await press(place, 'すべて選ぶ')
    await press(place, /^選んだ文書の鍵を新しくする/)
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    if (picture !== undefined) await sheet.screenshot({ path: picture })
    await press(sheet, '新しくする')
    await sheet.waitFor({ state: 'detached' })
    await place.getByRole('button', { name: 'すべて選ぶ' }).waitFor({ state: 'detached' })
  }

  /** Whose seats wait after a recovery. */
  async waiting(): Promise<readonly string[]> {
    return this.seatsPlace().getByRole('row').filter({ hasText: '復旧中' }).getByRole('rowheader').allInnerTexts()
  }

  /** The seat of this person that waits; the consent window comes next. */
  async startRemoveWaiting(person: string, reason: string): Promise<void> {
    const row = this.seatsPlace().getByRole('row').filter({ hasText: '復旧中' }).filter({ hasText: person })
    await press(row, /さんの復旧を止める/)
    const sheet = this.page.getByRole('dialog')
    await fill(sheet, '理由', reason)
    await press(sheet, '確認へ進む')
  }

  /** The devices, each as one line. */
  async devices(): Promise<readonly string[]> {
    await this.shown()
    return (await this.page.getByRole('list', { name: '端末', exact: true }).getByRole('listitem').allInnerTexts()).map((row) => row.replaceAll('\n', ' '))
  }

  /** Calls the device of this person lost; what that means, as the sheet says it. The consent window comes next. */
  async startReportLost(person: string, reason: string): Promise<string> {
    await this.page.getByRole('button', { name: new RegExp(`^${person}.*の紛失を届け出る$`) }).click()
    const sheet = this.page.getByRole('dialog')
    const said = await sheet.innerText()
    await fill(sheet, '理由', reason)
    await press(sheet, '確認へ進む')
    return said
  }

  /** What is to be reported of the lost device of this person, once it is there. */
  async lostDevice(person: string): Promise<string> {
    const article = this.page.getByRole('article', { name: new RegExp(`^紛失した端末：${person}`) })
    await article.getByText(/読むことができた文書：/).waitFor()
    return article.innerText()
  }

  async seatGone(person: string): Promise<void> {
    await this.seatsPlace().getByRole('rowheader', { name: person }).waitFor({ state: 'detached' })
  }

  /** Chooses a list of accounts; what it says beside the seats here. */
  async reconcile(name: string, text: string): Promise<string> {
    const place = this.page.getByRole('region', { name: 'アカウントの名簿との照らし合わせ' })
    const chooser = this.page.waitForEvent('filechooser')
    await place.getByRole('button', { name: /名簿/ }).click()
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await place.getByRole('status').or(place.getByRole('alert')).filter({ hasText: /名簿|表として/ }).waitFor()
    return place.innerText()
  }

  /** Who issues the town's accounts, whose they are and which wait, as the section says it once it is there. */
  async accounts(): Promise<string> {
    await this.accountsPlace().waitFor()
    return this.accountsPlace().innerText()
  }

  /** Whose accounts are known. */
  accountHolders(): Promise<readonly string[]> {
    return namesOf(this.accountsPlace())
  }

  /** Makes what is set on this machine the town's provider; the consent window comes next. */
  async startNameProvider(): Promise<void> {
    await press(this.accountsPlace(), '町の発行元に決める')
  }

  /** Says whose the account is with which somebody signed in at this person's seat; the consent window comes next. */
  async startBindAccount(person: string): Promise<void> {
    await press(this.accountsPlace(), `${person}さんのものとする`)
  }

  private accountsPlace(): Locator {
    return this.page.getByRole('region', { name: '町のアカウント' })
  }

  private administratorsPlace(): Locator {
    return this.page.getByRole('region', { name: '管理者', exact: true })
  }

  private excusesPlace(): Locator {
    return this.page.getByRole('region', { name: '猶予している確認' })
  }

  private rulesPlace(): Locator {
    return this.page.getByRole('region', { name: '端末と作業の決まり', exact: true })
  }

  private seatsPlace(): Locator {
    return this.page.getByRole('region', { name: '席', exact: true })
  }

  /** For administrators: writes an invitation; the path it says. */
  async writeInvitation(): Promise<string> {
    const region = this.page.getByRole('region', { name: '加わりたい端末' })
    await press(region, '招待を書き出す')
    const said = region.getByText(/^書き出しました：/)
    await said.waitFor()
    return (await said.innerText()).replace('書き出しました：', '').trim()
  }

  /** Looks for requests until one of this name is there; its six words. */
  async requestWords(name: string): Promise<readonly string[]> {
    await press(this.page.getByRole('region', { name: '加わりたい端末' }), '新しい依頼を見る')
    const words = this.request(name).getByRole('list', { name: '6つの言葉' })
    await words.waitFor()
    return words.getByRole('listitem').allInnerTexts()
  }

  mayApprove(name: string): Promise<boolean> {
    return this.request(name).getByRole('button', { name: 'この端末を加える' }).isEnabled()
  }

  /** Says that the words are the same and whose seat it is; the consent window comes next. */
  async startApprove(name: string, person: string): Promise<void> {
    await tickOne(this.request(name), '6つの言葉が同じです')
    await chooseOption(this.request(name), 'どの職員の席にしますか', new RegExp(`^${person}`))
    await press(this.request(name), 'この端末を加える')
  }

  /** What was done with the last request, once it is said. */
  async said(): Promise<string> {
    const said = this.page.getByRole('region', { name: '加わりたい端末' }).getByRole('status')
    await said.waitFor()
    return said.innerText()
  }

  async refuse(name: string): Promise<void> {
    await press(this.request(name), '加えない')
  }

  private request(name: string): Locator {
    return this.page.getByRole('article', { name: `${name}さんからの依頼` })
  }
}

function namesOf(region: Locator): Promise<readonly string[]> {
  return region.getByRole('rowheader').allInnerTexts()
}
