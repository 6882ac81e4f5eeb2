// How long each kind of act can still be done without a connection, counted down once a minute.

import { useEffect, useState } from 'react'
import { isHalfOver } from '@shared/posture/lease.ts'
import { formatInstant } from '../text/dates.ts'
import type { Text } from '../text/translate.ts'
import { useLive } from './use-services.tsx'
import type { LeaseRow } from './view-models.ts'

const minuteMs = 60_000

export interface Leases {
  readonly rows: readonly LeaseRow[]
  /** By the clock of this machine, milliseconds since 1970 UTC. */
  readonly now: number
}

/** Empty before the first answer. */
export function useLeases(): Leases {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs)
    return () => clearInterval(timer)
  }, [])
  // Asked anew each minute: a sign-in or a check of the device changes it without a record being written.
  return { rows: useLive('leases', { minute: Math.floor(now / minuteMs) }) ?? [], now }
}

/** Those that have run for half their time, or are over. */
export function endingLeases({ rows, now }: Leases): readonly LeaseRow[] {
  return rows.filter((row) => isHalfOver(row, now))
}

export function leaseWords(text: Text, { until, runsOut }: LeaseRow, now: number): string {
  if (until === null || runsOut === null) return text('lease.none')
  const minutes = Math.ceil((until - now) / minuteMs)
  if (minutes <= 0) return text(`lease.over.${runsOut}`)
  const hours = Math.floor(minutes / 60)
  return text(`lease.left.${runsOut}`, { days: Math.floor(hours / 24), rest: hours % 24, hours, minutes: minutes % 60, until: formatInstant(text.language, new Date(until).toISOString()) })
}
