import { sha256 } from '@noble/hashes/sha2.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import type { Trust } from './certificate-path.ts'
import { issueSeat } from './certificate.ts'
import { signDetached } from './cms.ts'
import { parseCms } from './parse-cms.ts'
import type { SigningKey } from './ports.ts'
import { keyFrom, makeTown, type TestTown } from './testing/town.ts'
import { verifyCms } from './verify-cms.ts'

const message = utf8ToBytes('町道３号線舗装修繕工事の施工について')
const claimed = Date.parse('2026-11-21T01:00:00Z')
const subtle = crypto.subtle
let town: TestTown
let signer: SigningKey
let cms: Uint8Array

beforeAll(async () => {
  town = await makeTown()
  signer = await town.person('𠮷田　はなこ')
  cms = await signDetached(sha256(message), signer)
})

const verify = (trust: Partial<Trust>, at: number | null = claimed, bytes = cms): ReturnType<typeof verifyCms> => verifyCms(bytes, [message], at, { roots: [town.root], subtle, ...trust })

describe('verifyCms', () => {
  it('SG-5 passes what it was given whole and under the root, and says what that rests on', async () => {
    const { signer: by, intact, trusted } = await verify({})
    expect(by?.subject.commonName).toBe('𠮷田　はなこ')
    expect(intact).toEqual({ outcome: 'pass', reasons: [] })
    expect(trusted).toEqual({ outcome: 'pass', reasons: [{ code: 'time-not-attested' }, { code: 'revocation-not-checked' }] })
  })

  it('SG-4 signs content-type, message-digest and signing-certificate-v2 and no time', () => {
    const parsed = parseCms(cms)
    expect(parsed.signingCertificate?.digest).toBe('SHA-256')
    expect(Buffer.from(parsed.signedAttributes).includes(Buffer.from('06092a864886f70d010905', 'hex'))).toBe(false)
    expect(parsed.certificates.map((one) => one.subject.commonName).sort()).toEqual(['𠮷田　はなこ', '磐梯町 文箱'].sort())
  })

  it('SG-5 fails with HASH_FAILURE when a covered byte differs', async () => {
    const { intact } = await verifyCms(cms, [message.map((byte, i) => (i === 3 ? byte ^ 1 : byte))], claimed, { roots: [town.root], subtle })
    expect(intact).toEqual({ outcome: 'fail', reasons: [{ code: 'bytes-changed', facts: { indication: 'HASH_FAILURE' } }] })
  })

  it('SG-5 fails when another certificate for the same person is put in the place of the signer’s', async () => {
    const twin = await (await makeTown('磐梯町', '2026-04-02T00:00:00Z')).person('𠮷田　はなこ')
    const forged = await signDetached(sha256(message), { ...signer, sign: keyFrom('another hand').sign })
    expect((await verify({}, claimed, forged)).intact.reasons).toEqual([{ code: 'signature-wrong', facts: { indication: 'SIG_CRYPTO_FAILURE' } }])
    const swapped = Buffer.from(cms).toString('hex').replace(Buffer.from(signer.certificate).toString('hex'), Buffer.from(twin.certificate).toString('hex'))
    expect((await verify({}, claimed, new Uint8Array(Buffer.from(swapped, 'hex')))).intact.outcome).toBe('fail')
  })

  it('SG-6 without roots the answer is unknown, with another town’s root it is a failure', async () => {
    expect((await verify({ roots: [] })).trusted).toEqual({ outcome: 'unknown', reasons: [{ code: 'no-root-given', facts: { indication: 'NO_CERTIFICATE_CHAIN_FOUND' } }] })
    const other = await makeTown('柳津町')
    expect((await verify({ roots: [other.root] })).trusted).toEqual({ outcome: 'fail', reasons: [{ code: 'signer-not-under-root', facts: { indication: 'NO_CERTIFICATE_CHAIN_FOUND' } }] })
    expect((await verify({ roots: [utf8ToBytes('no certificate')] })).trusted.outcome).toBe('fail')
  })

  it.each([
    ['before the certificate began', '2026-03-31T23:59:59Z', undefined, 'claimed-outside-validity'],
    ['after it ended', '2031-04-02T00:00:00Z', undefined, 'claimed-outside-validity'],
    ['in the future', '2027-01-01T00:00:00Z', '2026-12-01T00:00:00Z', 'claimed-in-the-future'],
    ['and judged after the certificate ended', '2026-11-21T01:00:00Z', '2032-01-01T00:00:00Z', 'certificate-expired-since'],
  ])('SG-6 a signature claimed %s is unknown, for want of proof of its time', async (_, at, judgedAt, code) => {
    const { trusted } = await verify(judgedAt === undefined ? {} : { at: judgedAt }, Date.parse(at))
    expect(trusted).toEqual({ outcome: 'unknown', reasons: [{ code, facts: { indication: 'OUT_OF_BOUNDS_NO_POE' } }] })
  })

  it('SG-3, SG-6 a revocation list clears, condemns, or leaves open', async () => {
    const serial = parseCms(cms).signer?.serial as Uint8Array
    const lists = (at: string) => town.revocationList([{ serial, at }])
    expect((await verify({ crls: [await town.revocationList([])] })).trusted).toEqual({ outcome: 'pass', reasons: [{ code: 'time-not-attested' }] })
    expect((await verify({ crls: [await lists('2026-11-20T00:00:00Z')] })).trusted).toEqual({ outcome: 'fail', reasons: [{ code: 'revoked', facts: { indication: 'REVOKED' } }] })
    expect((await verify({ crls: [await lists('2026-11-22T00:00:00Z')] })).trusted).toEqual({ outcome: 'unknown', reasons: [{ code: 'revoked-later', facts: { indication: 'REVOKED_NO_POE' } }] })
    const foreign = await (await makeTown('柳津町')).revocationList([{ serial, at: '2026-11-20T00:00:00Z' }])
    expect((await verify({ crls: [foreign, utf8ToBytes('no list')] })).trusted.reasons).toContainEqual({ code: 'revocation-not-checked' })
  })

  it('SG-6 a certificate on nobody’s path makes the answer unknown', async () => {
    const stray = await signDetached(sha256(message), { ...signer, chain: [...signer.chain, (await makeTown('柳津町')).root] })
    expect((await verify({}, claimed, stray)).trusted).toEqual({ outcome: 'unknown', reasons: [{ code: 'certificate-not-on-path', facts: { indication: 'CHAIN_CONSTRAINTS_FAILURE' } }] })
  })

  it('SG-6 a seat certificate cannot issue another', async () => {
    const key = keyFrom('intruder')
    const certificate = await issueSeat({ root: signer.certificate, name: '町長', personId: 'p-0', publicKey: key.publicKey, serial: Uint8Array.of(9), notBefore: '2026-05-01T00:00:00Z', sign: signer.sign })
    const forged = await signDetached(sha256(message), { certificate, chain: [signer.certificate, town.root], sign: key.sign })
    expect((await verify({}, claimed, forged)).trusted).toEqual({ outcome: 'fail', reasons: [{ code: 'issuer-is-no-authority', facts: { indication: 'CHAIN_CONSTRAINTS_FAILURE' } }] })
  })

  it('SG-5 one flipped bit in any byte of the CMS is never a pass', async () => {
    const judged = await Promise.all(Array.from(cms, (octet, at) => verify({}, claimed, cms.with(at, octet ^ (1 << at % 8)))))
    expect(judged.flatMap(({ intact, trusted }, at) => (intact.outcome === 'pass' && trusted.outcome === 'pass' ? [at] : []))).toEqual([])
    expect(judged).toHaveLength(cms.length)
  }, 60_000)
})
