// A machine is put back to an earlier day, and the storage has lost a record that no other machine had received: what was written after it
// waits, is said to, and is entered again by its person with the PIN.
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { chooseFolder, makeShare } from './machines.ts'
import { openOffice, people, pin, sitDown, syncNow, trustOf, writeDraft } from './steps.ts'

const [before, between, lost, later] = ['街路樹の剪定について', '公園の清掃について', '失われる伺い', '後の伺い'] as const

async function writeRound(host: Host, title: string): Promise<void> {
  await new FrameScreen(await host.page()).goTo('机')
  await (await writeDraft(host, { title, body: `${title}の本文。` })).submit()
  await syncNow(host)
}

/** Sits down where the machine finds out that it was put back, before the desk is shown or after: then it locks, and is opened once more. */
async function sitAgain(host: Host): Promise<void> {
  const page = await host.page()
  const unlock = new UnlockScreen(page)
  await unlock.shown()
  await expect(async () => {
    if (await unlock.isShown()) await unlock.tryPin(people.drafter, pin)
    await expect.poll(async () => ((await unlock.isShown()) ? '' : new FrameScreen(page).status()), { timeout: 10_000 }).toContain('様子がおかしいです')
  }).toPass({ timeout: 90_000 })
  await new DeskScreen(page).shown()
}

/** Parcels in the shared folder. */
function parcels(share: string): ReadonlySet<string> {
  return new Set(readdirSync(share, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|\/)[0-9a-f]{64}$/.test(name)))
}

test('3.14 what waits for a record that is nowhere any more is said, and its person goes on without it', async ({ launchApp }) => {
  test.setTimeout(420_000)
  const first = await launchApp()
  await openOffice(first, [people.drafter, people.chief])
  expect(await first.quit()).toBe(0)
  const { profile } = first
  const [colleague, earlier] = [`${profile}-colleague`, `${profile}-earlier`]
  execFileSync('cp', ['-a', profile, colleague])
  const share = makeShare(join(profile, '..'))

  let own = await launchApp({ profile })
  await sitDown(own, people.drafter)
  await chooseFolder(own, share)
  await writeRound(own, before)
  expect(await own.quit()).toBe(0)
  execFileSync('cp', ['-a', profile, earlier])

  own = await launchApp({ profile })
  await sitDown(own, people.drafter)
  await writeRound(own, between)
  const there = parcels(share)
  await writeRound(own, lost)
  for (const name of parcels(share)) if (!there.has(name)) rmSync(join(share, name))
  await writeRound(own, later)
  expect(await own.quit()).toBe(0)

  const other = await launchApp({ profile: colleague })
  await sitDown(other, people.chief)
  await new FrameScreen(await other.page()).goTo('設定')
  await new SettingsScreen(await other.page()).beginStorage(share)
  await new FrameScreen(await other.page()).waitForStatus(/送信済み/)
  await new FrameScreen(await other.page()).goTo('机')
  const desk = new DeskScreen(await other.page())
  for (const title of [before, between]) await desk.waitFor('わたしの番', title)
  expect([...(await desk.titles('わたしの番'))].sort()).toEqual([before, between].sort())

  rmSync(profile, { recursive: true })
  execFileSync('cp', ['-a', earlier, profile])
  own = await launchApp({ profile })
  await sitAgain(own)
  await syncNow(own)
  const trust = await trustOf(own)
  expect(await trust.waitingForLost()).toMatch(/それより後の記録 [1-9]\d* 件が、その記録を待っていて/)
  await (await own.page()).screenshot({ path: test.info().outputPath('waiting.png'), fullPage: true })
  await trust.startLeaveLost()
  const window = new ConsentScreen(await own.consentPage())
  expect(await window.words()).toContain('失われた記録を待つのをやめ、後の記録を入れ直します')
  await window.page.screenshot({ path: test.info().outputPath('consent.png') })
  await window.confirm(pin)
  await trust.lostLeft()
  await (await own.page()).screenshot({ path: test.info().outputPath('left.png'), fullPage: true })
  // The records are entered again once everything was taken in anew; then they are sent, and fetched. That the lost document was opened is
  // written some seconds after it: where that came through, nobody can read it, for the document’s key went with the rest.
  await expect.poll(() => trust.leftRecords(), { timeout: 60_000 }).toMatch(/取り置いている操作：[0-3] 件/)
  await expect(async () => {
    for (const host of [own, other]) await syncNow(host)
    expect([...(await desk.titles('わたしの番'))].sort()).toEqual([before, between, later].sort())
  }).toPass({ timeout: 120_000 })
  expect(await (await trustOf(other)).leftRecords()).toContain(`${people.drafter}さんの席の記録の一つが失われたため`)
  await (await other.page()).screenshot({ path: test.info().outputPath('other.png'), fullPage: true })
  const hashes = async () => new Set(await Promise.all([own, other].map(async (host) => (await trustOf(host)).stateHash()))).size
  await expect.poll(hashes, { timeout: 90_000 }).toBe(1)
  for (const host of [own, other]) expect(await host.quit()).toBe(0)
})
