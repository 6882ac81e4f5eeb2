// How many documents one seat may change within an hour here, and what its person said to that.

import { massLimit } from '@shared/authority/brake.ts'
import type { BrakeView } from '../../services/view-models.ts'
import type { VaultCore } from '../core.ts'
import { inForce } from '@shared/base/in-force.ts'

export function brakeView({ around, seat, authority, today }: VaultCore): BrakeView {
  const state = authority()
  const now = around.clock.now()
  const [lift] = state.lifts.filter((one) => one.seat === seat.seat && one.from <= now && now <= one.until).sort((a, b) => b.until - a.until)
  return { limit: massLimit(inForce(state.policies.values(), today())), lift: lift ? { documents: lift.documents, until: new Date(lift.until).toISOString() } : null }
}
