// Gives a command a display: the person's, or a virtual one of ours on a free number, guarded by a cookie and ended with us.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { which } from './process.mjs'
import { say, stop } from './say.mjs'

/** @typedef {{ env: Readonly<Record<string, string>>, close: () => void }} Display */

/** @param {'none' | 'any' | 'own'} wanted @returns {Promise<Display>} */
export async function provideDisplay(wanted) {
  if (wanted === 'none' || process.platform !== 'linux') return { env: {}, close: () => {} }
  if (wanted === 'any' && hasDisplay()) return { env: {}, close: () => {} }
  return startVirtualDisplay()
}

/** A local display counts only when its socket is there. */
function hasDisplay() {
  if (process.env['WAYLAND_DISPLAY']) return true
  const display = process.env['DISPLAY'] ?? ''
  const local = /^(?:unix)?:(\d+)/.exec(display)
  return local ? existsSync(`/tmp/.X11-unix/X${local[1]}`) : display !== ''
}

/** @returns {Promise<Display>} */
async function startVirtualDisplay() {
  const xvfb = which('Xvfb')
  if (!xvfb) stop('there is no display and no Xvfb to make one: install the package xvfb')
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-display-'))
  const cookieFile = join(folder, 'Xauthority')
  const cookie = randomBytes(16)
  writeFileSync(cookieFile, xauthority('', cookie), { mode: 0o600 })
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset', '-auth', cookieFile]
  // When this process dies without a word, the kernel ends the display too.
  const guard = which('setpriv')
  // A group of its own: Ctrl-C in the terminal must not take the display from an app that is still saving.
  const child = spawn(guard ?? xvfb, guard ? ['--pdeathsig', 'TERM', xvfb, ...args] : args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const close = () => {
    child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', close)
  const number = await displayNumber(child)
  if (number === undefined) {
    close()
    stop('Xvfb did not start within 15 s')
  }
  // Some clients look for the number, which is known only now.
  writeFileSync(cookieFile, xauthority(number, cookie))
  say(`no display in use: running on a virtual one (:${number})`)
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: cookieFile, WAYLAND_DISPLAY: '' }, close }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string | undefined>} what it wrote on descriptor 3 once it was ready
 */
function displayNumber(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 15_000)
    /** @param {string | undefined} value */
    const settle = (value) => {
      clearTimeout(timer)
      resolve(value)
    }
    let text = ''
    child.stdio[3]?.on('data', (chunk) => {
      text += chunk
      if (text.endsWith('\n')) settle(text.trim())
    })
    child.once('exit', () => settle(undefined))
    child.once('error', () => settle(undefined))
  })
}

/**
 * The Xauthority file format: family "wild", no address, number, name, cookie; lengths are 16 bit, big-endian.
 * @param {string} number empty for any
 * @param {Buffer} cookie
 */
function xauthority(number, cookie) {
  /** @param {number} value */
  const short = (value) => Buffer.from([value >> 8, value & 255])
  const fields = [Buffer.alloc(0), Buffer.from(number), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie]
  return Buffer.concat([short(0xffff), ...fields.flatMap((field) => [short(field.length), field])])
}
