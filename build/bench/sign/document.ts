// The document that is printed in the bench: a real 起案用紙 of the sample town with a body of headings, paragraphs and a table,
// a little different each time.

import type { Body, BodyBlock } from '@shared/document/body.ts'
import { printForm } from '@shared/document/print-form.ts'
import type { Step } from '@shared/document/events.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { printLabels } from '../../../renderer/text/print.ts'

export const fontFiles = ['BIZUDMincho_400Regular.ttf', 'BIZUDPGothic_400Regular.ttf', 'BIZUDPGothic_700Bold.ttf', 'NotoSansJP_400Regular.ttf', 'NotoSansJP_700Bold.ttf'] as const
export const markFonts = { primary: 'BIZUDGothic_400Regular.ttf', fallback: 'NotoSansJP_400Regular.ttf' } as const

export const steps: readonly Step[] = [
  { id: '1', order: 1, kind: 'line', position: 'general-affairs-chief', title: '総務係長' },
  { id: '2', order: 2, kind: 'concurrence', position: 'finance-manager', title: '財政課長' },
  { id: '3', order: 3, kind: 'decide', position: 'general-affairs-manager', title: '総務課長' },
]

/** Every surname and title of the town: whoever may ever sign. */
export const markText = [...sampleTown.people.map(({ familyName }) => familyName), ...sampleTown.positions.map(({ title }) => title)].join('')

export function titleOf(n: number): string {
  return `令和8年度第${n}回庁舎管理委員会の開催について（伺い）`
}

/** The whole document as HTML; `fontUrl` says where a font file is. */
export function documentHtml(n: number, fontUrl: (file: string) => string): string {
  const form = sampleTown.forms[0]
  if (!form) throw new Error('the sample town has a form')
  const [mincho, gothic, gothicBold, noto, notoBold] = fontFiles
  const face = (family: string, file: string, weight: 'normal' | 'bold') => ({ family, url: fontUrl(file), weight })
  return printForm({
    labels: printLabels,
    townName: sampleTown.town.name,
    title: titleOf(n),
    form,
    cover: { draftedOn: '2026-10-01', inquiry: '次のとおり開催してよろしいか伺います。', decisionClass: 'otsu', budgetAmount: 1_000 * n, reason: '庁舎の維持管理に関する事項を審議するため。' },
    derived: { documentId: `doc-${n}`, drafter: '総務課主事　神尾　翔太' },
    words: { position: (id) => id, classNode: (code) => code, retention: (id) => id },
    steps,
    body: bodyOf(n),
    attachments: [{ name: `委員名簿_${n}.xlsx`, size: 23_456 + n, sha256: 'ab'.repeat(32) }],
    image: () => null,
    fonts: {
      text: ['BIZ UDMincho', 'Noto Sans JP'],
      heading: ['BIZ UDPGothic', 'Noto Sans JP'],
      faces: [face('BIZ UDMincho', mincho, 'normal'), face('BIZ UDPGothic', gothic, 'normal'), face('BIZ UDPGothic', gothicBold, 'bold'), face('Noto Sans JP', noto, 'normal'), face('Noto Sans JP', notoBold, 'bold')],
    },
    settingOf: () => 'plain',
  })
}

function bodyOf(n: number): Body {
  const text = (value: string) => [{ type: 'text' as const, text: value, marks: [] }]
  const item = (level: number, value: string): BodyBlock => ({ type: 'item', attrs: { level }, content: text(value) })
  const cells = (values: readonly string[]) => ({ type: 'table_row' as const, content: values.map((value) => ({ type: 'table_cell' as const, content: text(value) })) })
  const reasons = Array.from({ length: 8 }, (_, i) => `議題${i + 1}については、前回の委員会（第${n}回）における議論を踏まえ、施設の現況、修繕の見込み及び所要の経費を示して審議を求めるものです。`)
  return {
    type: 'doc',
    content: [
      item(0, '開催の趣旨'),
      ...reasons.map((reason) => item(1, reason)),
      item(0, '日程'),
      { type: 'table', content: [cells(['日', '場所', '議題']), ...Array.from({ length: 6 }, (_, i) => cells([`令和8年11月${i + 1}日`, '第二会議室', `議題${i + 1}`]))] },
      { type: 'ki' },
      { type: 'paragraph', content: text('委員の出席を求めること。') },
      { type: 'ijo' },
    ],
  }
}
