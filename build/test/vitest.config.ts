// Which tests run in plain Node: `unit` (also property tests, fast) and `integration` (real files, processes, sockets).
// Run one by name: npx vitest run -c build/test/vitest.config.ts shared/pdf
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rooms = '{shared,electron,renderer,build}/**'
const integration = `${rooms}/*.integration.test.ts`

export default defineConfig({
  root,
  resolve: { alias: { '@shared': `${root}shared` } },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    projects: [
      {
        extends: true,
        // Files of one worker share their modules, as the application does: loading them anew for each file was half of the time.
        test: { name: 'unit', include: [`${rooms}/*.test.{ts,tsx}`], exclude: [integration], testTimeout: 20_000, isolate: false },
      },
      {
        extends: true,
        // A process for each file: libraries of the system that keys are asked for in are nobody's to end but their own process.
        test: { name: 'integration', pool: 'forks', include: [integration], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false, retry: process.env['CI'] ? 1 : 0 },
      },
    ],
    // What is waited for comes when it comes: the usual second is over on a busy machine before a sign-in is.
    expect: { poll: { timeout: 15_000 } },
    allowOnly: false,
    passWithNoTests: false,
    pool: 'threads',
    maxWorkers: 2,
    cache: false,
  },
})
