// The way to a server: straight, or through the proxy of the town by CONNECT, so that the proxy sees the host's name and nothing else;
// which authorities are believed; which certificate this machine shows. Connections are kept between questions.

import { Agent as PlainAgent, request, type Agent } from 'node:http'
import { Agent as SecureAgent, type AgentOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect, createSecureContext, type ConnectionOptions } from 'node:tls'
import { failure, StorageStop } from './answers.ts'
import { isThisMachine } from './this-machine.ts'

export interface Proxy {
  readonly host: string
  readonly port: number
  /** `Basic …`; null where the proxy asks nobody. */
  readonly authorization: string | null
}

export interface Ways {
  /** Null: straight. Never asked for what lies on this machine. */
  readonly proxyFor: (url: URL) => Promise<Proxy | null>
  /** PEM; null = the authorities that Node brings. */
  readonly authorities: readonly string[] | null
  readonly client: ClientCertificate | null
}

/** A PKCS #12 file, or PEM with the key. */
export type ClientCertificate = { readonly pfx: Buffer; readonly passphrase: string } | { readonly pem: string; readonly passphrase: string }

const tunnelMs = 30_000

export function createAgents(ways: Ways): (url: URL) => Promise<Agent> {
  const { client } = ways
  const shown = client && ('pfx' in client ? { pfx: client.pfx, passphrase: client.passphrase } : { cert: client.pem, key: client.pem, passphrase: client.passphrase })
  // Read once: a system knows some hundred authorities.
  const secureContext = createSecureContext({ ...(ways.authorities ? { ca: [...ways.authorities] } : {}), ...shown })
  const options: AgentOptions = { keepAlive: true, secureContext }
  const plain = new PlainAgent({ keepAlive: true })
  const straight = new SecureAgent(options)
  const tunnels = new Map<string, Agent>()
  return async (url) => {
    if (url.protocol !== 'https:') return plain
    const proxy = isThisMachine(url.hostname) ? null : await ways.proxyFor(url)
    if (!proxy) return straight
    const key = `${proxy.host} ${proxy.port} ${proxy.authorization}`
    const tunnel = tunnels.get(key) ?? new TunnelAgent(options, proxy)
    tunnels.set(key, tunnel)
    return tunnel
  }
}

/** Node keeps the connections and checks the certificate; only how one is opened differs. */
class TunnelAgent extends SecureAgent {
  readonly #proxy: Proxy

  constructor(options: AgentOptions, proxy: Proxy) {
    super(options)
    this.#proxy = proxy
  }

  override createConnection(options: ConnectionOptions, opened: (error: Error | null, stream: Duplex) => void): undefined {
    const { host, port, authorization } = this.#proxy
    const fail = (error: Error): void => (opened as (error: Error) => void)(error)
    const target = `${options.host ?? ''}:${options.port ?? 443}`
    const asked = request({ host, port, method: 'CONNECT', path: target, agent: false, timeout: tunnelMs, headers: { Host: target, ...(authorization === null ? {} : { 'Proxy-Authorization': authorization }) } })
    asked.once('connect', (answer, socket) => {
      asked.setTimeout(0)
      socket.setTimeout(0)
      if (answer.statusCode === 200) return opened(null, connect({ ...options, socket, servername: options.servername ?? options.host ?? '' }))
      socket.destroy()
      const refused = [401, 403, 407].includes(answer.statusCode ?? 0)
      fail(new StorageStop(failure(refused ? 'StorageProxyRefused' : 'StorageUnreachable')))
    })
    asked.once('timeout', () => asked.destroy(new StorageStop(failure('StorageUnreachable'))))
    asked.once('error', fail)
    asked.end()
    return undefined
  }
}
