// A device is lost: an administrator says so with the PIN in main's own window. One segment calls it lost, takes its seats away behind
// their cuts and renews the keys that they held; a signed notice goes out with the next beacon, so that the device erases itself when it
// reaches the storage, locked as it is.

import { isAdmin } from '@shared/authority/ask.ts'
import { isAdminGrant } from '@shared/authority/grant-change.ts'
import { nameIn } from '@shared/authority/person-name.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, type Failure, type Result } from '@shared/base/result.ts'
import { createSigner, pairOf } from '@shared/crypto/keys.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, PinRefused } from '@shared/ipc/contract/consent.ts'
import type { Committed, ReportLostRequest } from '@shared/ipc/contract/vault.ts'
import { createLostNotice } from '@shared/log/lost-notice.ts'
import type { ConsentDesk } from '../ports.ts'
import { commitEvents } from './commit-events.ts'
import type { CommitFailure, GateDeps } from './gate.ts'
import type { LostDevicesHere } from './lost-devices.ts'
import type { OpenSession } from './open-session.ts'
import { renewEpochs } from './renew-epochs.ts'
import type { SeatKeys } from './seat-file.ts'

export interface ReportLostDeps extends GateDeps {
  readonly desk: ConsentDesk
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
  readonly lost: LostDevicesHere
  /** Beacons are to say it. */
  readonly tell: () => void
}

export async function reportLost(deps: ReportLostDeps, session: OpenSession, { device, reason, cut, ...place }: ReportLostRequest): Promise<Result<Committed, ConsentCancelled | ConsentBusy | ConsentRefused | CommitFailure | Failure<'NotAllowed'>>> {
  const state = await session.authority.state()
  const at = deps.clock.now()
  if (!isAdmin(state, session.person, jstDate(at))) return err({ type: 'NotAllowed', retry: 'never' })
  if (!state.devices.has(device) || device === deps.record.device.id || state.lostDevices.has(device)) return err({ type: 'ConsentRefused', reason: 'device', retry: 'never' })
  const seats = [...state.seats.values()].filter((seat) => seat.device === device && !state.removedSeats.has(seat.id))
  const asked = await deps.desk.ask(
    { outcome: 'lost-device', title: seats.map(({ person }) => nameIn(state, person)).join('、'), actingAs: '', person: nameIn(state, session.person), facts: [], comment: reason, pdf: null, warnings: [], practice: deps.record.kind === 'practice', asks: 'pin' },
    async (pin): Promise<Result<Uint8Array, PinRefused>> => {
      const keys = await deps.openSeat(session.seat, pin)
      if (!keys.ok) return keys
      return { ok: true, value: await createLostNotice({ workspace: deps.record.workspace, device, seat: session.seat, at }, await createSigner(deps.host, pairOf(keys.value.signing))) }
    },
  )
  if (!asked.ok) return asked
  // AU-2 another administrator's seat waits for a second voice, and its keys are renewed with that.
  const alone = seats.filter(({ person }) => person === session.person || ![...state.grants.values()].some((grant) => grant.person === person && isAdminGrant(grant)))
  const renewed = await renewEpochs(deps, session, { seats: alone.map(({ id }) => id) })
  if (!renewed.ok) return renewed
  const committed = await commitEvents(deps, session, place, 'lost-device', [
    { type: 'device.lost', body: { id: device, reason } },
    ...seats.map(({ id }) => ({ type: 'seat.remove', body: { id, reason, cut: cut.filter(({ lane }) => lane.startsWith(`${id}.`)) } })),
    ...renewed.value.map((epoch) => ({ type: 'epoch.new', body: epoch })),
  ])
  if (!committed.ok) return committed
  await deps.lost.say(asked.value.value)
  deps.tell()
  return committed
}
