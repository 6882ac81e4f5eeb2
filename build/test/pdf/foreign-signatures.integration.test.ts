import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPdf } from '@shared/pdf/pdf-file.ts'
import { signatureFields } from '@shared/pdf/signature-fields.ts'
import { fiveSteps, type TestStep } from '@shared/pdf/testing/frozen.ts'
import { signStep } from '@shared/pdf/testing/sign-five.ts'
import { verifyPdf } from '@shared/pdf/verify-pdf.ts'
import { pemToDer } from '@shared/signing/pem.ts'
import { makeTown } from '@shared/signing/testing/town.ts'
import { nssWith, openBench, pdfsig, type Bench } from './judges.ts'

const frozen = new Uint8Array(readFileSync(new URL('../../../shared/pdf/testing/corpus/frozen-table.pdf', import.meta.url)))
let bench: Bench
beforeAll(() => {
  bench = openBench()
})
afterAll(() => bench.close())

const openssl = (...words: readonly string[]): Buffer => execFileSync('openssl', words, { cwd: bench.folder, stdio: ['ignore', 'pipe', 'pipe'] })

/** A root and a signer made by openssl, with keys of one kind. */
function makePeople(kind: string, key: readonly string[]): { readonly root: Uint8Array } {
  const file = (name: string): string => `${kind}-${name}`
  openssl('genpkey', ...key, '-out', file('root.key'))
  openssl('req', '-x509', '-new', '-key', file('root.key'), '-subj', '/O=Other Office/CN=Other Root', '-days', '3650', '-out', file('root.pem'), '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
  openssl('genpkey', ...key, '-out', file('signer.key'))
  openssl('req', '-new', '-key', file('signer.key'), '-utf8', '-subj', '/O=Other Office/CN=職責 町長', '-out', file('signer.csr'))
  bench.write(file('ext.cnf'), new TextEncoder().encode('keyUsage=critical,digitalSignature,nonRepudiation\nbasicConstraints=critical,CA:FALSE\n'))
  openssl('x509', '-req', '-in', file('signer.csr'), '-CA', file('root.pem'), '-CAkey', file('root.key'), '-CAcreateserial', '-days', '365', '-extfile', file('ext.cnf'), '-out', file('signer.pem'))
  return { root: pemToDer('CERTIFICATE', readFileSync(join(bench.folder, file('root.pem')), 'utf8'))[0] as Uint8Array }
}

/** A file with our layout whose Contents hold the CMS that openssl made over the same bytes. */
async function signedByOpenssl(kind: string, digest: string): Promise<Uint8Array> {
  const [step] = fiveSteps as [TestStep]
  // openssl dates its certificates from now: tomorrow lies inside them.
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const pdf = await signStep(frozen, { ...step, mark: { ...step.mark, date: tomorrow } }, await makeTown())
  const field = signatureFields(openPdf(pdf)).find((one) => one.signature)
  const [, before = 0, after = 0, rest = 0] = field?.signature?.byteRange ?? []
  bench.write('covered.bin', Buffer.concat([pdf.subarray(0, before), pdf.subarray(after, after + rest)]))
  const cms = openssl('cms', '-sign', '-cades', '-binary', '-md', digest, '-in', 'covered.bin', '-signer', `${kind}-signer.pem`, '-inkey', `${kind}-signer.key`, '-certfile', `${kind}-root.pem`, '-outform', 'DER')
  const digits = cms.toString('hex').padEnd(after - before - 2, '0')
  pdf.set(new TextEncoder().encode(digits), before + 1)
  return pdf
}

describe('signatures that others made', () => {
  it.each([
    ['rsa', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha256'],
    ['rsa-sha512', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha512'],
    ['p256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'sha256'],
    ['p384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'sha384'],
  ])('2.14 SG-5 a signature by openssl with %s is read as pdfsig reads it, and an altered one is not', async (kind, key, digest) => {
    const { root } = makePeople(kind, key)
    const pdf = await signedByOpenssl(kind, digest)
    const nss = nssWith(bench, root)
    const ours = await verifyPdf(pdf, { roots: [root], subtle: crypto.subtle })
    const theirs = pdfsig(bench.write(`${kind}.pdf`, pdf), nss)
    expect(theirs.map((one) => [one.commonName, one.valid, one.trusted])).toEqual([['職責 町長', true, true]])
    expect(ours.signatures.map((one) => [one.signer, one.intact.outcome, one.coverage])).toEqual([['職責 町長', 'pass', 'whole']])
    expect(ours.verdict.outcome, JSON.stringify(ours.verdict)).toBe('pass')
    pdf[2000] = (pdf[2000] as number) ^ 1
    expect(pdfsig(bench.write(`${kind}-altered.pdf`, pdf), nss).map((one) => one.valid)).toEqual([false])
    expect((await verifyPdf(pdf, { roots: [root], subtle: crypto.subtle })).verdict.outcome).toBe('fail')
  })
})
