// Runs the verifiers that are not ours (platform packages poppler-utils, libnss3-tools, openssl, qpdf, PDFBox Preflight)
// on files in a folder of their own, and reads their answers. It decides nothing about our own verdicts.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { derToPem } from '@shared/signing/pem.ts'

export interface Bench {
  readonly folder: string
  write(name: string, bytes: Uint8Array): string
  close(): void
}

export function openBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-pdf-'))
  return {
    folder,
    write(name, bytes) {
      const path = join(folder, name)
      writeFileSync(path, bytes)
      return path
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A fresh NSS database that trusts one root; its path with the `sql:` prefix. */
export function nssWith(bench: Bench, root: Uint8Array): string {
  const directory = `sql:${mkdtempSync(join(bench.folder, 'nss-'))}`
  const pem = bench.write('root.pem', new TextEncoder().encode(derToPem('CERTIFICATE', root)))
  execFileSync('certutil', ['-N', '-d', directory, '--empty-password'])
  execFileSync('certutil', ['-A', '-d', directory, '-n', 'root', '-t', 'C,C,C', '-i', pem])
  return directory
}

export interface PopplerSignature {
  readonly commonName: string
  readonly type: string
  readonly valid: boolean
  readonly trusted: boolean
  readonly whole: boolean
}

/** What poppler's pdfsig says of each signature, in file order; fields without one are left out. */
export function pdfsig(path: string, nss: string): readonly PopplerSignature[] {
  const { stdout } = spawnSync('pdfsig', ['-nssdir', nss, path], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  return stdout
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((part) => !part.includes('The signature form field is not signed.'))
    .map((part) => {
      const field = (label: string): string => new RegExp(`- ${label}: (.*)`).exec(part)?.[1] ?? ''
      return {
        commonName: field('Signer Certificate Common Name'),
        type: field('Signature Type'),
        valid: field('Signature Validation') === 'Signature is Valid.',
        trusted: field('Certificate Validation') === 'Certificate is Trusted.',
        whole: /^ *- Total document signed$/m.test(part),
      }
    })
}

/** openssl's answer to one CMS over the bytes it is to cover; `output` holds its words. */
export function opensslCms(bench: Bench, cms: Uint8Array, covered: Uint8Array, root: Uint8Array): { readonly ok: boolean; readonly output: string } {
  const signature = bench.write('signature.der', cms)
  const content = bench.write('covered.bin', covered)
  const anchor = bench.write('anchor.pem', new TextEncoder().encode(derToPem('CERTIFICATE', root)))
  const run = spawnSync('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', content, '-CAfile', anchor, '-purpose', 'any', '-out', '/dev/null'], { encoding: 'utf8' })
  return { ok: run.status === 0, output: run.stderr }
}

export function qpdfCheck(path: string): { readonly clean: boolean; readonly output: string } {
  const run = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
  return { clean: run.status === 0 && run.stdout.includes('No syntax or stream encoding errors found'), output: run.stdout + run.stderr }
}

const jars = ['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'commons-io', 'javax.activation', 'jaxb-api'].map((name) => `/usr/share/java/${name}.jar`)

/** PDFBox Preflight on each file; what it says is wrong, empty when the file is valid PDF/A-1b. */
export function preflight(path: string): readonly string[] {
  const missing = jars.filter((jar) => !existsSync(jar))
  if (missing.length > 0) throw new Error(`install the Java libraries of PDFBox: ${missing.join(' ')}`)
  const run = spawnSync('java', ['-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', path], { encoding: 'utf8' })
  if (run.stdout.includes('is a valid PDF/A-1b file')) return []
  const lines = run.stdout.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 ? lines : ['no answer', run.stderr]
}
