// Which identity provider this machine's administrator named, read from a place that only an administrator writes: a person at the machine,
// or a page, cannot send anybody to another provider. Without it there is no sign-in.

import { lstat, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'

export interface ManagedSignIn {
  readonly issuer: string
  readonly clientId: string
}

/** `none`: nobody set anything. `untrusted`: somebody other than an administrator could have written it. `unreadable`: it says something else. */
export type Managed = ManagedSignIn | 'none' | 'untrusted' | 'unreadable'

export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>

const linuxFile = '/etc/fumibako/managed.json'
const macFile = '/Library/Managed Preferences/jp.fumibako.plist'
const windowsKey = 'HKLM\\SOFTWARE\\Policies\\Fumibako'

const largest = 64 * 1024
const schema = v.object({
  signIn: v.strictObject({
    issuer: v.pipe(v.string(), v.maxLength(255), v.regex(/^https?:\/\/[!-~]+$/)),
    clientId: v.pipe(v.string(), v.regex(/^[!-~]{1,255}$/)),
  }),
})

export function parseManaged(text: string): ManagedSignIn | 'unreadable' {
  try {
    const read = v.safeParse(schema, JSON.parse(text))
    return read.success && isProvider(read.output.signIn.issuer) ? read.output.signIn : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

/** Over TLS; without it only on this machine itself, where tests have theirs. */
function isProvider(issuer: string): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  return url !== null && url.search === '' && url.hash === '' && url.username === '' && (url.protocol === 'https:' || url.hostname === '127.0.0.1')
}

/**
 * The file and its folder belong to the administrator (`owner`: root) and nobody else writes there; no links.
 * Each question is asked of the system anew, so a change holds from the next sign-in on.
 */
export async function readLinux(file = linuxFile, owner = 0): Promise<Managed> {
  const [folder, entry] = await Promise.all([lstat(dirname(file)).catch(() => null), lstat(file).catch(() => null)])
  if (!folder || !entry) return 'none'
  const isOwned = [folder, entry].every(({ uid, mode }) => uid === owner && (mode & 0o022) === 0)
  if (!isOwned || !folder.isDirectory() || !entry.isFile()) return 'untrusted'
  const text = entry.size > largest ? null : await readFile(file, 'utf8').catch(() => null)
  return text === null ? 'unreadable' : parseManaged(text)
}

/** Values of the policy hive, which only administrators write. Written by its documentation, not run on Windows. */
export async function readWindows(run: RunProgram): Promise<Managed> {
  const said = await run('C:\\Windows\\System32\\reg.exe', ['query', windowsKey])
  if (said === null) return 'none'
  const value = (name: string): string | undefined => new RegExp(`^\\s+${name}\\s+REG_SZ\\s+(\\S+)\\s*$`, 'mi').exec(said)?.[1]
  const [issuer, clientId] = [value('SignInIssuer'), value('SignInClientId')]
  return issuer === undefined && clientId === undefined ? 'none' : parseManaged(JSON.stringify({ signIn: { issuer, clientId } }))
}

/** Managed preferences, which a configuration profile writes as root. Written by its documentation, not run on macOS. */
export async function readMac(run: RunProgram, file = macFile): Promise<Managed> {
  const entry = await lstat(file).catch(() => null)
  if (!entry) return 'none'
  if (entry.uid !== 0 || (entry.mode & 0o022) !== 0 || !entry.isFile()) return 'untrusted'
  const said = await run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', file])
  return said === null ? 'unreadable' : parseManaged(said)
}

/** `isTest`: on the runtime of tests a provider may be this machine itself, without TLS. */
export async function readManaged(platform: string, run: RunProgram, isTest: boolean): Promise<Managed> {
  const managed = await (platform === 'win32' ? readWindows(run) : platform === 'darwin' ? readMac(run) : readLinux())
  return typeof managed !== 'string' && !isTest && !managed.issuer.startsWith('https://') ? 'unreadable' : managed
}
