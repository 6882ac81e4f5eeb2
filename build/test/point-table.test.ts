import { describe, expect, it } from 'vitest'
import { pointTable, pointsOf, tableLines } from './point-table.mjs'

const points = { '2.1': 'one', '2.6a': 'six a', '2.6b': 'six b', '2.10': 'ten' }

describe('2.2 the table of points', () => {
  it('reads the numbers a title starts with, from the test or the group around it', () => {
    expect(pointsOf(['group', '2.11 five signatures'])).toEqual(['2.11'])
    expect(pointsOf(['2.6b, 2.10 wraps', 'open'])).toEqual(['2.6b', '2.10'])
    expect(pointsOf(['2.1 outer', '2.10 inner'])).toEqual(['2.10'])
    expect(pointsOf(['in 2.10 ways'])).toEqual([])
    expect(pointsOf(['2.10.1 is no point'])).toEqual([])
  })

  it('counts a number for its sub-points, keeps failures, and names what is no point', () => {
    const test = (title: string, ok: boolean) => ({ titles: [title], file: 'a.test.ts', ok, again: false })
    const { rows, strangers } = pointTable(points, [test('2.6 all', true), test('2.6b wraps', false), test('2.10 ten', true), test('2.19 nothing', true)])
    expect(rows.map(({ point, passed, failed }) => [point, passed.length, failed.length])).toEqual([['2.1', 0, 0], ['2.6a', 1, 0], ['2.6b', 1, 1], ['2.10', 1, 0]])
    expect(strangers).toEqual(['2.19'])
    expect(tableLines(rows).join('\n')).toContain('NO TEST')
  })
})
