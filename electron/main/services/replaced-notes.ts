// SY-130 which packs a new key took the place of, as the vault of whoever sat here last found: known to the engines of every storage also
// while nobody sits here. Names only; it decides nothing.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import type { ReplacedPacks } from '@shared/document/replaced-content.ts'
import type { ReplacedContent } from '@shared/sync/ports.ts'
import type { Profile } from './profile.ts'

export interface ReplacedNotes extends ReplacedContent {
  read(): Promise<readonly ReplacedPacks[]>
  /** In the place of what was noted. Rejects when the disk does not take it. */
  keep(documents: readonly ReplacedPacks[]): Promise<void>
}

const names = v.array(v.string())
const schema = v.strictObject({ v: v.literal(1), documents: v.array(v.strictObject({ gone: names, kept: names })) })

export function createReplacedNotes(profile: Pick<Profile, 'readNote' | 'writeNote'>): ReplacedNotes {
  let noted: readonly ReplacedPacks[] | null = null
  const read: ReplacedNotes['read'] = async () => {
    const found = noted ? null : v.safeParse(schema, decodeCbor((await profile.readNote('replaced')) ?? new Uint8Array()))
    return (noted ??= found?.success ? found.output.documents : [])
  }
  return {
    read,
    async keep(documents) {
      const next = documents.map(({ gone, kept }) => ({ gone: [...gone], kept: [...kept] }))
      await profile.writeNote('replaced', encodeCbor({ v: 1, documents: next }))
      noted = next
    },
    list: async () => new Map((await read()).flatMap(({ gone, kept }) => gone.map((pack) => [pack, kept] as const))),
  }
}
