// An office at one machine that sends to a folder, and a machine that joins it there, with another key than every other.
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { JoinScreen } from '../screens/join-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { openOffice, people, pin, sitDown } from './steps.ts'

export const ownPin = 'natsu-no-owari-4177'
/** What the person types who asks to join. */
export const typed = '𠮷田'

/** An office at one machine that sends to a folder, with an administrator at work on the trust screen. */
export async function townHall(host: Host): Promise<{ readonly share: string; readonly trust: TrustScreen }> {
  await openOffice(host, [people.manager, people.drafter])
  await sitDown(host, people.manager)
  const share = join(dirname(host.profile), 'share')
  mkdirSync(share)
  chmodSync(share, 0o777)
  const page = await host.page()
  await new FrameScreen(page).goTo('設定')
  await new SettingsScreen(page).chooseFolder(share)
  await new FrameScreen(page).waitForStatus(/全件そろっています/)
  await new FrameScreen(page).goTo('端末と信頼')
  return { share, trust: new TrustScreen(page) }
}

/** The second machine joins as this person, who sits down there. */
export async function joinAs(office: Host, trust: TrustScreen, joiner: Host, person: string): Promise<void> {
  const invitation = await trust.writeInvitation()
  const page = await joiner.page()
  const joining = new JoinScreen(page)
  await joining.open()
  await joining.chooseInvitation(invitation)
  await joining.ask(typed, ownPin)
  await joining.words()
  await trust.requestWords(typed)
  await trust.startApprove(typed, person)
  await new ConsentScreen(await office.consentPage()).confirm(pin)
  await trust.said()
  await joining.look()
  await new UnlockScreen(page).unlock(person, ownPin)
}
