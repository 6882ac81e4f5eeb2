// What every server of ours on loopback needs: a folder and ports of its own, an end that comes with the test even when the test is
// killed, and a way to wait for its answer.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Words before a command: the kernel ends it when the thread that started it is gone. */
export const endsWithUs: readonly string[] = ['setpriv', '--pdeathsig', 'KILL', '--']

export interface ServerFolder {
  readonly path: string
  remove(): void
}

export function serverFolder(what: string): ServerFolder {
  const path = mkdtempSync(join(tmpdir(), `fumibako-${what}-`))
  chmodSync(path, 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Ports that nothing listens on now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()))
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port of its own')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Does something listen there now? */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Asks until it is true. Throws what it last said after `patience` milliseconds. */
export async function until(holds: () => Promise<boolean>, patience: number, what: string): Promise<void> {
  const end = performance.now() + patience
  for (let pause = 20; !(await holds().catch(() => false)); pause = Math.min(pause * 1.5, 300)) {
    if (performance.now() > end) throw new Error(`${what} did not come in ${patience} ms`)
    await new Promise<void>((resolve) => void setTimeout(() => resolve(), pause))
  }
}

function listening(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
