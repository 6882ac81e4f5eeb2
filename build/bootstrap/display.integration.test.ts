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
