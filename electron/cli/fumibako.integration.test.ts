import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handmadeBag } from '@shared/archive/testing/handmade-bag.ts'
import { derToPem } from '@shared/signing/pem.ts'
import { createExportSink, writePackage } from '../main/services/export-sink.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { nodeSinkDisk } from '../main/services/node-sink-disk.ts'
import type { PackageFile } from '@shared/archive/ports.ts'
import { run } from './run.ts'
import { openTestTownHall, packageOf } from './testing/package.ts'

interface Answer {
  readonly exit: number
  readonly out: string
  readonly error: string
}

const now = Date.parse('2026-10-02T00:00:00Z')

async function fumibako(...argv: readonly string[]): Promise<Answer> {
  let out = ''
  let error = ''
  const exit = await run(argv, { out: (text) => void (out += text), error: (text) => void (error += text), environment: { LANG: 'ja_JP.UTF-8' }, now: () => now })
  return { exit, out, error }
}

interface Told {
  readonly outcome: string
  readonly kind: string
  readonly reasons: readonly { code: string; facts: object; text: string }[]
  readonly signatures: readonly { path: string; signer: string; outcome: string }[]
  readonly decisions: readonly { title: string; act: string; person: string; outcome: string }[]
  readonly notices: readonly { code: string; text: string }[]
}

async function told(...argv: readonly string[]): Promise<Told & { exit: number }> {
  const { exit, out } = await fumibako(...argv, '--json')
  return { exit, ...(JSON.parse(out) as Told) }
}

let scratch = ''
let good = ''
let root = ''
let spoilt = ''
let paths: readonly string[] = []

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'fumibako-cli-'))
  const hall = await openTestTownHall()
  await hall.decide('doc-1', '町道の\uFA11繕について（伺い）', { attachments: [{ name: '写真.jpg', bytes: new Uint8Array([1, 2, 3]) }] })
  good = join(scratch, 'package')
  const nodes = await packageOf(hall, ['doc-1'])
  paths = [...nodes.keys()]
  async function* files(): AsyncGenerator<PackageFile, void, undefined> {
    for (const [path, bytes] of nodes) yield { path, chunks: [bytes] }
  }
  const written = await writePackage(createExportSink(nodeSinkDisk, nodeHost.random), good, files())
  expect(written.ok).toBe(true)
  root = join(scratch, 'root.pem')
  writeFileSync(root, derToPem('CERTIFICATE', hall.founded.rootCertificate))
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

beforeEach(() => {
  spoilt = join(mkdtempSync(join(scratch, 'case-')), 'package')
  cpSync(good, spoilt, { recursive: true })
})

function writeBag(nodes: ReadonlyMap<string, Uint8Array>): string {
  const folder = mkdtempSync(join(scratch, 'bag-'))
  for (const [path, bytes] of nodes) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return folder
}

