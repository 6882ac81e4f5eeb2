// What this person wants to open here without a connection: a list of this seat on this device, not a fact of the log. It is sealed
// under the view's key and kept by main beside the seat, so that it outlives the view. A list that cannot be read is the first one.

import * as v from 'valibot'
import { ok, type Result } from '@shared/base/result.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { failedBy } from './failure.ts'
import type { VaultHost } from './ports.ts'
import type { RowSealer } from './row-sealer.ts'

const ids = v.array(v.pipe(v.string(), v.maxLength(64)))
const schema = v.strictObject({ v: v.literal(1), mine: v.boolean(), volumes: ids, documents: ids })

/** `mine`: whatever may still reach this person. */
export type PinList = Readonly<Omit<v.InferOutput<typeof schema>, 'v'>>

export interface Pins {
  list(): PinList
  keep(list: PinList): Promise<Result<null, CommandFailure>>
  onChange(callback: () => void): void
}

const first: PinList = { mine: true, volumes: [], documents: [] }
const place = ['pins', 'pins', 'list'] as const

export async function openPins(host: Pick<VaultHost, 'content'>, sealer: RowSealer): Promise<Pins> {
  const answer = await host.content.readPins({})
  const sealed = answer.ok ? answer.value.sealed : null
  const read = v.safeParse(schema, sealed && (await sealer.open(...place, sealed)))
  const changed: (() => void)[] = []
  let list: PinList = read.success ? { mine: read.output.mine, volumes: read.output.volumes, documents: read.output.documents } : first
  return {
    list: () => list,
    async keep(next) {
      const kept = await host.content.keepPins({ sealed: await sealer.seal(...place, { v: 1, ...next }) })
      if (!kept.ok) return failedBy(kept.error)
      list = next
      for (const callback of changed) callback()
      return ok(null)
    },
    onChange: (callback) => void changed.push(callback),
  }
}
