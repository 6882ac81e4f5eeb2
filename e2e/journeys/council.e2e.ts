// Two administrators: a town that begins with them; at one machine, what one proposes waits for the other’s PIN; a seat is taken away and opens nothing any more.
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { leave, openOffice, people, pin, sitDown } from './steps.ts'

async function trustOf(host: Host, person: string): Promise<TrustScreen> {
  await sitDown(host, person)
  const page = await host.page()
  await new FrameScreen(page).goTo('端末と信頼')
  const trust = new TrustScreen(page)
  await trust.shown()
  return trust
}

async function confirm(host: Host): Promise<void> {
  await new ConsentScreen(await host.consentPage()).confirm(pin)
}

test('3.1 a third administrator is added by the voices of two, and one voice takes away the seat of a lost machine', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.dxHead, people.chief, people.drafter])
  const heading = `${people.chief}さんを管理者に加える`

  const first = await trustOf(host, people.manager)
  await expect.poll(() => first.administrators()).toEqual([people.manager, people.dxHead])
  expect(await first.trial()).toBe('')
  await first.startPropose(people.chief, '情報担当の引継ぎのため')
  const window = new ConsentScreen(await host.consentPage())
  expect(await window.words()).toContain(people.chief)
  await window.confirm(pin)
  expect(await first.proposal(heading)).toContain('ほかの管理者の賛成を待っています')
  expect(await first.administrators()).toEqual([people.manager, people.dxHead])
  await leave(host)

  const second = await trustOf(host, people.dxHead)
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

test('3.1 a workspace with one administrator says that it is a trial', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.manager, people.drafter])
  const trust = await trustOf(host, people.manager)
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
