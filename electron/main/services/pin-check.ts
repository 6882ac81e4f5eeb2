// The one place where a PIN meets a seat file: unlocking, consent and changing the PIN all wait the same after wrong tries.

import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { KeystoreChanged, SeatMissing, TryLater, WrongPin } from '@shared/ipc/contract/session.ts'
import { waitAfter } from './pin-tries.ts'
import type { Profile } from './profile.ts'
import { openSeat, type SeatKeys } from './seat-file.ts'

export type PinFailure = WrongPin | TryLater | SeatMissing | KeystoreChanged

/** A right PIN sets the count back to nothing. */
export async function checkPin(host: CryptoHost, clock: Clock, profile: Profile, seat: string, pin: string): Promise<Result<SeatKeys, PinFailure>> {
  const tries = await profile.tries(seat)
  const wait = waitAfter(tries, clock.now())
  if (wait > 0) return err({ type: 'TryLater', waitMs: wait, retry: 'later' })
  const file = await profile.readSeat(seat)
  if (!file) return err({ type: 'SeatMissing', waitMs: 0, retry: 'never' })
  const keys = await openSeat(host, seat, file, pin, await profile.deviceSecret())
  if (keys === 'damaged') return err({ type: 'SeatMissing', waitMs: 0, retry: 'never' })
  if (!keys) {
    const next = { wrong: tries.wrong + 1, lastAt: clock.now() }
    await profile.saveTries(seat, next)
    return err({ type: 'WrongPin', waitMs: waitAfter(next, clock.now()), retry: 'now' })
  }
  if (tries.wrong > 0) await profile.saveTries(seat, { wrong: 0, lastAt: 0 })
  return ok(keys)
}
