// Words of the printed sheet that are not data. The sheet is an official document of a Japanese town: it is printed in Japanese
// whatever language the screens speak.

import type { PrintLabels } from '@shared/document/print-form.ts'

export const printLabels: PrintLabels = {
  sheet: '起案用紙',
  decision: '決裁欄',
  steps: { line: '回議', concurrence: '合議', decide: '決裁' },
  spare: '予備',
  groups: { identity: '文書', dates: '日付', who: '起案者', content: '内容', decision: '決裁', outgoing: '施行', filing: '保存', access: '公開' },
  attachments: '添付',
  attachmentColumns: { number: '番号', name: '名称', size: '大きさ', sha256: 'SHA-256' },
  bytes: 'バイト',
}

/** Behind a decision class that flags of the cover sheet raised. */
export function raisedRemark(chosen: string, flags: readonly string[]): string {
  return `「${flags.join('、')}」のため${chosen}から引上げ`
}

/** Stands above everything on a copy that goes out of a practice workspace. */
export const outgoingPractice = '練習用の文書です。公文書ではありません。'

/** Stands in grey on every page of a practice workspace. */
export const practiceWatermark = '練習'
