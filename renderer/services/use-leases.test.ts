import { expect, it } from 'vitest'
import { createText } from '../text/translate.ts'
import { endingLeases, leaseWords } from './use-leases.ts'
import type { LeaseRow } from './view-models.ts'

const text = createText('ja')
const now = Date.parse('2026-10-01T01:00:00Z')
const minute = 60_000
const row = (over: Partial<LeaseRow>): LeaseRow => ({ act: 'decide', from: now, until: null, runsOut: null, ...over })

it('4.10 counts down in hours and minutes, says when it is over and what brings it back', () => {
  expect(leaseWords(text, row({}), now)).toBe('期限はありません')
  expect(leaseWords(text, row({ until: now + 125 * minute, runsOut: 'sign-in' }), now)).toBe('あと 2 時間 5 分（令和8年10月1日 12時05分 まで）。サインインし直すと延びます。')
  expect(leaseWords(text, row({ until: now + minute / 2, runsOut: 'grace' }), now)).toContain('あと 0 時間 1 分')
  expect(leaseWords(text, row({ until: now, runsOut: 'sign-in' }), now)).toBe('いまはできません。町のアカウントでサインインすると、できるようになります。')
})

it('4.10 only what has run for half its time is counted down everywhere', () => {
  const half = row({ from: now - 60 * minute, until: now + 60 * minute, runsOut: 'sign-in' })
  expect(endingLeases({ rows: [half, row({}), row({ until: now + 120 * minute, runsOut: 'sign-in' })], now })).toEqual([half])
})
