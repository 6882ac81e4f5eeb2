// CUPS on loopback, run from where `build/bootstrap/unpacked-packages.mjs` leaves it, with printers that have no paper: what was sent to them
// stays in the queue as it came.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { holdProcess } from '../hosts/child-process.ts'
import { answers, endsWithUs, freePorts, serverFolder, until } from './loopback.ts'

export interface Cups {
  /** For the app that is to find it. */
  readonly env: Readonly<Record<string, string>>
  /** Adds a printer that takes whatever comes. */
  addPrinter(name: string): void
  /** What was sent to a printer last; empty before. */
  paper(): Buffer
  stop(): Promise<void>
}

const patience = 15_000

export async function startCups(): Promise<Cups> {
  const unpacked = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fumibako/debian/cups-daemon')
  if (!existsSync(unpacked)) throw new Error('CUPS was not unpacked: npm test brings it')
  const { path, remove } = serverFolder('cups')
  const [port = 0] = await freePorts(1)
  for (const part of ['etc', 'spool/tmp', 'cache', 'state', 'log']) mkdirSync(join(path, part), { recursive: true })
  chmodSync(join(path, 'spool/tmp'), 0o777)
  writeFileSync(join(path, 'etc/cups-files.conf'), files(path, unpacked))
  writeFileSync(join(path, 'etc/cupsd.conf'), daemon(port))
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LD_LIBRARY_PATH: librariesIn(unpacked), CUPS_SERVER: `127.0.0.1:${port}` }
  const server = holdProcess([...endsWithUs, join(unpacked, 'usr/sbin/cupsd'), '-f', '-c', join(path, 'etc/cupsd.conf'), '-s', join(path, 'etc/cups-files.conf')], env)
  const stop = async (): Promise<void> => {
    await server.kill()
    remove()
  }
  await until(() => answers(port), patience, 'CUPS').catch(async (error: unknown) => {
    const words = server.logs().slice(-600)
    await stop()
    throw new Error(`${String(error)}: ${words}`)
  })
  return {
    env: { CUPS_SERVER: `127.0.0.1:${port}` },
    addPrinter: (name) => void execFileSync(join(unpacked, 'usr/sbin/lpadmin'), ['-p', name, '-E', '-v', 'file:///dev/null', '-m', 'raw'], { env, stdio: 'ignore' }),
    paper() {
      const job = readdirSync(join(path, 'spool')).filter((name) => /^d\d+-\d+$/.test(name)).sort().at(-1)
      return job === undefined ? Buffer.alloc(0) : readFileSync(join(path, 'spool', job))
    },
    stop,
  }
}

function librariesIn(unpacked: string): string {
  return ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'].map((folder) => join(unpacked, folder)).join(':')
}

function files(path: string, unpacked: string): string {
  const places = { ServerRoot: 'etc', RequestRoot: 'spool', TempDir: 'spool/tmp', CacheDir: 'cache', StateDir: 'state', AccessLog: 'log/access', ErrorLog: 'log/error', PageLog: 'log/page' }
  const own = Object.entries(places).map(([name, place]) => `${name} ${join(path, place)}`)
  const account = process.getuid?.() === 0 ? ['User nobody', 'Group nogroup', 'SystemGroup root'] : [`SystemGroup ${userInfo().username}`]
  return [...own, `ServerBin ${join(unpacked, 'usr/lib/cups')}`, `DataDir ${join(unpacked, 'usr/share/cups')}`, 'FileDevice Yes', ...account, ''].join('\n')
}

/** Whoever is on this machine may do everything: it is there for one test. */
function daemon(port: number): string {
  return `LogLevel warn
Listen 127.0.0.1:${port}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobFiles Yes
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`
}
