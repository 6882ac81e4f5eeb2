import { describe, expect, it } from 'vitest'
import { bodyToHtml, bodyToText, parseBody, type Body } from './body.ts'
import { textToHtml } from './html-text.ts'
import { itemNumber, numbersOf, outlineOf } from './outline.ts'

const item = (level: number, text = 'x') => ({ type: 'item', attrs: { level }, content: [{ type: 'text', text }] })
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })

function body(...content: readonly unknown[]): Body {
  const parsed = parseBody({ type: 'doc', content })
  if (!parsed.ok) throw new Error(parsed.error.path)
  return parsed.value
}

describe('official numbering', () => {
  it('2.9 runs 第1, 1, (1), ア, (ア), a, (a)', () => {
    expect(numbersOf([0, 1, 2, 3, 4, 5, 6].map((level) => item(level)))).toEqual(['第1', '1', '(1)', 'ア', '(ア)', 'a', '(a)'])
  })

  it('2.9 a higher item ends the counts below it, and 記 begins anew', () => {
    const blocks = [item(1), item(2), item(2), item(1), item(2), paragraph('文'), item(2), { type: 'ki' }, item(1), item(3), item(1), item(3)]
    expect(numbersOf(blocks)).toEqual(['1', '(1)', '(2)', '2', '(1)', null, '(2)', null, '1', 'ア', '2', 'ア'])
    expect(outlineOf([paragraph('文'), item(0), item(1)])).toEqual([{ block: 1, level: 0, number: '第1' }, { block: 2, level: 1, number: '1' }])
  })

  it('2.9 goes on after ン and z', () => {
    expect([1, 5, 46, 47, 48, 93].map((count) => itemNumber(3, count))).toEqual(['ア', 'オ', 'ン', 'アア', 'アイ', 'イア'])
    expect([26, 27].map((count) => itemNumber(6, count))).toEqual(['(z)', '(aa)'])
  })
})

describe('the body', () => {
  it('2.9 becomes semantic, escaped HTML', () => {
    const html = bodyToHtml(body(
      item(0, '趣旨'), paragraph('改正 <b>&"\'する。'), { type: 'paragraph', content: [{ type: 'text', text: '太', marks: [{ type: 'bold' }] }, { type: 'hard_break' }, { type: 'text', text: '線', marks: [{ type: 'underline' }, { type: 'bold' }] }] },
      { type: 'paragraph' }, { type: 'ki' }, item(1, '期日'), { type: 'table', content: [{ type: 'table_row', content: [{ type: 'table_cell', content: [{ type: 'text', text: '表' }] }, { type: 'table_cell' }] }] },
      { type: 'image', attrs: { attachment: 'a1', alt: '現場' } }, { type: 'image', attrs: { attachment: 'a2', alt: '図' } }, { type: 'ijo' },
    ), { image: (id) => (id === 'a1' ? 'data:image/jpeg;base64,AA' : null) })
    expect(html.split('\n')).toEqual([
      '<h2 class="item level-0"><span class="number">第1</span>　趣旨</h2>',
      '<p class="indented">改正 &lt;b&gt;&amp;&quot;&#39;する。</p>',
      '<p class="indented"><strong>太</strong><br><strong><u>線</u></strong></p>',
      '<p></p>',
      '<p class="ki">記</p>',
      '<p class="item level-1"><span class="number">1</span>　期日</p>',
      '<table class="body-table"><tbody><tr><td>表</td><td></td></tr></tbody></table>',
      '<figure><img src="data:image/jpeg;base64,AA" alt="現場"></figure>',
      '<p class="no-image">図</p>',
      '<p class="ijo">以上</p>',
    ])
  })

  it('2.9 reads as text with its numbers', () => {
    const table = { type: 'table', content: [{ type: 'table_row', content: [{ type: 'table_cell', content: [{ type: 'text', text: 'あ' }] }, { type: 'table_cell', content: [{ type: 'text', text: 'い' }] }] }] }
    expect(bodyToText(body(paragraph('標記について'), { type: 'ki' }, item(1, '期日'), item(2, '場所'), table, { type: 'ijo' }))).toBe('標記について\n記\n1　期日\n(1)　場所\nあ\tい\n以上')
  })

  it('2.9 unknown nodes, levels and marks are a failure with their place', () => {
    expect(parseBody({ type: 'doc' })).toEqual({ ok: true, value: { type: 'doc', content: [] } })
    expect(parseBody({ type: 'doc', content: [{ type: 'script' }] })).toMatchObject({ ok: false, error: { path: 'content.0.type' } })
    expect(parseBody({ type: 'doc', content: [item(7)] })).toMatchObject({ ok: false, error: { type: 'NotABody', path: 'content.0.attrs.level' } })
    expect(parseBody('text').ok).toBe(false)
  })

  it('2.9 a character without a glyph becomes a boxed code, whole with its selector', () => {
    const text = textToHtml((cluster) => (['\u{2363A}', '葛\u{E0100}'].includes(cluster) ? 'boxed' : 'plain'))
    expect(text('\u{2363A}本 葛\u{E0100}城\n葛城<')).toBe('<span class="boxed-code">2363A</span>本 <span class="boxed-code">845B+E0100</span>城<br>葛城&lt;')
    const named = textToHtml((cluster) => (cluster === '葛\u{E0101}' ? { family: 'BIZ "UDMincho\'' } : 'plain'))
    expect(named('葛\u{E0101}飾')).toBe('<span style="font-family:&#39;BIZ UDMincho&#39;">葛\u{E0101}</span>飾')
    expect(text('\u0000')).toBe('\uFFFD')
  })
})
