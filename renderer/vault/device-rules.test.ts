// The town's own rules for its devices in the vault: accepted by whoever sits here, known on every machine, listed for administrators.
import { expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './testing/test-seat.ts'

const machine = (): TestMachine => createTestMachine(async () => new Uint8Array())
const rules = { id: 'r1', text: '席を離れるときは、画面をロックします。', textEn: 'Lock the screen.', from: '2026-04-01', to: null }
const town: TownData = { ...smallTown, deviceRules: [rules] }

async function exchange(...seats: readonly TestSeat[]): Promise<void> {
  const copy = (from: Objects, to: Objects): void => {
    for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
  }
  for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
  for (const seat of seats) await seat.service.takeIn()
}

it('4.6 AU-51 each person accepts the rules once, every machine learns of it, and only administrators see who has not', async () => {
  const office = await createOffice(town, ['clerk', 'manager'])
  const [clerk, manager] = (await Promise.all(['clerk', 'manager'].map((person) => openTestSeat(office, person, office.folder(), machine())))) as [TestSeat, TestSeat]
  const before = await manager.ask('deviceRules', null)
  expect(before).toMatchObject({ text: { ja: rules.text, en: rules.textEn }, from: '2026-04-01', acknowledgedAt: null, due: true, missing: null })
  expect((await clerk.ask('deviceRules', null))?.missing).toEqual(['係員 太郎', '課長 太郎'])
  expect(await manager.refused('acknowledgeRules', { text: '0'.repeat(64) })).toBe('RulesChanged')
  await manager.done('acknowledgeRules', { text: before?.hash ?? '' })
  await exchange(clerk, manager)
  expect(await manager.ask('deviceRules', null)).toMatchObject({ due: false, missing: null })
  expect((await manager.ask('deviceRules', null))?.acknowledgedAt).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(await clerk.ask('deviceRules', null)).toMatchObject({ due: true, missing: ['係員 太郎'] })
})

it('4.6 AU-50 AU-52 an administrator puts other rules with the PIN, and everybody accepts those anew', async () => {
  const office = await createOffice(town, ['clerk', 'manager'])
  const [clerk, manager] = (await Promise.all(['clerk', 'manager'].map((person) => openTestSeat(office, person, office.folder(), machine())))) as [TestSeat, TestSeat]
  await manager.done('acknowledgeRules', { text: (await manager.ask('deviceRules', null))?.hash ?? '' })
  const next = { text: '私物の USB メモリをつなぎません。', textEn: '' }
  expect(await manager.refused('changeDeviceRules', next)).toBe('NotAllowed not-admin')
  expect(await clerk.refused('changeDeviceRules', { text: rules.text, textEn: rules.textEn })).toBe('RulesSame')
  expect(await clerk.refused('changeDeviceRules', { text: '', textEn: '' })).toBe('RulesUnusable')
  await clerk.done('changeDeviceRules', next)
  await exchange(clerk, manager)
  expect(await manager.ask('deviceRules', null)).toMatchObject({ text: { ja: next.text, en: next.text }, due: true, acknowledgedAt: null })
  expect((await clerk.ask('deviceRules', null))?.missing).toEqual(['係員 太郎', '課長 太郎'])
})

it('4.6 AU-50 a town without rules asks nothing', async () => {
  const office = await createOffice(smallTown, ['clerk'])
  const clerk = await openTestSeat(office, 'clerk', office.folder(), machine())
  expect(await clerk.ask('deviceRules', null)).toBeNull()
  expect(await clerk.refused('acknowledgeRules', { text: '0'.repeat(64) })).toBe('RulesChanged')
})
