// The keys of the town's devices, as collection zero had them when a seat was last open here: no secret, and enough to tell a true
// beacon from a forged one while the machine is locked.

import * as v from 'valibot'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { equalBytes } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import type { KnownDevices } from '@shared/sync/ports.ts'
import type { Profile } from './profile.ts'

const schema = v.record(v.string(), v.instance(Uint8Array))

export function createKnownDevices(profile: Pick<Profile, 'readNote' | 'writeNote'>): KnownDevices & { learn(state: AuthorityState): Promise<void> } {
  let known: Promise<Readonly<Record<string, Uint8Array>>> | null = null
  const load = async (): Promise<Readonly<Record<string, Uint8Array>>> => {
    const read = v.safeParse(schema, decodeCbor((await profile.readNote('devices')) ?? new Uint8Array()))
    return read.success ? read.output : {}
  }
  const all = (): Promise<Readonly<Record<string, Uint8Array>>> => (known ??= load())
  return {
    keyOf: async (device) => (await all())[device] ?? null,
    async learn(state) {
      const before = await all()
      const now = Object.fromEntries([...state.devices].map(([id, { signingKey }]) => [id, signingKey]))
      if (equalBytes(encodeCbor(before), encodeCbor(now))) return
      known = Promise.resolve(now)
      // A full disk does not keep anybody out: it is learned again at the next unlock.
      await profile.writeNote('devices', encodeCbor(now)).catch(() => undefined)
    },
  }
}
