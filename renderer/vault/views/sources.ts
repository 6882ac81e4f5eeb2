// What summaries are made from, gathered once for a query.

import type { VaultCore } from '../core.ts'
import { volumeTable, type VolumeRow } from '../document-rows.ts'
import { namesOf } from './names.ts'
import { awaitsNumber, wantedSeries } from '../numbering.ts'
import { numberFacts } from './numbers-view.ts'
import type { SummarySources } from './summary.ts'

export function summarySources(core: VaultCore): SummarySources {
  const authority = core.authority()
  const { person, lane } = core.seat
  return {
    viewer: { person, lane, now: core.around.clock.now() },
    authority,
    names: namesOf(authority),
    volumeTitle: (id) => (core.view.row(volumeTable, id)?.value as VolumeRow | undefined)?.title ?? null,
    number: (state) => numberFacts(core, state.id, awaitsNumber(core, state) ? wantedSeries(core, state) : null),
  }
}
