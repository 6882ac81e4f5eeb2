// What somebody outside does with a sealed package: OpenSSL and tar, nothing of ours.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeHost } from './node-host.ts'
import { drawPassphrase, sealShare } from './seal-share.ts'

const folders: string[] = []
const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-share-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const deep = `data/${'documents-of-a-volume/'.repeat(6)}${'n'.repeat(60)}.pdf`
const files = [
  { path: 'bagit.txt', bytes: new TextEncoder().encode('BagIt-Version: 1.0\n') },
  { path: 'data/documents/1/pages.pdf', bytes: nodeHost.random.bytes(300_001) },
  { path: 'data/empty.txt', bytes: new Uint8Array() },
  { path: deep, bytes: nodeHost.random.bytes(512) },
]

function decrypt(folder: string, passphrase: string) {
  return spawnSync('openssl', ['cms', '-decrypt', '-binary', '-inform', 'DER', '-in', 'share.p7m', '-pwri_password', passphrase, '-out', 'share.tar'], { cwd: folder })
}

describe('a sealed package for somebody outside', () => {
  it('4.11 SG-20 AR-80 opens with OpenSSL, tar and the passphrase, file by file as it was', async () => {
    const folder = temporary()
    const passphrase = drawPassphrase(nodeHost.random)
    expect(passphrase).toMatch(/^([0-9a-z]{5}-){3}[0-9a-z]{5}$/)
    writeFileSync(join(folder, 'share.p7m'), await sealShare(nodeHost.random, files, passphrase, 1_790_000_000))
    const opened = decrypt(folder, passphrase)
    expect([opened.status, opened.stderr.toString()]).toEqual([0, ''])
    execFileSync('tar', ['-xf', 'share.tar'], { cwd: folder })
    for (const { path, bytes } of files) expect([path, Buffer.compare(readFileSync(join(folder, path)), bytes)]).toEqual([path, 0])
  })

  it('4.11 SG-20 another passphrase opens nothing, nor does what was changed', async () => {
    const folder = temporary()
    const passphrase = drawPassphrase(nodeHost.random)
    const sealed = await sealShare(nodeHost.random, files, passphrase, 0)
    writeFileSync(join(folder, 'share.p7m'), sealed)
    expect(decrypt(folder, drawPassphrase(nodeHost.random)).status).not.toBe(0)
    writeFileSync(join(folder, 'share.p7m'), sealed.map((byte, at) => (at === sealed.length - 1000 ? byte ^ 1 : byte)))
    expect(decrypt(folder, passphrase).status).not.toBe(0)
    for (const { path } of files) expect(Buffer.from(sealed).includes(path)).toBe(false)
  })
})
