import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkIds } from '../posture/model.ts'
import type { PostureStatement } from '../posture/statement.ts'
import { auditGroupOf, auditGroups, auditStateOf, compareAudited, isWanted, unlockType, type AuditFilter } from './audit.ts'

const all: AuditFilter = { person: null, device: null, group: 'all', from: null, to: null }
const facts = (over: Partial<Parameters<ReturnType<typeof isWanted>>[0]> = {}) => ({ type: 'document.open', inZero: false, person: 'a', device: 'd', at: Date.parse('2026-10-01T03:00:00Z'), ...over })

describe('4.15 P-07 which acts an audit wants', () => {
  it('4.15 AR-71 P-07 finds every kind of act in one group, unlocks, exports and acts of administration among them', () => {
    const groups = (inZero: boolean, ...types: readonly string[]) => types.map((type) => auditGroupOf(type, inZero))
    expect(groups(false, 'document.open', 'document.print', 'document.export', 'document.submit', 'draft.body', 'draft.attach', 'decision.approve', 'rendition.append', 'record.file', 'volume.create', 'document.witness', 'future.act')).toEqual([
      'view', 'export', 'export', 'draft', 'typing', 'draft', 'decide', 'decide', 'file', 'file', 'machine', 'other',
    ])
    expect(groups(true, unlockType, 'session.settle', 'grant.put', 'policy.tighten', 'number.assign', 'epoch.new', 'review.report', 'device-rules.acknowledge', 'future.act', 'noverb')).toEqual([
      'unlock', 'own', 'admin', 'admin', 'number', 'machine', 'export', 'own', 'admin', 'admin',
    ])
    expect(auditGroupOf('toString', false)).toBe('other')
  })

  it('4.15 P-07 takes both days of a period whole, as they are in Japan', () => {
    const at = (iso: string, from: string | null, to: string | null) => isWanted({ ...all, from, to })(facts({ at: Date.parse(iso) }))
    expect(at('2026-09-30T15:00:00.000Z', '2026-10-01', '2026-10-01')).toBe(true)
    expect(at('2026-09-30T14:59:59.999Z', '2026-10-01', null)).toBe(false)
    expect(at('2026-10-01T14:59:59.999Z', null, '2026-10-01')).toBe(true)
    expect(at('2026-10-01T15:00:00.000Z', null, '2026-10-01')).toBe(false)
  })

  it('4.15 P-07 leaves single strokes and what machines write out of what is usual, and nothing out of all', () => {
    const wants = (group: AuditFilter['group'], type: string) => isWanted({ ...all, group })(facts({ type }))
    expect(['draft.body', 'draft.cover', 'document.witness'].map((type) => [wants('usual', type), wants('all', type)])).toEqual([[false, true], [false, true], [false, true]])
    expect([wants('usual', 'decision.approve'), wants('view', 'decision.approve'), wants('decide', 'decision.approve')]).toEqual([true, false, true])
    expect([isWanted({ ...all, person: 'b' })(facts()), isWanted({ ...all, device: 'e' })(facts()), isWanted({ ...all, person: 'a', device: 'd' })(facts())]).toEqual([false, false, true])
  })

  it('4.15 AR-71 P-07 each act is in exactly one group, so that the groups together are all', () => {
    const types = fc.constantFrom('document.open', 'draft.body', 'grant.put', 'number.void', 'x.y', 'document.print', unlockType, 'epoch.new')
    fc.assert(
      fc.property(types, fc.boolean(), (type, inZero) => {
        const found = auditGroups.filter((group) => isWanted({ ...all, group })(facts({ type, inZero })))
        expect(found).toHaveLength(1)
      }),
    )
  })

  it('4.15 P-07 lists the same acts in the same order wherever they came in which order', () => {
    const acts = fc.array(fc.record({ at: fc.integer({ min: 0, max: 3 }), n: fc.integer({ min: 0, max: 2 }), id: fc.stringMatching(/^[0-9a-f]{1,3}$/) }), { maxLength: 12 })
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat()), (some, noise) => {
        const shuffled = some.map((act) => ({ act, by: noise.next().value ?? 0 })).sort((a, b) => a.by - b.by).map(({ act }) => act)
        const sorted = shuffled.toSorted(compareAudited)
        expect(sorted).toEqual(some.toSorted(compareAudited))
        for (const [i, next] of sorted.slice(1).entries()) expect(next.at).toBeLessThanOrEqual(sorted[i]?.at ?? Infinity)
      }),
    )
  })
})

describe('4.15 P-07 the state of the device in short', () => {
  it('4.15 P-07 names what failed before what is not known, and never calls what is not known in order', () => {
    expect(auditStateOf({ kind: 'sealed' })).toEqual({ kind: 'sealed', bad: [], unsure: [] })
    expect(auditStateOf({ kind: 'untold' }).kind).toBe('untold')
    const said = (fail: readonly string[], unknown: readonly string[]) =>
      auditStateOf({ kind: 'told', statement: { ...({} as PostureStatement), checks: checkIds.map((id) => ({ id, verdict: fail.includes(id) ? 'fail' : unknown.includes(id) ? 'unknown' : 'pass', reason: null, trust: 'self', at: 0, raw: null })) } as unknown as PostureStatement })
    expect(said([], [])).toEqual({ kind: 'good', bad: [], unsure: [] })
    expect(said([], ['clock'])).toEqual({ kind: 'unsure', bad: [], unsure: ['clock'] })
    expect(said(['fw.on', 'disk.enc'], ['clock'])).toEqual({ kind: 'bad', bad: ['disk.enc', 'fw.on'], unsure: ['clock'] })
  })
})
