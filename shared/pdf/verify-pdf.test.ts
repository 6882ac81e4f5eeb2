import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseCertificate } from '../signing/parse-certificate.ts'
import { makeTown, type TestTown } from '../signing/testing/town.ts'
import { fiveSteps, type TestStep } from './testing/frozen.ts'
import { signFive, signStep } from './testing/sign-five.ts'
import { verifyPdf } from './verify-pdf.ts'

const frozen = new Uint8Array(readFileSync(new URL('./testing/corpus/frozen-table.pdf', import.meta.url)))
const [first] = fiveSteps as [TestStep]
const { subtle } = crypto
let town: TestTown
let five: Uint8Array

beforeAll(async () => {
  town = await makeTown()
  five = (await signFive(frozen, town)).at(-1) as Uint8Array
})

describe('verifyPdf', () => {
  it('2.14 PF-13 without a root every signature is intact and of unknown trust, and so is the document', async () => {
    const { verdict, signatures } = await verifyPdf(five, { roots: [], subtle })
    expect(verdict).toEqual({ outcome: 'unknown', reasons: [{ code: 'no-root-given', facts: { indication: 'NO_CERTIFICATE_CHAIN_FOUND' } }] })
    expect(signatures.map((one) => [one.intact.outcome, one.trusted.outcome, one.docMdp])).toEqual(Array(5).fill(['pass', 'unknown', 'respected']))
  })

  it('2.14 PF-13 under another town’s root the document fails', async () => {
    const { verdict } = await verifyPdf(five, { roots: [(await makeTown('柳津町')).root], subtle })
    expect(verdict).toEqual({ outcome: 'fail', reasons: [{ code: 'signer-not-under-root', facts: { indication: 'NO_CERTIFICATE_CHAIN_FOUND' } }] })
  })

  it('2.14 PF-13 an unsigned PDF is unknown, and what is no PDF fails', async () => {
    expect(await verifyPdf(frozen, { roots: [town.root], subtle })).toEqual({ signatures: [], verdict: { outcome: 'unknown', reasons: [{ code: 'no-signatures' }] } })
    expect((await verifyPdf(new Uint8Array(), { roots: [town.root], subtle })).verdict).toEqual({ outcome: 'fail', reasons: [{ code: 'pdf-unreadable', facts: { indication: 'FORMAT_FAILURE' } }] })
  })

  it('2.14 PF-13 gives signer, position, label, reason and claimed time of each signature', async () => {
    const { signatures } = await verifyPdf(five, { roots: [town.root], subtle })
    expect(signatures.map(({ field, signer, organization, position, label, reason, claimedTime }) => ({ field, signer, organization, position, label, reason, claimedTime }))).toEqual(
      fiveSteps.map(({ field, name, mark }) => ({ field, signer: name, organization: '磐梯町', position: mark.position, label: mark.label ?? null, reason: `承認（${mark.position}）`, claimedTime: `${mark.date}T01:00:00.000Z` })),
    )
  })

  it('2.14 SG-6 a certificate revoked before it signed condemns that signature and the document, not the others', async () => {
    const serial = parseCertificate((await town.person(first.name)).certificate).serial
    const crls = [await town.revocationList([{ serial, at: '2026-11-20T00:00:00Z' }])]
    const { verdict, signatures } = await verifyPdf(five, { roots: [town.root], crls, subtle })
    expect(verdict.outcome).toBe('fail')
    expect(signatures.map((one) => one.verdict.outcome)).toEqual(['fail', 'pass', 'pass', 'pass', 'pass'])
  })

  it('PF-13 two files glued together are not the second one', async () => {
    const once = await signStep(frozen, first, town)
    const glued = new Uint8Array([...frozen, ...once])
    expect((await verifyPdf(glued, { roots: [town.root], subtle })).verdict.outcome).toBe('fail')
  })
})
