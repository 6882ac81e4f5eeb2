#!/usr/bin/env node
// The one entry of every script: `node build/bootstrap.mjs <command> [arguments]`. Plain Node, no dependencies.
// Sets up what the command needs, runs it, and ends with its exit code. Says everything on stderr; stdout is the command's.
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`fumibako: Node ${process.versions.node} is too old; 20.19 or newer is needed.`)
  process.exit(1)
}

const { run } = await import('./bootstrap/run.mjs')
const { isStop } = await import('./bootstrap/say.mjs')
const root = fileURLToPath(new URL('..', import.meta.url))
const [command = '', ...args] = process.argv.slice(2)

try {
  process.exitCode = await run(root, command, args)
} catch (error) {
  console.error(`fumibako: ${isStop(error) ? error.message : `${command} broke: ${error instanceof Error ? error.message : String(error)}`}`)
  if (process.env['FUMIBAKO_DEBUG'] && error instanceof Error) console.error(error.stack)
  process.exitCode = 1
}
