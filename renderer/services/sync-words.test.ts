import { describe, expect, it } from 'vitest'
import type { SyncState } from './session-api.ts'
import { syncWords } from './sync-words.ts'

const calm: SyncState = { target: { kind: 'folder', address: '/mnt/town' }, running: false, paused: false, nextAt: null, unsent: 0, completeAt: 5, failure: null, findings: [], doubts: [], frozen: false, missing: 0, strangers: 0 }

describe('3.11 the words for how sync stands', () => {
  it('3.11 says what a person must know first, and complete only when it is', () => {
    const said = (change: Partial<SyncState>) => syncWords({ ...calm, ...change }).key
    expect(syncWords(null).key).toBe('status.saved')
    expect(said({ target: null })).toBe('status.noStorage')
    expect(syncWords(calm)).toEqual({ key: 'status.complete', unsent: 0, at: 5 })
    expect(said({ unsent: null })).toBe('status.asking')
    expect(said({ unsent: 3 })).toBe('status.unsent')
    expect(said({ unsent: 3, failure: 'StorageUnreachable' })).toBe('status.unreached')
    expect(said({ failure: 'SyncDefect' })).toBe('status.stopped')
    expect(said({ findings: [{ code: 'beacon-rolled-back', certain: true }], failure: 'StorageBusy' })).toBe('status.doubted')
    expect(said({ doubts: [{ code: 'own-beacon-lost', at: 1 }] })).toBe('status.doubted')
    expect(said({ doubts: [{ code: 'beacon-rolled-back', at: 1 }], frozen: true, unsent: 3 })).toBe('status.frozen')
    expect(said({ paused: true })).toBe('status.paused')
    for (const change of [{ missing: 1 }, { strangers: 1 }, { completeAt: null }, { findings: [{ code: 'parcel-missing', certain: false }] }]) expect(said(change)).toBe('status.incomplete')
  })
})
