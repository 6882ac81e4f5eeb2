// The working view is lost while the app is closed: the next start makes it again from the folder, says so, and it is the same.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { openOffice, people, sitDown, writeDraft } from './steps.ts'

const title = '庁舎の暖房期間について'

test('2.7 deleting IndexedDB while the app is closed: the next start rebuilds it, says so in one line and has the same state hash', async ({ launchApp }) => {
  const first = await launchApp()
  await openOffice(first, [people.drafter])
  await sitDown(first, people.drafter)
  const drafting = await writeDraft(first, { title, body: '暖房は11月から3月までとする。' })
  await drafting.saved()
  const before = await trustOf(await first.page())
  await first.quit()

  rmSync(join(first.profile, 'IndexedDB'), { recursive: true, force: true })

  const second = await launchApp({ profile: first.profile })
  const page = await second.page()
  await sitDown(second, people.drafter)
  await expect(page.getByText(/手元の表示を、端末の記録から作り直しました/).first()).toBeVisible()
  expect(await new DeskScreen(page).titles('起案中')).toContain(title)
  const after = await trustOf(page)
  expect(after.hash).toBe(before.hash)
  expect(after.notices.filter((notice) => notice.includes('作り直しました'))).toHaveLength(1)
})

async function trustOf(page: Page): Promise<{ readonly hash: string; readonly notices: readonly string[] }> {
  await new FrameScreen(page).goTo('端末と信頼')
  const trust = new TrustScreen(page)
  return { hash: await trust.stateHash(), notices: await trust.notices() }
}
