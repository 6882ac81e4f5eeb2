import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { FormDefinition } from '../authority/model.ts'
import vectors from '../filing/vectors/domain-vectors.json' with { type: 'json' }
import type { Body } from './body.ts'
import { printForm, type PrintFormInput } from './print-form.ts'

const body: Body = {
  type: 'doc',
  content: [
    { type: 'item', attrs: { level: 0 }, content: [{ type: 'text', text: '改正の趣旨', marks: [] }] },
    { type: 'paragraph', content: [{ type: 'text', text: '電子決裁に移るため、次のとおり改めます。', marks: [] }] },
    { type: 'ki' },
    { type: 'ijo' },
  ],
}

function input(change: Partial<PrintFormInput> = {}): PrintFormInput {
  return {
    labels: {
      sheet: '起案用紙', decision: '決裁欄', steps: { line: '回議', concurrence: '合議', decide: '決裁' }, spare: '予備',
      groups: { identity: '文書', dates: '日付', who: '起案者', content: '内容', decision: '決裁', outgoing: '施行', filing: '保存', access: '公開' },
      attachments: '添付', attachmentColumns: { number: '番号', name: '名称', size: '大きさ', sha256: 'SHA-256' }, bytes: 'バイト',
    },
    townName: '雪守町', title: '文書管理規程の改正について（伺い）', form: sampleTown.forms[0] as FormDefinition,
    cover: { draftedOn: '2026-10-01', inquiry: '改正して\nよろしいか伺います。', decisionClass: 'otsu', budgetAmount: 1000 },
    derived: { documentId: 'doc-1', drafter: '総務課主査　\uFA19尾　翔太' },
    words: { position: (id) => id, classNode: (code) => code, retention: (id) => id },
    steps: [
      { id: '2', order: 2, kind: 'decide', position: 'p2', title: '総務課長' },
      { id: '1', order: 1, kind: 'line', position: 'p1', title: '総務係長' },
    ],
    body, attachments: [{ name: '要綱<案>.docx', size: 12345, sha256: 'ab'.repeat(32) }], image: () => null,
    fonts: { text: ['BIZ UDMincho', 'Noto Sans JP'], heading: ['BIZ UDPGothic', 'Noto Sans JP'], faces: [{ family: 'BIZ UDMincho', url: 'app://print/fonts/a.ttf', weight: 'normal' }] },
    settingOf: () => 'plain', ...change,
  }
}

const fieldsIn = (html: string): readonly string[] => [...html.matchAll(/data-field="([^"]+)"/g)].map((match) => match[1] ?? '')

describe('the printed form', () => {
  it('2.11 has a box for every step in order and four spare ones', () => {
    expect(fieldsIn(printForm(input()))).toEqual(['step-1', 'step-2', 'spare-1', 'spare-2', 'spare-3', 'spare-4'])
    const many = Array.from({ length: 9 }, (_, i) => ({ id: String(i + 1), order: i + 1, kind: 'line' as const, position: 'p', title: `職${i + 1}` }))
    const html = printForm(input({ steps: many }))
    expect(fieldsIn(html)).toHaveLength(13)
    expect(html.match(/<tr class="marks">/g)).toHaveLength(2)
  })

  it('2.11 is one Japanese document with headings and nothing that PDF/A forbids or that lies outside', () => {
    const html = printForm(input())
    expect(html.startsWith('<!doctype html>\n<html lang="ja">')).toBe(true)
    expect(html).toContain('<h1>文書管理規程の改正について（伺い）</h1>')
    expect(html).toContain('<h2 class="item level-0"><span class="number">第1</span>　改正の趣旨</h2>')
    expect(html).toContain('line-break:strict')
    expect(html).not.toMatch(/<script|opacity|shadow|https?:|filter:/)
    expect([...html.matchAll(/url\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['app://print/fonts/a.ttf'])
  })

  it('2.10 D-01 says in brackets behind a value why it stands there', () => {
    expect(printForm(input({ remarks: { decisionClass: '<先例>のため' } }))).toContain('<th scope="row">決裁区分</th><td colspan="3">乙（副町長）（&lt;先例&gt;のため）</td>')
  })

  it('2.9 prints what is filled in or required, long texts over the whole width, everything escaped', () => {
    const html = printForm(input())
    expect(html).toContain('<th scope="row">起案年月日</th><td colspan="3">令和8年10月1日</td>')
    expect(html).toContain('<td colspan="3" class="long">改正して<br>よろしいか伺います。</td>')
    expect(html).toContain('<th scope="row">保存期間</th><td></td>')
    expect(html).not.toContain('内線')
    expect(html).toContain('要綱&lt;案&gt;.docx')
    expect(html).toContain('12,345 バイト')
    expect(printForm(input({ attachments: [], body: { type: 'doc', content: [{ type: 'paragraph', content: [] }] } }))).not.toMatch(/<main|attachments"/)
  })

  it('2.9 every name of the vectors is printed code point for code point, or as a boxed code', () => {
    const names = vectors.names.map(({ s }) => s)
    const html = printForm(input({ title: names.join('・') }))
    for (const name of names) expect(html).toContain(name)
    const none = printForm(input({ title: names.join('・'), settingOf: (cluster) => (cluster === '\u{20BB7}' ? 'boxed' : 'plain') }))
    expect(none).toContain('<span class="boxed-code">20BB7</span>田')
    expect(none).toContain(`<title>${names.join('・')}</title>`)
  })

  it('2.11 a font family cannot end the style sheet', () => {
    const html = printForm(input({ fonts: { text: ['x"}</style><b>'], heading: [], faces: [] } }))
    expect(html.match(/<\/style>/g)).toHaveLength(1)
  })
})
