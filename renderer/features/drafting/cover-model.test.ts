import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '@shared/authority/model.ts'
import { answerOf, coverGroups, listAnswer, parseYen, textAnswer } from './cover-model.ts'

const field = (id: string, group: 'content' | 'identity' | 'decision', kind: 'text' | 'derived' | 'positions') => ({ id, group, kind, label: id, labelEn: id, required: false, printed: true })
const form: FormDefinition = {
  id: 'f', code: 'T1', title: '', titleEn: '', defaultClass: 'hei', defaultRetention: 'y5', from: '2026-04-01', to: null,
  fields: [field('number', 'identity', 'derived'), field('concurrence', 'decision', 'positions'), field('title', 'content', 'text')],
}

describe('the cover sheet', () => {
  it('begins with what is written and leaves out derived fields without a value', () => {
    expect(coverGroups(form, []).map(({ group }) => group)).toEqual(['content', 'decision'])
    expect(coverGroups(form, [{ field: 'number', values: ['仮-B03-0017'], by: [] }]).map(({ group }) => group)).toEqual(['content', 'decision', 'identity'])
  })

  it('takes no answer where people differ', () => {
    const cover = [{ field: 'title', values: ['甲案', '乙案'], by: [] }, { field: 'concurrence', values: [['p1', 'p2']], by: [] }]
    expect(answerOf(cover, 'title')).toBeNull()
    expect(textAnswer(cover, 'title')).toBe('')
    expect(listAnswer(cover, 'concurrence')).toEqual(['p1', 'p2'])
  })

  it('reads amounts as people type them', () => {
    expect(parseYen('１，２３０，０００円')).toBe(1_230_000)
    expect(parseYen('¥5,000')).toBe(5000)
    expect(parseYen('約5000')).toBeNull()
  })
})
