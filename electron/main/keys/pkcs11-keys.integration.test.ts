import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSoftwareTpm, tpmModule, type SoftwareTpm } from '../../../e2e/servers/software-tpm.ts'
import type { KeyStore } from '../ports.ts'
import { hardwareKeyOf, hardwareKeyToKept } from '../services/kept-key.ts'
import { createKeyStore } from '../services/key-store.ts'
import { nodeHost } from '../services/node-host.ts'
import { createProfile } from '../services/profile.ts'
import { clearAway, osSecret, temporary } from '../services/testing/session-device.ts'
import { createTokenMemory } from '../services/token-memory.ts'
import { keyStoreContract } from './testing/key-store-contract.ts'
import { openCryptoki } from './cryptoki.ts'
import { foreign, keysOn, softHsmModule, surround, surroundSoftHsm } from './testing/tokens.ts'

let tpm: SoftwareTpm
beforeAll(async () => {
  tpm = await startSoftwareTpm()
  surround(tpm.env)
})
afterAll(async () => {
  await tpm.stop()
  await clearAway()
})

const made = async (keys: KeyStore): Promise<Uint8Array> => {
  const key = await keys.make()
  if (!key.ok) throw new Error(`no key was made: ${key.error.why}`)
  return key.value.kept
}

const machineOn = (module: string) => async () => {
  const folder = await temporary()
  return { keys: keysOn(folder, module), again: async () => keysOn(folder, module) }
}

describe('keys in a TPM 2.0 (software TPM, tpm2-pkcs11)', () => {
  keyStoreContract('a TPM', 'L2', machineOn(tpmModule))

  it('4.4 a TPM that is away, and comes back, costs the time it is away and nothing else', async () => {
    const keys = keysOn(await temporary(), tpmModule)
    const kept = await made(keys)
    await tpm.pause()
    expect(await keys.test(kept)).toMatchObject({ type: 'KeyUnavailable', why: 'silent', retry: 'later' })
    expect(await keys.make()).toMatchObject({ ok: false, error: { why: 'silent' } })
    await tpm.start()
    expect(await keys.test(kept)).toBeNull()
  })

  it('4.4 a TPM that was cleared knows no key of before, says so, and makes new ones', async () => {
    let now = 0
    const keys = keysOn(await temporary(), tpmModule, () => now)
    const before = await made(keys)
    await tpm.clear()
    // This TPM closes itself to everybody after three refusals: what refused once is not asked again within the hour.
    for (let i = 0; i < 10; i++) expect(await keys.test(before)).toMatchObject({ why: 'silent' })
    const after = await made(keys)
    expect([await keys.test(after), (await keys.test(before))?.why]).toEqual([null, 'silent'])
    now += 61 * 60_000
    expect([(await keys.test(before))?.why, await keys.test(after)]).toEqual(['silent', null])
  })

  it('4.4 files of the token that are gone are a token that is gone; the module that is not there is named', async () => {
    const folder = await temporary()
    const kept = await made(keysOn(folder, tpmModule))
    rmSync(join(folder, 'workspace/tokens'), { recursive: true })
    expect(await keysOn(folder, tpmModule).test(kept)).toMatchObject({ why: 'token' })
    expect(await keysOn(folder, '/usr/lib/no-module.so').test(kept)).toMatchObject({ why: 'module' })
    const profile = createProfile(nodeHost, join(folder, 'workspace'), osSecret)
    expect(await createKeyStore(nodeHost, profile.keystore, null).test(kept)).toMatchObject({ why: 'module' })
  })
})

describe('keys in another token (SoftHSM)', () => {
  beforeAll(async () => surroundSoftHsm(await temporary()))
  keyStoreContract('a token in files', 'L2', machineOn(softHsmModule))

  it('4.4 a module over many tokens is asked one thing at a time, and names every one of them each time', async () => {
    const labels = Array.from({ length: 8 }, (_, i) => `one of many ${i}`)
    for (const label of labels) {
      const module = await openCryptoki(foreign(), softHsmModule)
      await module.initToken((await module.tokens()).find(({ isInitialised }) => !isInitialised)!.slot, 'officer', label)
      await module.finalize()
    }
    for (let round = 0; round < 20; round++) {
      const again = await openCryptoki(foreign(), softHsmModule)
      expect((await again.tokens()).map(({ label }) => label)).toEqual(expect.arrayContaining(labels))
      await again.finalize()
    }
  })

  it('4.4 a token whose PIN was changed refuses, and a key that was deleted is named', async () => {
    const folder = await temporary()
    const keys = keysOn(folder, softHsmModule)
    const kept = await made(keys)
    const memory = createTokenMemory(createProfile(nodeHost, join(folder, 'workspace'), osSecret))
    const [token] = await memory.load()
    await memory.save([{ label: token!.label, pin: 'another PIN' }])
    expect(await keys.test(kept)).toMatchObject({ why: 'pin' })
    await memory.save([token!])
    expect(await keysOn(folder, softHsmModule).test(kept)).toBeNull()
    const gone = hardwareKeyToKept({ ...hardwareKeyOf(kept)!, id: Uint8Array.of(1, 2, 3) })
    expect(await keysOn(folder, softHsmModule).test(gone)).toMatchObject({ why: 'key' })
    await memory.save([])
    expect(await keysOn(folder, softHsmModule).test(kept)).toMatchObject({ why: 'token' })
  })
})
