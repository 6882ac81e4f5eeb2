// rclone's WebDAV server on loopback: a second opinion on what WebDAV is, beside Apache.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { holdProcess } from '../hosts/child-process.ts'
import { endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

export interface RcloneDav {
  /** Address of the folder, with a closing `/`. */
  readonly address: string
  readonly user: string
  readonly password: string
  stop(): Promise<void>
}

const patience = 15_000

export async function startRcloneDav(): Promise<RcloneDav> {
  const { path, remove } = serverFolder('rclone')
  const [port = 0] = await freePorts(1)
  const folder = join(path, 'root')
  mkdirSync(folder)
  const password = randomBytes(12).toString('base64url')
  const env = { PATH: '/usr/bin:/bin', HOME: path, RCLONE_CONFIG: join(path, 'none.conf'), RCLONE_USER: 'staff', RCLONE_PASS: password }
  const server = holdProcess([...endsWithUs, 'rclone', 'serve', 'webdav', folder, '--addr', `127.0.0.1:${port}`], env)
  const stop = async (): Promise<void> => {
    await server.kill()
    remove()
  }
  const address = `http://127.0.0.1:${port}/`
  try {
    await until(async () => (await fetch(address)).status === 401, patience, 'rclone')
    return { address, user: 'staff', password, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${server.logs()}`, { cause: error })
  }
}
