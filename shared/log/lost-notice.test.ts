import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { createVerify } from '../crypto/sign.ts'
import { deviceKey, deviceSigner, seededHost } from '../sync/testing/machine.ts'
import { createBeacon, parseBeacon } from './beacon.ts'
import { createLostNotice, largestNoticeBytes, mostNotices, parseLostNotice, verifyLostNotice } from './lost-notice.ts'

const notice = { workspace: 'town0', device: 'laptop', seat: 'chief', at: 1_790_000_000_000 }
const verify = createVerify(seededHost('lost'))

describe('4.14 the word that a device is lost', () => {
  it('4.14 LG-100 LG-101 says which device of which workspace, who says so and when, under the key of that seat', async () => {
    const signed = parseLostNotice(await createLostNotice(notice, deviceSigner('chief'))) ?? expect.fail('a notice')
    expect(signed.notice).toEqual(notice)
    expect(await verifyLostNotice(verify, signed, deviceKey('chief'))).toBe(true)
    expect(await verifyLostNotice(verify, signed, deviceKey('other'))).toBe(false)
    expect(await verifyLostNotice(verify, { ...signed, body: encodeCbor({ ...(decodeCbor(signed.body) as object), device: 'another' }) }, deviceKey('chief'))).toBe(false)
  })

  it('4.14 LG-100 anything else is none', async () => {
    const good = await createLostNotice(notice, deviceSigner('chief'))
    const { body, g } = decodeCbor(good) as { readonly body: Uint8Array; readonly g: Uint8Array }
    const said = decodeCbor(body) as object
    for (const change of [{ s: 2 }, { v: 2 }, { kind: 'beacon' }, { workspace: 'A' }, { device: '' }, { seat: null }, { at: -1 }, { more: 1 }]) expect([change, parseLostNotice(encodeCbor({ body: encodeCbor({ ...said, ...change }), g }))]).toEqual([change, null])
    for (const bytes of [new Uint8Array(), body, encodeCbor({ body, g, more: 1 }), encodeCbor({ body: encodeCbor({ ...said, at: 1 }), g: new Uint8Array(largestNoticeBytes) })]) expect(parseLostNotice(bytes)).toBeNull()
  })

  it('4.14 LG-102 a beacon carries as many as are known, up to its limits, and none at all where there are none', async () => {
    const beacon = { workspace: 'town0', publisher: 'p', device: 'one', serial: 1, at: 5, parcels: [], seen: {}, wants: [] }
    const bytes = await createLostNotice(notice, deviceSigner('chief'))
    const read = async (lost: readonly Uint8Array[]) => parseBeacon(await createBeacon({ ...beacon, lost }, deviceSigner('one')))?.beacon
    expect(await read([])).toEqual(beacon)
    expect((await read([bytes, bytes]))?.lost?.map(bytesToHex)).toEqual([bytesToHex(bytes), bytesToHex(bytes)])
    expect(await read(Array.from({ length: mostNotices + 1 }, () => bytes))).toBeUndefined()
    expect(await read([new Uint8Array(largestNoticeBytes + 1)])).toBeUndefined()
  })
})
