import { describe, expect, it } from 'vitest'
import type { NumberRow, NumberSeriesView } from '../../services/view-models.ts'
import { countOf, numberAct, seatsToChoose, type NumbersEntry } from './numbers-model.ts'

const seats = [{ id: 'a', name: '吉田', isMe: true, keeps: true }, { id: 'b', name: '神尾', isMe: false, keeps: true }, { id: 'c', name: '係員', isMe: false, keeps: false }]
const series = { seats } as unknown as NumberSeriesView
const row = { period: 2026, n: 3 } as NumberRow
const entry: NumbersEntry = { seat: 'b', count: '１０', reason: ' 端末の故障 ', again: true }

describe('an act about numbers', () => {
  it('3.10 reads counts as people type them and refuses what is none', () => {
    expect(['１０', ' 7 ', '1000'].map((typed) => countOf(typed, 1))).toEqual([10, 7, 1000])
    expect(['', '0', '1001', '3.5', '-1', '十'].map((typed) => countOf(typed, 1))).toEqual([null, null, null, null, null, null])
    expect(countOf('0', 0)).toBe(0)
  })

  it('3.10 is complete only with a seat, a count and a reason where each is needed', () => {
    expect(numberAct({ kind: 'takeover' }, entry)).toEqual({ kind: 'takeover', seat: 'b', skip: 10, reason: '端末の故障' })
    expect(numberAct({ kind: 'begin' }, { ...entry, reason: ' ' })).toBeNull()
    expect(numberAct({ kind: 'block' }, { ...entry, reason: '' })).toEqual({ kind: 'block', seat: 'b', size: 10 })
    expect(numberAct({ kind: 'block' }, { ...entry, seat: null })).toBeNull()
    expect(numberAct({ kind: 'void', row }, entry)).toEqual({ kind: 'void', period: 2026, n: 3, reason: '端末の故障', again: true })
  })

  it('3.10 numbers are kept by records officers and may be taken along by whoever writes', () => {
    const ids = (kind: 'begin' | 'handOver' | 'block'): readonly string[] => seatsToChoose(series, { kind }).map(({ id }) => id)
    expect(ids('begin')).toEqual(['a', 'b'])
    expect(ids('handOver')).toEqual(['b'])
    expect(ids('block')).toEqual(['a', 'b', 'c'])
  })
})
