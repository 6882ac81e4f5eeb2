import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { RetentionClass } from '../authority/model.ts'
import { reduceDocument } from '../document/reduce.ts'
import { rulesOf } from '../document/rules.ts'
import { createWorld, sampleRoute, sampleSha, submitted } from '../document/testing/replica.ts'
import { parseVolumeEvent, type VolumeBodyOf } from './events.ts'
import { registerColumns, registerCsv, registerRow } from './register.ts'
import { mayFileInto, recordsIn, reduceVolume, retentionClassOf, volumeRetention, type VolumeState } from './volume.ts'

const creation: VolumeBodyOf<'volume.create'> = {
  classification: 'A-01-02', title: '文書管理規程改正（令和8年度）', publicTitle: '文書管理規程改正', retentionClass: 'y5', schedule: 'schedule-2026',
  fiscalYear: 2026, location: '町の保管庫', medium: 'electronic', manager: 'general-affairs-manager', originalManager: 'general-affairs-manager',
}

const classOf = (id: string): RetentionClass => retentionClassOf(sampleTown.schedules, 'schedule-2026', id) as RetentionClass

describe('a volume', () => {
  it('2.12 is created once, closed once, whatever the order', () => {
    const world = createWorld('v1')
    const clerk = world.replica('clerk', 'kamio', 'general-affairs-clerk')
    clerk.write('volume.create', creation)
    clerk.write('volume.close', { date: '2027-03-31' })
    clerk.write('volume.close', { date: '2027-04-30' })
    clerk.write('volume.shake', {})
    const state = reduceVolume(clerk.events())
    expect(state).toMatchObject({ ...creation, id: 'v1', closed: '2027-03-31', createdBy: 'kamio' })
    expect([state?.conflicts.length, state?.unknown.length]).toEqual([1, 1])
    expect(reduceVolume(clerk.events().toReversed())).toEqual(state)
    expect(reduceVolume([])).toBeNull()
  })

  it('2.12 a body that does not fit its type is named by its place', () => {
    expect(parseVolumeEvent({ type: 'volume.close', body: { date: '2027-3-31' } })).toEqual({ ok: false, error: { type: 'MalformedVolumeEvent', retry: 'never', eventType: 'volume.close', path: 'date' } })
    expect(parseVolumeEvent({ type: 'volume.shake', body: null })).toEqual({ ok: true, value: null })
  })

  it('2.12 refuses a record that must be kept longer, and anything once closed', () => {
    const verdict = (own: string, record: string, closed: string | null = null): readonly string[] => mayFileInto({ closed }, classOf(own), classOf(record)).reasons.map(({ code }) => code)
    expect(verdict('y5', 'y5')).toEqual([])
    expect(verdict('y5', 'y3')).toEqual([])
    expect(verdict('y5', 'y10')).toEqual(['retention-longer-than-volume'])
    expect(verdict('y30', 'permanent')).toEqual(['retention-longer-than-volume'])
    expect(verdict('continuous', 'permanent')).toEqual(['retention-longer-than-volume'])
    expect(verdict('permanent', 'continuous')).toEqual([])
    expect(verdict('y5', 'y5', '2027-03-31')).toEqual(['volume-closed'])
  })

  it('2.12 has its records and one span for all of them', () => {
    const world = createWorld()
    const drafter = submitted(world, sampleRoute(1))
    const decider = world.replica('decider', 'x', 'p1')
    decider.learn(drafter)
    decider.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '' })
    decider.act('record.file', { volume: 'v1', eventDate: '2026-10-01', basis: 'completion' })
    const state = reduceDocument(decider.events(), rulesOf([]))
    expect(recordsIn('v1', [state])).toEqual([state])
    expect(recordsIn('v2', [state])).toEqual([])
    expect(volumeRetention(classOf('y5'), ['2026-10-01', '2027-03-31'])).toMatchObject({ start: '2027-04-01', end: '2032-03-31' })
    expect(volumeRetention(classOf('y5'), [])).toBeNull()
  })
})

describe('the register', () => {
  const volume: VolumeState = { ...creation, title: '照会, "回答"', id: 'v1', createdAt: '', createdBy: 'kamio', closed: null, conflicts: [], unknown: [] }
  const [schedule] = sampleTown.schedules
  const row = registerRow({ volume, retention: classOf('y5'), span: volumeRetention(classOf('y5'), ['2026-10-01']), nodes: schedule?.nodes ?? [], positions: sampleTown.positions, numbers: ['8雪総第1号', '8雪総第3号'] })

  it('2.12 has the eleven columns of the ordinance', () => {
    expect(registerColumns).toHaveLength(11)
    expect(row).toEqual({
      classification: 'A-01-02 総務＞文書＞文書管理', title: '照会, "回答"', retentionPeriod: '5年', retentionEnd: '2032-03-31', disposition: '廃棄',
      location: '町の保管庫', creationFiscalYear: '2026', originalManager: '総務課長', retentionStart: '2027-04-01', medium: '電子', currentManager: '総務課長', documentNumbers: '8雪総第1号、8雪総第3号',
    })
  })

  it('2.13 3.10 is CSV that spreadsheets read: BOM, CRLF, doubled quotes', () => {
    const csv = registerCsv([row])
    const lines = csv.split('\r\n')
    expect(csv.startsWith('\uFEFF"分類","名称",')).toBe(true)
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain('"照会, ""回答"""')
    expect(lines[0]).toMatch(/"文書管理者","文書番号"$/)
    expect(lines[1]).toMatch(/"8雪総第1号、8雪総第3号"$/)
    expect(lines[2]).toBe('')
    expect(registerCsv([{ ...row, documentNumbers: '' }]).split('\r\n')[0]?.split(',')).toHaveLength(11)
  })
})
