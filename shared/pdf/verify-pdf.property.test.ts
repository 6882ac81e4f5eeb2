import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeTown, type TestTown } from '../signing/testing/town.ts'
import { openPdf } from './pdf-file.ts'
import { signatureFields } from './signature-fields.ts'
import { fiveSteps } from './testing/frozen.ts'
import { signFive } from './testing/sign-five.ts'
import { verifyPdf, type PdfVerification } from './verify-pdf.ts'

const seed = 20261121
const patience = 120_000
let town: TestTown
let five: Uint8Array
let lastContents: { readonly start: number; readonly end: number }

beforeAll(async () => {
  town = await makeTown()
  five = (await signFive(new Uint8Array(readFileSync(new URL('./testing/corpus/frozen-table.pdf', import.meta.url))), town)).at(-1) as Uint8Array
  const last = signatureFields(openPdf(five)).find((field) => field.name === fiveSteps.at(-1)?.field)
  lastContents = last?.signature?.contents as { start: number; end: number }
})

const verify = (pdf: Uint8Array): Promise<PdfVerification> => verifyPdf(pdf, { roots: [town.root], subtle: crypto.subtle })

function isFiveValidWhole({ signatures, verdict }: PdfVerification): boolean {
  return verdict.outcome === 'pass' && signatures.length === 5 && signatures.every((one) => one.verdict.outcome === 'pass') && signatures.at(-1)?.coverage === 'whole'
}

const flipped = (at: number, bit: number): Uint8Array => {
  const changed = five.slice()
  changed[at] = (changed[at] as number) ^ (1 << bit)
  return changed
}

describe('verifyPdf on files that were tampered with', () => {
  it('2.11 PF-13 is sound where nothing was changed', async () => {
    expect(isFiveValidWhole(await verify(five))).toBe(true)
  })

  it('2.11 PF-13 after any flipped bit the answer is never five valid, whole document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(five.length - 1), fc.nat(7), async (at, bit) => !isFiveValidWhole(await verify(flipped(at, bit)))),
      { seed, numRuns: 60 },
    )
  }, patience)

  it('2.11 PF-13 the same inside the last signature, which no range covers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: lastContents.start - 2, max: lastContents.end + 1 }), fc.nat(7), async (at, bit) => !isFiveValidWhole(await verify(flipped(at, bit)))),
      { seed, numRuns: 60 },
    )
  }, patience)

  it('2.11 PF-13 a blank for a digit, a letter of the other case and a digit behind the CMS are found', async () => {
    const first = lastContents.start + 1
    const letter = five.findIndex((digit, i) => i > first && digit >= 0x61 && digit <= 0x66)
    for (const [at, byte] of [[first + 4, 0x20], [letter, (five[letter] as number) - 0x20], [lastContents.end - 2, 0x31], [lastContents.end - 2, 0x20]] as const) {
      const changed = five.slice()
      changed[at] = byte
      expect(isFiveValidWhole(await verify(changed))).toBe(false)
    }
  })

  it('PF-13 truncated, lengthened and overwritten files get a verdict, never an exception, and never a pass', async () => {
    const edit = fc.record({ at: fc.nat(five.length - 1), remove: fc.nat(300), insert: fc.uint8Array({ maxLength: 40 }) })
    await fc.assert(
      fc.asyncProperty(edit, async ({ at, remove, insert }) => {
        const changed = new Uint8Array(Buffer.concat([five.subarray(0, at), insert, five.subarray(at + remove)]))
        fc.pre(!Buffer.from(changed).equals(Buffer.from(five)))
        return !isFiveValidWhole(await verify(changed))
      }),
      { seed, numRuns: 60 },
    )
  }, patience)

  it('never throws on bytes of any kind', async () => {
    const header = fc.constantFrom('', '%PDF-1.4\n', '%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n')
    const tail = fc.constantFrom('', 'startxref\n0\n%%EOF', 'xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R /Size 1>>\nstartxref\n9\n%%EOF')
    await fc.assert(
      fc.asyncProperty(header, fc.uint8Array({ maxLength: 400 }), tail, async (before, middle, after) => {
        const { verdict } = await verify(new Uint8Array(Buffer.concat([Buffer.from(before), middle, Buffer.from(after)])))
        return verdict.outcome === 'fail' || verdict.outcome === 'unknown'
      }),
      { seed, numRuns: 300 },
    )
  })
})
