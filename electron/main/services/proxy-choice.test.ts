import { describe, expect, it } from 'vitest'
import { proxyFor, type ProxyChoice, type Surroundings } from './proxy-choice.ts'

const system: ProxyChoice = { mode: 'system', address: '', user: '', password: '' }
const own: ProxyChoice = { mode: 'own', address: 'http://proxy.town.jp:3128', user: 'staff', password: 'p:w' }
const around = (env: Surroundings['env'], system = 'DIRECT'): Surroundings => ({ env, systemProxy: async () => system, systemScript: async () => null, scriptProxy: async () => null })
const to = (address: string): URL => new URL(address)

describe('3.4 which proxy leads to a storage', async () => {
  it('3.4 takes the one of the surroundings, with its name and password, unless the address is excepted', async () => {
    const env = { HTTPS_PROXY: 'http://staff:s%40fe@10.0.0.1:8080', NO_PROXY: 'localhost, .town.lg.jp,files.example.jp:8443 other.jp' }
    const through = { host: '10.0.0.1', port: 8080, authorization: `Basic ${Buffer.from('staff:s@fe').toString('base64')}` }
    const found = (address: string) => proxyFor(system, around(env, 'PROXY elsewhere:1'), to(address))
    for (const address of ['https://s3.example.jp', 'https://nottown.lg.jp', 'https://files.example.jp', 'https://another.jp']) expect(await found(address), address).toEqual(through)
    for (const address of ['https://files.town.lg.jp', 'https://town.lg.jp', 'https://files.example.jp:8443', 'https://a.other.jp']) expect(await found(address), address).toBeNull()
    expect(await proxyFor(system, around({ https_proxy: 'proxy:3128', no_proxy: '*' }), to('https://s3.example.jp'))).toBeNull()
    expect(await proxyFor(system, around({ https_proxy: 'proxy:3128' }), to('https://s3.example.jp'))).toEqual({ host: 'proxy', port: 3128, authorization: null })
    expect(await proxyFor(system, around({}), to('https://s3.example.jp'))).toBeNull()
  })

  it.each([
    ['DIRECT', null],
    ['PROXY proxy.town.jp:3128; DIRECT', { host: 'proxy.town.jp', port: 3128, authorization: null }],
    ['SOCKS5 socks.town.jp:1080; PROXY [2001:db8::1]:8080', { host: '2001:db8::1', port: 8080, authorization: null }],
    ['HTTPS proxy.town.jp:443;DIRECT; PROXY late:1', null],
    ['', null],
    ['nonsense', null],
  ])('3.4 takes what the settings of the system say where the environment names none: "%s"', async (said, proxy) => {
    expect(await proxyFor(system, around({ NO_PROXY: '*' }, said), to('https://s3.example.jp'))).toEqual(proxy)
  })

  it('3.4 asks the script that the system names, unless the environment names a proxy; what cannot be read is as if it were not named', async () => {
    const pac = 'http://proxy.town.lg.jp/proxy.pac'
    const scripted = (said: string | null, env: Surroundings['env'] = {}): Surroundings => ({ ...around(env, 'PROXY fixed:1'), systemScript: async () => pac, scriptProxy: async (address) => (address === pac ? said : 'PROXY wrong:1') })
    expect(await proxyFor(system, scripted('PROXY proxy.town.jp:8080'), to('https://s3.example.jp'))).toEqual({ host: 'proxy.town.jp', port: 8080, authorization: null })
    expect(await proxyFor(system, scripted('DIRECT'), to('https://s3.example.jp'))).toBeNull()
    expect(await proxyFor(system, scripted(null), to('https://s3.example.jp'))).toMatchObject({ host: 'fixed' })
    expect(await proxyFor(system, scripted('PROXY proxy.town.jp:8080', { https_proxy: 'named:3128' }), to('https://s3.example.jp'))).toMatchObject({ host: 'named' })
    expect(await proxyFor({ ...own, mode: 'none' }, scripted('PROXY proxy.town.jp:8080'), to('https://s3.example.jp'))).toBeNull()
  })

  it('3.4 takes what a script says, with the name and password that were entered, and goes straight where it cannot be read', async () => {
    const script: ProxyChoice = { ...own, mode: 'script', address: 'http://files.town.jp/proxy.pac' }
    const asked: string[] = []
    const says = (said: string | null): Surroundings => ({ ...around({ HTTPS_PROXY: 'http://10.0.0.1:8080' }), scriptProxy: async (address, url) => (asked.push(`${address} ${url.href}`), said) })
    const { authorization } = (await proxyFor(own, around({}), to('https://s3.example.jp')))!
    expect(await proxyFor(script, says('SOCKS a:1; PROXY proxy.town.jp:8080; DIRECT'), to('https://s3.example.jp/a'))).toEqual({ host: 'proxy.town.jp', port: 8080, authorization })
    expect(await proxyFor(script, says('DIRECT'), to('https://s3.example.jp/a'))).toBeNull()
    expect(await proxyFor(script, says(null), to('https://s3.example.jp/a'))).toBeNull()
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'http://files.town.jp/proxy.pac https://s3.example.jp/a'))
  })

  it('3.4 takes the one that was entered for every address, and none where none is wanted', async () => {
    const env = { HTTPS_PROXY: 'http://10.0.0.1:8080', NO_PROXY: '*' }
    expect(await proxyFor(own, around(env), to('https://s3.example.jp'))).toEqual({ host: 'proxy.town.jp', port: 3128, authorization: `Basic ${Buffer.from('staff:p:w').toString('base64')}` })
    expect(await proxyFor({ ...own, mode: 'none' }, around(env), to('https://s3.example.jp'))).toBeNull()
  })

  it.each(['', 'https://proxy:3128', 'socks://proxy:1080', 'http://proxy/path', 'http://a:b@proxy:1', 'http://proxy:99999'])('3.4 takes "%s" for no proxy that can be entered', async (address) => {
    expect(await proxyFor({ ...own, address }, around({}), to('https://s3.example.jp'))).toBeNull()
  })
})
