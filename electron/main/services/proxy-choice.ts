// Which proxy leads to an address: the one that was entered, the one the surroundings name (HTTPS_PROXY, NO_PROXY), or none.

import type { Proxy } from '../cloud/agents.ts'

export interface ProxyChoice {
  readonly mode: 'none' | 'system' | 'own'
  /** `http://host:port`; only for `own`. */
  readonly address: string
  readonly user: string
  readonly password: string
}

export type Surroundings = Readonly<Partial<Record<string, string>>>

/** Null: straight. */
export function proxyFor(choice: ProxyChoice, surroundings: Surroundings, url: URL): Proxy | null {
  if (choice.mode === 'none') return null
  if (choice.mode === 'own') return parseProxy(choice.address, choice)
  if (isExcepted(surroundings['NO_PROXY'] ?? surroundings['no_proxy'] ?? '', url)) return null
  return parseProxy(surroundings['HTTPS_PROXY'] ?? surroundings['https_proxy'] ?? '', null)
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
