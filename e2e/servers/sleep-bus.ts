// A private system bus on which the test stands in for the login manager (logind): it tells who listens that the machine goes to
// sleep. Speaks just enough D-Bus for that; never touches the machine's own system bus.
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdProcess } from '../hosts/child-process.ts'

export interface LoginManager {
  /** What a program needs to find it. */
  readonly env: Readonly<Record<string, string>>
  /** Waits until a program holds sleep back, which it does once it listens, and then says that sleep comes. */
  sleep(): Promise<void>
  stop(): Promise<void>
}

const name = 'org.freedesktop.login1'
const patience = 15_000

export async function startLoginManager(): Promise<LoginManager> {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-bus-'))
  chmodSync(folder, 0o755)
  const path = join(folder, 'socket')
  const config = join(folder, 'bus.conf')
  writeFileSync(config, `<busconfig><listen>unix:path=${path}</listen><auth>EXTERNAL</auth><policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>`)
  const bus = holdProcess(['dbus-daemon', `--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=1'], {})
  const stop = async (): Promise<void> => {
    await bus.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await bus.waitFor(/^unix:/m, patience)
    const socket = connect(path)
    await once(socket, 'connect')
    const heard = listen(socket)
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\nBEGIN\r\n`)
    socket.write(message(1, 1, { path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus', member: 'Hello', destination: 'org.freedesktop.DBus' }))
    const request = Buffer.concat([text(name), padding(text(name).length, 4), number(4)])
    socket.write(message(1, 2, { path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus', member: 'RequestName', destination: 'org.freedesktop.DBus' }, { signature: 'su', bytes: request }))
    await heard('NameAcquired', 2)
    return {
      env: { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${path}` },
      async sleep() {
        await heard('Inhibit', 1)
        socket.write(message(4, 3, { path: '/org/freedesktop/login1', interface: `${name}.Manager`, member: 'PrepareForSleep' }, { signature: 'b', bytes: number(1) }))
      },
      async stop() {
        socket.destroy()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits until a member's name came in so many times. */
function listen(socket: Socket): (member: string, times: number) => Promise<void> {
  let said = ''
  socket.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')))
  return async (member, times) => {
    const signal = AbortSignal.timeout(patience)
    while (said.split(member).length - 1 < times) await once(socket, 'data', { signal })
  }
}

const fieldCodes = { path: 1, interface: 2, member: 3, destination: 6 } as const

/** D-Bus specification, "Message Protocol": little endian, type 1 = method call, 4 = signal. */
function message(type: 1 | 4, serial: number, fields: Partial<Readonly<Record<keyof typeof fieldCodes, string>>>, body?: { readonly signature: string; readonly bytes: Buffer }): Buffer {
  let header = Buffer.alloc(0)
  const add = (code: number, kind: string, value: Buffer): void => {
    header = Buffer.concat([header, padding(header.length, 8), Buffer.from([code, 1, kind.charCodeAt(0), 0]), value])
  }
  for (const [field, value] of Object.entries(fields)) add(fieldCodes[field as keyof typeof fieldCodes], field === 'path' ? 'o' : 's', text(value))
  if (body) add(8, 'g', Buffer.from([body.signature.length, ...Buffer.from(body.signature), 0]))
  const start = Buffer.concat([Buffer.from(['l'.charCodeAt(0), type, 0, 1]), number(body?.bytes.length ?? 0), number(serial), number(header.length), header])
  return Buffer.concat([start, padding(start.length, 8), body?.bytes ?? Buffer.alloc(0)])
}

function text(value: string): Buffer {
  return Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(`${value}\0`)])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function padding(length: number, to: number): Buffer {
  return Buffer.alloc((to - (length % to)) % to)
}
