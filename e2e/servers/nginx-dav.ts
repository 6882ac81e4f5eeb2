// nginx with its WebDAV modules on loopback: what replaces a file whole but gives no entity tags and knows no conditions. It is run
// from where `build/bootstrap/unpacked-packages.mjs` leaves it, with nothing of the machine's own settings.
import { chmodSync, cpSync, existsSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { startDavServer, type DavServer } from './dav-server.ts'

export async function startNginxDav(): Promise<DavServer> {
  const unpacked = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fumibako/debian/nginx')
  if (!existsSync(unpacked)) throw new Error('nginx was not unpacked: npm test brings it')
  return startDavServer('nginx', (path, port) => {
    // The cache folder is the person's own; the account that runs it may not look into it.
    const [program, module] = [join(path, 'nginx'), join(path, 'dav-ext.so')]
    cpSync(join(unpacked, 'usr/sbin/nginx'), program)
    cpSync(join(unpacked, 'usr/lib/nginx/modules/ngx_http_dav_ext_module.so'), module)
    for (const file of [program, module]) chmodSync(file, 0o755)
    writeFileSync(join(path, 'nginx.conf'), configuration(path, module, port))
    return [program, '-e', join(path, 'run/error.log'), '-c', join(path, 'nginx.conf')]
  })
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
