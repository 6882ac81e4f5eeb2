import { describe, expect, it } from 'vitest'
import { keyStoreContract } from '../keys/testing/key-store-contract.ts'
import type { KeyHome } from '../ports.ts'
import { KeyFailed } from './kept-key.ts'
import { createKeyStore } from './key-store.ts'
import { nodeHost } from './node-host.ts'

const never: KeyHome = { in: 'pkcs11', make: () => Promise.reject(new KeyFailed('silent')), sign: () => Promise.reject(new KeyFailed('silent')) }

describe('keys in software', () => {
  for (const [keystore, level] of [['os', 'L1'], ['none', 'L0']] as const) {
    const open = (): ReturnType<typeof createKeyStore> => createKeyStore(nodeHost, keystore, null)
    keyStoreContract(`software (${level})`, level, async () => ({ keys: open(), again: async () => open() }))
  }

  it('4.4 is not what is fallen back to where hardware is named and does not answer', async () => {
    const keys = createKeyStore(nodeHost, 'os', never)
    expect(keys.level).toBe('L2')
    expect(await keys.make()).toMatchObject({ ok: false, error: { type: 'KeyUnavailable', why: 'silent' } })
  })

  it('4.4 is what a machine without a keystore has, whatever hardware is named, and what old keys stay in', async () => {
    const bare = createKeyStore(nodeHost, 'none', never)
    const made = await bare.make()
    expect([bare.level, made.ok]).toEqual(['L0', true])
    const old = await createKeyStore(nodeHost, 'os', null).make()
    const later = createKeyStore(nodeHost, 'os', never)
    if (!old.ok) throw new Error('no key was made')
    expect([later.levelOf(old.value.kept), await later.test(old.value.kept)]).toEqual(['L1', null])
  })
})
