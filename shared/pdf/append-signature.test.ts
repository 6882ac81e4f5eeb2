import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeTown, type TestTown } from '../signing/testing/town.ts'
import { appendSignature, type SignatureRequest } from './append-signature.ts'
import { openPdf } from './pdf-file.ts'
import { entry, nameValue, printObject, type PdfDictionary } from './pdf-object.ts'
import { listRevisions } from './revisions.ts'
import { signatureFields } from './signature-fields.ts'
import { signFive } from './testing/sign-five.ts'
import { fiveSteps } from './testing/frozen.ts'
import { verifyPdf } from './verify-pdf.ts'

const corpus = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`./testing/corpus/${name}.pdf`, import.meta.url)))
const kinds = ['frozen-table', 'frozen-object-streams', 'frozen-linearized'] as const

async function request(town: TestTown, pdf: Uint8Array): Promise<SignatureRequest> {
  const [step] = fiveSteps
  if (!step) throw new Error('five steps')
  return { pdf, field: step.field, mark: step.mark, signer: await town.person(step.name), at: '2026-11-21T01:00:00Z', reason: '承認', name: step.name }
}

describe('appendSignature', () => {
  it.each(kinds)('2.11 PF-1 five signatures appended to %s each keep every byte before them', async (kind) => {
    const files = await signFive(corpus(kind), await makeTown())
    files.slice(1).forEach((after, i) => {
      const before = files[i] as Uint8Array
      expect(after.length).toBeGreaterThan(before.length)
      expect(Buffer.from(after.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true)
    })
    expect(listRevisions(files[5] as Uint8Array)).toHaveLength(6)
  })

  it.each(kinds)('2.11 five signatures on %s are five valid ones and the last covers the whole document', async (kind) => {
    const town = await makeTown()
    const pdf = (await signFive(corpus(kind), town)).at(-1) as Uint8Array
    const { verdict, signatures } = await verifyPdf(pdf, { roots: [town.root], crls: [await town.revocationList([])], subtle: crypto.subtle })
    expect(verdict).toEqual({ outcome: 'pass', reasons: [{ code: 'time-not-attested' }] })
    expect(signatures.map((one) => one.signer)).toEqual(fiveSteps.map((step) => step.name))
    expect(signatures.map((one) => [one.position, one.label])).toEqual(fiveSteps.map((step) => [step.mark.position, step.mark.label ?? null]))
    expect(signatures.map((one) => one.coverage)).toEqual(['revision', 'revision', 'revision', 'revision', 'whole'])
    expect(signatures.map((one) => one.docMdp)).toEqual(Array(5).fill('respected'))
  })

  it('2.11 PF-5 the first signature certifies with DocMDP P 2 and no later one does', async () => {
    const pdf = (await signFive(corpus('frozen-table'), await makeTown())).at(-1) as Uint8Array
    const file = openPdf(pdf)
    const signed = signatureFields(file).filter((field) => field.signature)
    const references = signed.map((field) => field.signature && entry(field.signature.dictionary, 'Reference'))
    expect(references.map((one) => one !== undefined)).toEqual([true, false, false, false, false])
    expect(printObject(references[0] as PdfDictionary)).toContain('/TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 2 /V /1.2>>')
    expect(printObject(entry(file.catalog, 'Perms') as PdfDictionary)).toBe(`<</DocMDP ${signed[0]?.signature?.objectNumber} 0 R>>`)
  })

  it('2.11 PF-3 an update holds signature, mark and field, and the first one the catalog too', async () => {
    const pdf = (await signFive(corpus('frozen-table'), await makeTown())).at(-1) as Uint8Array
    expect(listRevisions(pdf).map((revision) => revision.objects.length).slice(1)).toEqual([4, 3, 3, 3, 3])
  })

  it('PF-4 names the format, the time and the reason in the signature dictionary', async () => {
    const result = await appendSignature({ ...(await request(await makeTown(), corpus('frozen-table'))), location: '磐梯町' })
    if (!result.ok) throw new Error(result.error.type)
    const [field] = signatureFields(openPdf(result.value)).filter((one) => one.signature)
    const dictionary = field?.signature?.dictionary
    expect(nameValue(entry(dictionary, 'SubFilter'))).toBe('ETSI.CAdES.detached')
    expect(printObject(entry(dictionary, 'M') as PdfDictionary)).toBe('(D:20261121010000Z)')
    expect(field?.signature?.byteRange[0]).toBe(0)
  })

  it('refuses a field that is missing, a field that is taken, and bytes that are no PDF', async () => {
    const town = await makeTown()
    const asked = await request(town, corpus('frozen-table'))
    expect(await appendSignature({ ...asked, field: 'step-9' })).toMatchObject({ ok: false, error: { type: 'FieldMissing', field: 'step-9' } })
    const once = await appendSignature(asked)
    if (!once.ok) throw new Error(once.error.type)
    expect(await appendSignature({ ...asked, pdf: once.value })).toMatchObject({ ok: false, error: { type: 'FieldTaken' } })
    expect(await appendSignature({ ...asked, pdf: asked.pdf.subarray(0, 4000) })).toMatchObject({ ok: false, error: { type: 'UnreadablePdf' } })
  })

  it('refuses to sign what was appended behind the last signature', async () => {
    const town = await makeTown()
    const asked = await request(town, corpus('frozen-table'))
    const once = await appendSignature(asked)
    if (!once.ok) throw new Error(once.error.type)
    const longer = new Uint8Array([...once.value, 0x0a])
    expect(await appendSignature({ ...asked, pdf: longer, field: 'step-2' })).toMatchObject({ ok: false, error: { type: 'ChangedAfterSignature' } })
  })

  it('refuses a document that was not frozen by us, for want of fonts', async () => {
    const town = await makeTown()
    const asked = await request(town, corpus('frozen-table'))
    const text = Buffer.from(asked.pdf).toString('latin1').replaceAll('/FbkoMark', '/XbkoMark')
    const foreign = new Uint8Array(Buffer.from(text, 'latin1'))
    expect(await appendSignature({ ...asked, pdf: foreign })).toMatchObject({ ok: false, error: { type: 'MarkFontMissing' } })
  })

  it('passes on a rejection of the key and makes nothing', async () => {
    const asked = await request(await makeTown(), corpus('frozen-table'))
    const refusing = { ...asked.signer, sign: () => Promise.reject(new Error('PIN not given')) }
    await expect(appendSignature({ ...asked, signer: refusing })).rejects.toThrow('PIN not given')
  })
})
