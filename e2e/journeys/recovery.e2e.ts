// A seat's keys are gone from the disk: the screen says what to do, the codes of two recovery sheets make a new seat, which says
// how long it waits. That it opens when its time is up is proved beside the session, whose clock can be moved there.
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const title = '除雪車両の点検結果について'
const body = '十月に行った点検の結果を次のとおり報告する。'

test('2.6b 3.1 two of the three recovery sheets restore a destroyed seat, which says how long it waits, also after a restart', async ({ launchApp }) => {
  const before = await launchApp()
  const { recoveryCodes } = await openOffice(before, [people.drafter])
  await sitDown(before, people.drafter)
  await writeDraft(before, { title, body })
  expect(await before.quit()).toBe(0)

  const seats = join(before.profile, 'workspace/seats')
  const files = readdirSync(seats).filter((name) => name.endsWith('.seat')).map((name) => join(seats, name))
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) writeFileSync(file, Buffer.alloc(statSync(file).size))

  const after = await launchApp({ profile: before.profile })
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

  const again = await launchApp({ profile: before.profile })
  const still = new UnlockScreen(await again.page())
  await still.shown()
  expect(await still.waiting(people.drafter)).toContain('復旧中')
})
