// Makes the pictures of the README: plays the main job with one document and keeps the pictures that the README shows.
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { playMainJob } from '../demo/main-job.ts'
import { createReport } from '../demo/report.ts'

const kept = ['document-decided'] as const

const root = process.env['FUMIBAKO_ROOT'] ?? '.'
const out = mkdtempSync(join(tmpdir(), 'fumibako-screens-'))
try {
  const report = createReport(out, 1)
  await playMainJob({ out, documents: 1, step: report.step, runtime: report.runtime })
  const taken = readdirSync(join(out, 'screens'))
  for (const name of kept) {
    const picture = taken.find((file) => file.endsWith(`-${name}.png`))
    if (picture === undefined) throw new Error(`the main job took no picture named ${name}`)
    copyFileSync(join(out, 'screens', picture), join(root, 'build/screens', `${name}.png`))
  }
  console.log('build/screens: the pictures of the README are made anew')
} finally {
  rmSync(out, { recursive: true, force: true })
}
