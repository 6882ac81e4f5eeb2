import { describe, expect, it } from 'vitest'
import { jstDate } from '../base/civil-date.ts'
import { absenceRefusal, absencesFrom, endRefusal, possibleStandIns, standInsOn } from './absences.ts'
import type { KnownEvent } from '../log/event.ts'
import type { Absence } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { sampleTown } from './sample-town.ts'
import { createCouncil, shuffled } from './testing/council.ts'

const now = Date.parse('2026-10-01T03:00:00Z')
const trip: Absence = { position: 'mayor', acting: 'vice-mayor', from: '2026-10-01', to: '2026-10-05', reason: '出張' }

function town(...more: readonly ((council: ReturnType<typeof createCouncil>) => KnownEvent)[]) {
  const council = createCouncil(['sakita', 'sato'])
  const founding = [
    ...council.founding,
    ...sampleTown.people.map((one) => council.act('sakita', 'person.put', one)),
    ...sampleTown.positions.map((one) => council.act('sakita', 'position.put', one)),
    ...sampleTown.appointments.map((one) => council.act('sakita', 'appointment.put', one)),
    ...sampleTown.decisionTables.map((one) => council.act('sakita', 'decision-table.put', one)),
  ]
  return reduceAuthority([...founding, ...more.map((one) => one(council))])
}
const said = (absence: Absence, person = 'takahashi') => (council: ReturnType<typeof createCouncil>) => council.act(person, 'absence.put', absence)

