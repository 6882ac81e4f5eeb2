// JU-39: whose records wait for one that is nowhere leaves the lane there, confirmed in main's window with the PIN, and enters again what
// can be read of them. The record that is nowhere does not come back by it.

import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { consentWords } from '../../text/consent.ts'
import { failedBy, notAllowed } from '../failure.ts'
import { lostRecords } from '../lost-records.ts'
import { adopt } from './adopting.ts'
import type { Command } from './context.ts'

export const leaveLost: Command<'leaveLost'> = async (context) => {
  const { core, language } = context
  const { places } = await lostRecords(core)
  if (places.length > 0) {
    const events = await core.build(collectionZero, places.map(({ collection, lane, seq }) => ({ type: 'session.leave', doc: null, position: null, body: { collection, lane, seq } })))
    const reasons = await core.judge(collectionZero, events)
    if (reasons.length > 0) return notAllowed(reasons)
    const confirmed = await core.around.host.consent.request({ events: events.map(eventToBytes), title: consentWords[language()].lostRecords, facts: [], warnings: [] })
    if (!confirmed.ok) return failedBy(confirmed.error)
    const left = await core.commitBuilt(collectionZero, events)
    if (!left.ok) return left
  }
  return adopt(context, null)
}
