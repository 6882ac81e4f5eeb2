// What this machine keeps of sign-ins, one per seat, sealed with its other notes under the operating system's secret: the token that carries
// the nonce, what opens it, the latest refreshed one, and the refresh token. None of it is ever logged.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { signInToBytes } from '@shared/identity/evidence.ts'
import { providerKeySchema } from '@shared/authority/provider-key.ts'
import type { Profile } from './profile.ts'

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
const heldSchema = v.strictObject({
  issuer: v.string(),
  clientId: v.string(),
  subject: v.string(),
  label: v.string(),
  token: v.string(),
  opening: bytes,
  refreshed: v.nullable(v.string()),
  refreshToken: v.nullable(v.string()),
  /** Under which these tokens are signed, as the provider showed them here. */
  keys: v.array(v.strictObject({ kid: v.string(), key: providerKeySchema })),
  /** When the provider last vouched, milliseconds since 1970 UTC. */
  at: v.number(),
  /** The provider said no since. */
  refused: v.boolean(),
})
export type HeldSignIn = v.InferOutput<typeof heldSchema>

const seatSchema = v.strictObject({ seat: v.string(), key: bytes, held: v.nullable(heldSchema) })
/** `key`: the seat's public signing key, known here since the seat was first opened. */
export type SeatSignIn = v.InferOutput<typeof seatSchema>

const noteSchema = v.strictObject({ v: v.literal(1), seats: v.array(seatSchema) })

export interface SignInStore {
  find(seat: string): Promise<SeatSignIn | null>
  /** Replaces what is kept of the seat. Rejects where the disk does not take it. */
  keep(entry: SeatSignIn): Promise<void>
}

export function createSignInStore(profile: Pick<Profile, 'readNote' | 'writeNote'>): SignInStore {
  const all = async (): Promise<readonly SeatSignIn[]> => {
    const read = v.safeParse(noteSchema, decodeCbor((await profile.readNote('sign-in')) ?? new Uint8Array()))
    return read.success ? read.output.seats : []
  }
  return {
    find: async (seat) => (await all()).find((one) => one.seat === seat) ?? null,
    async keep(entry) {
      const others = (await all()).filter(({ seat }) => seat !== entry.seat)
      await profile.writeNote('sign-in', encodeCbor({ v: 1, seats: [...others, entry] }))
    },
  }
}

/** ID-2 what a session certificate rests on. */
export function evidenceOf({ token, opening, refreshed }: HeldSignIn): Uint8Array {
  return signInToBytes({ token, opening, refreshed })
}
