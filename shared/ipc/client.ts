// The caller's side of the table: nested functions over any transport that carries one call.
// It never guesses: an answer that is no envelope is a defect and rejects.
import { isEnvelope, toWire } from './codec.ts'
import { namesFor, type Audience, type Client, type Table } from './define.ts'

/** Carries one call and its answer. Rejects only when the wall itself is broken. */
export type Call = (channel: string, input: unknown) => Promise<unknown>

/** `createClient(contract, 'page', bridge.call).session.lock({})` */
export function createClient<T extends Table, A extends Audience>(table: T, audience: A, call: Call): Client<T, A> {
  const client: Record<string, Record<string, (input: unknown) => Promise<unknown>>> = {}
  for (const channel of namesFor(table, audience)) {
    const [domain, name] = channel.split('.') as [string, string]
    const methods = (client[domain] ??= {})
    methods[name] = async (input) => {
      const answer = await call(channel, toWire(input))
      if (!isEnvelope(answer)) throw new Error(`${channel}: the answer is no envelope`)
      return answer
    }
  }
  return client as Client<T, A>
}
