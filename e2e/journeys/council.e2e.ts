// Two administrators: a town that begins with them; at one machine, what one proposes waits for the other’s PIN; a seat is taken away and opens nothing any more.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { leave, openOffice, people, pin, sitAtTrust } from './steps.ts'

async function confirm(host: Host): Promise<void> {
  await new ConsentScreen(await host.consentPage()).confirm(pin)
}

test('3.1 a third administrator is added by the voices of two, and one voice takes away the seat of a lost machine', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.dxHead, people.chief, people.drafter])
  const heading = `${people.chief}さんを管理者に加える`

  const first = await sitAtTrust(host, people.manager)
  await expect.poll(() => first.administrators()).toEqual([people.manager, people.dxHead])
  expect(await first.trial()).toBe('')
  await first.startPropose(people.chief, '情報担当の引継ぎのため')
  const window = new ConsentScreen(await host.consentPage())
  expect(await window.words()).toContain(people.chief)
  await window.confirm(pin)
  expect(await first.proposal(heading)).toContain('ほかの管理者の賛成を待っています')
  expect(await first.administrators()).toEqual([people.manager, people.dxHead])
  await leave(host)

  const second = await sitAtTrust(host, people.dxHead)
  expect(await second.proposal(heading)).toContain('情報担当の引継ぎのため')
  await second.startAgree(heading)
  await confirm(host)
  await second.proposalGone(heading)
  expect((await second.administrators()).toSorted()).toEqual([people.manager, people.dxHead, people.chief].toSorted())

  expect(await second.startRemoveSeat(people.drafter, '端末を紛失したため')).toContain('書きかけの文は残り')
  await confirm(host)
  await second.seatGone(people.drafter)
  await leave(host)

  const unlock = new UnlockScreen(await host.page())
  await unlock.shown()
  await unlock.tryPin(people.drafter, pin)
  expect(await unlock.refusal()).toContain('管理者が取り消しました')
})

