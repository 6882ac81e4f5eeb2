// Joplin's command line as a contender: notes in notebooks, synchronised over WebDAV. It is no part of the repository's packages: its
// pinned version is installed into a folder of its own when the bench asks for it, with SQLite built from its source.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Act, Contender } from './contender.ts'
import { writeCorpus } from './corpus.ts'
import { measure, runToEnd, type Env } from './measure.ts'
import type { CountingProxy } from './proxy.ts'
import type { DavPlace } from './servers.ts'

export const joplinVersion = '3.5.1'

/** The program, ready to be started by Node. Kept from bench to bench. Throws where it cannot be installed. */
export async function provideJoplin(): Promise<string> {
  const kept = join(homedir(), '.cache/fumibako/bench', `joplin-${joplinVersion}`)
  const program = join('node_modules/joplin/main.js')
  if (existsSync(join(kept, program))) return join(kept, program)
  const folder = `${kept}.part`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
  const { NODE_EXTRA_CA_CERTS } = process.env
  const env = { ...usual, HOME: homedir(), ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }) }
  const npm = (...args: readonly string[]): Promise<string> => runToEnd(['npm', ...args, '--prefix', folder, '--no-audit', '--no-fund'], env)
  await npm('install', '--ignore-scripts', `joplin@${joplinVersion}`)
  const build = 'cd "$1" && shift && npx --no-install node-pre-gyp rebuild --build-from-source "$@"'
  const headers = [dirname(dirname(process.execPath)), '/usr'].find((prefix) => existsSync(join(prefix, 'include/node/node.h')))
  await runToEnd(['sh', '-c', build, 'sh', join(folder, 'node_modules/sqlite3'), ...(headers ? [`--nodedir=${headers}`] : [])], env)
  rmSync(kept, { recursive: true, force: true })
  renameSync(folder, kept)
  return join(kept, program)
}

const usual: Env = { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, LANG: 'C.UTF-8' }

export async function joplinContender(program: string, proxy: CountingProxy, { address, user, password }: DavPlace, documents: number): Promise<Contender> {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-joplin-'))
  const env: Env = { ...usual, HOME: folder }
  const command = (profile: string, ...args: readonly string[]): readonly string[] => [process.execPath, program, '--profile', join(folder, profile), ...args]
  const open = async (profile: string): Promise<void> => {
    mkdirSync(join(folder, profile))
    const settings = { 'sync.target': '6', 'sync.6.path': address.replace(/\/$/, ''), 'sync.6.username': user, 'sync.6.password': password }
    for (const [key, value] of Object.entries(settings)) await runToEnd(command(profile, 'config', key, value), env)
  }
  const sync = async (profile: string) => (await measure(proxy, command(profile, 'sync'), env)).cost
  writeCorpus(join(folder, 'documents'), 'text', documents, 'md')
  await open('first')
  await runToEnd(command('first', 'import', '--format', 'md', join(folder, 'documents')), env)
  const acts: Readonly<Record<Exclude<Act, 'follow'>, Contender['run']>> = {
    initial: () => sync('first'),
    noop: () => sync('first'),
    async second() {
      await open('second')
      return sync('second')
    },
    async edit() {
      // Notes are looked for in the notebook in use, and importing leaves the last one in use.
      await runToEnd(command('first', 'use', 'd0000'), env)
      await runToEnd(command('first', 'set', 'doc-000001', 'body', '一行'), env)
      return sync('first')
    },
  }
  return { acts: ['initial', 'noop', 'second', 'edit'], run: (act) => acts[act as keyof typeof acts](act), close: async () => rmSync(folder, { recursive: true, force: true }) }
}
