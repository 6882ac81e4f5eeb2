// Lifting the freeze of SY-37: whoever sits here says with the PIN, in main's own window, that they looked into what is said of the storage;
// that they said so stands in the log before decisions are free again.

import type { StorageDoubt } from '@shared/authority/events.ts'
import { err, type Failure, type Result } from '@shared/base/result.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, PinRefused } from '@shared/ipc/contract/consent.ts'
import type { Committed, SettleRequest } from '@shared/ipc/contract/vault.ts'
import type { ConsentDesk } from '../ports.ts'
import { nameIn } from '@shared/authority/person-name.ts'
import { commitEvents } from './commit-events.ts'
import type { CommitFailure, GateDeps } from './gate.ts'
import type { OpenSession } from './open-session.ts'
import type { SeatKeys } from './seat-file.ts'

export interface SettleDeps extends GateDeps {
  readonly desk: ConsentDesk
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
  readonly doubts: () => readonly StorageDoubt[]
  readonly settle: () => Promise<Result<null, Failure<'DiskFull'>>>
}

export async function settleStorage(deps: SettleDeps, session: OpenSession, place: SettleRequest): Promise<Result<Committed, ConsentCancelled | ConsentBusy | ConsentRefused | CommitFailure>> {
  const doubts = deps.doubts()
  if (doubts.length === 0) return err({ type: 'ConsentRefused', reason: 'no-doubts', retry: 'never' })
  const state = await session.authority.state()
  const asked = await deps.desk.ask(
    {
      outcome: 'settle-storage',
      title: '',
      actingAs: '',
      person: nameIn(state, session.person),
      facts: [],
      doubts: [...new Set(doubts.map(({ code }) => code))],
      comment: '',
      pdf: null,
      warnings: [],
      practice: deps.record.kind === 'practice',
      asks: 'pin',
    },
    (pin) => deps.openSeat(session.seat, pin),
  )
  if (!asked.ok) return asked
  const committed = await commitEvents(deps, session, place, 'settle-storage', [{ type: 'session.settle', body: { doubts: doubts.map(({ code, at }) => ({ code, at })) } }])
  if (!committed.ok) return committed
  const settled = await deps.settle()
  return settled.ok ? committed : settled
}
