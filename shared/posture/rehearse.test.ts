import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { DevicePolicy } from '../authority/model.ts'
import { standardRules } from '../authority/standard-rules.ts'
import { rehearse, type PastSession } from './rehearse.ts'
import type { CheckReading, PostureStatement } from './statement.ts'

const policy = sampleTown.policies[0] as DevicePolicy
const hour = 60 * 60 * 1000
const at = Date.UTC(2026, 9, 1, 3)
const inOrder = ['disk.enc', 'lock.screen', 'os.patch', 'fw.on', 'av.ok'] as const

function session(person: string, back: number, failing: readonly CheckReading['id'][] = []): PastSession {
  const then = at - back * hour
  const checks = inOrder.map((id): CheckReading => ({ id, verdict: failing.includes(id) ? 'fail' : 'pass', reason: failing.includes(id) ? 'off' : null, trust: 'self', at: then, since: then, evidence: null }))
  const posture: PostureStatement = { schema: 1, kind: 'posture', device: 'd', system: 'linux', version: '1.0.0', level: 'L1', at: then, checks }
  return { person, at: then, posture, token: null, exceptions: [] }
}

describe('rules before they hold', () => {
  it('4.7 PO-30 say who would have been stopped, how often, and whether the latest session would be', () => {
    const sessions = [session('anna', 1), session('ben', 2, ['fw.on']), session('ben', 30), session('cho', 3), session('cho', 40, ['av.ok']), { ...session('dai', 5), posture: null }]
    expect(rehearse(policy, [standardRules.decide], sessions)).toEqual([
      { person: 'ben', sessions: 2, stopped: 1, wouldStopNow: true },
      { person: 'cho', sessions: 2, stopped: 1, wouldStopNow: false },
      { person: 'dai', sessions: 1, stopped: 1, wouldStopNow: true },
      { person: 'anna', sessions: 1, stopped: 0, wouldStopNow: false },
    ])
    expect(rehearse(policy, [standardRules.signedIn], sessions).map(({ stopped, sessions: all }) => stopped === all)).toEqual([true, true, true, true])
    expect(rehearse(policy, [], sessions).every(({ stopped }) => stopped === 0)).toBe(true)
    // What a town already withholds from somebody is no matter of devices.
    expect(rehearse({ ...policy, withheld: [{ employment: 'contractor', acts: ['decision.*'] }] }, [standardRules.decide], [session('anna', 1)])).toEqual([{ person: 'anna', sessions: 1, stopped: 0, wouldStopNow: false }])
  })

  it('4.7 PO-30 excuses what is excused on that day', () => {
    const excused = { id: 'e', device: 'd', check: 'fw.on', reason: '', from: '2026-09-20', to: '2026-10-10' } as const
    expect(rehearse(policy, [standardRules.decide], [{ ...session('ben', 1, ['fw.on']), exceptions: [excused] }])[0]?.stopped).toBe(0)
  })
})
