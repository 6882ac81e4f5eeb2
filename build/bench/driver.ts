// Talks with a program of the bench that runs in a process of its own (Electron or Node): asks for one run at a time, over
// lines. Ends the process it started and no other.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Race, Run } from './row.ts'

/** Before every line that is meant for the bench; Chromium writes what it likes. */
export const answerMark = '@bench '

/** The first line says the facts, each further one the run that was asked for. */
export async function openDriver(command: readonly string[], env: Readonly<Record<string, string>>): Promise<Race> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { env, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => void (words = (words + chunk.toString()).slice(-4_000)))
  child.stdin.on('error', () => undefined)
  const answers: string[] = []
  let over = false
  let wake = (): void => undefined
  createInterface(child.stdout).on('line', (line) => {
    if (line.startsWith(answerMark)) answers.push(line.slice(answerMark.length))
    wake()
  })
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => void (words += error.message))
    child.once('close', () => {
      over = true
      wake()
      resolve()
    })
  })
  const answer = async <T>(): Promise<T> => {
    for (;;) {
      const line = answers.shift()
      if (line !== undefined) return JSON.parse(line) as T
      if (over) throw new Error(`a program of the bench ended early:\n${words}`)
      await new Promise<void>((resolve) => void (wake = resolve))
    }
  }
  const ask = (who: string): Promise<Run> => {
    child.stdin.write(`${who}\n`)
    return answer<Run>()
  }
  return {
    facts: await answer<Race['facts']>(),
    product: () => ask('product'),
    peer: () => ask('peer'),
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
