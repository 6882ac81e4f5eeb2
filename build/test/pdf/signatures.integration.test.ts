import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reappend } from '@shared/pdf/branches.ts'
import { composeFrozen } from '@shared/pdf/compose-frozen.ts'
import { readMarkFace } from '@shared/pdf/mark-face.ts'
import { openPdf } from '@shared/pdf/pdf-file.ts'
import { signatureFields } from '@shared/pdf/signature-fields.ts'
import { fiveSteps, frozenInput, type TestStep } from '@shared/pdf/testing/frozen.ts'
import { signFive, signStep } from '@shared/pdf/testing/sign-five.ts'
import { verifyPdf } from '@shared/pdf/verify-pdf.ts'
import { readDerPrefix } from '@shared/signing/read-der.ts'
import { makeTown, type TestTown } from '@shared/signing/testing/town.ts'
import { nssWith, openBench, opensslCms, pdfsig, preflight, qpdfCheck, type Bench } from './judges.ts'

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../${path}`, import.meta.url)))
const corpus = (name: string): Uint8Array => bytesOf(`shared/pdf/testing/corpus/${name}.pdf`)
const houseFonts = {
  primary: readMarkFace(bytesOf('node_modules/@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf')),
  fallback: readMarkFace(bytesOf('node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf')),
}
const printed = ['cover-sheet', 'three-pages', 'photograph'] as const
const frozenKinds = ['frozen-table', 'frozen-object-streams', 'frozen-linearized'] as const

let bench: Bench
let town: TestTown
let nss: string
const signed = new Map<string, readonly Uint8Array[]>()

beforeAll(async () => {
  bench = openBench()
  town = await makeTown()
  nss = nssWith(bench, town.root)
  for (const name of printed) signed.set(name, await signFive(await composeFrozen(frozenInput(corpus(name), houseFonts)), town))
  for (const name of frozenKinds) signed.set(name, await signFive(corpus(name), town))
})
afterAll(() => bench.close())

const filesOf = (name: string): readonly Uint8Array[] => signed.get(name) as readonly Uint8Array[]
const lastOf = (name: string): Uint8Array => filesOf(name)[5] as Uint8Array

describe('other people’s verifiers on five signatures', () => {
  it.each([...printed, ...frozenKinds])('2.11 pdfsig with the root in NSS says five valid on %s, the last covering the whole document', (name) => {
    const answers = pdfsig(bench.write(`${name}-five.pdf`, lastOf(name)), nss)
    expect(answers.map((one) => [one.valid, one.trusted, one.type])).toEqual(Array(5).fill([true, true, 'ETSI.CAdES.detached']))
    expect(answers.map((one) => one.whole)).toEqual([false, false, false, false, true])
    expect(answers.map((one) => one.commonName)).toEqual(fiveSteps.map((step) => step.name))
  })

  it.each([...printed, ...frozenKinds])('2.11 openssl cms -verify -cades agrees with each of the five on %s', (name) => {
    const pdf = lastOf(name)
    for (const field of signatureFields(openPdf(pdf)).filter((one) => one.signature)) {
      const [, before = 0, after = 0, rest = 0] = field.signature?.byteRange ?? []
      const covered = Buffer.concat([pdf.subarray(0, before), pdf.subarray(after, after + rest)])
      const cms = readDerPrefix(field.signature?.contents.bytes as Uint8Array).raw
      const answer = opensslCms(bench, cms, covered, town.root)
      expect(answer.ok, answer.output).toBe(true)
      covered[100] = (covered[100] as number) ^ 1
      expect(opensslCms(bench, cms, covered, town.root).ok).toBe(false)
    }
  })

  it.each([...printed, ...frozenKinds])('2.11 qpdf --check is clean on %s after each signature', (name) => {
    for (const [i, pdf] of filesOf(name).entries()) {
      const answer = qpdfCheck(bench.write(`${name}-${i}.pdf`, pdf))
      expect(answer.clean, answer.output).toBe(true)
    }
  })

  it.each(printed)('2.11 PDFBox Preflight calls %s valid PDF/A-1b before the first and after the fifth signature', (name) => {
    expect(preflight(bench.write(`${name}-0.pdf`, filesOf(name)[0] as Uint8Array))).toEqual([])
    expect(preflight(bench.write(`${name}-5.pdf`, lastOf(name)))).toEqual([])
  })

  it('2.11 pdfsig calls every signature valid after a branch was appended again (押印待ち)', async () => {
    const [first, second, third] = fiveSteps as [TestStep, TestStep, TestStep]
    const trunk = await signStep(corpus('frozen-table'), first, town)
    const [kept, lost] = [await signStep(trunk, second, town), await signStep(trunk, third, town)]
    const result = await reappend({ kept, lost, field: third.field, signer: await town.person(third.name), at: '2026-11-26T01:00:00Z' })
    if (!result.ok) throw new Error(result.error.type)
    const path = bench.write('reappended.pdf', result.value)
    expect(pdfsig(path, nss).map((one) => [one.commonName, one.valid, one.trusted, one.whole])).toEqual([
      [first.name, true, true, false],
      [second.name, true, true, false],
      [third.name, true, true, true],
    ])
    expect(qpdfCheck(path).clean).toBe(true)
  })

  it('2.11 pdfsig and we agree that a flipped byte in the text breaks all five', async () => {
    const pdf = lastOf('cover-sheet').slice()
    pdf[5000] = (pdf[5000] as number) ^ 1
    const answers = pdfsig(bench.write('flipped.pdf', pdf), nss)
    expect(answers.filter((one) => one.valid)).toEqual([])
    expect((await verifyPdf(pdf, { roots: [town.root], subtle: crypto.subtle })).verdict.outcome).toBe('fail')
  })
})
