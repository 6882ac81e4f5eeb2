// The host's side of the table: schema on every input, then the handler, then an envelope of values.
// It never throws to the caller, never tells the caller what a defect was, and never logs an input.
import * as v from 'valibot'
import { err } from '../base/result.ts'
import { toWire, type Envelope } from './codec.ts'
import type { Audience, BadRequest, Handlers, HostClosing, HostDefect, Table } from './define.ts'

export interface ServeDeps {
  /** An input that did not fit; only the channel may be noted. */
  refused(channel: string): void
  /** A defect: notes it in the host's own log and returns the id under which it stands there. */
  defect(channel: string, thrown: unknown): string
  /** Runs work that quitting must wait for. Answers false instead when nothing new may begin. */
  track<T>(channel: string, work: () => Promise<T>): Promise<T> | false
}

/** Answers one call. Unknown channels and those of another audience are a BadRequest. */
export type Serve = (channel: string, input: unknown) => Promise<Envelope>

interface Served {
  readonly input: v.GenericSchema
  readonly handle: (input: unknown) => Promise<unknown>
}

export function createServe<T extends Table, A extends Audience>(
  table: T,
  audience: A,
  handlers: Handlers<T, A>,
  deps: ServeDeps,
): Serve {
  const served = servedFor(table, audience, handlers as HandlerTable)
  return async function serve(channel, input) {
    const entry = served.get(channel)
    const parsed = entry && parse(entry.input, input)
    if (!entry || !parsed) {
      deps.refused(entry ? channel : 'unknown')
      return err<BadRequest>({ type: 'BadRequest', retry: 'never', channel: entry ? channel : 'unknown' })
    }
    try {
      const work = deps.track(channel, () => entry.handle(parsed.value))
      if (work === false) return err<HostClosing>({ type: 'HostClosing', retry: 'later' })
      return toWire(await work) as Envelope
    } catch (thrown) {
      return err<HostDefect>({ type: 'HostDefect', retry: 'later', id: deps.defect(channel, thrown) })
    }
  }
}

type HandlerTable = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>>

function servedFor(table: Table, audience: Audience, handlers: HandlerTable): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>()
  for (const [domain, methods] of Object.entries(table)) {
    for (const [name, method] of Object.entries(methods)) {
      if (method.audience !== audience) continue
      const handle = handlers[domain]?.[name]
      if (!handle) throw new Error(`no handler for ${domain}.${name}`)
      served.set(`${domain}.${name}`, { input: method.input, handle })
    }
  }
  return served
}

function parse(schema: v.GenericSchema, input: unknown): { readonly value: unknown } | null {
  try {
    const result = v.safeParse(schema, input)
    return result.success ? { value: result.output } : null
  } catch {
    // A getter or proxy in the input, or a schema's own check, that throws: not the shape we asked for.
    return null
  }
}
