// Which tokens this app made on this machine, and the PINs nobody knows: a note beside the profile, sealed as that is.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import type { Profile } from './profile.ts'

const schema = v.strictObject({ v: v.literal(1), tokens: v.array(v.strictObject({ label: v.string(), pin: v.string() })) })

export function createTokenMemory({ readNote, writeNote }: Pick<Profile, 'readNote' | 'writeNote'>) {
  return {
    async load() {
      const read = v.safeParse(schema, decodeCbor((await readNote('tokens')) ?? new Uint8Array()))
      return read.success ? read.output.tokens : []
    },
    save: (tokens: v.InferOutput<typeof schema>['tokens']) => writeNote('tokens', encodeCbor({ v: 1, tokens })),
  }
}
