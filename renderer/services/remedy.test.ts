import { expect, it } from 'vitest'
import { remedyOf } from './remedy.ts'

const refused = (...codes: readonly string[]) => remedyOf({ reasons: codes.map((code) => ({ code, facts: {} })) })

it('4.7 a refusal that wants only a sign-in is met by one, one for the device by its state, and any other by neither', () => {
  expect(refused('sign-in-needed', 'sign-in-not-today')).toBe('sign-in')
  // What the rules only say of the device stands in nobody's way.
  expect(refused('sign-in-needed', 'token-unknown', 'check-unknown')).toBe('sign-in')
  expect(refused('policy-denies', 'check-failed', 'sign-in-old')).toBe('endpoint')
  expect(refused('policy-denies', 'level-too-low')).toBe('endpoint')
  expect([refused('role-missing'), refused('policy-denies', 'withheld-from-employment'), remedyOf({})]).toEqual([null, null, null])
})
