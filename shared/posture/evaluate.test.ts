import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { DevicePolicy } from '../authority/model.ts'
import { evaluateAct } from './evaluate.ts'

const policy = sampleTown.policies[0] as DevicePolicy
const unknown = { posture: null, token: null, employment: 'regular' } as const

describe('the policy', () => {
  it('2.6d PO-3 PO-4 trial lets unknown posture and token through, and says that they are unknown', () => {
    const answer = evaluateAct(policy, { type: 'draft.cover', ...unknown })
    expect(answer.decision).toBe('notice')
    expect(answer.reasons.map((reason) => reason.code)).toEqual(['posture-unknown', 'token-unknown'])
  })

  it('2.6d PO-4 every act that decides, exports or changes who may do what needs consent', () => {
    for (const type of ['decision.approve', 'decision.return', 'decision.refuse', 'document.withdraw', 'document.export', 'grant.put', 'grant.remove', 'seat.add', 'seat.remove']) {
      expect([type, evaluateAct(policy, { type, ...unknown }).decision]).toEqual([type, 'consent'])
    }
    for (const type of ['draft.body', 'document.open', 'session.unlock', 'rendition.append']) expect(evaluateAct(policy, { type, ...unknown }).decision).toBe('notice')
  })

  it('2.6d PO-2 without a policy in force nothing is allowed', () => {
    expect(evaluateAct(null, { type: 'draft.cover', ...unknown })).toEqual({ decision: 'deny', reasons: [{ code: 'policy-missing' }] })
  })

  it('PO-4 a pattern stands for its noun only', () => {
    const narrow = { ...policy, consentFor: ['decision.*'] }
    expect(evaluateAct(narrow, { type: 'decisions.list', ...unknown }).decision).toBe('notice')
    expect(evaluateAct(narrow, { type: 'decision.approve', ...unknown }).decision).toBe('consent')
  })

  it('2.13 PO-5 the sample town keeps export from contractors, as data; a policy that says nothing of it withholds nothing', () => {
    const contractor = { ...unknown, employment: 'contractor' } as const
    expect(evaluateAct(policy, { type: 'document.export', ...contractor })).toEqual({ decision: 'deny', reasons: [{ code: 'withheld-from-employment', facts: { type: 'document.export' } }] })
    expect(evaluateAct(policy, { type: 'document.export', ...unknown }).decision).toBe('consent')
    expect(evaluateAct(policy, { type: 'draft.body', ...contractor }).decision).toBe('notice')
    const { withheld: _none, ...silent } = policy
    expect(evaluateAct(silent, { type: 'document.export', ...contractor }).decision).toBe('consent')
  })
})
