import { describe, expect, it } from 'vitest'
import { heardMachines } from './machine-words.ts'
import type { SyncState } from './session-api.ts'

const hour = 60 * 60 * 1000
const now = Date.parse('2026-10-08T05:05:00.000Z')
const state = { completeAt: now, machines: [{ device: 'a', at: now - hour }, { device: 'b', at: now - 25 * hour }, { device: 'gone', at: 1 }, { device: 'c', at: now - 72 * hour }] } as unknown as SyncState
const known = ['a', 'b', 'c', 'd'].map((device) => ({ device, people: [`${device}さん`] }))

describe('the other machines', () => {
  it('3.11 are told by their people, the longest unheard first; one of nobody is left out', () => {
    expect(heardMachines(state, known).map(({ device, silent }) => [device, silent])).toEqual([['c', true], ['b', true], ['a', false]])
  })

  it('3.11 are not called silent before everything was read once', () => {
    expect(heardMachines({ ...state, completeAt: null }, known).some(({ silent }) => silent)).toBe(false)
  })
})
