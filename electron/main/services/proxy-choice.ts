// Which proxy leads to an address: the one that was entered; what a script says; the one the surroundings name (HTTPS_PROXY,
// NO_PROXY), or else the settings of the system, their script before all else; or none.

import type { Proxy } from '../cloud/agents.ts'

export interface ProxyChoice {
  readonly mode: 'none' | 'system' | 'script' | 'own'
  /** `http://host:port` of the proxy (`own`), or where the script lies. */
  readonly address: string
  readonly user: string
  readonly password: string
}

/** What is around the app: its environment, and what the settings of the system say of an address (`PROXY host:port; DIRECT`). */
export interface Surroundings {
  readonly env: Readonly<Partial<Record<string, string>>>
  readonly systemProxy: (url: URL) => Promise<string>
  /** Where the settings of the system say that a script lies; null where they name none. */
  readonly systemScript: () => Promise<string | null>
  /** Of the script at this address; null where it cannot be read. */
  readonly scriptProxy: (address: string, url: URL) => Promise<string | null>
}

/** Null: straight. */
export async function proxyFor(choice: ProxyChoice, { env, systemProxy, systemScript, scriptProxy }: Surroundings, url: URL): Promise<Proxy | null> {
  if (choice.mode === 'none') return null
  if (choice.mode === 'own') return parseProxy(choice.address, choice)
  if (choice.mode === 'script') return firstProxy((await scriptProxy(choice.address, url)) ?? '', choice)
  const named = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? ''
  if (named === '') {
    const script = await systemScript()
    const said = script === null ? null : await scriptProxy(script, url)
    return firstProxy(said ?? (await systemProxy(url)), null)
  }
  return isExcepted(env['NO_PROXY'] ?? env['no_proxy'] ?? '', url) ? null : parseProxy(named, null)
}

/** Of such a list the first that can be taken: a proxy by CONNECT, or straight. */
function firstProxy(list: string, entered: Parameters<typeof parseProxy>[1]): Proxy | null {
  for (const entry of list.split(';')) {
    const [, kind = '', place = ''] = /^\s*([A-Z]+)\s*(\S*)\s*$/.exec(entry) ?? []
    if (kind === 'DIRECT') return null
    const proxy = kind === 'PROXY' ? parseProxy(place, entered) : null
    if (proxy) return proxy
  }
  return null
}

/** Null for what is no address of a proxy. A name and password may stand in it only where the surroundings say so. */
export function parseProxy(address: string, entered: { readonly user: string; readonly password: string } | null): Proxy | null {
  const full = /^[a-z]+:\/\//i.test(address) ? address : `http://${address}`
  if (address === '' || !URL.canParse(full)) return null
  const url = new URL(full)
  if (url.protocol !== 'http:' || url.hostname === '' || url.pathname !== '/' || url.search + url.hash !== '') return null
  if (entered && url.username + url.password !== '') return null
  const user = entered?.user ?? decodeURIComponent(url.username)
  const password = entered?.password ?? decodeURIComponent(url.password)
  const authorization = user === '' ? null : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80), authorization }
}

/** `*`, a host, an end of hosts (with or without a dot before it), each perhaps with a port. */
function isExcepted(list: string, { hostname, port }: URL): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = '', only] = /^\*?\.?([^:]+)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    if (entry === '*') return true
    return name !== '' && (only === undefined || only === (port || '443')) && (hostname === name || hostname.endsWith(`.${name}`))
  })
}