describe('fumibako verify on a package', () => {
  it('2.14 with the root: 0, a stable JSON, every act and signature, the notice 練習', async () => {
    const answer = await told('verify', good, '--trust', root)
    expect(Object.keys(answer)).toEqual(['exit', 'outcome', 'kind', 'reasons', 'signatures', 'decisions', 'notices'])
    expect([answer.exit, answer.outcome, answer.kind]).toEqual([0, 'pass', 'package'])
    expect(answer.decisions.map((d) => [d.act, d.person, d.outcome])).toEqual([['submit', '\uFA19尾 翔太', 'pass'], ['approve', '\u{20BB7}田 恵子', 'pass'], ['approve', '\uFA11田 健', 'pass']])
    expect(answer.signatures.map((s) => [s.path, s.signer, s.outcome])).toEqual([['data/documents/1/signed.pdf', '\u{20BB7}田 恵子', 'pass'], ['data/documents/1/signed.pdf', '\uFA11田 健', 'pass']])
    expect(answer.notices.find((n) => n.code === 'practice')?.text).toContain('練習')
  })

  it('2.14 for people: Japanese by the system, English by --lang', async () => {
    const ja = await fumibako('verify', good, '--trust', root)
    expect([ja.exit, ja.error]).toEqual([0, ''])
    expect(ja.out).toMatch(/^合格（文箱の書き出し）\n[^]*練習[^]*承認 {2}総務課長 \uFA11田 健/)
    const en = await fumibako('verify', good, '--trust', root, '--lang', 'en')
    expect(en.out).toMatch(/^PASS \(Fumibako package\)\n[^]*Practice[^]*approved/)
  })

  it('2.14 without --trust: 3, with reasons', async () => {
    const answer = await told('verify', good)
    expect([answer.exit, answer.outcome]).toEqual([3, 'unknown'])
    expect(answer.reasons.map((r) => r.code)).toContain('no-trust-given')
  })

  it('2.13 sha512sum agrees with the manifests', () => {
    for (const manifest of ['manifest-sha512.txt', 'tagmanifest-sha512.txt']) {
      expect(execFileSync('sha512sum', ['--strict', '--check', manifest], { cwd: good, encoding: 'utf8' })).not.toMatch(/FAILED/)
    }
  })

  it('2.13 openssl reads the root and finds the revocation list signed by it', () => {
    const verdict = spawnSync('openssl', ['crl', '-in', join(good, 'data/trust/root.crl'), '-inform', 'DER', '-CAfile', join(good, 'data/trust/root.pem'), '-noout', '-text'], { encoding: 'utf8' })
    expect(verdict.stderr).toContain('verify OK')
  })

  it('2.14 any file flipped, cut, emptied, lengthened or removed: 1', async () => {
    for (const path of paths) {
      for (const spoil of [flip, cut, empty, lengthen, unlinkSync]) {
        copyFileSync(join(good, path), join(spoilt, path))
        spoil(join(spoilt, path))
        const { exit } = await fumibako('verify', spoilt, '--trust', root)
        expect([path, spoil.name, exit]).toEqual([path, spoil.name, 1])
      }
      copyFileSync(join(good, path), join(spoilt, path))
    }
    expect((await fumibako('verify', spoilt, '--trust', root)).exit).toBe(0)
  })

  const other = `${'0'.repeat(128)}  `
  it.each([
    ['a file added to the payload', () => writeFileSync(join(spoilt, 'data/new.txt'), 'x')],
    ['a file added beside the tag files', () => writeFileSync(join(spoilt, 'new.txt'), 'x')],
    ['a file added in a folder of its own', () => (mkdirSync(join(spoilt, 'more')), writeFileSync(join(spoilt, 'more/new.txt'), 'x'))],
    ['a duplicate line in the manifest', () => double('manifest-sha512.txt')],
    ['a duplicate line in the tag manifest', () => double('tagmanifest-sha512.txt')],
    ['a symbolic link for a file', () => (unlinkSync(join(spoilt, 'data/index.html')), symlinkSync(join(good, 'data/index.html'), join(spoilt, 'data/index.html')))],
    ['a symbolic link for the payload', () => (rmSync(join(spoilt, 'data'), { recursive: true }), symlinkSync(join(good, 'data'), join(spoilt, 'data')))],
    ['a symbolic link more', () => symlinkSync('/etc/passwd', join(spoilt, 'data/passwd'))],
    ['a symbolic link to its own folder', () => symlinkSync('.', join(spoilt, 'data/round'))],
    ['a path that climbs out', () => appendFileSync(join(spoilt, 'manifest-sha512.txt'), `${other}data/../../root.pem\n`)],
    ['an absolute path', () => appendFileSync(join(spoilt, 'manifest-sha512.txt'), `${other}/etc/passwd\n`)],
    ['a home folder', () => appendFileSync(join(spoilt, 'tagmanifest-sha512.txt'), `${other}~/x\n`)],
    ['a drive letter', () => appendFileSync(join(spoilt, 'manifest-sha512.txt'), `${other}C:\\x\n`)],
    ['a malformed line', () => appendFileSync(join(spoilt, 'manifest-sha512.txt'), 'hello\n')],
    ['bytes that are no text', () => appendFileSync(join(spoilt, 'manifest-sha512.txt'), Buffer.of(0xff, 0xfe))],
    ['a fetch list', () => writeFileSync(join(spoilt, 'fetch.txt'), 'https://example.jp/x - data/index.html\n')],
    ['a pipe', () => execFileSync('mkfifo', [join(spoilt, 'data/pipe')])],
    ['a pipe for a file', () => (unlinkSync(join(spoilt, 'data/register.csv')), execFileSync('mkfifo', [join(spoilt, 'data/register.csv')]))],
    ['a folder for a file', () => (unlinkSync(join(spoilt, 'data/register.csv')), mkdirSync(join(spoilt, 'data/register.csv')))],
    ['a name that is not UTF-8', () => writeFileSync(Buffer.concat([Buffer.from(`${spoilt}/data/`), Buffer.of(0xff)]), 'x')],
    ['a file renamed', () => renameSync(join(spoilt, 'data/index.html'), join(spoilt, 'data/Index.html'))],
  ])('2.14 AR-10 %s: 1', async (_, spoil) => {
    spoil()
    const answer = await told('verify', spoilt, '--trust', root)
    expect(answer.exit).toBe(1)
    expect(answer.reasons.length).toBeGreaterThan(0)
    expect(answer.reasons.every((r) => r.text.length > 0 && r.text !== r.code)).toBe(true)
  })
})

function flip(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
  writeFileSync(path, bytes)
}

function cut(path: string): void {
  writeFileSync(path, readFileSync(path).subarray(0, -2))
}

function empty(path: string): void {
  writeFileSync(path, '')
}

function lengthen(path: string): void {
  appendFileSync(path, 'x')
}

function double(name: string): void {
  const text = readFileSync(join(spoilt, name), 'utf8')
  appendFileSync(join(spoilt, name), `${text.split('\n')[0]}\n`)
}

