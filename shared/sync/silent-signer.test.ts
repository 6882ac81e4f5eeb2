import { expect, it } from 'vitest'
import { SignerSilent } from '../crypto/keys.ts'
import { deviceSigner, segmentOf, startEngine, type MachineParts } from './testing/machine.ts'
import { createMemoryDisk, createSyncNotes } from './testing/memory-parts.ts'
import { createTown, never } from './testing/town.ts'

it('4.4 SY-57 a device whose key does not sign takes in what others wrote, and tells of its own once it signs again', async () => {
  const town = createTown()
  const other = town.machine('other')
  other.write(segmentOf('theirs.inc', 1, 'a'))
  await other.round()
  let signs = false
  const { publicKey, sign } = deviceSigner('mine')
  const signer = { publicKey, sign: async (data: Uint8Array) => (signs ? sign(data) : Promise.reject(new SignerSilent('the hardware is silent'))) }
  const [local, own] = [createMemoryDisk(), segmentOf('mine.inc', 1, 'b')]
  local.objects.set(own.name, own.bytes)
  const parts: MachineParts = { device: 'mine', seed: 'mine', clock: town.clock, storage: town.storage, local, memory: createSyncNotes(), signer }
  const engine = startEngine(parts)
  expect(await engine.round(never)).toMatchObject({ failure: { type: 'DeviceKeySilent', retry: 'later' }, received: { objects: 1 } })
  expect(local.objects.has(segmentOf('theirs.inc', 1, 'a').name)).toBe(true)
  signs = true
  expect(await engine.round(never)).toMatchObject({ failure: null, unsent: 0 })
  await other.round()
  expect([...(other.disk.objects.get(own.name) ?? [])]).toEqual([...own.bytes])
})

it('4.4 SY-57 anything else that is thrown stays a defect', async () => {
  const town = createTown()
  const local = createMemoryDisk()
  local.objects.set(segmentOf('mine.inc', 1, 'b').name, segmentOf('mine.inc', 1, 'b').bytes)
  const { publicKey } = deviceSigner('mine')
  const engine = startEngine({ device: 'mine', seed: 'mine', clock: town.clock, storage: town.storage, local, memory: createSyncNotes(), signer: { publicKey, sign: () => Promise.reject(new Error('a defect')) } })
  await expect(engine.round(never)).rejects.toThrow('a defect')
})
