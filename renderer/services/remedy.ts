// What helps against a refusal, by its reasons: signing in where nothing else is wanting, the state of the device where that is, and where the brake is lifted.

import type { CommandFailure } from './vault-api.ts'

const ofDevice: ReadonlySet<string> = new Set(['check-failed', 'check-unknown', 'check-old', 'level-too-low', 'posture-unknown', 'session-to-renew', 'mass-change'])

export function remedyOf({ reasons = [] }: Pick<CommandFailure, 'reasons'>): 'sign-in' | 'endpoint' | null {
  if (reasons.some(({ code }) => code === 'sign-in-needed')) return 'sign-in'
  return reasons.some(({ code }) => ofDevice.has(code)) ? 'endpoint' : null
}
