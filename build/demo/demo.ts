// The demo: the main job in the packaged app with a fresh practice workspace, told step by step. Everything it leaves behind lies in
// the folder that was asked for; it exits non-zero when any step fails.
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { outFolder } from './out-folder.ts'
import { createReport } from './report.ts'
import { playMainJob } from './main-job.ts'

const usage = 'usage: npm run demo [-- --out DIR --documents N]   (N from 1 to 50, 3 when not given; a fresh temporary folder when none is named)'

async function main(): Promise<number> {
  const asked = readArguments()
  if (!asked) {
    console.error(usage)
    return 2
  }
  const { out, documents } = asked
  if (existsSync(resolve(out, 'package'))) {
    console.error(`${out} holds a package already; name another folder or move it away`)
    return 2
  }
  mkdirSync(out, { recursive: true })
  const report = createReport(out, documents)
  try {
    await playMainJob({ out, documents, step: report.step, runtime: report.runtime })
    return 0
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown))
    return 1
  } finally {
    report.write()
    console.log(`everything is in ${out}`)
  }
}

function readArguments(): { readonly out: string; readonly documents: number } | null {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, documents: { type: 'string', default: '3' } } })
    const documents = Number(values.documents)
    if (!Number.isInteger(documents) || documents < 1 || documents > 50) return null
    return { out: outFolder(values.out), documents }
  } catch {
    return null
  }
}

process.exitCode = await main()
