import { describe, expect, it } from 'vitest'
import type { CarryState, SyncState } from './session-api.ts'
import { syncWords } from './sync-words.ts'

const calm: SyncState = { target: { kind: 'folder', address: '/mnt/town' }, running: false, paused: false, resumesAt: null, line: { metered: 'never', up: 0, down: 0 }, metered: 'unknown', heldBack: false, waiting: 0, nextAt: null, unsent: 0, completeAt: 5, failure: null, findings: [], doubts: [], frozen: false, missing: 0, strangers: 0, machines: [] }

describe('3.11 the words for how sync stands', () => {
  it('3.11 says what a person must know first, and complete only when it is', () => {
    const said = (change: Partial<SyncState>) => syncWords({ ...calm, ...change }, null).key
    expect(syncWords(null, null).key).toBe('status.saved')
    expect(said({ target: null })).toBe('status.noStorage')
    expect(syncWords(calm, null)).toEqual({ key: 'status.complete', unsent: 0, at: 5 })
    expect(said({ unsent: null })).toBe('status.asking')
    expect(said({ unsent: 3 })).toBe('status.unsent')
    expect(said({ unsent: 3, failure: 'StorageUnreachable' })).toBe('status.unreached')
    expect(said({ failure: 'SyncDefect' })).toBe('status.stopped')
    expect(said({ findings: [{ code: 'beacon-rolled-back', certain: true }], failure: 'StorageBusy' })).toBe('status.doubted')
    expect(said({ findings: [{ code: 'object-differs', certain: true }] })).toBe('status.twofold')
    expect(said({ findings: [{ code: 'object-differs', certain: true }, { code: 'withheld', certain: true }] })).toBe('status.doubted')
    expect(said({ doubts: [{ code: 'own-beacon-lost', at: 1 }] })).toBe('status.doubted')
    expect(said({ doubts: [{ code: 'beacon-rolled-back', at: 1 }], frozen: true, unsent: 3 })).toBe('status.frozen')
    expect(said({ paused: true, failure: 'StorageUnreachable' })).toBe('status.paused')
    expect(syncWords({ ...calm, paused: true, resumesAt: 9, unsent: 2 }, null)).toEqual({ key: 'status.pausedUntil', unsent: 2, at: 9 })
    expect(said({ heldBack: true, unsent: 1 })).toBe('status.heldBack')
    expect(said({ heldBack: true, waiting: 500 })).toBe('status.heldBack')
    expect(said({ heldBack: true })).toBe('status.complete')
    for (const change of [{ missing: 1 }, { strangers: 1 }, { completeAt: null }, { findings: [{ code: 'parcel-missing', certain: false }] }]) expect(said(change)).toBe('status.incomplete')
  })

  it('3.11 says what a stick does not hold yet where there is no storage, and speaks of the storage where there is one', () => {
    const stick: CarryState = { running: false, address: '/media/usb', at: 7, unsent: 0, left: { objects: 0, bytes: 0 }, last: null }
    const alone = (change: Partial<CarryState>) => syncWords({ ...calm, target: null }, { ...stick, ...change })
    expect(alone({})).toEqual({ key: 'status.carried', unsent: 0, at: 7 })
    expect(alone({ unsent: 3 })).toEqual({ key: 'status.uncarried', unsent: 3, at: 7 })
    expect(alone({ at: null }).key).toBe('status.uncarried')
    expect(alone({ running: true }).key).toBe('status.carrying')
    expect(alone({ unsent: null }).key).toBe('status.noStorage')
    expect(syncWords(calm, { ...stick, unsent: 3 }).key).toBe('status.complete')
  })
})
