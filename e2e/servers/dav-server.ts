// What the WebDAV servers have in common: one folder, one account with basic authentication, on loopback, as an ordinary account.
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdProcess } from '../hosts/child-process.ts'
import { endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

export interface DavServer {
  /** Address of the folder, with a closing `/`. */
  readonly address: string
  readonly user: string
  readonly password: string
  /** The folder on this disk. */
  readonly folder: string
  stop(): Promise<void>
}

const nobody = 65_534
const patience = 15_000

/**
 * `prepare` writes the settings into `path`, where `root/dav` is the folder, `users` the accounts (htpasswd) and `run` may be written to
 * while it runs, and answers the command.
 */
export async function startDavServer(name: string, prepare: (path: string, port: number) => readonly string[]): Promise<DavServer> {
  const { path, remove } = serverFolder(name)
  const [port = 0] = await freePorts(1)
  const asNobody = process.getuid?.() === 0
  const folder = join(path, 'root/dav')
  for (const part of [path, join(path, 'root'), folder, join(path, 'run')]) {
    mkdirSync(part, { recursive: true })
    if (asNobody) chownSync(part, nobody, nobody)
  }
  const password = randomBytes(12).toString('base64url')
  writeFileSync(join(path, 'users'), `staff:{SHA}${createHash('sha1').update(password).digest('base64')}\n`)
  const become = asNobody ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] : []
  const server = holdProcess([...become, ...endsWithUs, ...prepare(path, port)], { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' })
  const stop = async (): Promise<void> => {
    await server.kill()
    remove()
  }
  const address = `http://127.0.0.1:${port}/dav/`
  try {
    await until(async () => (await fetch(address)).status === 401, patience, name)
    return { address, user: 'staff', password, folder, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${server.logs()}`, { cause: error })
  }
}
