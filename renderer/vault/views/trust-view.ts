// 端末と信頼: what this replica holds and what it could not take in or understand.

import type { TrustView } from '../../services/view-models.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, volumeTable, type DocumentRow, type VolumeRow } from '../document-rows.ts'
import type { Notice } from '../core.ts'

export async function trustView(core: VaultCore, notices: readonly Notice[]): Promise<TrustView> {
  const { view, seat } = core
  const authority = core.authority()
  const unknown = [...view.register(documentTable), ...view.register(volumeTable)].reduce((sum, row) => sum + (row.value as DocumentRow | VolumeRow).unknown.length, 0)
  const activeSeats = [...authority.seats.keys()].filter((id) => !authority.removedSeats.has(id)).length
  return {
    device: seat.device,
    keystore: seat.keystore,
    activeSeats,
    stateHash: await view.stateHash(),
    segments: view.heads().reduce((sum, head) => sum + head.seq, 0),
    quarantined: (await view.quarantined()).map(({ lane, seq, reasons }) => ({ code: reasonOf(reasons[0]?.code), facts: { lane, seq } })),
    unknownEvents: unknown + authority.unknown.filter(({ event }) => !event.type.startsWith('session.')).length,
    notices: [...(activeSeats < 2 ? [{ code: 'trust.no-witness', facts: {} }] : []), ...(seat.keystore === 'pin-only' ? [{ code: 'trust.pin-only', facts: {} }] : []), ...notices],
  }
}

/** Every kind of lie of a header reads the same: what was sealed is not what was declared. */
function reasonOf(code = 'unknown'): string {
  return code.startsWith('header-lies-') ? 'acts-differ' : code
}
