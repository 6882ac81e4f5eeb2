import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { DevicePolicy } from '../authority/model.ts'
import { standardRules } from '../authority/standard-rules.ts'
import { evaluateAct, isLetThrough, type SignInFacts } from './evaluate.ts'
import { isHalfOver, leasedActs, leasesOf, type LeasedAct } from './lease.ts'
import type { ActRule } from './model.ts'
import type { PostureStatement } from './statement.ts'

const hour = 3_600_000
const now = Date.parse('2026-10-01T01:00:00Z')
const policyOf = (...rules: readonly ActRule[]): DevicePolicy => ({ ...(sampleTown.policies[0] as DevicePolicy), rules })
const signedIn = (at: number, provenAt = at): SignInFacts => ({ at, provenAt, contexts: [], methods: [] })
const lease = (policy: DevicePolicy, act: LeasedAct, token: SignInFacts | null, posture: PostureStatement | null = null) => leasesOf(policy, { posture, token }, now).find((one) => one.act === act)

describe('4.10 how long acts can still be done without a connection', () => {
  it('4.10 PO-40 nothing runs out where no rule asks for what does', () => {
    expect(leasesOf(policyOf(), { posture: null, token: null }, now).map(({ act, until, runsOut }) => [act, until, runsOut])).toEqual([['draft', null, null], ['submit', null, null], ['decide', null, null], ['export', null, null]])
    expect(lease(policyOf({ ...standardRules.signedIn, otherwise: 'notice' }), 'decide', null)?.until).toBe(null)
  })

  it('4.10 PO-40 a sign-in runs out after its hours or with the day in Japan, for the acts alone that ask for it', () => {
    const day = policyOf(standardRules.signedIn)
    expect(lease(day, 'decide', signedIn(now))).toEqual({ act: 'decide', from: now, until: now + 12 * hour, runsOut: 'sign-in' })
    const evening = Date.parse('2026-10-01T11:00:00Z')
    expect(lease(day, 'decide', signedIn(evening))?.until).toBe(Date.parse('2026-10-01T15:00:00Z'))
    expect(lease(day, 'decide', null)?.until).toBe(now)
    expect(lease(day, 'draft', null)?.until).toBe(null)
  })

  it('4.10 PO-40 whoever is in days of grace is told how many are left', () => {
    const failing: PostureStatement = { schema: 1, kind: 'posture', device: 'd', system: 'linux', version: '1.0.0', level: 'L1', at: now, checks: [{ id: 'disk.enc', verdict: 'fail', reason: 'disk-plain', trust: 'self', at: now, since: now - 24 * hour, evidence: null }] }
    expect(lease(policyOf(standardRules.draft), 'draft', null, failing)).toEqual({ act: 'draft', from: now - 24 * hour, until: now + 6 * 24 * hour, runsOut: 'grace' })
  })

  it('4.10 PO-40 says the very moment from which the same rules refuse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 72 }), fc.boolean(), fc.integer({ min: -40 * hour, max: 0 }), fc.integer({ min: 0, max: 80 * hour }), (maxAgeHours, sameDay, signed, later) => {
        const policy = policyOf({ ...standardRules.signedIn, signIn: { maxAgeHours, sameDay, context: null } })
        const token = signedIn(now + signed)
        const at = now + later
        const { until } = lease(policy, 'decide', token) ?? expect.fail('a lease')
        const answer = evaluateAct(policy, { type: leasedActs.decide, at, employment: null, posture: null, token, exceptions: [] })
        // At the moment itself the hours are just kept, the day is over.
        if (at !== until) expect(isLetThrough(answer)).toBe(at < (until as number))
      }),
      { seed: 410, numRuns: 500 },
    )
  })

  it('4.10 PO-40 is counted down everywhere from half of it on', () => {
    const half = { from: 0, until: 10 * hour }
    expect([isHalfOver(half, 5 * hour - 1), isHalfOver(half, 5 * hour), isHalfOver(half, 11 * hour), isHalfOver({ from: 0, until: null }, 99)]).toEqual([false, true, true, false])
  })
})
