import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAgents } from '../cloud/agents.ts'
import { readText } from '../cloud/read-text.ts'
import { startScriptedServer } from '../cloud/testing/scripted-server.ts'
import { startTownNetwork, type TownNetwork } from '../cloud/testing/town-network.ts'
import { createWire } from '../cloud/wire.ts'
import { createNetworkService, type NetworkDeps } from './network-service.ts'
import { nodeHost } from './node-host.ts'
import { createProfile, type OsSecret } from './profile.ts'

const osSecret: OsSecret = { seal: async (s) => s.map((b) => b ^ 0x5a), open: async (s) => s.map((b) => b ^ 0x5a) }
const free = async (): Promise<void> => undefined
let town: TownNetwork
let folder: string
beforeAll(async () => {
  town = await startTownNetwork((_question, response) => void response.writeHead(200).end('here'))
  folder = await mkdtemp(join(tmpdir(), 'fumibako-network-'))
})
afterAll(async () => {
  await town.stop()
  await rm(folder, { recursive: true, force: true })
})

function service(change: Partial<NetworkDeps> = {}) {
  const network = createNetworkService({ profile: createProfile(nodeHost, join(folder, 'workspace'), osSecret), surroundings: { env: {}, systemProxy: async () => 'DIRECT', systemScript: async () => null }, stores: [], isOpen: () => true, createAgents, clock: { now: () => 0 }, evaluate: async (script) => /return "(.*)"/.exec(script)?.[1] ?? '', readTextOver: (agentFor) => (address) => readText(createWire({ agentFor, up: free, down: free }), address), ...change })
  const wire = createWire({ agentFor: network.agentFor, up: free, down: free })
  return { network, reach: (at: URL) => wire(at.href, { method: 'GET' }).then((answer) => answer.text(), (thrown: { code?: string; message: string }) => thrown.code ?? thrown.message) }
}

describe('3.4 the way to servers in main', () => {
  it('3.4 keeps proxy, authority and certificate sealed, holds each at once and over a start, and tells no secret', async () => {
    const { network, reach } = service()
    const { port, user, password } = town.proxy
    expect(await network.page.setProxy({ mode: 'own', address: ` http://127.0.0.1:${port}`, user, password })).toMatchObject({ ok: true, value: { mode: 'own', hasPassword: true } })
    expect(await reach(town.open)).toBe('SELF_SIGNED_CERT_IN_CHAIN')
    expect(await network.page.setAuthorities({ file: Buffer.from(`Town\n${town.authority}`) })).toMatchObject({ ok: true, value: { authorities: [{ name: 'Town CA', until: expect.any(Number) }] } })
    expect(await reach(town.open)).toBe('here')
    const { p12, passphrase } = town.client
    expect(await network.page.setClient({ file: p12, passphrase: 'not-it' })).toMatchObject({ ok: false, error: { type: 'ClientCertificateUnreadable' } })
    const told = await network.page.setClient({ file: p12, passphrase })
    expect(told).toMatchObject({ ok: true, value: { hasClient: true } })
    expect(await reach(town.strict)).toBe('here')
    for (const secret of [password, passphrase]) expect(JSON.stringify(told)).not.toContain(secret)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) for (const secret of [password, passphrase, 'Town CA']) expect((await readFile(join(entry.parentPath, entry.name))).includes(secret)).toBe(false)
    }
    const again = service()
    await again.network.start()
    expect(await again.reach(town.strict)).toBe('here')
    expect(await again.network.page.setProxy({ mode: 'own', address: `127.0.0.1:${port}`, user, password: null })).toMatchObject({ ok: true })
    expect(await again.reach(town.open)).toBe('here')
    expect(await again.network.page.setAuthorities({ file: null })).toMatchObject({ ok: true, value: { authorities: [] } })
    expect(await again.network.page.setClient({ file: null, passphrase: '' })).toMatchObject({ ok: true, value: { hasClient: false } })
  })

  it('3.4 believes the authorities of the system, and says which file and which proxy the surroundings name', async () => {
    const store = join(folder, 'ca-certificates.crt')
    await writeFile(store, town.authority)
    const { user, password, port } = town.proxy
    const { network, reach } = service({ stores: [join(folder, 'none'), store], surroundings: { env: { HTTPS_PROXY: `http://${user}:${password}@127.0.0.1:${port}` }, systemProxy: async () => 'DIRECT', systemScript: async () => null } })
    expect(await reach(town.open)).toBe('here')
    const told = await network.page.status({})
    expect(told).toMatchObject({ value: { mode: 'system', store, surroundings: `127.0.0.1:${port}` } })
    expect(JSON.stringify(told)).not.toContain(password)
  })

  it('3.4 goes through the proxy that a script names, fetched straight, and keeps where the script lies', async () => {
    const server = await startScriptedServer()
    const { user, password, port } = town.proxy
    server.answer((response, question) => void (question.url === '/proxy.pac' ? response.end(`function FindProxyForURL(url, host) { return "PROXY 127.0.0.1:${port}" }`) : response.writeHead(404).end()))
    try {
      const { network, reach } = service({ stores: [] })
      await network.page.setAuthorities({ file: Buffer.from(town.authority) })
      expect(await network.page.setProxy({ mode: 'script', address: 'proxy.pac', user, password })).toMatchObject({ ok: false, error: { type: 'ProxyAddressUnusable' } })
      expect(await network.page.setProxy({ mode: 'script', address: `${server.origin}/other`, user, password })).toMatchObject({ ok: false, error: { type: 'ProxyScriptUnreadable' } })
      expect(await network.page.setProxy({ mode: 'script', address: `${server.origin}/proxy.pac`, user, password })).toMatchObject({ ok: true, value: { mode: 'script', script: `127.0.0.1:${port}` } })
      town.proxy.opened.length = 0
      expect(await reach(town.open)).toBe('here')
      expect(town.proxy.opened).toEqual([town.open.host])
      // One that the settings of the system name is fetched and asked in the same way, with nothing entered.
      const named = service({ surroundings: { env: {}, systemProxy: async () => 'DIRECT', systemScript: async () => `${server.origin}/proxy.pac` } })
      expect(await named.network.page.status({})).toMatchObject({ value: { mode: 'system', surroundings: `127.0.0.1:${port}` } })
      const again = service()
      await again.network.start()
      expect(await again.network.page.status({})).toMatchObject({ value: { mode: 'script', address: `${server.origin}/proxy.pac`, script: `127.0.0.1:${port}` } })
      await again.network.page.setProxy({ mode: 'none', address: '', user: '', password: '' })
      await again.network.page.setAuthorities({ file: null })
    } finally {
      await server.stop()
    }
  })

  it('3.4 takes nothing that it could not use, and nothing while locked', async () => {
    const { network } = service()
    expect(await network.page.setProxy({ mode: 'own', address: 'socks://x', user: '', password: null })).toMatchObject({ ok: false, error: { type: 'ProxyAddressUnusable' } })
    for (const file of [new Uint8Array(), Buffer.from('hello'), Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')]) expect(await network.page.setAuthorities({ file })).toMatchObject({ ok: false, error: { type: 'CertificateUnreadable' } })
    expect(await network.page.setClient({ file: Buffer.from(town.authority), passphrase: '' })).toMatchObject({ ok: false, error: { type: 'ClientCertificateUnreadable' } })
    expect(await service({ isOpen: () => false }).network.page.setProxy({ mode: 'none', address: '', user: '', password: null })).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
  })
})
