import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32ToBytes, bytesToBase32, bytesToBase64Url, utf8ToBytes } from '../base/bytes.ts'
import { seededRandom } from '../judge/testing/world.ts'
import { importContentKey, open, paddedLength, seal } from './envelope.ts'
import { createKeyPair, createSigner } from './keys.ts'
import type { CryptoHost, Subtle } from './ports.ts'
import { recoveryKeysOf } from './recovery-keys.ts'
import { createVerify, signFor } from './sign.ts'
import { unwrapKey, wrapKey } from './wrap.ts'

declare const crypto: { readonly subtle: unknown }
const host: CryptoHost = { subtle: crypto.subtle as Subtle, random: seededRandom('crypto') }
const aad = utf8ToBytes('here')

describe('sealing', () => {
  it('CR-1 CR-3 opens under its key, purpose and place only', async () => {
    const key = await importContentKey(host, new Uint8Array(32).fill(1))
    const other = await importContentKey(host, new Uint8Array(32).fill(2))
    const plain = utf8ToBytes('町営バスの運行について')
    const sealed = await seal(host, key, 'event', aad, plain)
    expect(await open(host, key, 'event', aad, sealed)).toEqual(plain)
    expect(await open(host, other, 'event', aad, sealed)).toBeNull()
    expect(await open(host, key, 'header', aad, sealed)).toBeNull()
    expect(await open(host, key, 'event', utf8ToBytes('there'), sealed)).toBeNull()
  })

  it('CR-4 refuses every changed byte', async () => {
    const key = await importContentKey(host, new Uint8Array(32).fill(1))
    const sealed = await seal(host, key, 'event', aad, utf8ToBytes('決裁'))
    for (let at = 0; at < sealed.length; at++) {
      const bad = sealed.slice()
      bad[at] = (bad[at] as number) ^ 0x80
      expect(await open(host, key, 'event', aad, bad)).toBeNull()
    }
  })

  it('CR-5 hides lengths below the padding step and wastes at most 12 % beyond the smallest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000_000 }), (length) => {
        const padded = paddedLength(length)
        expect(padded).toBeGreaterThanOrEqual(Math.max(32, length))
        if (length > 64) expect(padded).toBeLessThanOrEqual(Math.ceil(length * 1.12))
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})

describe('keys', () => {
  it('CR-6 hands a key to its recipient for its purpose only', async () => {
    const recipient = createKeyPair(host)
    const info = { purpose: 'epoch', workspace: 'w', subject: 'c', epoch: 1, recipient: 'p' } as const
    const wrapped = await wrapKey(recipient.publicKey, info, new Uint8Array(32).fill(7))
    expect(await unwrapKey(recipient.privateKey, info, wrapped)).toEqual(new Uint8Array(32).fill(7))
    expect(await unwrapKey(recipient.privateKey, { ...info, epoch: 2 }, wrapped)).toBeNull()
    expect(await unwrapKey(createKeyPair(host).privateKey, info, wrapped)).toBeNull()
  })

  it('CR-7 keeps signatures of one purpose from fitting another', async () => {
    const pair = createKeyPair(host)
    const verify = createVerify(host)
    const signature = await signFor(await createSigner(host, pair), 'segment', aad)
    expect(signature).toHaveLength(64)
    expect(await verify(pair.publicKey, 'segment', aad, signature)).toBe(true)
    expect(await verify(pair.publicKey, 'beacon', aad, signature)).toBe(false)
    expect(await verify(new Uint8Array(65), 'segment', aad, signature)).toBe(false)
  })

  it('CR-8 makes the same two keys of a seed, one to sign and one to open', () => {
    const seed = seededRandom('sheet').bytes(32)
    expect(recoveryKeysOf(seed).signing.publicKey).not.toEqual(recoveryKeysOf(seed).exchange.publicKey)
    expect(recoveryKeysOf(seed)).toEqual(recoveryKeysOf(seed))
  })
})

describe('texts of bytes', () => {
  it('reads base 32 back and writes base64url as RFC 4648 does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(base32ToBytes(bytesToBase32(bytes))).toEqual(bytes)
        expect(bytesToBase64Url(bytes)).toBe(btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
      }),
      { seed: 32 },
    )
  })
})

declare function btoa(text: string): string
