// SN-1 to SN-3: whose snapshots are shown. By collection zero as this replica has it: the seat is there, was not taken away, reads the
// collection, and with its device stands behind the session that signed. Being shown is all: nothing is decided on a snapshot.

import { readableCollections, recoveryWaits } from '../authority/ask.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { jstDate } from '../base/civil-date.ts'
import type { Reason } from '../base/verdict.ts'
import type { Verify } from '../crypto/sign.ts'
import { verifySnapshot, type Snapshot } from '../log/snapshot.ts'

/** Why it is not shown; empty = it may be. */
export async function judgeSnapshot(verify: Verify, snapshot: Snapshot, authority: AuthorityState): Promise<readonly Reason[]> {
  const { seat: id, device: deviceId, person } = snapshot.session.body
  const { collection, at } = snapshot.header
  const [seat, device] = [authority.seats.get(id), authority.devices.get(deviceId)]
  if (!seat || !device || seat.device !== deviceId || seat.person !== person) return [{ code: 'seat-unknown' }]
  if (authority.removedSeats.has(id)) return [{ code: 'seat-removed' }]
  if ((recoveryWaits(authority, id) ?? 0) > at) return [{ code: 'seat-waits' }]
  if (!readableCollections(authority, person, jstDate(at)).includes(collection)) return [{ code: 'grant-missing' }]
  return (await verifySnapshot(verify, snapshot, seat.signingKey, device.signingKey)) ? [] : [{ code: 'signature' }]
}
