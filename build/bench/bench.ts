// `npm run bench -- [--short] [--row NAME]`: measures the product against a peer in the same run and keeps the figures.
// Only a whole run of all rows becomes the committed result; a short or partial one goes to `.out/bench`.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { measureRow, type RowResult } from './row.ts'
import { rows } from './rows.ts'
import { tableLines } from './table.ts'

const format = 1

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, row: { type: 'string' } } })
  const app = needed('FUMIBAKO_APP')
  const root = needed('FUMIBAKO_ROOT')
  const chosen = rows.filter(({ name }) => values.row === undefined || name === values.row)
  if (chosen.length === 0) throw new Error(`no row "${values.row}"; there are: ${rows.map(({ name }) => name).join(' ')}`)
  const machine = describeMachine(app)
  const repetitions = values.short ? 1 : 5
  const results: RowResult[] = []
  for (const row of chosen) {
    console.log(`measuring ${row.name}`)
    results.push(await measureRow(row, { app, root, short: values.short }, repetitions, values.short ? 0 : 1))
  }
  console.log(['', ...tableLines(results)].join('\n'))
  const whole = !values.short && chosen.length === rows.length
  const file = whole ? join(root, 'build/bench/results/spine.json') : join(root, '.out/bench/last.json')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ format, date: new Date().toISOString().slice(0, 10), machine, repetitions, unit: 'ms', rows: results }, null, 2)}\n`)
}

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: use npm run bench`)
  return value
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
