// Reads from /proc which processes an app is made of. Reading only; Linux only, like the packaged app these tests run.
import { readdirSync, readFileSync } from 'node:fs'

export interface RunningProcess {
  readonly pid: number
  readonly parent: number
  readonly argv: readonly string[]
  /** 0 = none, 1 = strict, 2 = filter (seccomp-bpf). */
  readonly seccomp: number
  readonly noNewPrivileges: boolean
  /** Process ids by nested PID namespace; more than one = it lives in a namespace of its own. */
  readonly namespacePids: readonly number[]
}

/** The process and everything that descends from it. */
export function processTree(root: number): readonly RunningProcess[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => readProcess(Number(name)))
  const tree = all.filter(({ pid }) => pid === root)
  for (const parent of tree) tree.push(...all.filter((process) => process.parent === parent.pid))
  return tree
}

export function isRenderer({ argv }: RunningProcess): boolean {
  return argv.includes('--type=renderer')
}

function readProcess(pid: number): readonly RunningProcess[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''
    return [
      {
        pid,
        parent: Number(field('PPid')),
        // Chromium writes a renderer's arguments with blanks between them.
        argv: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/),
        seccomp: Number(field('Seccomp')),
        noNewPrivileges: field('NoNewPrivs') === '1',
        namespacePids: field('NSpid').split(/\s+/).map(Number),
      },
    ]
  } catch {
    // It ended while we looked.
    return []
  }
}
