// `npm run check`: everything that can be said without starting the application, in under a minute.
import { fileURLToPath } from 'node:url'
import { checkSteps } from './check-steps.mjs'
import { runSteps } from './steps.mjs'

const outcomes = await runSteps(checkSteps(), fileURLToPath(new URL('../..', import.meta.url)), 2)
const failed = outcomes.filter((outcome) => !outcome.ok)
console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
