// The way to servers in main: what a person chose, sealed with the other notes of this machine, over what the system brings. Each change
// holds from the next connection on.

import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Agent } from 'node:http'
import { createSecureContext, rootCertificates } from 'node:tls'
import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import { proxyInput, type NetworkFailure, type NetworkStatus } from '@shared/ipc/contract/network.ts'
import type { Clock } from '@shared/base/ports.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { ClientCertificate, Proxy, Ways } from '../cloud/agents.ts'
import type { Profile } from './profile.ts'
import { parseProxy, proxyFor, type Surroundings } from './proxy-choice.ts'
import { createProxyScripts, scriptAddress, type ProxyScriptDeps } from './proxy-script.ts'

export interface NetworkDeps {
  readonly profile: Profile
  readonly surroundings: Omit<Surroundings, 'scriptProxy'>
  readonly clock: Clock
  readonly readTextOver: (agentFor: (url: URL) => Promise<Agent>) => ProxyScriptDeps['readText']
  /** What a proxy script says of an address. */
  readonly evaluate: ProxyScriptDeps['evaluate']
  /** Files of authorities, as systems have them; the first that is there counts. */
  readonly stores: readonly string[]
  readonly isOpen: () => boolean
  readonly createAgents: (ways: Ways) => (url: URL) => Promise<Agent>
}

export interface NetworkService {
  readonly page: Handlers<Contract, 'page'>['network']
  /** Takes up what was chosen before. */
  start(): Promise<void>
  agentFor(url: URL): Promise<Agent>
}

/** Debian and Alpine, Red Hat, openSUSE, BSD and macOS. */
export const systemStores = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'] as const

const largestFile = 256 * 1024
const chosenSchema = v.strictObject({
  v: v.literal(1),
  proxy: v.strictObject({ ...proxyInput.entries, password: v.string() }),
  authorities: v.array(v.string()),
  client: v.nullable(v.strictObject({ file: v.custom<Uint8Array>((value) => value instanceof Uint8Array), passphrase: v.string() })),
})
type Chosen = v.InferOutput<typeof chosenSchema>
const unchosen: Chosen = { v: 1, proxy: { mode: 'system', address: '', user: '', password: '' }, authorities: [], client: null }

