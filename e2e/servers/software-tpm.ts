// A TPM 2.0 in software, on ports of its own. Nothing stands between it and the app, as a kernel's resource manager does before a chip:
// it has places for three keys at once, and whoever uses it must leave them free. Never touches a TPM of the machine.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { holdProcess, type HeldProcess } from '../hosts/child-process.ts'
import { answers, endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

export interface SoftwareTpm {
  /** What tpm2-pkcs11 needs to find it. */
  readonly env: Readonly<Record<string, string>>
  /** As the switch in the firmware does: its secrets are new, and no key of before works. */
  clear(): Promise<void>
  /** Nobody answers any more, until `start`. */
  pause(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The module that speaks to it. */
export const tpmModule = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/pkcs11/libtpm2_pkcs11.so`

const patience = 15_000

export async function startSoftwareTpm(): Promise<SoftwareTpm> {
  const folder = serverFolder('tpm')
  const state = join(folder.path, 'state')
  mkdirSync(state)
  const port = await twoPorts()
  let running: HeldProcess | null = null
  const pause = async (): Promise<void> => {
    await running?.kill()
    running = null
  }
  const start = async (): Promise<void> => {
    const listens = (at: number): string => `type=tcp,port=${at},bindaddr=127.0.0.1`
    running = holdProcess([...endsWithUs, 'swtpm', 'socket', '--tpm2', '--tpmstate', `dir=${state}`, '--server', listens(port), '--ctrl', listens(port + 1), '--flags', 'not-need-init,startup-clear'], { PATH: process.env['PATH'] ?? '/usr/bin:/bin' })
    await until(() => answers(port + 1), patience, 'the software TPM')
  }
  const stop = async (): Promise<void> => {
    await pause()
    folder.remove()
  }
  try {
    await start()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    env: { TPM2_PKCS11_TCTI: `swtpm:host=127.0.0.1,port=${port}` },
    async clear() {
      await pause()
      for (const name of readdirSync(state)) rmSync(join(state, name))
      await start()
    },
    pause,
    start,
    stop,
  }
}

/** The first of two that stand side by side, as its clients expect: commands, and control of the TPM. */
async function twoPorts(): Promise<number> {
  for (;;) {
    const [port = 0] = await freePorts(1)
    if (port < 65_535 && (await isFree(port + 1))) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
