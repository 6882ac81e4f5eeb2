// SN-14 once all records of a snapshot were taken in, it is made again from them: the same records, the same rules, as far as it says.

import { countedEvents } from '@shared/judge/counted.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import { parseSegment } from '@shared/log/segment.ts'
import { rowHash } from '@shared/log/state-hash.ts'
import { isAboutNumbers } from '@shared/numbers/events.ts'
import type { Reach } from '@shared/snapshot/rows.ts'
import type { VaultCore } from './core.ts'
import { heldRules } from './held-rules.ts'
import { rowKey } from './dexie/write.ts'
import { documentTable, rowsOf, volumeTable } from './document-rows.ts'
import type { HeldSnapshot } from './snapshots.ts'

/** Rows that it has otherwise, has not, or made up, and lanes that went another way. Everything it covers was taken in. */
export async function differencesFrom(core: VaultCore, { snapshot, rows }: HeldSnapshot): Promise<number> {
  const { header } = snapshot
  const { collection } = header
  const whole = Object.fromEntries(Object.entries(header.lanes).map(([lane, [seq]]) => [lane, seq]))
  const events = core.view.authority().filter((known) => isWithin(known, header.authority))
  const authority = core.reduce(events.filter(({ event }) => !isAboutNumbers(event.type)))
  const { rules } = heldRules(authority, events)
  const left = new Set(rows.keys())
  let differences = 0
  for (const { key, ...row } of [...core.view.register(documentTable), ...core.view.register(volumeTable)]) {
    if (row.collection !== collection) continue
    const known = (await core.view.documentEvents(collection, key)).filter((one) => isWithin(one, whole))
    if (known.length === 0) continue
    for (const made of rowsOf(key, countedEvents(known, authority.cuts), rules)) {
      const said = rows.get(rowKey(made))?.row
      left.delete(rowKey(made))
      if (!said || rowHash(said.table, said.key, said.value) !== rowHash(made.table, made.key, made.value)) differences += 1
    }
  }
  for (const [lane, [seq, hash]] of Object.entries(header.lanes)) {
    const read = await core.around.host.journal.read({ collection, lane, from: seq, count: 1 })
    const segment = read.ok && read.value[0] ? parseSegment(read.value[0].bytes) : null
    if (segment?.hash !== hash) differences += 1
  }
  return differences + left.size
}

export function isWithin({ lane, seq }: Pick<KnownEvent, 'lane' | 'seq'>, reach: Reach): boolean {
  return seq <= (reach[laneOf(lane)] ?? 0)
}

/** `<seat>.<incarnation>` of where an event stands. */
export function laneOf(lane: string): string {
  return lane.slice(0, lane.indexOf('/'))
}
