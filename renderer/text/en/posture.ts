// State of the machine: why an act is not let through for the state of the device or the sign-in.

export const posture = {
  'reason.session-to-renew': 'The state of this machine has changed since you began. Lock once and open again.',
  'reason.level-too-low': 'This takes a device {needed, select, L1 {whose keys the system’s store protects} L2 {with its keys in hardware} L3 {with its keys in attested hardware} other {that protects its keys}} (keys of this one: {level, select, L0 {PIN only} L1 {the system’s store} L2 {in hardware} other {attested hardware}}). See “Where the keys are” under the state of this device.',
  'reason.check-failed': 'By the town’s rules this is not in order: {check}. See “State of this machine” for what to do.',
  'reason.check-unknown': 'This could not be checked: {check}. See “State of this machine” for why.',
  'reason.check-old': 'This was checked too long ago: {check}. Check again under “State of this machine”.',
  'reason.check-failed-grace': 'By the town’s rules this is not in order: {check}. {days, plural, one {# day is} other {# days are}} left to mend it.',
  'reason.check-unknown-grace': 'This could not be checked: {check}. {days, plural, one {# day is} other {# days are}} left.',
  'reason.check-old-grace': 'This was checked a while ago: {check}. {days, plural, one {# day is} other {# days are}} left to check again.',
  'reason.check-excused': 'Two administrators excuse this for a while: {check}.',
  'reason.sign-in-old': 'The last sign-in is more than {hours} hours old. Sign in with the town’s account again.',
  'reason.sign-in-not-today': 'This takes a sign-in of today. Sign in with the town’s account.',
  'reason.context-missing': 'The provider has not confirmed what is asked ({context}). Sign in again.',
} as const
