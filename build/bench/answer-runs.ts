// The other end of `openDriver`: runs what is asked for on stdin, one line each, and answers on stdout. Resolves when stdin ends.

import { createInterface } from 'node:readline'
import { answerMark } from './driver.ts'
import type { Race } from './row.ts'

export async function answerRuns({ facts, product, peer, close }: Race): Promise<void> {
  say(facts)
  for await (const who of createInterface(process.stdin)) say(await (who === 'product' ? product() : peer()))
  await close()
}

function say(value: unknown): void {
  process.stdout.write(`${answerMark}${JSON.stringify(value)}\n`)
}
