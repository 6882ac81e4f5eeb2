// What this machine's administrator set, read from a place that only an administrator writes: the identity provider, so that a person at the
// machine, or a page, cannot send anybody to another one, and the hardware that keeps the keys. Without it there is no sign-in, and keys are in
// software.

import { lstat, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'

export interface ManagedSignIn {
  readonly issuer: string
  readonly clientId: string
}

/** The hardware in which new signing keys are made. */
export type ManagedKeys = { readonly in: 'pkcs11'; readonly module: string } | { readonly in: 'cng' } | { readonly in: 'secure-enclave' }

/** `none`: nobody set anything. `untrusted`: somebody other than an administrator could have written it. `unreadable`: it says something else. */
export type Unset = 'none' | 'untrusted' | 'unreadable'
export type Managed = ManagedSignIn | Unset

export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>

export const managedPlaces = { linux: '/etc/fumibako/managed.json', mac: '/Library/Managed Preferences/jp.fumibako.plist', windows: 'HKLM\\SOFTWARE\\Policies\\Fumibako' } as const

const largest = 64 * 1024
const schema = v.object({
  signIn: v.strictObject({
    issuer: v.pipe(v.string(), v.maxLength(255), v.regex(/^https?:\/\/[!-~]+$/)),
    clientId: v.pipe(v.string(), v.regex(/^[!-~]{1,255}$/)),
  }),
})

const keysSchema = v.object({
  keys: v.variant('in', [v.strictObject({ in: v.literal('pkcs11'), module: v.pipe(v.string(), v.maxLength(1000), v.regex(/^\/[^\0]+$/)) }), v.strictObject({ in: v.literal('cng') }), v.strictObject({ in: v.literal('secure-enclave') })]),
})

/** What a file, a hive or a profile says of one matter. */
export type ParseManaged<V> = (text: string) => V | 'none' | 'unreadable'

export const parseManaged: ParseManaged<ManagedSignIn> = (text) => {
  const said = objectOf(text)
  if (said === null || (!('signIn' in said) && !('keys' in said))) return 'unreadable'
  if (!('signIn' in said)) return 'none'
  const read = v.safeParse(schema, said)
  return read.success && isProvider(read.output.signIn.issuer) ? read.output.signIn : 'unreadable'
}

export const parseManagedKeys: ParseManaged<ManagedKeys> = (text) => {
  const said = objectOf(text)
  if (said === null) return 'unreadable'
  const read = v.safeParse(keysSchema, said)
  return read.success ? read.output.keys : 'keys' in said ? 'unreadable' : 'none'
}

function objectOf(text: string): object | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && !Array.isArray(read) ? read : null
  } catch {
    return null
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
export async function readLinux<V>(parse: ParseManaged<V>, file: string = managedPlaces.linux, owner = 0): Promise<V | Unset> {
  const [folder, entry] = await Promise.all([lstat(dirname(file)).catch(() => null), lstat(file).catch(() => null)])
  if (!folder || !entry) return 'none'
  const isOwned = [folder, entry].every(({ uid, mode }) => uid === owner && (mode & 0o022) === 0)
  if (!isOwned || !folder.isDirectory() || !entry.isFile()) return 'untrusted'
  const text = entry.size > largest ? null : await readFile(file, 'utf8').catch(() => null)
  return text === null ? 'unreadable' : parse(text)
}

/** Values of the policy hive, which only administrators write. Written by its documentation, not run on Windows. */
export async function readWindows<V>(parse: ParseManaged<V>, run: RunProgram): Promise<V | Unset> {
  const said = await run('C:\\Windows\\System32\\reg.exe', ['query', managedPlaces.windows])
  if (said === null) return 'none'
  const value = (name: string): string | undefined => new RegExp(`^\\s+${name}\\s+REG_SZ\\s+(\\S+)\\s*$`, 'mi').exec(said)?.[1]
  const [issuer, clientId, keys] = [value('SignInIssuer'), value('SignInClientId'), value('KeysIn')]
  const signIn = issuer === undefined && clientId === undefined ? {} : { signIn: { issuer, clientId } }
  const set = { ...signIn, ...(keys === undefined ? {} : { keys: { in: keys } }) }
  return Object.keys(set).length === 0 ? 'none' : parse(JSON.stringify(set))
}

/** Managed preferences, which a configuration profile writes as root. Written by its documentation, not run on macOS. */
export async function readMac<V>(parse: ParseManaged<V>, run: RunProgram, file: string = managedPlaces.mac): Promise<V | Unset> {
  const entry = await lstat(file).catch(() => null)
  if (!entry) return 'none'
  if (entry.uid !== 0 || (entry.mode & 0o022) !== 0 || !entry.isFile()) return 'untrusted'
  const said = await run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', file])
  return said === null ? 'unreadable' : parse(said)
}

const readOn = <V>(platform: string, run: RunProgram, parse: ParseManaged<V>): Promise<V | Unset> => (platform === 'win32' ? readWindows(parse, run) : platform === 'darwin' ? readMac(parse, run) : readLinux(parse))

/** `isTest`: on the runtime of tests a provider may be this machine itself, without TLS. */
export async function readManaged(platform: string, run: RunProgram, isTest: boolean): Promise<Managed> {
  const managed = await readOn(platform, run, parseManaged)
  return typeof managed !== 'string' && !isTest && !managed.issuer.startsWith('https://') ? 'unreadable' : managed
}

export const readManagedKeys = (platform: string, run: RunProgram): Promise<ManagedKeys | Unset> => readOn(platform, run, parseManagedKeys)
