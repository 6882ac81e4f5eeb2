import { describe, expect, it } from 'vitest'
import type { FormDefinition, NumberSeries } from '../authority/model.ts'
import { periodOf, seriesFor, writeNumber } from './series.ts'

const series = (id: string, over: Partial<NumberSeries> = {}): NumberSeries => ({ id, kind: 'outgoing', symbol: '雪総', periodKind: 'fiscalYear', section: null, pattern: '{year}{symbol}第{n}号', blockSize: 10, from: '2020-04-01', to: null, ...over })
const form = { numbered: { kind: 'outgoing', field: 'outgoing', values: ['mail', 'posting'] } } as unknown as FormDefinition
const date = '2026-10-01'
const facts = { form, cover: { outgoing: 'mail' }, section: 'general' }

describe('which series numbers a document', () => {
  it('3.10 NU-10 none where the form gives none or the cover says that it does not go out', () => {
    const all = [series('town')]
    expect(seriesFor(facts, all, date)?.id).toBe('town')
    expect(seriesFor({ ...facts, cover: { outgoing: 'posting' } }, all, date)?.id).toBe('town')
    for (const over of [{ form: null }, { form: {} as FormDefinition }, { cover: {} }, { cover: { outgoing: 'inside' } }, { cover: { outgoing: true } }]) expect([over, seriesFor({ ...facts, ...over }, all, date)]).toEqual([over, null])
  })

  it('3.10 NU-10 one of its kind that holds on that day, its section’s before the town’s, and of these the one that began last', () => {
    const of = (...all: readonly NumberSeries[]): string | null => seriesFor(facts, all, date)?.id ?? null
    for (const over of [{ kind: 'notice' as const }, { section: 'taxes' }, { from: '2026-10-02' }, { to: '2026-09-30' }]) expect([over, of(series('one', over))]).toEqual([over, null])
    expect(of(series('one', { from: date, to: date, section: 'general' }))).toBe('one')
    const all = [series('old'), series('new', { from: '2026-04-01' }), series('own', { section: 'general' })]
    expect([of(...all), of(...all.toReversed()), of(...all.slice(0, 2)), of(...all.slice(0, 2).toReversed())]).toEqual(['own', 'own', 'new', 'new'])
  })

  it('3.10 NU-10 a year of numbers begins in April or in January as the series says, and is written so', () => {
    expect([periodOf(series('a'), '2027-03-31'), periodOf(series('a'), '2027-04-01'), periodOf(series('a', { periodKind: 'calendarYear' }), '2027-03-31')]).toEqual([2026, 2027, 2027])
    expect(writeNumber(series('a'), 2026, 12)).toBe('8雪総第12号')
    expect(writeNumber(series('a', { pattern: '{era}{year}年告示第{n}号{other}' }), 2026, 3)).toBe('令和8年告示第3号{other}')
    expect([writeNumber(series('a', { pattern: '{era}{year}' }), 2019, 1), writeNumber(series('a', { pattern: '{era}{year}', periodKind: 'calendarYear' }), 2019, 1)]).toEqual(['平成31', '平成31'])
  })
})
