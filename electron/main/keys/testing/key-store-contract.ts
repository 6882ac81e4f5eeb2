// What every place for signing keys keeps, whatever it is made of.
import { expect, it } from 'vitest'
import type { ProtectionLevel } from '@shared/posture/model.ts'
import { createVerify, signFor } from '@shared/crypto/sign.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import type { KeyStore } from '../../ports.ts'
import { publicKeyOfKept } from '../../services/kept-key.ts'
import { nodeHost } from '../../services/node-host.ts'

/** `again`: the same place after the app was started anew. */
export function keyStoreContract(name: string, level: ProtectionLevel, open: () => Promise<{ readonly keys: KeyStore; readonly again: () => Promise<KeyStore> }>): void {
  const verify = createVerify(nodeHost)
  const text = utf8ToBytes('決裁')

  it(`4.4 ${name} makes keys that sign as P-256 with SHA-256 do, each its own, and says how well they are kept`, async () => {
    const { keys } = await open()
    expect(keys.level).toBe(level)
    const [one, other] = [await keys.make(), await keys.make()]
    if (!one.ok || !other.ok) throw new Error('no key was made')
    expect(one.value.publicKey).not.toEqual(other.value.publicKey)
    for (const { value } of [one, other]) {
      const signature = await signFor(value.signer, 'segment', text)
      expect(signature).toHaveLength(64)
      expect(await verify(value.publicKey, 'segment', text, signature)).toBe(true)
      expect(await verify(value.publicKey, 'beacon', text, signature)).toBe(false)
      expect([keys.levelOf(value.kept), publicKeyOfKept(value.kept)]).toEqual([level, value.publicKey])
    }
    expect(await verify(other.value.publicKey, 'segment', text, await signFor(one.value.signer, 'segment', text))).toBe(false)
  })

  it(`4.4 ${name} signs with the same key after a new start, many at once`, async () => {
    const { keys, again } = await open()
    const made = await keys.make()
    if (!made.ok) throw new Error('no key was made')
    const later = await again()
    expect(await later.test(made.value.kept)).toBeNull()
    const signer = later.signerOf(made.value.kept)
    expect(signer.publicKey).toEqual(made.value.publicKey)
    const signatures = await Promise.all(Array.from({ length: 8 }, async (_, i) => [i, await signFor(signer, 'segment', Uint8Array.of(i))] as const))
    for (const [i, signature] of signatures) expect(await verify(signer.publicKey, 'segment', Uint8Array.of(i), signature)).toBe(true)
  })
}
