// `npm run bench -- [--short] [--row NAME]`: measures the product against a peer in the same run and keeps the figures.
// `npm run bench -- sync [--quick]`: sync alone, against programs that move files. Only a whole run becomes a committed result; a
// short or partial one goes to `.out/bench`.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { measureRow, type RowResult } from './row.ts'
import { rows } from './rows.ts'
import { reportLines } from './sync/report-lines.ts'
import { runSync, syncOptions } from './sync/sync-bench.ts'
import { tableLines } from './table.ts'

const format = 1

async function main(): Promise<void> {
  const [first, ...others] = process.argv.slice(2)
  await (first === 'sync' ? benchSync(others) : benchRows())
}

async function benchSync(args: readonly string[]): Promise<void> {
  const options = syncOptions(args)
  const root = needed('FUMIBAKO_ROOT')
  const machine = describeMachine(needed('FUMIBAKO_APP'))
  const result = await runSync(root, options, console.log)
  console.log(reportLines(result).join('\n'))
  keep(join(root, options.whole ? 'build/bench/results/sync.json' : '.out/bench/sync.json'), { machine, ...result })
}

async function benchRows(): Promise<void> {
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
  keep(file, { machine, repetitions, unit: 'ms', rows: results })
}

function keep(file: string, result: object): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ format, date: new Date().toISOString().slice(0, 10), ...result }, null, 2)}\n`)
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
