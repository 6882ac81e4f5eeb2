// The Debian package, installed by dpkg itself into a root of its own, changed there, and taken away again.
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDebian } from './debian.mjs'

const app = process.env['FUMIBAKO_APP'] ?? ''
const isTest = app.endsWith('-testruntime')
const machine = mkdtempSync(join(tmpdir(), 'fumibako-debian-'))
const inside = (path: string) => join(machine, path)
let deb = ''

const field = (name: string): string => execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim()
/** `--force-depends`: the root holds no other package. */
const dpkg = (...args: readonly string[]) => spawnSync('dpkg', [`--root=${machine}`, '--force-depends', '--force-not-root', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

beforeAll(() => {
  deb = makeDebian(process.cwd(), app, { kind: isTest ? 'test' : 'official', version: readFileSync(join(app, 'version'), 'utf8').trim(), dist: app }, 'none')
  for (const folder of ['var/lib/dpkg/info', 'var/lib/dpkg/updates']) mkdirSync(inside(folder), { recursive: true })
  writeFileSync(inside('var/lib/dpkg/status'), '')
})
afterAll(() => {
  rmSync(machine, { recursive: true, force: true })
  rmSync(deb, { force: true })
})

describe('4.17 the Debian package', () => {
  it('4.17 says what it is, what it needs, and that it is no release where it is none', () => {
    expect([field('Package'), field('Version'), field('Architecture')]).toEqual(['fumibako', isTest ? '0.1.0~testruntime' : '0.1.0', execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim()])
    // Every alternative is a package that this system, on which the application runs, has in one form.
    for (const needed of field('Depends').split(', ')) {
      const states = needed.split(' | ').map((name) => spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' }).stdout)
      expect([needed, states.some((state) => state === 'install ok installed')]).toEqual([needed, true])
    }
    // No script of ours runs as root on anybody's machine.
    expect(execFileSync('dpkg-deb', ['--ctrl-tarfile', deb], { maxBuffer: 64 * 1024 * 1024 }).toString('latin1').match(/\.\/(?:pre|post)(?:inst|rm)/)).toBeNull()
  })

  it('4.17 is installed without a question, belongs to root and can be changed by nobody else, with menu entry, file type and name on the path', () => {
    const { status, stderr } = dpkg('--install', deb)
    expect([status, stderr]).toEqual([0, expect.not.stringMatching(/error/i)])
    const open = readdirSync(inside('opt/fumibako'), { recursive: true, withFileTypes: true }).filter((entry) => !entry.isSymbolicLink() && (lstatSync(join(entry.parentPath, entry.name)).mode & 0o022) !== 0)
    expect(open.map(({ name }) => name)).toEqual([])
    expect((statSync(inside('opt/fumibako/chrome-sandbox')).mode & 0o7777).toString(8)).toBe('4755')
    if (process.getuid?.() === 0) expect(statSync(inside('opt/fumibako/fumibako')).uid).toBe(0)
    expect(readFileSync(inside('usr/bin/fumibako')).equals(readFileSync(join(app, 'fumibako')))).toBe(true)
    for (const path of ['usr/share/applications/fumibako.desktop', 'usr/share/mime/packages/fumibako.xml', 'usr/share/icons/hicolor/512x512/apps/fumibako.png', 'opt/fumibako/resources/components.cdx.json']) expect([path, existsSync(inside(path))]).toEqual([path, true])
    expect(execFileSync(process.execPath, [inside('opt/fumibako/resources/cli/fumibako.mjs'), '--help'], { encoding: 'utf8' })).toContain('verify')
  })

  it('4.17 4.8 is held to its sums by the system: a changed archive is named by dpkg, which our own program could not be trusted to say', () => {
    expect(dpkg('--verify', 'fumibako').stdout).toBe('')
    appendFileSync(inside('opt/fumibako/resources/app.asar'), 'changed')
    expect(dpkg('--verify', 'fumibako').stdout).toMatch(/^\?\?5\?+\s+\/opt\/fumibako\/resources\/app\.asar$/m)
  })

  it('4.17 an update takes the place of what was changed, and removing leaves nothing', () => {
    expect(dpkg('--install', deb).status).toBe(0)
    expect(dpkg('--verify', 'fumibako').stdout).toBe('')
    expect(dpkg('--purge', 'fumibako').status).toBe(0)
    expect([existsSync(inside('opt/fumibako')), existsSync(inside('usr/bin/fumibako')), existsSync(inside('usr/share/applications/fumibako.desktop'))]).toEqual([false, false, false])
  })
})
