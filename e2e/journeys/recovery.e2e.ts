// A seat's keys are gone from the disk: the screen says what to do, the codes of two recovery sheets make a new seat, which says
// how long it waits, and opens when three days have passed.
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const title = '除雪車両の点検結果について'
const body = '十月に行った点検の結果を次のとおり報告する。'

test('2.6b 3.1 two of the three recovery sheets restore a destroyed seat, which says how long it waits, also after a restart, and opens after 72 hours with everything in it', async ({ launchApp, clock }) => {
  const { env } = clock
  const before = await launchApp({ env })
  const { recoveryCodes } = await openOffice(before, [people.drafter])
  await sitDown(before, people.drafter)
  await writeDraft(before, { title, body })
  expect(await before.quit()).toBe(0)

  const seats = join(before.profile, 'workspace/seats')
  const files = readdirSync(seats).filter((name) => name.endsWith('.seat')).map((name) => join(seats, name))
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) writeFileSync(file, Buffer.alloc(statSync(file).size))

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
