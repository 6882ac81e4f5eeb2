// `npm run sim -- --seeds N --from S --length L`: simulated towns from seed S on, L times as long as usual, each with machines around one
// bad storage. Prints what broke, how
// often each fault struck and what proves the others, and one hash of all traces (the same seeds, the same hash). Ends with 1 when
// anything broke or a fault that is simulated never struck. `--mutants` is `mutants.mjs`.
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { seatWithCheat } from '@shared/flow/testing/cheats/cheated-staff.ts'
import { seatStaff } from '@shared/flow/testing/people/staff.ts'
import { simulate, type Outcome } from '@shared/sync/testing/simulation.ts'
import { cheats, coverageLines, faults as allFaults } from './coverage.mjs'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '2000' }, length: { type: 'string', default: '1' }, from: { type: 'string', default: '0' } } })
const [seeds, from, length] = [Number(values.seeds), Number(values.from), Number(values.length)]
if (!Number.isSafeInteger(length) || length < 1 || !Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from) || from < 0) {
  console.error('usage: npm run sim -- [--seeds N] [--from S] [--length L]')
  process.exit(2)
}

/** Towns in which people act mean more and take longer: every so many seeds are played once more with them. */
const staffedEvery = 6
/** And every so many once more with people of whom one cheats. */
const cheatedEvery = 10
/** What takes many steps to come about: every so many seeds are played once more, so many times as long. */
const longEvery = 40
const longer = 3

const began = performance.now()
const traces = createHash('sha256')
const faults = new Map<string, number>()
let broken = 0
let steps = 0
let staffed = 0
const take = (outcome: Outcome, who: string): void => {
  traces.update(outcome.trace)
  steps += outcome.steps
  for (const [fault, times] of outcome.faults) faults.set(fault, (faults.get(fault) ?? 0) + times)
  if (outcome.broken.length === 0) return
  broken += 1
  console.log(`seed ${outcome.seed}${who} (${outcome.storage}): ${outcome.broken.slice(0, 5).join('; ')}`)
}
for (let seed = from; seed < from + seeds; seed++) {
  take(await simulate(seed, undefined, length), '')
  if (seed % longEvery === 0) take(await simulate(seed, undefined, length * longer), ' for long')
  if (seed % cheatedEvery === 0) take(await simulate(seed, seatWithCheat, length), ' with a cheat')
  if (seed % staffedEvery !== 0) continue
  staffed += 1
  take(await simulate(seed, seatStaff, length), ' with people')
}
for (const [fault, times] of [...faults].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${fault.padEnd(34)} ${times.toLocaleString('en').padStart(9)}`)
console.log('')
for (const line of coverageLines(faults)) console.log(line)
const never = [...allFaults, ...cheats].filter(({ id, simulated }) => simulated && ![...faults.keys()].some((fault) => fault.startsWith(`${id} `)))
// A few seeds need not meet every fault.
if (seeds >= 500) for (const { id, what } of never) console.log(`never struck: ${id} ${what}`)
console.log(`${seeds} seeds from ${from}, ${staffed} of them with people too, ${steps} steps, ${broken} broken, ${((performance.now() - began) / 1000).toFixed(1)} s, trace ${traces.digest('hex').slice(0, 16)}`)
process.exitCode = broken > 0 || (seeds >= 500 && never.length > 0) ? 1 : 0
