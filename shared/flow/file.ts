// File (編入): a volume is opened, a decided document goes into it with the date its retention is counted from. A list of steps
// without policy; what is filed is never changed afterwards.

import type { BodyOf } from '../document/events.ts'
import type { VolumeBodyOf } from '../filing/events.ts'
import { ok, type Failure, type Result } from '../base/result.ts'
import type { StartPorts } from './draft.ts'
import type { Writing } from './ports.ts'

export interface NewVolume {
  readonly id: string
  readonly collection: string
  readonly position: string
  readonly body: VolumeBodyOf<'volume.create'>
}

/** A volume has a key of its own, like a document: its wrap comes first (R7). */
export async function openVolume<E extends Failure>(ports: StartPorts<E>, { id, collection, position, body }: NewVolume): Promise<Result<null, E>> {
  const key = await ports.keepKey(collection, id)
  if (!key.ok) return key
  const committed = await ports.commit(collection, [{ type: 'volume.create', doc: id, position, body }])
  return committed.ok ? ok(null) : committed
}

export interface Filing {
  readonly doc: string
  readonly collection: string
  readonly position: string
  readonly body: BodyOf<'record.file'>
}

export async function fileRecord<E extends Failure>(ports: Writing<E>, { doc, collection, position, body }: Filing): Promise<Result<null, E>> {
  const committed = await ports.commit(collection, [{ type: 'record.file', doc, position, body }])
  return committed.ok ? ok(null) : committed
}