describe('fumibako verify on a bag of anybody', () => {
  it('2.14 says pass for what is complete and unchanged, and that it says no more', async () => {
    const answer = await told('verify', writeBag(handmadeBag()))
    expect([answer.exit, answer.outcome, answer.kind]).toEqual([0, 'pass', 'bag'])
    expect(answer.notices[0]?.text).toContain('だれが作ったかは分かりません')
  })

  it('2.14 a missing file: 1; a file to fetch: 3; trust asked for: 3', async () => {
    const nodes = handmadeBag({ more: { 'fetch.txt': 'https://example.jp/a - data/a.txt\n' } })
    nodes.delete('data/a.txt')
    expect((await told('verify', writeBag(nodes))).exit).toBe(3)
    const missing = handmadeBag()
    missing.delete('data/a.txt')
    expect((await told('verify', writeBag(missing))).exit).toBe(1)
    expect((await told('verify', writeBag(handmadeBag()), '--trust', root)).reasons.map((r) => r.code)).toEqual(['nothing-signed'])
  })

  it('2.14 a folder that is no bag: 1', async () => {
    expect((await told('verify', mkdtempSync(join(scratch, 'empty-')))).exit).toBe(1)
  })
})

describe('fumibako verify on a signed PDF', () => {
  it('2.14 with the root 0, without 3, flipped 1, unsigned 3', async () => {
    const signed = join(spoilt, 'data/documents/1/signed.pdf')
    expect(await told('verify', signed, '--trust', root)).toMatchObject({ exit: 0, outcome: 'pass', kind: 'pdf', signatures: [{ field: 'step-1', outcome: 'pass' }, { field: 'step-2', outcome: 'pass' }] })
    expect(await told('verify', signed)).toMatchObject({ exit: 3, outcome: 'unknown' })
    expect(await told('verify', join(spoilt, 'data/documents/1/frozen.pdf'), '--trust', root)).toMatchObject({ exit: 3, reasons: [{ code: 'no-signatures' }] })
    flip(signed)
    expect(await told('verify', signed, '--trust', root)).toMatchObject({ exit: 1, outcome: 'fail' })
  })
})

describe('fumibako asked wrongly', () => {
  it.each([
    ['nothing there', () => ['verify', join(scratch, 'nothing')], 'path-missing'],
    ['a path through a file', () => ['verify', join(root, 'x')], 'path-missing'],
    ['a file that is no PDF', () => ['verify', root], 'not-verifiable'],
    ['a device', () => ['verify', '/dev/null'], 'not-verifiable'],
    ['a trust file that is not there', () => ['verify', good, '--trust', join(scratch, 'nothing')], 'trust-unreadable'],
    ['a trust file without certificate', () => ['verify', good, '--trust', join(good, 'bagit.txt')], 'trust-unreadable'],
    ['an option that is not there', () => ['verify', good, '--force'], 'option-unknown'],
    ['no path', () => ['verify'], 'path-not-given'],
    ['a path with NUL', () => ['verify', 'a\0b'], 'path-unreadable'],
  ])('2.14 %s: 2', async (_, argv, code) => {
    expect(await told(...argv())).toMatchObject({ exit: 2, outcome: 'error', kind: 'none', reasons: [{ code }], signatures: [], decisions: [], notices: [] })
  })

  it('2.14 tells people on standard error, with the use', async () => {
    const { exit, out, error } = await fumibako('verify')
    expect([exit, out]).toEqual([2, ''])
    expect(error).toContain('使い方: fumibako verify PATH')
  })
})

describe('the built command', () => {
  const home = fileURLToPath(new URL('../..', import.meta.url))
  let alone = ''
  beforeAll(() => {
    execFileSync(process.execPath, ['--input-type=module', '-e', `const { buildCli } = await import(${JSON.stringify(join(home, 'build/vite/build-app.mjs'))}); await buildCli(${JSON.stringify(home)})`])
    alone = join(mkdtempSync(join(scratch, 'alone-')), 'fumibako.mjs')
    copyFileSync(join(home, '.out/cli/fumibako.mjs'), alone)
  })

  const start = (file: string, ...argv: readonly string[]) => spawnSync(process.execPath, [file, ...argv], { cwd: dirname(alone), env: { LANG: 'en_GB.UTF-8' }, encoding: 'utf8' })

  it('2.14 is one file that needs nothing but Node', () => {
    const answer = start(alone, 'verify', good, '--json')
    expect([answer.status, answer.stderr]).toEqual([3, ''])
    const { outcome, kind, decisions } = JSON.parse(answer.stdout) as Told
    expect([outcome, kind, decisions.length]).toEqual(['unknown', 'package', 3])
    expect(start(alone, 'verify', writeBag(handmadeBag())).status).toBe(0)
    expect(start(alone, 'verify', '/nowhere').status).toBe(2)
    unlinkSync(join(spoilt, 'data/trail.cbor'))
    expect(start(alone, 'verify', spoilt).status).toBe(1)
  })

  it('2.14 is what the bin runs', () => {
    const answer = start(join(home, 'electron/cli/bin.mjs'), '--help')
    expect([answer.status, answer.stdout.split('\n')[0]]).toEqual([0, 'Use: fumibako verify PATH [--trust root.pem] [--json] [--lang ja|en]'])
  })
})
