// The open session says anew what it rests on, while the person's PIN has freed the seat's key: what is decided, exported or changed in
// who may do what is told with the state of that moment, not with that of the morning.

import { equalBytes } from '@shared/base/bytes.ts'
import { parseStatement, type PostureStatement } from '@shared/posture/statement.ts'
import type { DeviceState } from '../ports.ts'
import { isUnavailable } from './kept-key.ts'
import { newestZeroKey, type OpenSession } from './open-session.ts'
import type { Profile } from './profile.ts'
import type { SeatKeys } from './seat-file.ts'
import { certify, type CertifyDeps } from './session-certificate.ts'

export interface RenewDeps extends CertifyDeps {
  readonly device: DeviceState
  readonly profile: Pick<Profile, 'load' | 'save'>
}

/** Certifies the open session anew where its device is in another state than it said, or said it too long ago, or the provider vouched for the person since. */
export async function renewSession(deps: RenewDeps, session: OpenSession, keys: SeatKeys): Promise<void> {
  const now = await deps.device.measure()
  const { posture: told, token } = session.evidence
  const vouched = await deps.signIn.evidence(keys.seat)
  const isVouchedSince = vouched !== null && !(token && equalBytes(token.bytes, vouched))
  if (!isVouchedSince && !isToBeRenewed(told && parseStatement(told.bytes), now)) return
  const record = await deps.profile.load()
  if (typeof record === 'string') return
  const state = await session.authority.state()
  const certified = await certify(deps, record, keys, { state, vector: session.authority.vector(), zero: newestZeroKey(session, state) }, now)
  // A key that does not sign now ends no work that began while it did.
  if (!certified || isUnavailable(certified)) return
  Object.assign(session, certified)
  await deps.profile.save({ ...record, seats: record.seats.map((seat) => (seat.seat === keys.seat ? { ...seat, sessions: seat.sessions + 1 } : seat)) })
}

/** A statement older than this is told anew when the seat's key is free anyway. */
const freshMs = 15 * 60 * 1000

/** Is what the session rests on no longer what this device would say of itself now? */
export function isToBeRenewed(told: PostureStatement | null, now: PostureStatement | null): boolean {
  if (now === null) return false
  const verdicts = ({ checks, level }: PostureStatement): string => [level, ...checks.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason ?? ''}`).sort()].join()
  return told === null || now.at - told.at > freshMs || verdicts(told) !== verdicts(now)
}
