// A new machine of the tests: its keys, its request and the place it puts it.

import type { CryptoHost, PublicKey } from '../../crypto/ports.ts'
import { createKeyPair, createSigner, type KeyPair } from '../../crypto/keys.ts'
import type { World } from '../../judge/testing/world.ts'
import type { FoundAuthority } from '../answer.ts'
import { createRequest, type EnrolRequest } from '../request.ts'

export interface Newcomer {
  readonly request: EnrolRequest
  readonly device: KeyPair
  readonly seat: { readonly signing: KeyPair; readonly exchange: KeyPair }
  ask(name: string, admins: readonly PublicKey[], change?: Partial<EnrolRequest>): Promise<{ readonly object: Uint8Array; readonly digest: string }>
}

export function newcomer(host: CryptoHost, ids: { readonly workspace: string; readonly genesis: string }, at: number, name = '𠮷田 花子'): Newcomer {
  const device = createKeyPair(host)
  const seat = { signing: createKeyPair(host), exchange: createKeyPair(host) }
  const request: EnrolRequest = {
    ...ids,
    device: { id: 'newdevice01', signingKey: device.publicKey, level: 'L1' },
    seat: { id: 'newseat0001', signingKey: seat.signing.publicKey, exchangeKey: seat.exchange.publicKey },
    name,
    nonce: host.random.bytes(16),
    at,
  }
  return {
    request,
    device,
    seat,
    ask: async (object, admins, change = {}) => createRequest(host, object, { ...request, ...change }, { device: await createSigner(host, device), seat: await createSigner(host, seat.signing) }, admins),
  }
}

/** Collection zero as a replica that took in everything of it has it. */
export async function authorityOf(world: World): Promise<FoundAuthority> {
  const { door, view } = await world.replica(world.founded.seats[0]?.person ?? '')
  for (const [name, bytes] of [...world.objects].filter(([object]) => object.startsWith('j/')).sort(([a], [b]) => Number(a.slice(-8)) - Number(b.slice(-8)))) await door.admit(name, bytes)
  return { state: await door.authority(), vector: Object.fromEntries([...view.heads].map(([key, head]) => [key.slice(0, key.indexOf('/')), head.seq])), session: null }
}
