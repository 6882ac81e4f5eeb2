import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseManaged, parseManagedKeys, readLinux, readMac, readWindows } from './managed-config.ts'

const good = { signIn: { issuer: 'https://login.example/town', clientId: 'fumibako' } }
const owner = process.getuid?.() ?? 0

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'managed-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what the administrator of this machine set', () => {
  it('4.1 is read where the file and its folder belong to the administrator and nobody else writes there', async () => {
    const file = join(folder, 'managed.json')
    expect(await readLinux(parseManaged, file, owner)).toBe('none')
    writeFileSync(file, JSON.stringify(good), { mode: 0o644 })
    expect(await readLinux(parseManaged, file, owner)).toEqual(good.signIn)
    expect(await readLinux(parseManaged, file, owner + 1)).toBe('untrusted')
    for (const mode of [0o664, 0o646, 0o666]) {
      chmodSync(file, mode)
      expect(await readLinux(parseManaged, file, owner)).toBe('untrusted')
    }
    chmodSync(file, 0o644)
    chmodSync(folder, 0o777)
    expect(await readLinux(parseManaged, file, owner)).toBe('untrusted')
    chmodSync(folder, 0o755)
    symlinkSync(file, join(folder, 'link.json'))
    mkdirSync(join(folder, 'dir.json'))
    expect([await readLinux(parseManaged, join(folder, 'link.json'), owner), await readLinux(parseManaged, join(folder, 'dir.json'), owner)]).toEqual(['untrusted', 'untrusted'])
    writeFileSync(file, ' '.repeat(70_000) + JSON.stringify(good))
    expect(await readLinux(parseManaged, file, owner)).toBe('unreadable')
  })

  it('4.1 names a provider over TLS, or on this machine itself, and nothing half', () => {
    expect(parseManaged(JSON.stringify({ ...good, storage: {} }))).toEqual(good.signIn)
    expect(parseManaged(JSON.stringify({ signIn: { ...good.signIn, issuer: 'http://127.0.0.1:8080' } }))).toMatchObject({ issuer: 'http://127.0.0.1:8080' })
    const wrong = [{ issuer: 'http://login.example' }, { issuer: 'https://login.example?x' }, { issuer: 'https://login.example#x' }, { issuer: 'https://u@login.example' }, { issuer: 'ftp://login.example' }, { issuer: 7 }, { clientId: '' }, { clientId: 'a b' }, { more: 1 }]
    for (const over of wrong) expect(parseManaged(JSON.stringify({ signIn: { ...good.signIn, ...over } }))).toBe('unreadable')
    for (const text of ['', '{', 'null', '{}', '[]']) expect(parseManaged(text)).toBe('unreadable')
  })

  it('4.1 on Windows comes from the policy hive (by its documentation, not run there)', async () => {
    const said = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Fumibako\r\n    SignInIssuer    REG_SZ    https://login.example/town\r\n    SignInClientId    REG_SZ    fumibako\r\n\r\n'
    expect(await readWindows(parseManaged, async (program, args) => (program.endsWith('reg.exe') && args[0] === 'query' ? said : null))).toEqual(good.signIn)
    expect(await readWindows(parseManaged, async () => null)).toBe('none')
    expect(await readWindows(parseManaged, async () => said.replace('https:', 'http:'))).toBe('unreadable')
    expect(await readWindows(parseManaged, async () => '\r\n    Other    REG_SZ    x\r\n')).toBe('none')
  })

  it('4.1 on macOS comes from managed preferences that root wrote (by its documentation, not run there)', async () => {
    const file = join(folder, 'x.plist')
    expect(await readMac(parseManaged, async () => JSON.stringify(good), file)).toBe('none')
    writeFileSync(file, 'x')
    expect(await readMac(parseManaged, async () => JSON.stringify(good), file)).toEqual(owner === 0 ? good.signIn : 'untrusted')
    chmodSync(file, 0o666)
    expect(await readMac(parseManaged, async () => JSON.stringify(good), file)).toBe('untrusted')
  })

  it('4.4 names the hardware of the keys beside the provider or alone, by an absolute path, and nothing half', async () => {
    const keys = { in: 'pkcs11', module: '/usr/lib/libtpm2_pkcs11.so' }
    expect([parseManagedKeys(JSON.stringify({ ...good, keys })), parseManaged(JSON.stringify({ ...good, keys }))]).toEqual([keys, good.signIn])
    expect([parseManagedKeys(JSON.stringify(good)), parseManaged(JSON.stringify({ keys }))]).toEqual(['none', 'none'])
    for (const wrong of [{ ...keys, module: 'libtpm2_pkcs11.so' }, { in: 'pkcs11' }, { in: 'cng', module: '/x' }, { in: 'cloud' }, { ...keys, pin: '1' }, null, 'cng']) expect(parseManagedKeys(JSON.stringify({ keys: wrong }))).toBe('unreadable')
    expect(parseManagedKeys('{')).toBe('unreadable')
    expect(await readWindows(parseManagedKeys, async () => '\r\n    KeysIn    REG_SZ    cng\r\n')).toEqual({ in: 'cng' })
    expect(await readWindows(parseManaged, async () => '\r\n    KeysIn    REG_SZ    cng\r\n')).toBe('none')
  })
})
