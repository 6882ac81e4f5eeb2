import { describe, expect, it } from 'vitest'
import { standardRules } from '@shared/authority/standard-rules.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { reduceAuthority, type AuthorityState } from '@shared/authority/reduce.ts'
import { newEvidence } from '@shared/log/evidence.ts'
import type { LogEvent } from '@shared/log/event.ts'
import type { SessionBody, SessionCertificate } from '@shared/log/session.ts'
import type { ActRule, CheckId } from '@shared/posture/model.ts'
import { statementToBytes, type CheckReading, type PostureStatement } from '@shared/posture/statement.ts'
import { markWords } from './mark-words.ts'
import { nodeHost } from './node-host.ts'

const at = Date.parse('2026-10-01T03:00:00Z')
const own: readonly CheckId[] = ['disk.enc', 'lock.screen', 'os.patch', 'fw.on', 'av.ok']
const reading = (id: CheckId, verdict: CheckReading['verdict']): CheckReading => ({ id, verdict, reason: verdict === 'pass' ? null : 'x', trust: 'self', at, since: at, evidence: null })
const statement = (device: string, ...bad: readonly CheckId[]): PostureStatement => ({ schema: 1, kind: 'posture', device, system: 'windows', version: '1.0.0', level: 'L2', at, checks: own.map((id) => reading(id, bad.includes(id) ? 'fail' : 'pass')) })
const town = (...rules: readonly ActRule[]): AuthorityState => ({ ...reduceAuthority([]), policies: new Map(sampleTown.policies.slice(0, 1).map((policy) => [policy.id, { ...policy, rules }])) })
const act = { type: 'decision.approve', hlc: { ms: at, n: 0 } } as LogEvent
const session = (posture: PostureStatement | null) => ({
  certificate: { body: { seat: 'seat-1', device: 'k3f9a2xyz' } as SessionBody } as SessionCertificate,
  evidence: { posture: posture && newEvidence(nodeHost, statementToBytes(posture)), token: null },
})

describe('4.9 PF-4 what stands in a signature for whoever opens the PDF anywhere', () => {
  it('4.9 names the position, the device and its state, and no person’s account', () => {
    expect(markWords(town(), session(statement('k3f9a2xyz', 'fw.on')), act, { title: '総務課長', label: undefined })).toEqual({
      reason: '承認（総務課長）。端末の申告：よい 4、直すところ 1（ファイアウォール）、わからない 0',
      location: '端末 k3f9a2（Windows・鍵は端末の部品の中：L2）',
    })
  })

  it('4.11 DC-42 says of a mark in somebody’s place that it is one', () => {
    expect(markWords(town(), session(null), act, { title: '副町長', label: '代' }).reason).toBe('承認（副町長・代決）。端末の状態はわからない')
  })

  it('4.9 says what the town’s rules made of it, with what was let through knowingly', () => {
    expect(markWords(town(standardRules.decide), session(statement('k3f9a2xyz')), act, { title: '総務課長', label: undefined }).reason).toContain('。町の決まりを満たしている')
    const grace = { ...standardRules.decide, graceDays: 7 }
    expect(markWords(town(grace), session(statement('k3f9a2xyz', 'fw.on')), act, { title: '総務課長', label: undefined }).reason).toContain('町の決まりを満たしている（ファイアウォールは直すまでの猶予のうち）')
  })

  it('4.9 a device that says nothing, or speaks for another one, is not known', () => {
    for (const said of [null, statement('another')]) expect(markWords(town(), session(said), act, { title: '町長', label: undefined })).toEqual({ reason: '承認（町長）。端末の状態はわからない', location: '端末 k3f9a2' })
  })
})
