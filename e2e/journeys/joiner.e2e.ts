// Somebody begins at the town: an account at its provider, a new machine, nothing else. Counted is what the two people do with their hands
// until the first draft is saved, and no administrator comes back later for anything.
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { JoinScreen } from '../screens/join-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startOidcProvider } from '../servers/oidc-provider.ts'
import { countHands } from './hands.ts'
import { ownPin, townHall, typed } from './joining-steps.ts'
import { inBrowser, machineOf } from './sign-in-steps.ts'
import { people, pin } from './steps.ts'

/** Seconds: two people read six words to each other on the telephone; somebody signs in at the provider with a password they have to look up; an administrator reads what they confirm and types the PIN; one press of a button that begins the page anew. */
const [call, password, consent, once] = [90, 45, 20, 3]
const mostSeconds = 600

test('4.2 joiner: from a new account at the provider to the first draft on a new machine takes two people less than ten minutes @root', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const town = await startOidcProvider()
  const machine = machineOf(town)
  try {
    const office = await launchApp({ keyring: true, enter: machine.enter })
    const { trust } = await townHall(office)
    await trust.startNameProvider()
    await confirm(office)
    await expect.poll(() => trust.accounts()).toContain(`発行元：${town.issuer}`)
    const laptop = await launchApp({ keyring: true, enter: machine.enter })
    const [officePage, page] = [await office.page(), await laptop.page()]
    const hands = countHands()

    // The account is made at the provider; from here on people's time counts.
    town.account('yoshida')
    const invitation = await hands.in(officePage, () => trust.writeInvitation())
    const joining = new JoinScreen(page)
    const words = await hands.in(page, async () => {
      await joining.open()
      await joining.chooseInvitation(invitation)
      await joining.ask(typed, ownPin)
      return joining.words()
    })
    expect(await hands.in(officePage, () => trust.requestWords(typed))).toEqual(words)
    hands.spends(call)
    await hands.in(officePage, () => trust.startApprove(typed, people.chief))
    await confirm(office)
    hands.spends(consent)
    await trust.said()
    const unlock = new UnlockScreen(page)
    await hands.in(page, async () => {
      await joining.look()
      await unlock.unlock(people.chief, ownPin)
    })

    // The town's account: signed in once, and bound by the administrator who is there anyway.
    await new FrameScreen(page).lock()
    hands.spends(once)
    await hands.in(page, () => unlock.choose(people.chief))
    await inBrowser(laptop, 'yoshida')
    hands.spends(password)
    await unlock.signInSays(/yoshida でサインインしています/)
    await hands.in(page, () => unlock.unlock(people.chief, ownPin))
    await new FrameScreen(officePage).goTo('設定')
    await new SettingsScreen(officePage).syncNow()
    await new FrameScreen(officePage).goTo('端末と信頼')
    const again = new TrustScreen(officePage)
    await expect.poll(() => again.accounts(), { timeout: 60_000 }).toContain('yoshida でサインインがありました')
    await hands.in(officePage, () => again.startBindAccount(people.chief))
    await confirm(office)
    hands.spends(consent)
    await expect.poll(() => again.accountHolders()).toEqual([people.chief])

    const drafting = await hands.in(page, async () => {
      await new DeskScreen(page).newDraft({ collection: '総務課の文書' })
      const one = new DraftingScreen(page)
      await one.fillCover({ 件名: '融雪剤の購入について' })
      return one
    })
    await drafting.saved()
    const told = hands.told()
    test.info().annotations.push({ type: 'people’s time', description: JSON.stringify(told) })
    expect(told.seconds).toBeLessThan(mostSeconds)
    expect(told.presses).toBeGreaterThan(10)
    expect(told.presses).toBeLessThan(60)
  } finally {
    machine.remove()
    await town.stop()
  }
})

async function confirm(host: Host): Promise<void> {
  await new ConsentScreen(await host.consentPage()).confirm(pin)
}
