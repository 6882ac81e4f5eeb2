// What 端末と信頼 says of a seat that was opened a moment ago.
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { TrustView } from '../services/trust-models.ts'
import { createMemoryHost } from './testing/memory-host.ts'
import { createOffice, unlockSeat } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { createVaultService } from './vault-service.ts'

it('4.4 says neither how keys are kept nor who could witness before collection zero is known here', async () => {
  const office = await createOffice(smallTown, ['clerk', 'manager'])
  const objects = office.folder()
  const host = createMemoryHost(office, objects, await unlockSeat(office, objects, 'clerk'))
  const defects: unknown[] = []
  const service = createVaultService({ host, crypto: office.crypto, clock: office.clock, wait: async () => undefined, ...createTestMachine((path) => readFile(path)) }, { language: () => 'ja', job: () => undefined, notice: () => undefined, defect: (thrown) => defects.push(thrown) })
  const told: TrustView[] = []
  const opened = service.open()
  service.watch('trust', null, (value) => void told.push(value))
  expect((await opened).ok).toBe(true)
  await expect.poll(() => told.at(-1)).toMatchObject({ level: 'L0', activeSeats: 2, notices: [{ code: 'trust.pin-only' }] })
  const early = told.filter(({ activeSeats }) => activeSeats === 0)
  expect(early.length).toBeGreaterThan(0)
  for (const { level, notices } of early) expect([level, notices]).toEqual([null, []])
  expect(defects).toEqual([])
})
