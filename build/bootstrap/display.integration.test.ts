import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { provideDisplay } from './display.mjs'

const cookieName = 'MIT-MAGIC-COOKIE-1'

/** First byte of the X server's answer: 1 welcome, 0 refused. */
function knock(socket: string, cookie: Buffer): Promise<number | undefined> {
  const head = Buffer.from([0x6c, 0, 11, 0, 0, 0, cookieName.length, 0, cookie.length, 0, 0, 0])
  const name = Buffer.concat([Buffer.from(cookieName), Buffer.alloc(2)])
  return new Promise((resolve, reject) => {
    const client = connect(socket, () => client.write(Buffer.concat([head, name, cookie])))
    client.once('data', (answer) => {
      client.destroy()
      resolve(answer[0])
    })
    client.once('error', reject)
  })
}

it('2.1 brings a virtual display that only its cookie opens, and ends it', async () => {
  const display = await provideDisplay('own')
  const socket = `/tmp/.X11-unix/X${display.env['DISPLAY']?.slice(1)}`
  const cookieFile = display.env['XAUTHORITY'] ?? ''
  const cookie = readFileSync(cookieFile).subarray(-16)
  expect(await knock(socket, cookie)).toBe(1)
  expect(await knock(socket, Buffer.alloc(16))).toBe(0)
  display.close()
  await expect.poll(() => existsSync(socket), { timeout: 10_000 }).toBe(false)
  expect(existsSync(cookieFile)).toBe(false)
})

it('2.1 an interrupt of the whole command leaves the display to the app until it has ended', async () => {
  const script = `const { provideDisplay } = await import('./build/bootstrap/display.mjs')
process.on('SIGINT', () => process.stdout.write('interrupted'))
const display = await provideDisplay('own')
process.stdin.on('data', () => { display.close(); process.exit(0) })
process.stdout.write(JSON.stringify(display.env))`
  const command = spawn(process.execPath, ['--input-type=module', '-e', script], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  const said = () => new Promise<string>((resolve) => command.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())))
  const env = JSON.parse(await said()) as Record<string, string>
  const socket = `/tmp/.X11-unix/X${env['DISPLAY']?.slice(1)}`
  const heard = said()
  process.kill(-(command.pid as number), 'SIGINT')
  expect(await heard).toBe('interrupted')
  expect(await knock(socket, readFileSync(env['XAUTHORITY'] ?? '').subarray(-16))).toBe(1)
  command.stdin.write('end')
  await expect.poll(() => existsSync(socket), { timeout: 10_000 }).toBe(false)
})
