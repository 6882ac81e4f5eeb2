import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { proxyFor, type Surroundings } from '../services/proxy-choice.ts'
import { createAgents, type Ways } from './agents.ts'
import { usualPatience } from './exchange.ts'
import { everyAct } from './testing/storage-contract.ts'
import { startTownNetwork, type TownNetwork } from './testing/town-network.ts'
import { createWebDavStorage } from './webdav-storage.ts'
import { createWire } from './wire.ts'

let town: TownNetwork
beforeAll(async () => {
  town = await startTownNetwork((question, response) => {
    const isListing = question.method === 'PROPFIND'
    response.writeHead(question.method === 'PUT' || question.method === 'MKCOL' ? 201 : question.method === 'GET' ? 404 : isListing ? 404 : 204).end()
  })
})
afterAll(() => town.stop())
beforeEach(() => {
  town.asked.length = 0
  town.proxy.opened.length = 0
})

const around = (env: Surroundings['env'], system = 'DIRECT'): Surroundings => ({ env, systemProxy: async () => system, systemScript: async () => null, scriptProxy: async () => null })
const free = async (): Promise<void> => undefined
const entered = (change: { readonly password?: string } = {}) => ({ mode: 'own' as const, address: `http://127.0.0.1:${town.proxy.port}`, user: town.proxy.user, password: town.proxy.password, ...change })

/** What four acts over these ways end with. */
async function acts(at: URL, change: Partial<Ways>): Promise<readonly (string | undefined)[]> {
  const ways: Ways = { proxyFor: (url) => proxyFor(entered(), around({}), url), authorities: [town.authority], client: null, ...change }
  const storage = createWebDavStorage({ folder: new URL('/dav/', at), user: 'u', password: 'secret-of-the-storage', workspace: 'w' }, { fetch: createWire({ agentFor: createAgents(ways), up: free, down: free }), clock: { now: () => 0 }, patience: { ...usualPatience, silence: 5_000 } })
  return (await everyAct(storage)).map((failure) => failure?.type)
}
const four = (type?: string): readonly (string | undefined)[] => Array.from({ length: 4 }, () => type)

describe('3.4 a town behind a proxy, with an authority of its own', () => {
  it('3.4 reaches its storage through the proxy with name and password, over one connection that is kept', async () => {
    expect(await acts(town.open, {})).toEqual(four())
    expect(town.asked).toHaveLength(6)
    expect(town.proxy.opened).toEqual([town.open.host])
  })

  it('3.4 takes the proxy of the surroundings too', async () => {
    const { user, password, port } = town.proxy
    const system = { mode: 'system', address: '', user: '', password: '' } as const
    expect(await acts(town.open, { proxyFor: (url) => proxyFor(system, around({ HTTPS_PROXY: `http://${user}:${password}@127.0.0.1:${port}`, NO_PROXY: 'localhost' }), url) })).toEqual(four())
  })

  it('3.4 takes the proxy of the settings of the system, which may want no password', async () => {
    const system = { mode: 'system', address: '', user: '', password: '' } as const
    expect(await acts(town.open, { proxyFor: (url) => proxyFor(system, around({}, `PROXY 127.0.0.1:${town.proxy.port}; DIRECT`), url) })).toEqual(four('StorageProxyRefused'))
    expect(town.proxy.opened[0]).toBe(town.open.host)
  })

  it('3.4 says that the proxy refuses, and asks the storage nothing', async () => {
    expect(await acts(town.open, { proxyFor: (url) => proxyFor(entered({ password: 'not-it' }), around({}), url) })).toEqual(four('StorageProxyRefused'))
    expect(town.asked).toEqual([])
  })

  it('3.4 says that the storage does not answer where the proxy does not, or finds no such host', async () => {
    expect(await acts(new URL('https://elsewhere.test'), {})).toEqual(four('StorageUnreachable'))
    expect(await acts(town.open, { proxyFor: async () => ({ host: '127.0.0.1', port: 9, authorization: null }) })).toEqual(four('StorageUnreachable'))
  })

  it('3.4 sends nothing to a server that no authority it knows vouches for, or that is another host', async () => {
    expect(await acts(town.open, { authorities: null })).toEqual(four('StorageUntrusted'))
    expect(await acts(new URL(`https://127.0.0.1:${town.open.port}`), {})).toEqual(four('StorageUntrusted'))
    expect(town.asked).toEqual([])
  })

  it('3.4 shows a certificate where the server asks for one, from a PKCS #12 file or PEM', async () => {
    const { p12, passphrase, pem } = town.client
    expect(await acts(town.strict, { client: { pfx: p12, passphrase } })).toEqual(four())
    expect(await acts(town.strict, { client: { pem, passphrase: '' } })).toEqual(four())
    expect(await acts(town.strict, {})).toEqual(four('StorageUnreachable'))
    expect(town.asked).toHaveLength(12)
  })

  it('3.4 asks no proxy for what lies on this machine', async () => {
    await acts(new URL('https://localhost:9'), {})
    expect(town.proxy.opened).toEqual([])
  })
})
