// How the journeys run: in the packaged app only, two at a time. Titles that start with a number prove that point. Where CI says so
// what failed is tried once more, and named at the end of `npm test`: it is a bug to be mended, and no reason to keep other work back.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: '../.out/test/e2e-files',
  workers: 2,
  retries: process.env['CI'] ? 1 : 0,
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
