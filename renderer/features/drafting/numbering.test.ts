import { describe, expect, it } from 'vitest'
import { numberItems } from './numbering.ts'

const item = (level: number) => ({ type: 'item', level })
const other = (type: string) => ({ type, level: 0 })

describe('official numbering', () => {
  it('2.9 goes 第1 → 1 → (1) → ア → (ア) → a → (a)', () => {
    expect(numberItems([0, 1, 2, 3, 4, 5, 6].map(item))).toEqual(['第1', '1', '(1)', 'ア', '(ア)', 'a', '(a)'])
  })

  it('2.9 begins deeper levels anew after a higher one', () => {
    expect(numberItems([item(1), item(2), item(2), item(1), item(2)])).toEqual(['1', '(1)', '(2)', '2', '(1)'])
  })

  it('2.9 counts on across paragraphs and begins anew after 記', () => {
    expect(numberItems([item(1), other('paragraph'), item(1), other('ki'), item(1)])).toEqual(['1', null, '2', null, '1'])
  })

  it('doubles the signs after the last of a series', () => {
    const kana = numberItems(Array.from({ length: 47 }, () => item(3)))
    expect(kana[45]).toBe('ン')
    expect(kana[46]).toBe('アア')
    expect(numberItems(Array.from({ length: 27 }, () => item(5)))[26]).toBe('aa')
  })
})
