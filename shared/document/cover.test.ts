import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { FormDefinition } from '../authority/model.ts'
import { agreedCover, checkCover, coverText, derivedCover } from './cover.ts'
import type { CoverValue, Step } from './events.ts'
import type { CoverField } from './state.ts'

const form = sampleTown.forms[0] as FormDefinition

function cover(values: Record<string, CoverValue>): Record<string, CoverField> {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { values: [value], conflict: false, by: [] }]))
}

const complete: Record<string, CoverValue> = {
  draftedOn: '2026-10-01', title: '文書管理規程の改正について（伺い）', inquiry: '改正してよろしいか伺います。', reason: '電子決裁に移るため。',
  decisionClass: 'otsu', classNode: 'A-01-02', retention: 'y5', disclosure: 'open', personalInfo: 'none',
}

const problems = (values: Record<string, CoverField>): readonly string[] => checkCover(form, values).map(({ field, problem }) => `${field} ${problem}`)

describe('the cover sheet', () => {
  it('2.9 lists what is missing with one sentence each, in the order of the form', () => {
    const found = checkCover(form, {})
    expect(found.map(({ field }) => field)).toEqual(['draftedOn', 'title', 'inquiry', 'reason', 'decisionClass', 'classNode', 'retention', 'disclosure', 'personalInfo'])
    expect(found[1]).toEqual({ field: 'title', problem: 'missing', label: { ja: '件名', en: 'Title' }, sentence: { ja: '件名を入れてください。', en: 'Enter the title.' } })
    expect(checkCover(form, cover(complete))).toEqual([])
  })

  it('2.9 white space is nothing, and an empty retention or disclosure blocks', () => {
    expect(problems(cover({ ...complete, title: ' 　\n', retention: '', disclosure: '' }))).toEqual(['title missing', 'retention missing', 'disclosure missing'])
  })

  it('2.9 values that differ block, also where nothing is required', () => {
    const conflict: CoverField = { values: ['甲案', '乙案'], conflict: true, by: [] }
    expect(problems({ ...cover(complete), title: conflict, addressee: conflict })).toEqual(['title conflict', 'addressee conflict'])
    expect(agreedCover({ ...cover(complete), title: conflict, addressee: { values: [' '], conflict: false, by: [] } })).not.toHaveProperty('title')
    expect(agreedCover(cover({ ...complete, addressee: ' ' }))).toEqual(complete)
  })

  it('2.9 values that are not what the field asks for block', () => {
    const wrong = { ...complete, draftedOn: '令和8年', decisionClass: 'tei', flags: ['urgent', 'loud'], budgetAmount: 1.5 }
    expect(problems(cover(wrong))).toEqual(['draftedOn not-a-date', 'budgetAmount not-an-amount', 'decisionClass not-a-choice', 'flags not-a-choice'])
  })

  it('2.9 reads in Japanese as officials write it', () => {
    const words = { position: (id: string) => `職:${id}`, classNode: (code: string) => `分類:${code}`, retention: (id: string) => `期間:${id}` }
    const read = (id: string, value: CoverValue | undefined): string => coverText(form.fields.find((field) => field.id === id) as (typeof form.fields)[number], value, words)
    expect([
      read('draftedOn', '2026-10-01'), read('decisionClass', 'otsu'), read('flags', ['urgent', 'precedent']), read('budgetAmount', 1234567),
      read('concurrence', ['a', 'b']), read('classNode', 'A-01'), read('retention', 'y5'), read('title', '\uFA19尾'), read('title', undefined), read('medium', 'tape'),
    ]).toEqual(['令和8年10月1日', '乙（副町長）', '至急、先例になるもの', '1,234,567円', '職:a、職:b', '分類:A-01', '期間:y5', '\uFA19尾', '', 'tape'])
  })

  it('2.9 derives what follows from other facts, for every derived field of T1', () => {
    const [person, position] = [sampleTown.people.find(({ id }) => id === 'kamio'), sampleTown.positions.find(({ id }) => id === 'general-affairs-clerk')]
    if (!person || !position) throw new Error('the sample town has changed')
    const steps: readonly Step[] = [
      { id: '1', order: 1, kind: 'line', position: 'general-affairs-chief', title: '総務係長' },
      { id: '2', order: 2, kind: 'concurrence', position: 'finance-manager', title: '財政担当課長' },
      { id: '3', order: 3, kind: 'decide', position: 'general-affairs-manager', title: '総務課長' },
    ]
    const derived = derivedCover({
      documentId: 'doc-1', provisionalNumber: '仮-B03-0017', drafter: { person, position }, sections: sampleTown.sections, positions: sampleTown.positions, steps,
      decisionClass: 'hei', ...(sampleTown.decisionTables[0] ? { table: sampleTown.decisionTables[0] } : {}), draftedOn: '2026-03-31', submittedAt: '2026-03-31T15:00:00.000Z',
      attachments: [{ name: 'あ.pdf' }, { name: 'い.jpg' }], retention: { start: '2027-04-01', end: '2032-03-31', disposition: '廃棄' },
    })
    expect(derived).toMatchObject({
      drafter: '総務課主査　\uFA19尾　翔太', section: '総務課', sectionManager: '総務課長', fiscalYear: '令和7年度', routedOn: '令和8年4月1日', decidedOn: '',
      line: '総務係長 → 総務課長', attachments: 'あ.pdf、い.jpg', delegationBasis: '雪守町事務決裁規程第6条（課長・室長専決）', retentionEnd: '令和14年3月31日',
    })
    expect(form.fields.filter(({ kind }) => kind === 'derived').every(({ id }) => Object.hasOwn(derived, id))).toBe(true)
  })
})
