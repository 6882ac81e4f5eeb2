// Apache with mod_dav on loopback, as a town's file server speaks WebDAV: basic authentication, one folder, one account.
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdProcess } from '../hosts/child-process.ts'
import { endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

export interface ApacheDav {
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
const modules = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'mime', 'dav', 'dav_fs']

export async function startApacheDav(): Promise<ApacheDav> {
  const { path, remove } = serverFolder('apache')
  const [port = 0] = await freePorts(1)
  const asNobody = process.getuid?.() === 0
  const folder = join(path, 'root/dav')
  for (const part of [path, join(path, 'root'), folder, join(path, 'run')]) {
    mkdirSync(part, { recursive: true })
    if (asNobody) chownSync(part, nobody, nobody)
  }
  const password = randomBytes(12).toString('base64url')
  writeFileSync(join(path, 'users'), `staff:{SHA}${createHash('sha1').update(password).digest('base64')}\n`)
  writeFileSync(join(path, 'types'), 'text/html html\n')
  writeFileSync(join(path, 'httpd.conf'), configuration(path, port))
  const become = asNobody ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] : []
  const server = holdProcess([...become, ...endsWithUs, '/usr/sbin/apache2', '-f', join(path, 'httpd.conf'), '-DFOREGROUND'], { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' })
  const stop = async (): Promise<void> => {
    await server.kill()
    remove()
  }
  const address = `http://127.0.0.1:${port}/dav/`
  try {
    await until(async () => (await fetch(address)).status === 401, patience, 'Apache')
    return { address, user: 'staff', password, folder, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${server.logs()}`, { cause: error })
  }
}

function configuration(path: string, port: number): string {
  return `ServerRoot ${path}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${path}/run/pid
Mutex file:${path}/run
ErrorLog ${path}/run/error.log
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
TypesConfig ${path}/types
DocumentRoot ${path}/root
DavLockDB ${path}/run/locks
<Directory ${path}/root>
  Require all granted
</Directory>
<Location /dav>
  Dav On
  AuthType Basic
  AuthName dav
  AuthUserFile ${path}/users
  Require valid-user
</Location>
`
}
