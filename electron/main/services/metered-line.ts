// Does the system say that the line is paid by volume? On Linux NetworkManager knows (property `Metered` of its bus object); elsewhere
// nobody is asked, and a person decides by hand.

import { execFile } from 'node:child_process'
import type { Metered } from '@shared/ipc/contract/sync.ts'

/** Standard output of a program; null when it cannot be run or fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>

export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => execFile(program, args, { timeout: 3_000, maxBuffer: 4_096 }, (error, stdout) => resolve(error ? null : stdout)))

const service = 'org.freedesktop.NetworkManager'

export async function askMetered(run: RunProgram): Promise<Metered> {
  const said = await run('/usr/bin/busctl', ['--system', '--timeout=2', 'get-property', service, '/org/freedesktop/NetworkManager', service, 'Metered'])
  return meanings[/^u (\d)\s*$/.exec(said ?? '')?.[1] ?? ''] ?? 'unknown'
}

/** NMMetered: 1 yes, 2 no, 3 and 4 the same by guess, 0 unknown. */
const meanings: Readonly<Partial<Record<string, Metered>>> = { '1': 'yes', '3': 'yes', '2': 'no', '4': 'no' }
