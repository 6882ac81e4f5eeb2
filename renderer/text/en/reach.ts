// Whom records have reached, and which machines were not heard of, in English.

import type { reach as ja } from '../ja/reach.ts'

export const reach: Readonly<Record<keyof typeof ja, string>> = {
  'status.completeSilent': 'Saved on this device · sent · complete as of {time} · {count, plural, one {# machine has} other {# machines have}} been silent since {since}',
  'reach.reached': 'What you did has reached: {names}',
  'reach.join': ', ',
  'reach.notYet': 'What you did is in the town’s storage. Whether it has reached another machine is not known yet.',
  'reach.title': 'Other machines',
  'reach.hint': 'A machine that is on is heard of every four hours at the latest.',
  'reach.people': 'Machine of {names}',
  'reach.person': '{name}',
  'reach.heard': 'heard of on {at}',
  'reach.silent': 'silent since {at}',
}
