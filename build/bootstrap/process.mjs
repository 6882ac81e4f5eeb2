// Starts other programs and ends them with us. Never uses a shell and never touches a process it did not start.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @param {string} program @returns {string | undefined} its full path */
export function which(program) {
  const folders = `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`.split(delimiter)
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

/** Whoever started us, and how often we look whether they are still there. */
const parent = process.ppid
const parentMs = 500

/**
 * Runs to the end with our stdio; interrupts are passed on, and so is the end of whoever started us: npm tells the shell between, and
 * that tells nobody. A program killed by a signal counts as 128 + its number, as in a shell.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Readonly<Record<string, string>>, quietOut?: boolean }} [options] `quietOut` sends its stdout to stderr
 * @returns {Promise<number>} exit code
 */
export function runToEnd(program, args, options = {}) {
  const child = spawn(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ['inherit', options.quietOut ? 2 : 'inherit', 'inherit'],
  })
  // Ctrl-C reaches the whole group by itself: we only wait. SIGTERM reaches us alone: we pass it on.
  const wait = () => {}
  const pass = () => void child.kill('SIGTERM')
  process.on('SIGINT', wait).on('SIGTERM', pass)
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    pass()
  }, parentMs)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      clearInterval(watch)
      reject(error)
    })
    child.once('exit', (code, signal) => {
      clearInterval(watch)
      process.off('SIGINT', wait).off('SIGTERM', pass)
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : 9))
    })
  })
}

/**
 * Runs to the end and keeps what it wrote.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Readonly<Record<string, string>> }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started
 */
export function capture(program, args, options = {}) {
  const child = spawn(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
