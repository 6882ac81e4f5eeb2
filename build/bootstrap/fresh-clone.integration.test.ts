// The whole set-up, for real, in a copy of the repository that has never been used. The packages come from npm's own cache
// when it has them; the runtime from this account's.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { connect } from '../../e2e/hosts/connect.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const clone = mkdtempSync(join(tmpdir(), 'fumibako-clone-'))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

function startInClone(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const clean = { ...process.env, FUMIBAKO_APP: undefined, FUMIBAKO_RUNTIME: 'test', npm_execpath: undefined, INIT_CWD: undefined, npm_config_prefer_offline: 'true', ...env }
  return spawn(process.execPath, ['build/bootstrap.mjs', ...args], { cwd: clone, env: clean as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] })
}

function runInClone(args: readonly string[]): Promise<Ended> {
  const start = performance.now()
  const child = startInClone(args)
  const words = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => (words.stdout += chunk))
  child.stderr?.on('data', (chunk) => (words.stderr += chunk))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...words, ms: performance.now() - start })))
}

beforeAll(() => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')
  for (const file of files.filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true })
    cpSync(join(root, file), join(clone, file))
  }
})
afterAll(() => rmSync(clone, { recursive: true, force: true, maxRetries: 5 }))

describe('2.1 a fresh clone', () => {
  it('sets itself up and packages itself; a second run adds at most 3 s', async () => {
    const first = await runInClone(['package'])
    expect(first.stderr).toContain('installing the packages of the lock file')
    expect(first.code, first.stderr).toBe(0)
    const folder = first.stdout.trim()
    expect(readdirSync(folder)).toContain('fumibako')
    const second = await runInClone(['package'])
    expect(second.stdout.trim()).toBe(folder)
    expect(second.stderr).not.toContain('installing')
    expect(second.ms).toBeLessThan(3_000)
  })

  it('starts the application on a display of its own and leaves nothing behind', async () => {
    const child = startInClone(['start', '--remote-debugging-port=0', `--user-data-dir=${join(clone, 'profile')}`], { DISPLAY: '', WAYLAND_DISPLAY: '' })
    onTestFinished(() => void child.kill('SIGKILL'))
    let stderr = ''
    child.stderr?.on('data', (chunk) => (stderr += chunk))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const address = (): string | undefined => /DevTools listening on (ws:\S+)/.exec(stderr)?.[1]
    await expect.poll(address, { timeout: 60_000 }).toBeDefined()
    const browser = await connect(address() ?? '')
    await expect.poll(() => browser.contexts()[0]?.pages().map((page) => page.url())).toContain('app://fumibako/index.html')
    await browser.contexts()[0]?.pages()[0]?.waitForLoadState('load')
    await browser.close()
    const display = /virtual one \(:(\d+)\)/.exec(stderr)?.[1]
    expect(existsSync(`/tmp/.X11-unix/X${display}`)).toBe(true)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await expect.poll(() => existsSync(`/tmp/.X11-unix/X${display}`), { timeout: 10_000 }).toBe(false)
  })

  it('says in one sentence what it does not know', async () => {
    const { code, stdout, stderr } = await runInClone(['dance'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr.trim().split('\n')).toEqual(['fumibako: no command "dance"; there are: start demo demo:hostile screens bench sim check package test fumibako'])
  })

  it('has one entry for every script', () => {
    const { scripts } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    for (const [name, command] of Object.entries(scripts)) expect(command).toBe(`node build/bootstrap.mjs ${name}`)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'demo', 'check', 'test', 'package', 'screens', 'bench', 'fumibako']))
  })
})
