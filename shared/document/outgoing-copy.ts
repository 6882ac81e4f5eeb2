// 施行文: the copy that goes out, as one HTML document for printing on A4. It alone bears the official number; the decided pages stay
// as they were signed. Number and date at the top right, addressee, sender, title, text (domain: 施行).

import { formatWareki } from '../base/wareki.ts'
import type { CivilDate } from '../base/civil-date.ts'
import { escapeHtml, textToHtml, type Setting } from './html-text.ts'
import { printStyle, type PrintFonts } from './print-style.ts'

export interface OutgoingCopyInput {
  /** As it is written, e.g. 8雪総第12号. */
  readonly number: string
  /** The day it goes out. */
  readonly date: CivilDate
  readonly addressee: string
  /** Title and name of who sends it (`senderLine`). */
  readonly sender: string
  readonly title: string
  /** 施行文案, as it was decided. */
  readonly text: string
  /** What stands above everything in a practice workspace; null in a real one. */
  readonly practice: string | null
}

export interface OutgoingCopyLook {
  readonly fonts: PrintFonts
  readonly settingOf: (cluster: string) => Setting
}

const style = `
.reference{text-align:right}
.addressee{margin:8mm 0 6mm}
.sender{text-align:right;margin-bottom:10mm}
.practice{text-align:center;border:.25mm solid #000;margin-bottom:4mm}
.words{white-space:pre-wrap;margin-top:8mm}`

export function outgoingCopy({ number, date, addressee, sender, title, text: words, practice }: OutgoingCopyInput, { fonts, settingOf }: OutgoingCopyLook): string {
  const text = textToHtml(settingOf)
  const line = (name: string, value: string): string => (value === '' ? '' : `<p class="${name}">${text(value)}</p>`)
  return [
    '<!doctype html>',
    '<html lang="ja">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${printStyle(fonts)}${style}</style></head>`,
    '<body>',
    line('practice', practice ?? ''),
    line('reference', number),
    line('reference', formatWareki(date)),
    line('addressee', addressee),
    line('sender', sender),
    `<h1>${text(title)}</h1>`,
    line('words', words),
    '</body></html>',
  ].join('\n')
}
