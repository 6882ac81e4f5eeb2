// JU-34: whoever wrote behind a fork brings it again, on the lane that is opened now: the very same events, so that what others built on
// them stands again too. What the town wants confirmed is not brought by this: its person does it once more.

import { inForce } from '@shared/base/in-force.ts'
import { ok } from '@shared/base/result.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import { isWithheld, needsConsent } from '@shared/posture/evaluate.ts'
import type { VaultCore } from '../core.ts'
import { inSegments } from '../segments.ts'
import { inTheirOrder, setAsideOf } from '../set-aside.ts'
import type { Command } from './context.ts'

export const adopt: Command<'adopt'> = async ({ core }) => {
  let acts = 0
  for (const [collection, events] of await adoptable(core)) {
    for (const segment of inSegments(events.map(({ event }) => event))) {
      const written = await core.commitBuilt(collection, segment)
      if (!written.ok) return written
      acts += segment.length
    }
  }
  return ok({ acts })
}

/** What the person here can bring again without another confirmation, by collection. */
export async function adoptable(core: VaultCore): Promise<ReadonlyMap<string, readonly KnownEvent[]>> {
  const kept = (await setAsideOf(core)).get(core.seat.seat) ?? []
  const found = new Map<string, readonly KnownEvent[]>()
  for (const collection of new Set(kept.map((one) => one.collection))) {
    const chosen: KnownEvent[] = []
    const stands = new Set<string>()
    for (const one of inTheirOrder(kept, collection)) {
      if (one.event.person !== core.seat.person || asksConsent(core, one.event.type)) continue
      for (const { id } of await core.view.documentEvents(collection, one.event.doc ?? '')) stands.add(id)
      if (!one.event.deps.every((dep) => stands.has(dep))) continue
      chosen.push(one)
      stands.add(one.id)
    }
    if (chosen.length > 0) found.set(collection, chosen)
  }
  return found
}

function asksConsent(core: VaultCore, type: string): boolean {
  const authority = core.authority()
  const policy = inForce(authority.policies.values(), core.today())
  const employment = authority.people.get(core.seat.person)?.employment ?? null
  return needsConsent(policy, type) || (policy !== null && isWithheld(policy, { type, employment }))
}
