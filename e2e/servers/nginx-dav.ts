// nginx with its WebDAV modules on loopback: what replaces a file whole but gives no entity tags and knows no conditions. It is run
// from where `build/bootstrap/unpacked-packages.mjs` leaves it, as an ordinary account, with nothing of the machine's own settings.
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { holdProcess } from '../hosts/child-process.ts'
import { endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

export interface NginxDav {
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

export async function startNginxDav(): Promise<NginxDav> {
  const unpacked = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fumibako/debian/nginx')
  if (!existsSync(unpacked)) throw new Error('nginx was not unpacked: npm test brings it')
  const { path, remove } = serverFolder('nginx')
  const [port = 0] = await freePorts(1)
  const asNobody = process.getuid?.() === 0
  const folder = join(path, 'root/dav')
  for (const part of [path, join(path, 'root'), folder, join(path, 'run')]) {
    mkdirSync(part, { recursive: true })
    if (asNobody) chownSync(part, nobody, nobody)
  }
  // The cache folder is the person's own; the account that runs it may not look into it.
  const [program, module] = [join(path, 'nginx'), join(path, 'dav-ext.so')]
  cpSync(join(unpacked, 'usr/sbin/nginx'), program)
  cpSync(join(unpacked, 'usr/lib/nginx/modules/ngx_http_dav_ext_module.so'), module)
  for (const file of [program, module]) chmodSync(file, 0o755)
  const password = randomBytes(12).toString('base64url')
  writeFileSync(join(path, 'users'), `staff:{SHA}${createHash('sha1').update(password).digest('base64')}\n`)
  writeFileSync(join(path, 'nginx.conf'), configuration(path, module, port))
  const become = asNobody ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'] : []
  const server = holdProcess([...become, ...endsWithUs, program, '-e', join(path, 'run/error.log'), '-c', join(path, 'nginx.conf')], { PATH: '/usr/bin:/bin' })
  const stop = async (): Promise<void> => {
    await server.kill()
    remove()
  }
  const address = `http://127.0.0.1:${port}/dav/`
  try {
    await until(async () => (await fetch(address)).status === 401, patience, 'nginx')
    return { address, user: 'staff', password, folder, stop }
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${server.logs()}`, { cause: error })
  }
}

/** One process, which ends with us; what is sent lies beside until it is whole. */
function configuration(path: string, module: string, port: number): string {
  const beside = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `  ${what}_temp_path ${path}/run/${what};`).join('\n')
  return `daemon off;
master_process off;
pid ${path}/run/pid;
error_log ${path}/run/error.log;
load_module ${module};
events { worker_connections 512; }
http {
  access_log off;
  types { text/html html; }
${beside}
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 64m;
    location /dav/ {
      root ${path}/root;
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      auth_basic dav;
      auth_basic_user_file ${path}/users;
    }
  }
}
`
}
