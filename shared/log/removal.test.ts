import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { createVerify } from '../crypto/sign.ts'
import { testHost } from '../judge/testing/world.ts'
import { createRemoval, largestRemovalBytes, mostRemoved, parseRemoval, verifyRemoval } from './removal.ts'

const host = testHost('removal')
const device = createKeyPair(host)
const removal = { workspace: 'town0', publisher: 'p1', device: 'd1', at: Date.parse('2026-03-31T23:59:59.000Z'), serial: 7, parcels: ['ab'.repeat(32), '01'.repeat(32)] }

describe('what will be taken away', () => {
  it('3.8 LG-97 LG-98 says which parcels, and from which beacon on nobody is told of them, under a name of its month and its bytes', async () => {
    const { name, bytes } = await createRemoval(removal, await createSigner(host, device))
    expect(name).toMatch(/^d\/202603\/[0-9a-f]{64}$/)
    expect(parseRemoval(bytes)?.removal).toEqual(removal)
    const inner = decodeCbor((decodeCbor(bytes) as { readonly body: Uint8Array }).body) as Record<string, unknown>
    const of = (change: object): unknown => parseRemoval(encodeCbor({ body: encodeCbor({ ...inner, ...change }), g: new Uint8Array(64) }))
    expect(of({})).not.toBeNull()
    for (const change of [{ s: 2 }, { v: 2 }, { kind: 'beacon' }, { serial: 0 }, { at: -1 }, { at: 0.5 }, { at: 2 ** 53 }, { serial: 1.5 }, { workspace: 'A' }, { publisher: '' }, { device: '../d' }, { parcels: [] }, { parcels: [new Uint8Array(31)] }, { parcels: Array.from({ length: mostRemoved + 1 }, () => new Uint8Array(32)) }, { more: 1 }]) expect([change, of(change)]).toEqual([change, null])
    for (const beside of [{ g: 'signed' }, { g: null }, { more: 1 }]) expect([beside, parseRemoval(encodeCbor({ ...(decodeCbor(bytes) as object), ...beside }))]).toEqual([beside, null])
    expect(name.slice(-64)).toBe(sha256Hex((decodeCbor(bytes) as { readonly body: Uint8Array }).body))
    expect(parseRemoval(bytes.slice(1))).toBeNull()
    expect(parseRemoval(encodeCbor({ body: encodeCbor(inner), g: new Uint8Array(largestRemovalBytes) }))).toBeNull()
  })

  it('3.8 LG-99 holds under the key of the device that wrote it, for this and for nothing else', async () => {
    const signer = await createSigner(host, device)
    const signed = parseRemoval((await createRemoval(removal, signer)).bytes) ?? expect.fail('a removal')
    const verify = createVerify(host)
    expect(await verifyRemoval(verify, signed, device.publicKey)).toBe(true)
    expect(await verifyRemoval(verify, signed, createKeyPair(host).publicKey)).toBe(false)
    expect(await verifyRemoval(verify, { ...signed, body: encodeCbor({ ...(decodeCbor(signed.body) as object), serial: 8 }) }, device.publicKey)).toBe(false)
    expect(await verify(device.publicKey, 'beacon', signed.body, signed.signature)).toBe(false)
  })
})
