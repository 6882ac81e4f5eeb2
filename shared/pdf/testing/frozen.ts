// Freezes a printed page for tests: five steps and four spare fields in a row, people whose names the fonts have,
// have only in the fallback, and do not have. Never imported by product code.

import type { FrozenInput } from '../compose-frozen.ts'
import type { MarkBox } from '../signature-form.ts'
import type { Mark } from '../mark-appearance.ts'

export interface TestStep {
  readonly field: string
  readonly name: string
  readonly mark: Mark
}

/** U+E000 is in no font: its mark shows a boxed code. */
export const fiveSteps: readonly TestStep[] = [
  { field: 'step-1', name: '𠮷田　はなこ', mark: { position: '係長', surname: '𠮷田', date: '2026-11-21' } },
  { field: 'step-2', name: '葛\u{E0100}城　一郎', mark: { position: '建設課長', surname: '葛\u{E0100}城', date: '2026-11-24', label: '代' } },
  { field: 'step-3', name: '髙橋　三郎', mark: { position: '総務課長', surname: '髙橋', date: '2026-11-24', label: '後閲' } },
  { field: 'step-4', name: '辻\u{E000}　良子', mark: { position: '副町長', surname: '辻\u{E000}', date: '2026-11-25' } },
  { field: 'step-5', name: '佐藤　正', mark: { position: '会計管理者兼出納室長', surname: '佐藤', date: '2026-11-25' } },
]

export const nineBoxes: readonly MarkBox[] = Array.from({ length: 9 }, (_, i) => ({
  name: i < 5 ? `step-${i + 1}` : `spare-${i - 4}`,
  page: 0,
  rect: [57 + i * 53, 90, 57 + i * 53 + 48, 138],
}))

export function frozenInput(printed: Uint8Array, fonts: FrozenInput['fonts']): FrozenInput {
  return {
    printed,
    title: '町道３号線舗装修繕工事の施工について（伺い）',
    documentId: 'doc-0001',
    author: '建設課',
    createdAt: '2026-11-21T00:30:00Z',
    boxes: nineBoxes,
    markText: fiveSteps.map((step) => step.mark.position + step.mark.surname).join(''),
    fonts,
  }
}
