import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../base/bytes.ts'
import { issueSeat } from './certificate.ts'
import { parseCertificate, tryParseCertificate } from './parse-certificate.ts'
import { derToPem, pemToDer } from './pem.ts'
import { keyFrom, makeTown } from './testing/town.ts'

describe('certificates', () => {
  it('SG-1 the root names the town, carries the genesis hash, lasts thirty years and may issue one level', async () => {
    const root = parseCertificate((await makeTown()).root)
    expect(root.subject).toEqual({ commonName: '磐梯町 文箱', serialNumber: null, organization: '磐梯町' })
    expect(root.uris).toHaveLength(1)
    expect(root.uris[0]).toMatch(/^urn:fumibako:genesis:[0-9a-f]{64}$/)
    expect(new Date(root.notBefore).toISOString()).toBe('2026-04-01T00:00:00.000Z')
    expect(new Date(root.notAfter).toISOString()).toBe('2056-04-01T00:00:00.000Z')
    expect([root.isAuthority, root.pathLength, root.keyUsage]).toEqual([true, 0, 0b0000_0110])
    expect(bytesToHex(root.issuerRaw)).toBe(bytesToHex(root.subjectRaw))
  })

  it.each(['𠮷田　はなこ', '葛\u{E0100}城', '\u{FA11}山', '髙橋', '辻\u{E000}', 'が か\u3099'])('SG-2 the seat certificate says the name %s code point for code point', async (name) => {
    const seat = parseCertificate((await (await makeTown()).person(name, 'p-42')).certificate)
    expect([...(seat.subject.commonName ?? '')]).toEqual([...name])
    expect([seat.subject.serialNumber, seat.subject.organization]).toEqual(['p-42', '磐梯町'])
    expect([seat.isAuthority, seat.keyUsage, seat.unknownCritical]).toEqual([false, 0b1100_0000, []])
    expect(new Date(seat.notAfter).toISOString()).toBe('2031-04-01T00:00:00.000Z')
  })

  it('SG-2 a seat certificate never outlives its root', async () => {
    const town = await makeTown()
    const key = keyFrom('late')
    const late = await issueSeat({ root: town.root, name: '佐藤', personId: 'p-1', publicKey: key.publicKey, serial: Uint8Array.of(1), notBefore: '2054-01-01T00:00:00Z', sign: keyFrom('磐梯町').sign })
    expect(parseCertificate(late).notAfter).toBe(parseCertificate(town.root).notAfter)
  })

  it('is the same for the same request', async () => {
    expect(bytesToHex((await makeTown()).root)).toBe(bytesToHex((await makeTown()).root))
  })

  it('reads nothing that is not exactly one certificate', async () => {
    const { root } = await makeTown()
    expect(tryParseCertificate(root.subarray(0, root.length - 1))).toBeNull()
    expect(tryParseCertificate(new Uint8Array([...root, 0]))).toBeNull()
    expect(tryParseCertificate(new Uint8Array())).toBeNull()
  })
})

describe('PEM', () => {
  it('gives back what it was given, several blocks, text between them ignored', async () => {
    const { root } = await makeTown()
    const other = (await (await makeTown('柳津町')).person('佐藤')).certificate
    const text = `# 町の証明書\n${derToPem('CERTIFICATE', root)}\n${derToPem('CERTIFICATE', other)}${derToPem('X509 CRL', Uint8Array.of(1, 2))}`
    expect(pemToDer('CERTIFICATE', text).map(bytesToHex)).toEqual([root, other].map(bytesToHex))
    expect(pemToDer('X509 CRL', text).map(bytesToHex)).toEqual(['0102'])
    expect(pemToDer('CERTIFICATE', '-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----')).toEqual([])
  })
})
