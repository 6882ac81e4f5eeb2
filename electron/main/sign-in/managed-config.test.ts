import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseManaged, readLinux, readMac, readWindows } from './managed-config.ts'

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
    expect(await readLinux(file, owner)).toBe('none')
    writeFileSync(file, JSON.stringify(good), { mode: 0o644 })
    expect(await readLinux(file, owner)).toEqual(good.signIn)
    expect(await readLinux(file, owner + 1)).toBe('untrusted')
    for (const mode of [0o664, 0o646, 0o666]) {
      chmodSync(file, mode)
      expect(await readLinux(file, owner)).toBe('untrusted')
    }
    chmodSync(file, 0o644)
    chmodSync(folder, 0o777)
    expect(await readLinux(file, owner)).toBe('untrusted')
    chmodSync(folder, 0o755)
    symlinkSync(file, join(folder, 'link.json'))
    mkdirSync(join(folder, 'dir.json'))
    expect([await readLinux(join(folder, 'link.json'), owner), await readLinux(join(folder, 'dir.json'), owner)]).toEqual(['untrusted', 'untrusted'])
    writeFileSync(file, ' '.repeat(70_000) + JSON.stringify(good))
    expect(await readLinux(file, owner)).toBe('unreadable')
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
    expect(await readWindows(async (program, args) => (program.endsWith('reg.exe') && args[0] === 'query' ? said : null))).toEqual(good.signIn)
    expect(await readWindows(async () => null)).toBe('none')
    expect(await readWindows(async () => said.replace('https:', 'http:'))).toBe('unreadable')
    expect(await readWindows(async () => '\r\n    Other    REG_SZ    x\r\n')).toBe('none')
  })

  it('4.1 on macOS comes from managed preferences that root wrote (by its documentation, not run there)', async () => {
    const file = join(folder, 'x.plist')
    expect(await readMac(async () => JSON.stringify(good), file)).toBe('none')
    writeFileSync(file, 'x')
    expect(await readMac(async () => JSON.stringify(good), file)).toEqual(owner === 0 ? good.signIn : 'untrusted')
    chmodSync(file, 0o666)
    expect(await readMac(async () => JSON.stringify(good), file)).toBe('untrusted')
  })
})
