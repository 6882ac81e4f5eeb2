import { describe, expect, it } from 'vitest'
import { proxyFor, type ProxyChoice } from './proxy-choice.ts'

const system: ProxyChoice = { mode: 'system', address: '', user: '', password: '' }
const own: ProxyChoice = { mode: 'own', address: 'http://proxy.town.jp:3128', user: 'staff', password: 'p:w' }
const to = (address: string): URL => new URL(address)

describe('3.4 which proxy leads to a storage', () => {
  it('3.4 takes the one of the surroundings, with its name and password, unless the address is excepted', () => {
    const env = { HTTPS_PROXY: 'http://staff:s%40fe@10.0.0.1:8080', NO_PROXY: 'localhost, .town.lg.jp,files.example.jp:8443 other.jp' }
    const through = { host: '10.0.0.1', port: 8080, authorization: `Basic ${Buffer.from('staff:s@fe').toString('base64')}` }
    const found = (address: string) => proxyFor(system, env, to(address))
    for (const address of ['https://s3.example.jp', 'https://nottown.lg.jp', 'https://files.example.jp', 'https://another.jp']) expect(found(address), address).toEqual(through)
    for (const address of ['https://files.town.lg.jp', 'https://town.lg.jp', 'https://files.example.jp:8443', 'https://a.other.jp']) expect(found(address), address).toBeNull()
    expect(proxyFor(system, { https_proxy: 'proxy:3128', no_proxy: '*' }, to('https://s3.example.jp'))).toBeNull()
    expect(proxyFor(system, { https_proxy: 'proxy:3128' }, to('https://s3.example.jp'))).toEqual({ host: 'proxy', port: 3128, authorization: null })
    expect(proxyFor(system, {}, to('https://s3.example.jp'))).toBeNull()
  })

  it('3.4 takes the one that was entered for every address, and none where none is wanted', () => {
    const env = { HTTPS_PROXY: 'http://10.0.0.1:8080', NO_PROXY: '*' }
    expect(proxyFor(own, env, to('https://s3.example.jp'))).toEqual({ host: 'proxy.town.jp', port: 3128, authorization: `Basic ${Buffer.from('staff:p:w').toString('base64')}` })
    expect(proxyFor({ ...own, mode: 'none' }, env, to('https://s3.example.jp'))).toBeNull()
  })

  it.each(['', 'https://proxy:3128', 'socks://proxy:1080', 'http://proxy/path', 'http://a:b@proxy:1', 'http://proxy:99999'])('3.4 takes "%s" for no proxy that can be entered', (address) => {
    expect(proxyFor({ ...own, address }, {}, to('https://s3.example.jp'))).toBeNull()
  })
})
