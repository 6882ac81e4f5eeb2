#!/usr/bin/env node
// Runs the built command line. Building is not its business: from the sources it says how.

import { existsSync } from 'node:fs'

const built = new URL('../../.out/cli/fumibako.mjs', import.meta.url)
if (existsSync(built)) await import(built.href)
else {
  console.error('文箱のコマンドはまだ組み立てられていません。npm run fumibako -- verify PATH を実行してください。 / Not built yet: run npm run fumibako -- verify PATH')
  process.exitCode = 2
}
