// How the journeys run: in the packaged app only, two at a time, never twice. Titles that start with a number prove that point.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: '../.out/test/e2e-files',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../.out/test/e2e.json' }]],
  // What needs a volume of its own can only be mounted by root.
  ...(process.getuid?.() === 0 ? {} : { grepInvert: /@root/ }),
  projects: [
    { name: 'journeys', testDir: 'journeys', testMatch: '**/*.e2e.ts' },
    { name: 'hardening', testDir: 'hardening', testMatch: '**/*.e2e.ts' },
  ],
})
