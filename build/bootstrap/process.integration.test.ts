import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('2.1 what was started ends when whoever started it is ended, though nobody passes that on', async () => {
  const program = `process.stdout.write(process.pid + '\\n'); setInterval(() => {}, 1000)`
  const script = `const { runToEnd } = await import('./build/bootstrap/process.mjs')
process.stdout.write(process.pid + '\\n')
await runToEnd(process.execPath, ['-e', ${JSON.stringify(program)}])`
  // A shell that does not become its command, as the one between npm and a script.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pids: number[] = []
  for await (const line of createInterface(shell.stdout)) if (pids.push(Number(line)) === 2) break
  expect(pids.map(isThere)).toEqual([true, true])
  shell.kill('SIGTERM')
  await once(shell, 'exit')
  await expect.poll(() => pids.map(isThere), { timeout: 10_000 }).toEqual([false, false])
})
