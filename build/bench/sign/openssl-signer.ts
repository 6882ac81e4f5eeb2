// The peer of one signature: `openssl cms -sign` over the same bytes with a P-256 key of its own, as a person would run it.

import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface OpensslSigner {
  /** Writes the bytes to a file, which is what the tool reads. */
  offer(pdf: Uint8Array): Promise<void>
  /** One detached CAdES signature over what was offered, DER, with the certificate in it. */
  sign(): Promise<void>
  close(): void
}

export function createOpensslSigner(): OpensslSigner {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-openssl-'))
  const [key, certificate, content, signature] = ['key.pem', 'certificate.pem', 'content.pdf', 'signature.der'].map((name) => join(folder, name)) as [string, string, string, string]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=bench', '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  return {
    offer: (pdf) => writeFile(content, pdf),
    async sign() {
      await run('openssl', ['cms', '-sign', '-cades', '-binary', '-md', 'sha256', '-outform', 'DER', '-in', content, '-signer', certificate, '-inkey', key, '-out', signature])
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
