// Since when which check of this device does not pass: sealed with the profile, so that days of grace go on counting over restarts.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { checkIds } from '@shared/posture/model.ts'
import type { SinceMemory } from './posture-service.ts'
import type { Profile } from './profile.ts'

const schema = v.record(v.picklist(checkIds), v.pipe(v.number(), v.safeInteger(), v.minValue(0)))

export function createSinceMemory(profile: Pick<Profile, 'readNote' | 'writeNote'>): SinceMemory {
  return {
    async load() {
      const read = v.safeParse(schema, decodeCbor((await profile.readNote('posture')) ?? new Uint8Array()))
      return read.success ? read.output : {}
    },
    // A full disk keeps nobody from looking: the days begin anew at the next look.
    save: (since) => profile.writeNote('posture', encodeCbor(since)).catch(() => undefined),
  }
}
