// Writes a civil date the way a date stamp does: year of the era, month, day, as in 8.11.21. The era itself is not named.

import { formatWarekiShort } from '../base/wareki.ts'

/** `date` is `YYYY-MM-DD`; throws on anything else. */
export function markDate(date: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new Error('defect: a mark has a civil date')
  return formatWarekiShort(date).replace(/^\p{Script=Han}{2}(?=.)/u, '')
}
