// Apache with mod_dav on loopback, as a town's file server speaks WebDAV.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDavServer, type DavServer } from './dav-server.ts'

const modules = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'mime', 'dav', 'dav_fs']

export function startApacheDav(): Promise<DavServer> {
  return startDavServer('apache', (path, port) => {
    writeFileSync(join(path, 'types'), 'text/html html\n')
    writeFileSync(join(path, 'httpd.conf'), configuration(path, port))
    return ['/usr/sbin/apache2', '-f', join(path, 'httpd.conf'), '-DFOREGROUND']
  })
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
