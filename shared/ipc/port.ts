// The vault's wall: the same calls and events over one MessagePort. Calls are numbered; answers and events come back
// on the same port. It never retries and never reorders: a port is either alive or the page is gone.
import type { Call } from './client.ts'
import type { Envelope } from './codec.ts'
import { toWire } from './codec.ts'
import type { Serve } from './serve.ts'
import type { EventTable, Listen, EventName } from './define.ts'

/** What both kinds of port (DOM and Electron main) have in common once adapted. */
export interface Port {
  send(message: unknown): void
  receive(hear: (message: unknown) => void): void
}

/** The DOM's MessagePort, as far as the caller's side uses it. */
export interface DomPort {
  postMessage(message: unknown): void
  onmessage: ((event: { readonly data: unknown }) => void) | null
}

export function domPort(port: DomPort): Port {
  return {
    send: (message) => port.postMessage(message),
    receive(hear) {
      port.onmessage = (event) => hear(event.data)
    },
  }
}

interface CallMessage {
  readonly id: number
  readonly channel: string
  readonly input: unknown
}
interface AnswerMessage {
  readonly id: number
  readonly answer: Envelope
}
interface EventMessage {
  readonly event: string
  readonly payload: unknown
}

/** The worker's end: `call` for createClient, and the events of its audience. */
export function createPortCaller<T extends EventTable>(port: Port): { readonly call: Call; readonly on: Listen<T, 'vault'> } {
  const waiting = new Map<number, (answer: unknown) => void>()
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  let last = 0
  port.receive((message) => {
    const { id, answer, event, payload } = message as Partial<AnswerMessage & EventMessage>
    if (event !== undefined) {
      for (const hear of [...(listeners.get(event) ?? [])]) hear(payload)
    } else if (id !== undefined) {
      waiting.get(id)?.(answer)
      waiting.delete(id)
    }
  })
  return {
    call(channel, input) {
      const id = ++last
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        port.send({ id, channel, input } satisfies CallMessage)
      })
    },
    on<Name extends EventName<T, 'vault'>>(name: Name, hear: (payload: never) => void) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      const mine = (payload: unknown) => hear(payload as never)
      set.add(mine)
      return () => void set.delete(mine)
    },
  }
}

/** The host's end. Messages that are no calls are dropped: there is nobody to answer. Returns the sender of events. */
export function servePort(port: Port, serve: Serve): (event: string, payload: unknown) => void {
  port.receive((message) => {
    if (!isCall(message)) return
    const { id, channel, input } = message
    void serve(channel, input).then((answer) => port.send({ id, answer } satisfies AnswerMessage))
  })
  return (event, payload) => port.send({ event, payload: toWire(payload) } satisfies EventMessage)
}

function isCall(message: unknown): message is CallMessage {
  if (typeof message !== 'object' || message === null) return false
  const { id, channel } = message as { id?: unknown; channel?: unknown }
  return Number.isSafeInteger(id) && typeof channel === 'string' && 'input' in message
}
