// Signing keys in the Secure Enclave of a Mac, through a small program beside the app (`enclave/fumibako-enclave.swift`), since CryptoKit
// has no C interface: one question and one answer over its standard streams. The program gives an opaque blob for each key, which opens in
// that machine's enclave only. WRITTEN AFTER THE DOCUMENTATION AND NOT RUN ON macOS: tests hold how it asks and reads only.
import { execFile } from 'node:child_process'
import * as v from 'valibot'
import type { KeyHome } from '../ports.ts'
import { KeyFailed } from '../services/kept-key.ts'
import { createTurns } from '@shared/base/turns.ts'

const base64 = v.pipe(v.string(), v.base64(), v.transform((text) => Uint8Array.from(Buffer.from(text, 'base64'))))
const answerSchema = v.object({ key: v.optional(base64), publicKey: v.optional(v.pipe(base64, v.length(65))), signature: v.optional(v.pipe(base64, v.length(64))), fault: v.optional(v.picklist(['module', 'silent', 'key'])) })
type Answer = v.InferOutput<typeof answerSchema>

const patienceMs = 30_000

/** `program`: absolute path of the helper. */
export function createSecureEnclaveKeys({ program }: { readonly program: string }): KeyHome {
  const inTurn = createTurns()
  const ask = (question: Readonly<Record<string, unknown>>): Promise<Answer> => inTurn(() => askHelper(program, `${JSON.stringify(question)}\n`))
  return {
    in: 'secure-enclave',
    async make() {
      const { key, publicKey } = await ask({ make: true })
      if (!key || !publicKey) throw new KeyFailed('silent')
      return { in: 'secure-enclave', token: '', id: key, publicKey }
    },
    async sign({ id }, data) {
      const { signature } = await ask({ key: Buffer.from(id).toString('base64'), sign: Buffer.from(data).toString('base64') })
      if (!signature) throw new KeyFailed('silent')
      return signature
    },
  }
}

function askHelper(program: string, question: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, [], { timeout: patienceMs, maxBuffer: 64 * 1024 }, (error, said) => {
      if (error) return reject(new KeyFailed((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'module' : 'silent'))
      const answer = parseAnswer(said)
      if (answer.fault) reject(new KeyFailed(answer.fault))
      else resolve(answer)
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(question)
  })
}

function parseAnswer(said: string): Answer {
  try {
    const read = v.safeParse(answerSchema, JSON.parse(said))
    return read.success ? read.output : { fault: 'silent' }
  } catch {
    return { fault: 'silent' }
  }
}
