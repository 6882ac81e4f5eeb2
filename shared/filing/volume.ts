// A volume (簿冊) from its events, and whether a record may be put into it. One volume, one retention period:
// a record that has to be kept longer is refused, so that nothing is ever shortened. What is filed is never changed.

import type { RetentionClass, RetentionSchedule } from '../authority/model.ts'
import type { CivilDate } from '../base/civil-date.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import { compareForDisplay, isOfThisSchema, type KnownEvent } from '../log/event.ts'
import { volumeEventDate } from './event-date.ts'
import { parseVolumeEvent, type VolumeBodyOf } from './events.ts'
import { retentionOf, type RetentionSpan } from './retention.ts'

export interface VolumeState extends VolumeBodyOf<'volume.create'> {
  readonly id: string
  readonly createdAt: string
  readonly createdBy: string
  /** The day it was closed; null while open. */
  readonly closed: CivilDate | null
  /** Further creations or closings: without effect, kept and shown. */
  readonly conflicts: readonly KnownEvent[]
  readonly unknown: readonly KnownEvent[]
}

/** A pure function of the set; null while its creation is not known. The first creation and the first closing count. */
export function reduceVolume(events: readonly KnownEvent[]): VolumeState | null {
  const sorted = [...new Map(events.map((known) => [known.id, known])).values()].sort(compareForDisplay)
  const unknown: KnownEvent[] = []
  const conflicts: KnownEvent[] = []
  let created: { readonly known: KnownEvent; readonly body: VolumeBodyOf<'volume.create'> } | null = null
  let closed: CivilDate | null = null
  for (const known of sorted) {
    const parsed = parseVolumeEvent(known.event)
    const act = parsed.ok && isOfThisSchema(known.event) ? parsed.value : null
    if (act?.type === 'volume.create' && !created) created = { known, body: act.body }
    else if (act?.type === 'volume.close' && closed === null) closed = act.body.date
    else if (act?.type === 'volume.create' || act?.type === 'volume.close') conflicts.push(known)
    else if (!act) unknown.push(known)
  }
  if (!created) return null
  const { known, body } = created
  return { id: known.event.doc ?? '', ...body, createdAt: known.event.at, createdBy: known.event.person, closed, conflicts, unknown }
}

export function retentionClassOf(schedules: readonly RetentionSchedule[], schedule: string, retention: string): RetentionClass | null {
  return schedules.find(({ id }) => id === schedule)?.classes.find(({ id }) => id === retention) ?? null
}

/** May a record with the retention class `record` go into the volume, whose own class is `own`? */
export function mayFileInto(volume: Pick<VolumeState, 'closed'>, own: RetentionClass, record: RetentionClass): Verdict {
  const reasons: Reason[] = []
  if (volume.closed !== null) reasons.push({ code: 'volume-closed', facts: { closed: volume.closed } })
  if (isLonger(record, own)) reasons.push({ code: 'retention-longer-than-volume', facts: { record: record.label, volume: own.label } })
  return { outcome: reasons.length > 0 ? 'fail' : 'pass', reasons }
}

/** Continuous use ends some day and a number of years follows: only permanence is longer than it. */
function isLonger(record: RetentionClass, own: RetentionClass): boolean {
  const rank = ({ rule, years }: RetentionClass): number => (rule === 'permanent' ? 1001 : rule === 'continuous' ? 1000 : (years ?? 0))
  return rank(record) > rank(own)
}

/** What a volume has to know of a document: a document's state fits. */
export interface FiledRecord {
  readonly id: string
  readonly stage: string
  readonly filed: { readonly volume: string; readonly eventDate: CivilDate } | null
}

/** The records of a volume: the filed documents that name it, by event date. */
export function recordsIn<R extends FiledRecord>(volume: string, records: readonly R[]): readonly R[] {
  const date = (record: R): string => record.filed?.eventDate ?? ''
  return records
    .filter((record) => record.stage === 'filed' && record.filed?.volume === volume)
    .toSorted((a, b) => (date(a) < date(b) ? -1 : date(a) > date(b) ? 1 : a.id < b.id ? -1 : 1))
}

/** The volume's own span, by the last event date of its records; null while it is empty. */
export function volumeRetention(own: RetentionClass, recordDates: readonly CivilDate[], policy: 'earliest' | 'closing' = 'closing'): RetentionSpan | null {
  const date = volumeEventDate(recordDates, policy)
  return date === null ? null : retentionOf(own, date)
}