test('3.1 one administrator makes the rules stricter, looser ones wait for the other, and a proposal can be taken back', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.dxHead])
  const heading = '端末と作業の決まりを変える'
  const [lock, wait, witness] = ['触らないときの自動ロック', '復旧した席が待つ時間', '承認をほかの端末が受け取るまで']
  const witnessInput = '承認をほかの端末が受け取るまでの時間（時間）'
  const first = await sitAtTrust(host, people.manager)
  expect(await first.startChangeRules({ '自動ロックまでの時間（分）': '5' }, '窓口に人が多いため')).toContain('あなた一人の確認で、すぐに効きます')
  const stricter = new ConsentScreen(await host.consentPage())
  expect(await stricter.outcome()).toBe('端末と作業の決まりを厳しくします')
  expect((await stricter.facts())['自動ロックまで（分）']).toBe('10 → 5')
  await stricter.confirm(pin)
  await expect.poll(async () => (await first.rules())[lock]).toContain('5 分')

  const confirmed = '確認の窓と PIN が要ること'
  expect((await first.rules())[confirmed]).toContain('承認・差戻し・否決・取下げ')
  expect(await first.startChangeRules({ [witnessInput]: '12' }, '承認を早く届けるため', { 簿冊に納める: true })).toContain('あなた一人の確認で、すぐに効きます')
  const more = new ConsentScreen(await host.consentPage())
  expect(await more.facts()).toMatchObject({ '承認をほかの端末が受け取るまで（時間）': '24 → 12', '確認と PIN が新しく要ること': '簿冊に納める' })
  await more.page.screenshot({ path: test.info().outputPath('more.png') })
  await more.confirm(pin)
  await expect.poll(async () => (await first.rules())[witness]).toContain('12 時間以内')
  expect((await first.rules())[confirmed]).toContain('簿冊に納める')
  expect(await first.fixedRules()).toEqual(['承認・差戻し・否決・取下げ', '文書の書き出しと印刷', '人・席・権限と、この決まりの変更', '様式・分類・決裁区分・番号の種類の変更', '文書番号を付ける人を決める・代える'])

  expect(await first.startChangeRules({ '自動ロックまでの時間（分）': '15', '復旧した席が待つ時間（時間）': '48' }, '会議のため')).toContain('ほかの管理者が賛成すると効きます')
  await confirm(host)
  expect(await first.proposal(heading)).toContain('5 分で自動的に閉じます → 15 分で自動的に閉じます')
  const page = await host.page()
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('rules.png'), fullPage: true })
  await first.startWithdraw(heading)
  const back = new ConsentScreen(await host.consentPage())
  expect(await back.outcome()).toBe('あなたの提案を取り下げます')
  await back.page.screenshot({ path: test.info().outputPath('withdraw.png') })
  await back.confirm(pin)
  await first.proposalGone(heading)
  await first.startChangeRules({ '復旧した席が待つ時間（時間）': '48', [witnessInput]: '' }, '復旧の訓練のため', { 簿冊に納める: false })
  await confirm(host)
  await first.proposal(heading)
  expect((await first.rules())[wait]).toContain('72 時間')
  await leave(host)

  const second = await sitAtTrust(host, people.dxHead)
  // Until all has been read, what was taken back may stand there for a moment.
  await expect.poll(() => second.proposal(heading)).toContain('復旧の訓練のため')
  const waiting = await second.proposal(heading)
  for (const words of ['復旧の訓練のため', '要らなくなる：簿冊に納める', '12 時間以内に受け取られない承認は保留になり、本人が確かめると効きます → 待ちません']) expect(waiting).toContain(words)
  await second.page.screenshot({ path: test.info().outputPath('second-voice.png'), fullPage: true })
  await second.startAgree(heading)
  const agree = new ConsentScreen(await host.consentPage())
  expect(await agree.facts()).toMatchObject({ '復旧した席が待つ時間（時間）': '72 → 48', '承認をほかの端末が受け取るまで（時間）': '12 → 待たない', '確認と PIN が要らなくなること': '簿冊に納める' })
  await agree.confirm(pin)
  await second.proposalGone(heading)
  expect((await second.rules())[wait]).toContain('48 時間')
  expect((await second.rules())[lock]).toContain('5 分')
  expect((await second.rules())[witness]).toBe('待ちません')
  expect((await second.rules())[confirmed]).not.toContain('簿冊に納める')
})

test('3.1 a workspace with one administrator says that it is a trial', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.drafter])
  const trust = await sitAtTrust(host, people.manager)
  await expect.poll(() => trust.trial()).toContain('管理者一人の試行です')
  await trust.startPropose(people.drafter, '二人目の管理者')
  await confirm(host)
  await expect.poll(() => trust.trial()).toBe('')
  expect(await trust.administrators()).toContain(people.drafter)
})

test('3.1 a blank town begins with two administrators, each opening with a PIN of their own, and is no trial', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  const setup = new SetupScreen(page)
  await setup.shown()
  await setup.startBlank({ townName: '新町', familyName: '山', givenName: '花', reading: 'ヤマ ハナ', positionTitle: '総務課長' })
  expect(await page.getByRole('main').innerText()).toContain('管理者が一人のあいだは「試行」です')
  const ownPin = 'river-in-winter'
  await setup.nameSecond({ townName: '', familyName: '川', givenName: '光', reading: 'カワ ヒカル', positionTitle: '情報係長' }, ownPin)
  await setup.typePin(pin)
  await setup.create()
  expect(await setup.recoveryCodes()).toHaveLength(3)
  await setup.acceptSheet()
  await new UnlockScreen(page).unlock('川 光', ownPin)
  await new FrameScreen(page).goTo('端末と信頼')
  const trust = new TrustScreen(page)
  await expect.poll(() => trust.administrators()).toEqual(['山 花', '川 光'])
  expect(await trust.trial()).toBe('')
})
