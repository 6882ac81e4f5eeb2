import { describe, expect, it } from 'vitest'
import type { ActView, DocumentView, StepView } from '../../services/view-models.ts'
import { createText } from '../../text/translate.ts'
import { familyName, markName, offeredActs, reachedWords, refusedActs, stampDate } from './deciding-model.ts'

const act = (name: ActView['act'], allowed: boolean, step: string | null = null): ActView => ({ act: name, allowed, reasons: allowed ? [] : [{ code: 'step-not-open', facts: {} }], positions: [], step })
const withActs = (...acts: readonly ActView[]) => ({ acts }) as unknown as DocumentView
const step: StepView = { id: 's1', kind: 'decide', positionTitle: '総務課長', holderName: '佐藤 花子', status: 'approved', actedAt: '2026-03-31T15:00:00.000Z', confirmedAt: null, actedByName: '佐藤 花子', actedAsTitle: null, postReview: null, away: null, comment: null, markPending: false, receipt: null }

describe('the document screen', () => {
  it('offers what is allowed, approve first, once for each open step', () => {
    const view = withActs(act('export', true), act('approve', true, 's1'), act('approve', true, 's3'), act('return', true, 's1'), act('submit', true))
    expect(offeredActs(view).map((one) => `${one.act} ${one.step}`)).toEqual(['approve s1', 'approve s3', 'return s1', 'export null'])
  })

  it('says why an act cannot be done', () => {
    expect(refusedActs(withActs(act('file', false), act('abandon', false))).map((one) => one.act)).toEqual(['file'])
  })

  it('2.15 names a mark for screen readers', () => {
    expect(markName(createText('ja'), step)).toBe('決裁印 総務課長 佐藤 2026年4月1日')
  })

  it('2.11 writes the date of a mark as a date stamp does', () => {
    expect(stampDate('2026-03-31T15:00:00.000Z')).toBe('8. 4. 1')
  })

  it('takes the family name and leaves its code points alone', () => {
    expect(familyName('\u{20bb7}田 恵子')).toBe('\u{20bb7}田')
    expect(familyName('葛\u{e0100}城\u3000さくら')).toBe('葛\u{e0100}城')
  })

  it('3.11 says whose machines have what was done here, and nothing that is not known', () => {
    const machines = [{ device: 'a', people: ['鈴木', '佐藤'] }, { device: 'b', people: ['佐藤'] }]
    const said = (devices: readonly string[] | null, unsent: number | null = 0, known = machines) => reachedWords(createText('ja'), { devices, unsent, machines: known })
    expect(said(['a', 'b', 'gone'])).toBe('あなたの操作が届いた端末：鈴木さん・佐藤さん')
    expect(said(['b'], 3)).toBe('あなたの操作が届いた端末：佐藤さん')
    expect(said([])).toContain('まだわかりません')
    for (const nothing of [said(null), said([], 2), said([], null), said(['a'], 0, [])]) expect(nothing).toBeNull()
  })
})
