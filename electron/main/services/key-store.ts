// The one port for the signing keys of this device and its seats: new ones are made in the hardware that the administrator of this machine
// named, or in software; one that was made before signs where it was made. A key does not move: a machine gets better keys by being
// enrolled anew.

import { ok, err } from '@shared/base/result.ts'
import { createSigner, createSigningKey, pairOf } from '@shared/crypto/keys.ts'
import type { CryptoHost, Signer } from '@shared/crypto/ports.ts'
import { createVerify, signFor } from '@shared/crypto/sign.ts'
import type { KeyHome, KeyStore } from '../ports.ts'
import { hardwareKeyOf, hardwareKeyToKept, isUnavailable, KeyFailed, publicKeyOfKept, unavailable, unlessUnavailable } from './kept-key.ts'

/**
 * `keystore`: what seals the keys of software and the names of the others at rest. Without one only practice is possible, and hardware
 * is not used: a key nobody can copy is of little worth beside files that anybody opens.
 */
export function createKeyStore(host: CryptoHost, keystore: 'os' | 'none', home: KeyHome | null): KeyStore {
  const inSoftware = keystore === 'os' ? 'L1' : 'L0'
  const used = keystore === 'os' ? home : null
  const signerOf = (kept: Uint8Array): Signer => {
    const key = hardwareKeyOf(kept)
    if (!key) {
      const signer = createSigner(host, pairOf(kept))
      return { publicKey: publicKeyOfKept(kept), sign: async (data) => (await signer).sign(data) }
    }
    return {
      publicKey: key.publicKey,
      async sign(data) {
        if (home?.in !== key.in) throw new KeyFailed('module')
        return home.sign(key, data)
      },
    }
  }
  return {
    level: used ? 'L2' : inSoftware,
    async make() {
      if (!used) return ok(await createSigningKey(host))
      const made = await unlessUnavailable(() => used.make())
      if (isUnavailable(made)) return err(made)
      const kept = hardwareKeyToKept(made)
      return ok({ publicKey: made.publicKey, kept, signer: signerOf(kept) })
    },
    signerOf,
    levelOf: (kept) => (hardwareKeyOf(kept) ? 'L2' : inSoftware),
    async test(kept) {
      const signer = signerOf(kept)
      const challenge = host.random.bytes(32)
      const signature = await unlessUnavailable(() => signFor(signer, 'key-test', challenge))
      if (isUnavailable(signature)) return signature
      return (await createVerify(host)(signer.publicKey, 'key-test', challenge, signature)) ? null : unavailable('key')
    },
  }
}
