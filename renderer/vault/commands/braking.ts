// AU-95: whoever is about to change many documents says so beforehand, or when the brake has stopped them: how many, for how long and why,
// confirmed in main's window with the PIN. The acts themselves are done afterwards, each as ever.

import { longestLiftHours, mostLifted } from '@shared/authority/brake.ts'
import { ok } from '@shared/base/result.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { consentWords } from '../../text/consent.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import type { Command } from './context.ts'

export const liftBrake: Command<'liftBrake'> = async ({ core, language }, { documents, hours, reason }) => {
  const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most
  if (!isWithin(documents, mostLifted) || !isWithin(hours, longestLiftHours) || reason.trim() === '') return failed('LiftOutOfRange', 'now', { documents: mostLifted, hours: longestLiftHours })
  const events = await core.build(collectionZero, [{ type: 'brake.lift', doc: null, position: null, body: { documents, hours, reason: reason.trim() } }])
  const reasons = await core.judge(collectionZero, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const confirmed = await core.around.host.consent.request({ events: events.map(eventToBytes), title: consentWords[language()].manyDocuments, facts: [], warnings: [] })
  if (!confirmed.ok) return failedBy(confirmed.error)
  const done = await core.commitBuilt(collectionZero, events)
  return done.ok ? ok(null) : done
}
