// Sees and closes windows as a desktop does: a few requests of the X11 protocol (X Window System Protocol, version 11) over
// the display's own socket. It looks at windows of one process and sends WM_DELETE_WINDOW, nothing else.
import { existsSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

export interface XDisplay {
  /** Windows of the process that a desktop would show, now. */
  visibleWindows(pid: number): Promise<readonly number[]>
  /** What the close button does (ICCCM 4.2.8.1). */
  closeWindow(window: number): Promise<void>
  end(): void
}

const viewable = 2

export async function openDisplay(): Promise<XDisplay> {
  const number = /:(\d+)/.exec(process.env['DISPLAY'] ?? '')?.[1]
  if (number === undefined) throw new Error('no DISPLAY')
  const wire = createWire(connect(`/tmp/.X11-unix/X${number}`))
  const root = await handshake(wire, cookieOf(number))
  const atom = async (name: string): Promise<number> => {
    const text = Buffer.from(name)
    return (await wire.ask(request(16, 0, u16(text.length), u16(0), padded(text)))).readUInt32LE(8)
  }
  const [pidAtom, protocols, deleteWindow] = await Promise.all([atom('_NET_WM_PID'), atom('WM_PROTOCOLS'), atom('WM_DELETE_WINDOW')])
  const property = async (window: number, name: number): Promise<Buffer> => {
    const reply = await wire.ask(request(20, 0, u32(window), u32(name), u32(0), u32(0), u32(16)))
    return reply.subarray(32)
  }
  const children = async (window: number): Promise<readonly number[]> => {
    const reply = await wire.ask(request(15, 0, u32(window)))
    return Array.from({ length: reply.readUInt16LE(16) }, (_, i) => reply.readUInt32LE(32 + 4 * i))
  }
  const mapState = async (window: number): Promise<number | undefined> => (await wire.ask(request(3, 0, u32(window)))).at(26)

  async function search(window: number, pid: number): Promise<readonly number[]> {
    const below = (await Promise.all((await children(window)).map((child) => search(child, pid)))).flat()
    const owner = await property(window, pidAtom)
    const closable = (await property(window, protocols)).includes(u32(deleteWindow))
    const mine = owner.length >= 4 && owner.readUInt32LE(0) === pid && closable && (await mapState(window)) === viewable
    return mine ? [window, ...below] : below
  }
  return {
    visibleWindows: (pid) => search(root, pid),
    async closeWindow(window) {
      const event = Buffer.concat([Buffer.from([33, 32, 0, 0]), u32(window), u32(protocols), u32(deleteWindow), Buffer.alloc(16)])
      wire.send(request(25, 0, u32(window), u32(0), event))
      await mapState(root)
    },
    end: () => wire.end(),
  }
}

interface Wire {
  /** Sends a request that has a reply; a window that is gone answers with zeros. */
  ask(bytes: Buffer): Promise<Buffer>
  send(bytes: Buffer): void
  /** The next `length` bytes as they are. */
  read(length: number): Promise<Buffer>
  end(): void
}

/** Replies come in the order of their requests, so one chain of reads serves them all. */
function createWire(socket: Socket): Wire {
  let held = Buffer.alloc(0)
  let wake: () => void = () => undefined
  let turn: Promise<unknown> = Promise.resolve()
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk])
    wake()
  })
  async function read(length: number): Promise<Buffer> {
    while (held.length < length) await new Promise<void>((resolve) => (wake = resolve))
    const out = held.subarray(0, length)
    held = held.subarray(length)
    return out
  }
  async function reply(): Promise<Buffer> {
    for (;;) {
      const head = await read(32)
      if (head[0] === 1) return Buffer.concat([head, await read(4 * head.readUInt32LE(4))])
      if (head[0] === 0) return Buffer.alloc(32)
    }
  }
  return {
    read,
    send: (bytes) => void socket.write(bytes),
    ask(bytes) {
      socket.write(bytes)
      const mine = turn.then(reply)
      turn = mine
      return mine
    },
    end: () => void socket.destroy(),
  }
}

/** Answers the root window of the first screen. */
async function handshake(wire: Wire, cookie: Buffer): Promise<number> {
  const name = cookie.length > 0 ? Buffer.from('MIT-MAGIC-COOKIE-1') : Buffer.alloc(0)
  wire.send(Buffer.concat([Buffer.from([0x6c, 0]), u16(11), u16(0), u16(name.length), u16(cookie.length), u16(0), padded(name), padded(cookie)]))
  const head = await wire.read(8)
  const setup = Buffer.concat([head, await wire.read(4 * head.readUInt16LE(6))])
  if (head[0] !== 1) throw new Error('the display refused the connection')
  const vendor = Math.ceil(setup.readUInt16LE(24) / 4) * 4
  return setup.readUInt32LE(40 + vendor + 8 * (setup[29] ?? 0))
}

/** The display's cookie from the Xauthority file, empty where there is none. */
function cookieOf(display: string): Buffer {
  const file = process.env['XAUTHORITY']
  const bytes = file && existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  let at = 0
  const field = (): Buffer => {
    const length = bytes.readUInt16BE(at)
    at += 2 + length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    at += 2
    const [, number, , data] = [field(), field(), field(), field()]
    if (number.toString() === display) return data
  }
  return Buffer.alloc(0)
}

function request(opcode: number, data: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([opcode, data]), u16(1 + body.length / 4), body])
}

function u16(value: number): Buffer {
  const out = Buffer.alloc(2)
  out.writeUInt16LE(value)
  return out
}

function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32LE(value)
  return out
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}