export function createNetworkService(deps: NetworkDeps): NetworkService {
  const store = firstStore(deps.stores)
  let chosen = unchosen
  const agentsOver = (way: Ways['proxyFor']) =>
    deps.createAgents({
      proxyFor: way,
      authorities: store ? [store.pem, ...chosen.authorities] : chosen.authorities.length > 0 ? [...rootCertificates, ...chosen.authorities] : null,
      client: chosen.client && isUsable(chosen.client.file, chosen.client.passphrase) ? clientOf(chosen.client.file, chosen.client.passphrase) : null,
    })
  const agentsNow = () => agentsOver((url) => proxyFor(chosen.proxy, around, url))
  // Straight, and by those who are trusted when it is asked.
  const scripts = createProxyScripts({ readText: deps.readTextOver((url) => agentsOver(async () => null)(url)), clock: deps.clock, evaluate: deps.evaluate })
  const around: Surroundings = { ...deps.surroundings, scriptProxy: scripts.answerFor }
  let agents = agentsNow()
  const outside = new URL('https://example.jp')
  const status = async (): Promise<NetworkStatus> => {
    const named = await proxyFor(unchosen.proxy, { ...around, env: { ...around.env, NO_PROXY: '', no_proxy: '' } }, outside)
    const { mode, address, user, password } = chosen.proxy
    const scripted = mode === 'script' ? await proxyFor(chosen.proxy, around, outside) : null
    return { mode, address, user, hasPassword: password !== '', surroundings: shownProxy(named), script: shownProxy(scripted), store: store?.path ?? null, authorities: chosen.authorities.map(shownOf), hasClient: chosen.client !== null }
  }
  const choose = async (change: Partial<Chosen>): Promise<Result<NetworkStatus, NetworkFailure>> => {
    if (!deps.isOpen()) return err({ type: 'SessionLocked', retry: 'later' })
    const next = { ...chosen, ...change }
    try {
      await deps.profile.writeNote('network', encodeCbor(next))
    } catch {
      return err({ type: 'DiskFull', retry: 'later' })
    }
    chosen = next
    agents = agentsNow()
    return ok(await status())
  }
  return {
    page: {
      status: async () => ok(await status()),
      async setProxy({ password, ...typed }) {
        const proxy = { ...typed, address: typed.address.trim(), user: typed.user.trim(), password: password ?? chosen.proxy.password }
        if (proxy.mode === 'own' && !parseProxy(proxy.address, proxy)) return err({ type: 'ProxyAddressUnusable', retry: 'now' })
        if (proxy.mode === 'script') {
          const at = scriptAddress(proxy.address)
          if (!at) return err({ type: 'ProxyAddressUnusable', retry: 'now' })
          if ((await scripts.answerFor(at, outside)) === null) return err({ type: 'ProxyScriptUnreadable', retry: 'later' })
          return choose({ proxy: { ...proxy, address: at } })
        }
        return choose({ proxy })
      },
      async setAuthorities({ file }) {
        const authorities = file ? pemCertificates(file) : []
        return authorities ? choose({ authorities }) : err({ type: 'CertificateUnreadable', retry: 'now' })
      },
      async setClient({ file, passphrase }) {
        if (file && !isUsable(file, passphrase)) return err({ type: 'ClientCertificateUnreadable', retry: 'now' })
        return choose({ client: file && { file, passphrase } })
      },
    },
    async start() {
      const read = v.safeParse(chosenSchema, decodeCbor((await deps.profile.readNote('network')) ?? new Uint8Array()))
      if (!read.success) return
      chosen = read.output
      agents = agentsNow()
    },
    agentFor: (url) => agents(url),
  }
}

function shownProxy(proxy: Proxy | null): string | null {
  return proxy && `${proxy.host}:${proxy.port}`
}

function firstStore(paths: readonly string[]): { readonly path: string; readonly pem: string } | null {
  for (const path of paths) {
    try {
      const pem = readFileSync(path, 'utf8')
      createSecureContext({ ca: pem })
      return { path, pem }
    } catch {
      continue
    }
  }
  return null
}

/** Null when there is none in it, or one that cannot be read. */
function pemCertificates(file: Uint8Array): string[] | null {
  const found = file.length > largestFile ? [] : (textOf(file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
  try {
    for (const pem of found) shownOf(pem)
    return found.length > 0 ? [...found] : null
  } catch {
    return null
  }
}

function shownOf(pem: string): { readonly name: string; readonly until: number } {
  const { subject, validTo } = new X509Certificate(pem)
  const fields = Object.fromEntries(subject.split('\n').map((line) => line.split(/=(.*)/s) as [string, string]))
  return { name: fields['CN'] ?? fields['O'] ?? subject, until: Date.parse(validTo) }
}

/** Each byte a letter: what is no text does not matter. */
function textOf(file: Uint8Array): string {
  return Buffer.from(file).toString('latin1')
}

function clientOf(file: Uint8Array, passphrase: string): ClientCertificate {
  const text = textOf(file)
  return text.includes('-----BEGIN ') ? { pem: text, passphrase } : { pfx: Buffer.from(file), passphrase }
}

/** Opens with this passphrase, and holds both the certificate and its key. */
function isUsable(file: Uint8Array, passphrase: string): boolean {
  const client = clientOf(file, passphrase)
  if ('pem' in client && !(client.pem.includes('CERTIFICATE-----') && client.pem.includes('PRIVATE KEY-----'))) return false
  try {
    createSecureContext('pfx' in client ? client : { cert: client.pem, key: client.pem, passphrase })
    return file.length <= largestFile
  } catch {
    return false
  }
}
