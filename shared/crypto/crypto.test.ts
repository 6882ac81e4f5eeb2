import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32ToBytes, bytesToBase32, bytesToBase64Url, bytesToHex, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { seededRandom } from '../judge/testing/world.ts'
import { importContentKey, open, paddedLength, seal } from './envelope.ts'
import { hmacSha256 } from './hash.ts'
import { createKeyPair, createSigner } from './keys.ts'
import type { CryptoHost, Subtle } from './ports.ts'
import { recoveryKeysOf } from './recovery-keys.ts'
import { createVerify, signFor } from './sign.ts'
import { unwrapKey, wrapKey } from './wrap.ts'

declare const crypto: { readonly subtle: unknown }
const host: CryptoHost = { subtle: crypto.subtle as Subtle, random: seededRandom('crypto') }
const aad = utf8ToBytes('here')

/** Seals as the SPEC says, with the platform alone. */
async function sealByHand(raw: Uint8Array, salt: Uint8Array, info: string, where: Uint8Array, inner: Uint8Array): Promise<Uint8Array> {
  const { subtle } = host
  const input = await subtle.importKey('raw', raw, 'HKDF', false, ['deriveBits'])
  const bits = new Uint8Array(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8ToBytes(info) }, input, 384))
  const key = await subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt'])
  return concatBytes(salt, bits.slice(32), new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: where }, key, inner)))
}

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

  it('CR-1 CR-2 seals each time under another key, and as HKDF (RFC 5869) and AES-GCM make it', async () => {
    const raw = new Uint8Array(32).fill(3)
    const key = await importContentKey(host, raw)
    const [one, other] = [await seal(host, key, 'event', aad, utf8ToBytes('議案')), await seal(host, key, 'event', aad, utf8ToBytes('議案'))]
    expect(one.subarray(0, 16)).not.toEqual(other.subarray(0, 16))
    expect(one.subarray(32)).not.toEqual(other.subarray(32))
    const made = async (inner: Uint8Array): Promise<Uint8Array> => sealByHand(raw, one.slice(0, 16), 'fumibako/1/event', aad, inner)
    const text = utf8ToBytes('議案')
    expect(await made(concatBytes(Uint8Array.of(0, 0, 0, text.length), text, new Uint8Array(32 - text.length)))).toEqual(one)
    for (const lying of [Uint8Array.of(0, 0, 0, 33, ...new Uint8Array(32)), Uint8Array.of(255, 255, 255, 255, ...new Uint8Array(32)), Uint8Array.of(0, 0, 0)]) expect(await open(host, key, 'event', aad, await made(lying))).toBeNull()
    for (const length of [0, 15, 31, 47]) expect(await open(host, key, 'event', aad, one.subarray(0, length))).toBeNull()
  })

  it('CR-5 what is sealed has one length for all plaintexts of a step', async () => {
    const key = await importContentKey(host, new Uint8Array(32).fill(1))
    const sizes = await Promise.all([0, 1, 2, 31, 32, 33, 34, 1000, 1023, 1024].map(async (length) => (await seal(host, key, 'event', aad, new Uint8Array(length))).length))
    expect(sizes).toEqual([32, 32, 32, 32, 32, 36, 36, 1024, 1024, 1024].map((length) => 16 + 16 + 4 + length + 16))
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
    for (const other of [{ purpose: 'person' }, { workspace: 'v' }, { subject: 'd' }, { epoch: 2 }, { recipient: 'q' }] as const) expect(await unwrapKey(recipient.privateKey, { ...info, ...other }, wrapped)).toBeNull()
    for (const part of ['enc', 'ct'] as const) expect(await unwrapKey(recipient.privateKey, info, { ...wrapped, [part]: wrapped[part].map((byte, i) => (i === 40 ? byte ^ 1 : byte)) })).toBeNull()
    expect(await unwrapKey(createKeyPair(host).privateKey, info, wrapped)).toBeNull()
  })

  it('CR-6 hands a key on whatever lengths the names have, and what is bound is those bytes and no others', async () => {
    const recipient = createKeyPair(host)
    for (const length of [1, 10, 20, 24, 32, 48, 64]) {
      const info = { purpose: 'epoch', workspace: 'w'.repeat(24), subject: 's'.repeat(length), epoch: 70_000, recipient: 'p'.repeat(length) } as const
      const wrapped = await wrapKey(recipient.publicKey, info, new Uint8Array(32).fill(7))
      expect([length, await unwrapKey(recipient.privateKey, info, wrapped)]).toEqual([length, new Uint8Array(32).fill(7)])
      const bytes = encodeCbor(info)
      expect([bytes.constructor, bytes.slice().buffer.byteLength]).toEqual([Uint8Array, bytes.length])
    }
  })

  it('CR-7 keeps signatures of one purpose from fitting another', async () => {
    const pair = createKeyPair(host)
    const verify = createVerify(host)
    const signature = await signFor(await createSigner(host, pair), 'segment', aad)
    expect(signature).toHaveLength(64)
    expect(await verify(pair.publicKey, 'segment', aad, signature)).toBe(true)
    expect(await verify(pair.publicKey, 'beacon', aad, signature)).toBe(false)
    expect(await verify(new Uint8Array(65), 'segment', aad, signature)).toBe(false)
    expect(await verify(createKeyPair(host).publicKey, 'segment', aad, signature)).toBe(false)
    expect(await verify(pair.publicKey, 'segment', utf8ToBytes('there'), signature)).toBe(false)
    const raw = await createSigner(host, pair)
    expect(await verify(pair.publicKey, 'segment', aad, await raw.sign(utf8ToBytes('fumibako/1/segment\nhere')))).toBe(true)
    expect(await verify(pair.publicKey, 'segment', aad, await raw.sign(utf8ToBytes('fumibako/1/segmenthere')))).toBe(false)
  })

  it('CR-8 makes the same two keys of a seed, one to sign and one to open', () => {
    const seed = seededRandom('sheet').bytes(32)
    expect(recoveryKeysOf(seed).signing.publicKey).not.toEqual(recoveryKeysOf(seed).exchange.publicKey)
    expect(recoveryKeysOf(seed)).toEqual(recoveryKeysOf(seed))
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    for (const use of ['signing', 'exchange'] as const) {
      const parts = [1, 2].map((n) => bytesToHex(hmacSha256(seed, utf8ToBytes(`fumibako/1/recovery/${use}/${n}`))))
      // FIPS 186-5 A.2.1: 48 bytes, reduced to 1 … n - 1.
      const scalar = (BigInt(`0x${parts.join('').slice(0, 96)}`) % (order - 1n)) + 1n
      expect(bytesToHex(recoveryKeysOf(seed)[use].privateKey)).toBe(scalar.toString(16).padStart(64, '0'))
    }
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
