import { describe, expect, it } from 'vitest'
import { outgoingCopy } from './outgoing-copy.ts'

const look = { fonts: { text: ['BIZ UDMincho'], heading: ['BIZ UDPGothic'], faces: [] }, settingOf: () => 'plain' as const }
const input = { number: '8雪総第12号', date: '2026-11-28', addressee: '除雪業者 各位', sender: '雪守町長　髙橋　修一', title: '除雪について（依頼）', text: '次のとおり<依頼>します。\n記', practice: null }

describe('the copy that goes out', () => {
  it('3.10 bears the official number and its date above addressee, sender, title and text, and escapes what was typed', () => {
    const html = outgoingCopy(input, look)
    const order = ['8雪総第12号', '令和8年11月28日', '除雪業者 各位', '雪守町長', '<h1>除雪について（依頼）</h1>', '次のとおり&lt;依頼&gt;します。']
    const places = order.map((words) => html.indexOf(words, html.indexOf('<body>')))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places.toSorted((a, b) => a - b)).toEqual(places)
    expect(html).not.toContain('class="practice"')
  })

  it('3.10 says practice where it is one', () => {
    expect(outgoingCopy({ ...input, practice: '練習用です' }, look)).toContain('<p class="practice">練習用です</p>')
  })
})
