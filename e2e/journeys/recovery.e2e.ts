// A seat's keys are gone from the disk: the screen says what to do, the codes of two recovery sheets make a new seat, which says
// how long it waits, and opens when three days have passed.
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { leave, openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const title = '除雪車両の点検結果について'
const body = '十月に行った点検の結果を次のとおり報告する。'

/** The keys of every seat are gone from the disk. */
function destroySeats(profile: string): void {
  const seats = join(profile, 'workspace/seats')
  const files = readdirSync(seats).filter((name) => name.endsWith('.seat')).map((name) => join(seats, name))
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) writeFileSync(file, Buffer.alloc(statSync(file).size))
}

test('2.6b 3.1 two of the three recovery sheets restore a destroyed seat, which says how long it waits, also after a restart, and opens after 72 hours with everything in it', async ({ launchApp, clock }) => {
  const { env } = clock
  const before = await launchApp({ env })
  const { recoveryCodes } = await openOffice(before, [people.drafter])
  await sitDown(before, people.drafter)
  await writeDraft(before, { title, body })
  expect(await before.quit()).toBe(0)

  destroySeats(before.profile)

  const after = await launchApp({ profile: before.profile, env })
  const page = await after.page()
  const unlock = new UnlockScreen(page)
  await unlock.shown()
  await unlock.tryPin(people.drafter, pin)
  const refusal = await unlock.refusal()
  expect(refusal).toContain('文書は失われていません')
  expect(refusal).toContain('復旧用紙で席を作り直せます')

  const newPin = 'valley-after-rain'
  const [, second = '', third = ''] = recoveryCodes
  expect(recoveryCodes).toHaveLength(3)
  await unlock.recover([third, second], people.drafter, newPin)
  expect(await unlock.seats()).toContain(people.drafter)
  expect(await unlock.waiting(people.drafter)).toMatch(/復旧中：.+から開けます（あと約 72 時間）/)
  await unlock.tryPin(people.drafter, newPin)
  expect(await unlock.refusal()).toContain('あと約 72 時間')
  expect(await after.quit()).toBe(0)

  const again = await launchApp({ profile: before.profile, env })
  const still = new UnlockScreen(await again.page())
  await still.shown()
  expect(await still.waiting(people.drafter)).toContain('復旧中')
  clock.forward(71)
  await still.tryPin(people.drafter, newPin)
  expect(await still.refusal()).toContain('あと約 1 時間')
  clock.forward(1)
  await still.tryPin(people.drafter, newPin)
  const desk = new DeskScreen(await again.page())
  await desk.open('起案中', title)
  expect(await new DraftingScreen(await again.page()).bodyText()).toContain(body)
})

test('4.16 T11 all administrators are lost: two of three sheets bring each of them back after 72 hours, and together they decide again who administers', async ({ launchApp, clock }) => {
  test.setTimeout(240_000)
  const { env } = clock
  const before = await launchApp({ env })
  const { recoveryCodes } = await openOffice(before, [people.manager, people.dxHead, people.drafter])
  expect(await before.quit()).toBe(0)
  destroySeats(before.profile)

  const after = await launchApp({ profile: before.profile, env })
  const page = await after.page()
  const unlock = new UnlockScreen(page)
  const newPin = 'two-sheets-each-26'
  const [first = '', second = '', third = ''] = recoveryCodes
  await unlock.shown()
  await unlock.recover([first, third], people.manager, newPin)
  await unlock.recover([second, third], people.dxHead, newPin)
  for (const name of [people.manager, people.dxHead]) expect(await unlock.waiting(name)).toMatch(/復旧中：.+から開けます（あと約 72 時間）/)
  clock.forward(71)
  await unlock.tryPin(people.manager, newPin)
  expect(await unlock.refusal()).toContain('あと約 1 時間')
  clock.forward(2)

  const proposal = `${people.drafter}さんを管理者に加える`
  await unlock.unlock(people.manager, newPin)
  const trust = new TrustScreen(page)
  await new FrameScreen(page).goTo('端末と信頼')
  await trust.startPropose(people.drafter, '管理者を立て直すため')
  await new ConsentScreen(await after.consentPage()).confirm(newPin)
  expect(await trust.proposal(proposal)).toContain('ほかの管理者の賛成を待っています')
  await leave(after)
  await unlock.unlock(people.dxHead, newPin)
  await new FrameScreen(page).goTo('端末と信頼')
  await trust.startAgree(proposal)
  await new ConsentScreen(await after.consentPage()).confirm(newPin)
  await trust.proposalGone(proposal)
  await expect.poll(() => trust.administrators()).toContain(people.drafter)
})
