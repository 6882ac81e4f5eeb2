// What journeys about official numbers share: a document that goes out, the book of the section's series, an act confirmed there.
// Assertions stay in the journeys.
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { NumbersScreen } from '../screens/numbers-screen.ts'
import { pin } from './steps.ts'

/** What a cover sheet says besides when the document goes out and so gets a number. */
export const outgoing = { 施行方法: '郵送', あて先: '除雪業者 各位', 施行文案: '別紙のとおり作業をお願いします。' }

/** The book of the section's series, opened. */
export async function book(host: Host): Promise<NumbersScreen> {
  const page = await host.page()
  await new FrameScreen(page).goTo('文書番号簿')
  const screen = new NumbersScreen(page)
  await screen.chooseSeries('雪総')
  return screen
}

/** Confirms the act that was started in the book. */
export async function confirmed(host: Host, screen: NumbersScreen): Promise<void> {
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await screen.actDone()
}
