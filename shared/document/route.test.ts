import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { DecisionTable, Position } from '../authority/model.ts'
import { buildRoute, senderLine, type RouteRequest } from './route.ts'

const table = sampleTown.decisionTables[0] as DecisionTable
const { concurrenceOrder: _order, ...withoutOrder } = table
const { positions, appointments, people } = sampleTown

function request(change: Partial<RouteRequest> = {}): RouteRequest {
  return {
    drafter: { person: 'kamio', position: 'general-affairs-clerk' }, flags: [], decisionClass: 'hei', concurrence: [],
    table, positions, appointments, people, date: '2026-10-01', ...change,
  }
}

function shape(change: Partial<RouteRequest>): readonly (readonly [string, string])[] {
  const route = buildRoute(request(change))
  return route.ok ? route.value.steps.map(({ kind, position }) => [kind, position] as const) : []
}

function failure(change: Partial<RouteRequest>): readonly [string, string] | null {
  const route = buildRoute(request(change))
  return route.ok ? null : [route.error.type, route.error.subject]
}

const vacant = (position: string): Partial<RouteRequest> => ({ appointments: appointments.filter((a) => a.position !== position) })

describe('the route', () => {
  it('2.10 class 丙 ends with the section manager, 乙 with the vice-mayor, 甲 with the mayor', () => {
    expect(shape({})).toEqual([['line', 'general-affairs-chief'], ['decide', 'general-affairs-manager']])
    expect(shape({ decisionClass: 'otsu' })).toEqual([['line', 'general-affairs-chief'], ['line', 'general-affairs-manager'], ['decide', 'vice-mayor']])
    expect(shape({ decisionClass: 'ko' }).map(([, position]) => position)).toEqual(['general-affairs-chief', 'general-affairs-manager', 'vice-mayor', 'mayor'])
  })

  it('2.10 consulted sections come after the own section and before whoever is above it', () => {
    const drafter = { person: 'endo', position: 'construction-clerk' }
    expect(shape({ drafter, decisionClass: 'ko', concurrence: ['finance-manager', 'general-affairs-manager', 'finance-manager'] })).toEqual([
      ['line', 'construction-chief'], ['line', 'construction-manager'],
      ['concurrence', 'finance-manager'], ['concurrence', 'general-affairs-manager'],
      ['line', 'vice-mayor'], ['decide', 'mayor'],
    ])
    expect(shape({ drafter, concurrence: ['finance-manager'] })).toEqual([
      ['line', 'construction-chief'], ['concurrence', 'finance-manager'], ['decide', 'construction-manager'],
    ])
    expect(shape({ drafter, decisionClass: 'otsu', concurrence: ['construction-chief', 'vice-mayor'] })).toHaveLength(3)
  })

  it('3.9 a town may ask consulted sections all at once, from a day on: they share one place in the order, and the next step waits for each', () => {
    const drafter = { person: 'endo', position: 'construction-clerk' }
    const orders = (of: DecisionTable): readonly (readonly [string, number])[] => {
      const route = buildRoute(request({ drafter, decisionClass: 'ko', concurrence: ['finance-manager', 'general-affairs-manager'], table: of }))
      return route.ok ? route.value.steps.map(({ position, order }) => [position, order] as const) : []
    }
    const before = [['construction-chief', 1], ['construction-manager', 2]]
    expect(orders({ ...table, concurrenceOrder: 'side-by-side' })).toEqual([...before, ['finance-manager', 3], ['general-affairs-manager', 3], ['vice-mayor', 4], ['mayor', 5]])
    for (const one of [{ ...table, concurrenceOrder: 'one-by-one' as const }, withoutOrder]) {
      expect(orders(one)).toEqual([...before, ['finance-manager', 3], ['general-affairs-manager', 4], ['vice-mayor', 5], ['mayor', 6]])
    }
  })

  it('2.10 D-01 a flag such as 先例になる forces class 甲 and says why', () => {
    const route = buildRoute(request({ flags: ['urgent', 'precedent'] }))
    expect(route).toMatchObject({ ok: true, value: { decisionClass: 'ko', forcedBy: ['precedent'] } })
    expect(route.ok && route.value.steps.at(-1)).toMatchObject({ kind: 'decide', position: 'mayor', title: '町長' })
    expect(buildRoute(request({ flags: ['precedent'], decisionClass: 'ko' }))).toMatchObject({ value: { forcedBy: [] } })
    expect(buildRoute(request({ flags: ['urgent'] }))).toMatchObject({ value: { decisionClass: 'hei', forcedBy: [] } })
  })

  it('2.10 steps are numbered in order and named by position titles', () => {
    const route = buildRoute(request())
    expect(route.ok && route.value.steps).toEqual([
      { id: '1', order: 1, kind: 'line', position: 'general-affairs-chief', title: '総務係長' },
      { id: '2', order: 2, kind: 'decide', position: 'general-affairs-manager', title: '総務課長' },
    ])
  })

  it('2.10 a vacancy or something unknown is a failure with its name', () => {
    expect(failure(vacant('general-affairs-chief'))).toEqual(['PositionVacant', 'general-affairs-chief'])
    expect(failure({ ...vacant('finance-manager'), concurrence: ['finance-manager'] })).toEqual(['PositionVacant', 'finance-manager'])
    expect(failure({ concurrence: ['nobody'] })).toEqual(['UnknownPosition', 'nobody'])
    expect(failure({ decisionClass: 'tei' })).toEqual(['UnknownDecisionClass', 'tei'])
    expect(failure({ drafter: { person: 'sakita', position: 'general-affairs-clerk' } })).toEqual(['PositionNotHeld', 'general-affairs-clerk'])
    expect(failure({ date: '2026-03-31' })).toEqual(['PositionNotHeld', 'general-affairs-clerk'])
    expect(failure({ drafter: { person: 'suzuki', position: 'council-clerk' }, decisionClass: 'otsu' })).toEqual(['DeciderNotInLine', 'vice-mayor'])
    const loop = positions.map((position): Position => (position.id === 'mayor' ? { ...position, superior: 'vice-mayor' } : position))
    expect(failure({ positions: loop })).toEqual(['LineLoops', 'vice-mayor'])
  })

  it('2.10 the council decides in its own line', () => {
    expect(shape({ drafter: { person: 'suzuki', position: 'council-clerk' } })).toEqual([['decide', 'council-head']])
  })

  it('2.10 D-12 a step held by a contractor only is no step', () => {
    const drafter = { person: 'tanaka', position: 'dx-clerk' }
    expect(failure({ drafter, concurrence: ['dx-contractor'] })).toEqual(['PositionMayNotDecide', 'dx-contractor'])
  })

  it('2.10 D-13 the sender line names the mayor whoever decided', () => {
    const line = senderLine({ table, appointments, people, date: '2026-10-01', mayorTitle: sampleTown.town.mayorTitle })
    expect(line).toEqual({ ok: true, value: '雪守町長　\u9AD9橋　修一' })
    const none = senderLine({ table, appointments: [], people, date: '2026-10-01', mayorTitle: '雪守町長' })
    expect(none).toMatchObject({ ok: false, error: { type: 'PositionVacant', subject: 'mayor' } })
  })
})
