// The command line as a function: what was asked, done, and told. It never leaves an error uncaught: whatever a package
// holds, the caller gets one of four numbers.

import { promises as fs } from 'node:fs'
import type { Report } from '@shared/archive/report.ts'
import { rootsOfPem } from '@shared/archive/anchor.ts'
import { verifyFolder, verifySinglePdf, type VerifyDeps } from '@shared/archive/verify-package.ts'
import type { Verdict } from '@shared/base/verdict.ts'
import { nodeDigests } from '../main/services/node-digests.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { parseArguments, type VerifyRequest } from './arguments.ts'
import { diskTree } from './disk-tree.ts'
import { toJson, toLines, type Shown } from './show.ts'
import { help } from './text.ts'

export interface Console {
  out(text: string): void
  error(text: string): void
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970: when the judgement is made. */
  now(): number
}

const exits: Readonly<Record<Shown['outcome'], number>> = { pass: 0, fail: 1, error: 2, unknown: 3 }
const largestPdf = 512 * 1024 * 1024

/** The exit code: 0 pass, 1 fail, 2 wrong use or unreadable, 3 unknown. `argv` without node and script. */
export async function run(argv: readonly string[], console: Console): Promise<number> {
  const request = parseArguments(argv, console.environment)
  if (request.kind === 'help') {
    console.out(help[request.language])
    return 0
  }
  const shown = request.kind === 'wrong-use' ? trouble(request.code, request.facts) : await verify(request, console.now())
  const text = request.json ? toJson(shown, request.language) : toLines(shown, request.language)
  if (request.json || shown.outcome !== 'error') console.out(text)
  else console.error(request.kind === 'wrong-use' ? `${text}\n${help[request.language]}` : text)
  return exits[shown.outcome]
}

async function verify(request: VerifyRequest, now: number): Promise<Shown> {
  try {
    const roots = request.trust === null ? null : await readRoots(request.trust)
    if (roots?.length === 0) return trouble('trust-unreadable', { path: request.trust ?? '' })
    const subtle = nodeHost.subtle as unknown as VerifyDeps['subtle']
    const deps: VerifyDeps = { host: nodeHost, digests: nodeDigests, roots, subtle, at: new Date(now).toISOString() }
    const found = await fs.stat(request.path)
    if (found.isDirectory()) await fs.access(request.path, fs.constants.R_OK | fs.constants.X_OK)
    if (found.isDirectory()) return settled(await verifyFolder(diskTree(request.path), deps))
    if (!found.isFile() || found.size > largestPdf) return trouble('not-verifiable', { path: request.path })
    const bytes = new Uint8Array(await fs.readFile(request.path))
    if (!isPdf(bytes)) return trouble('not-verifiable', { path: request.path })
    return settled(await verifySinglePdf(bytes, deps))
  } catch (cause) {
    const { code, name } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return trouble('path-missing', { path: request.path })
    if (typeof code === 'string') return trouble('path-unreadable', { path: request.path })
    return trouble('defect', { name: name ?? 'Error' })
  }
}

/** Empty when there is no certificate to read in it. */
async function readRoots(path: string): Promise<readonly Uint8Array[]> {
  try {
    return rootsOfPem(new Uint8Array(await fs.readFile(path)))
  } catch {
    return []
  }
}

/** ISO 32000-1 7.5.2 and its readers: the header is within the first kilobyte. */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')
}

function settled(report: Report): Shown {
  return { outcome: report.verdict.outcome, report }
}

function trouble(code: string, facts: Readonly<Record<string, string | number>>): Shown {
  const verdict: Verdict = { outcome: 'unknown', reasons: [{ code, facts }] }
  return { outcome: 'error', report: { kind: 'none', verdict, signatures: [], decisions: [], notices: [] } }
}