describe('4.11 who is away, and who decides meanwhile', () => {
  it('4.11 AU-100 the holder of the position and administrators say so, and nobody makes themselves the one who decides', () => {
    const state = town()
    expect(absenceRefusal(state, trip, 'takahashi', now)).toBeNull()
    expect(absenceRefusal(state, trip, 'sakita', now)).toBeNull()
    expect(absenceRefusal(state, trip, 'yoshida', now)).toBe('not-holder')
    expect(absenceRefusal(state, trip, 'watanabe', now)).toBe('not-holder')
    expect(absenceRefusal(state, { ...trip, position: 'vice-mayor', acting: 'general-affairs-manager' }, 'sakita', now)).toBe('own-standing-in')
    expect(absenceRefusal(state, { ...trip, position: 'vice-mayor', acting: 'general-affairs-manager' }, 'sato', now)).toBeNull()
    expect(absenceRefusal(state, { ...trip, position: 'nobody-holds-it' }, 'sakita', now)).toBe('position-empty')
    expect(absenceRefusal(state, { ...trip, position: 'dx-clerk', acting: null }, 'tanaka', now)).toBeNull()
  })

  it('4.11 AU-101 in the order of the town’s rules: a later one only while those before are away as long', () => {
    const later = { ...trip, acting: 'general-affairs-manager' }
    const viceMayor: Absence = { position: 'vice-mayor', acting: null, from: '2026-10-01', to: '2026-10-05', reason: '休暇' }
    expect(absenceRefusal(town(), later, 'takahashi', now)).toBe('earlier-in-order')
    expect(absenceRefusal(town(said(viceMayor, 'watanabe')), later, 'takahashi', now)).toBeNull()
    for (const short of [{ ...viceMayor, to: '2026-10-04' }, { ...viceMayor, from: '2026-10-02' }, { ...viceMayor, position: 'cdo' }]) expect(absenceRefusal(town(said(short, 'watanabe')), later, 'takahashi', now)).toBe('earlier-in-order')
    expect(possibleStandIns(town(), 'mayor', trip)).toEqual(['vice-mayor'])
    expect(possibleStandIns(town(said(viceMayor, 'watanabe')), 'mayor', trip)).toEqual(['vice-mayor', 'general-affairs-manager'])
    expect(absenceRefusal(town(), { ...trip, acting: 'treasurer' }, 'takahashi', now)).toBe('not-in-order')
    expect(absenceRefusal(town(), { ...trip, position: 'dx-head', acting: 'dx-clerk' }, 'sakita', now)).toBe('not-in-order')
    // An empty position is passed over.
    const empty = town((council) => council.act('sakita', 'appointment.put', { ...sampleTown.appointments.find(({ position }) => position === 'vice-mayor')!, to: '2026-09-30' }))
    expect(absenceRefusal(empty, later, 'takahashi', now)).toBeNull()
    expect(possibleStandIns(empty, 'mayor', trip)).toEqual(['general-affairs-manager'])
  })

  it('4.11 AU-102 from today on, no longer than the town’s rules let, and not at all where they say nothing of it', () => {
    const refused = (over: Partial<Absence>) => absenceRefusal(town(), { ...trip, ...over }, 'takahashi', now)
    expect([refused({ to: '2026-10-31' }), refused({ to: '2026-11-01' })]).toEqual([null, 'absence-days'])
    expect([refused({ from: '2026-09-30' }), refused({ to: '2026-09-30' }), refused({ from: '2026-10-03', to: '2026-10-02' }), refused({ to: '2026-10-32' }), refused({ from: '2026-11-20', to: '2026-11-31' }), refused({ from: '2026-11-20', to: '2026-11-25' })]).toEqual(['absence-days', 'absence-days', 'absence-days', 'absence-days', 'absence-days', null])
    const silent = town((council) => council.act('sakita', 'decision-table.put', { ...sampleTown.decisionTables[0]!, id: 'decision-later', from: '2026-10-01', proxies: undefined as never }))
    expect(absenceRefusal(silent, trip, 'takahashi', now)).toBe('absence-days')
  })

  it('4.11 AU-103 it ends sooner from today on, never later than it was said, and what is past stays, whatever the order', () => {
    const council = createCouncil(['sakita', 'sato'])
    const put = council.act('takahashi', 'absence.put', trip)
    const ends = [council.act('takahashi', 'absence.end', { absence: put.id, to: '2026-10-03', reason: '' }), council.act('sakita', 'absence.end', { absence: put.id, to: '2026-10-02', reason: '' }), council.act('takahashi', 'absence.end', { absence: put.id, to: '2026-12-31', reason: '' })]
    const all = [...council.founding, put, ...ends]
    const days = (events: readonly KnownEvent[]) => [...reduceAuthority(events).absences.values()].map(({ id, from, to, person }) => [id, from, to, person])
    expect(days(all)).toEqual([[put.id, '2026-10-01', '2026-10-02', 'takahashi']])
    expect(days(shuffled(all, all.map((_, i) => -i)))).toEqual(days(all))
    const state = town(() => put)
    const end = { absence: put.id, to: jstDate(now), reason: '' }
    expect([endRefusal(state, end, 'takahashi', now), endRefusal(state, end, 'sato', now), endRefusal(state, end, 'watanabe', now)]).toEqual([null, null, 'not-holder'])
    expect([endRefusal(state, { ...end, to: '2026-09-30' }, 'takahashi', now), endRefusal(state, { ...end, to: '2026-10-32' }, 'takahashi', now), endRefusal(town(), end, 'takahashi', now)]).toEqual(['absence-past', 'absence-past', 'absence-gone'])
  })

  it('4.11 AU-100 names who stands in for whom on a day, and what is of today or still to come', () => {
    const state = town(said(trip), said({ position: 'vice-mayor', acting: null, from: '2026-10-04', to: '2026-10-06', reason: '休暇' }, 'watanabe'))
    expect(standInsOn(state, '2026-10-05')).toEqual([{ principal: 'mayor', acting: 'vice-mayor' }])
    expect(standInsOn(state, '2026-10-06')).toEqual([])
    expect(['2026-10-01', '2026-10-06', '2026-10-07'].map((date) => absencesFrom(state, date).map(({ position }) => position))).toEqual([['mayor', 'vice-mayor'], ['vice-mayor'], []])
  })
})
