// 起案用紙 as one HTML document for printing on A4: decision boxes and cover sheet, the body, the list of attachments.
// It refers to nothing outside but the fonts it is given, has no script, opacity or shadow (PDF/A), and cuts nothing.
// Every element with `data-field` is the place of a mark and lies on the first page.

import type { FormDefinition, FormField } from '../authority/model.ts'
import { bodyToHtml, type Body } from './body.ts'
import { coverText, groupDigits, type CoverWords } from './cover.ts'
import type { Attachment, CoverValue, Step } from './events.ts'
import { escapeHtml, textToHtml, type Setting } from './html-text.ts'
import { printStyle, type PrintFonts } from './print-style.ts'

/** All words of the sheet that are not data: from the catalogue. */
export interface PrintLabels {
  /** e.g. 起案用紙 */
  readonly sheet: string
  /** Header of the boxes: 決裁欄 */
  readonly decision: string
  /** What each kind of step is called: 回議, 合議, 決裁 */
  readonly steps: Readonly<Record<Step['kind'], string>>
  /** Header of the empty boxes: 予備 */
  readonly spare: string
  readonly groups: Readonly<Record<FormField['group'], string>>
  readonly attachments: string
  readonly attachmentColumns: { readonly number: string; readonly name: string; readonly size: string; readonly sha256: string }
  /** Unit of sizes: バイト */
  readonly bytes: string
}

export interface PrintFormInput {
  readonly labels: PrintLabels
  readonly townName: string
  readonly title: string
  readonly form: FormDefinition
  /** The frozen values. */
  readonly cover: Readonly<Record<string, CoverValue>>
  /** Text of the derived fields, by field id. */
  readonly derived: Readonly<Record<string, string>>
  /** What is said in brackets behind a field's value, by field id. */
  readonly remarks?: Readonly<Record<string, string>>
  readonly words: CoverWords
  readonly steps: readonly Step[]
  readonly body: Body
  readonly attachments: readonly Pick<Attachment, 'name' | 'size' | 'sha256'>[]
  /** data: address of a picture without transparency, by attachment id; null where there is none. */
  readonly image: (attachment: string) => string | null
  readonly fonts: PrintFonts
  /** With its variation selector. */
  readonly settingOf: (cluster: string) => Setting
}

/** The spare signature fields that every frozen PDF has beside those of its steps. */
export const spareFields: readonly string[] = ['spare-1', 'spare-2', 'spare-3', 'spare-4']

/** The name of the signature field and of the box of a step. */
export function markFieldOf(step: Pick<Step, 'id'>): string {
  return `step-${step.id}`
}

const boxesInRow = 8

export function printForm(input: PrintFormInput): string {
  const text = textToHtml(input.settingOf)
  const body = bodyToHtml(input.body, { text, image: input.image })
  const hasBody = input.body.content.some((block) => !('content' in block) || block.content.length > 0)
  return [
    '<!doctype html>',
    '<html lang="ja">',
    `<head><meta charset="utf-8"><title>${escapeHtml(input.title)}</title><style>${printStyle(input.fonts)}</style></head>`,
    '<body>',
    `<header><p class="town">${text(input.townName)}</p><p class="sheet">${text(input.labels.sheet)}</p></header>`,
    decisionBoxes(input.steps, input.labels, text),
    `<h1>${text(input.title)}</h1>`,
    coverTable(input, text),
    hasBody ? `<main>${body}</main>` : '',
    attachmentList(input, text),
    '</body></html>',
  ].join('\n')
}

/** Rows of at most eight boxes; the spare ones come last, so that what is signed later has its place already. */
function decisionBoxes(steps: readonly Step[], labels: PrintLabels, text: (text: string) => string): string {
  const ordered = steps.toSorted((a, b) => a.order - b.order)
  const boxes = [
    ...ordered.map((step) => ({ field: markFieldOf(step), head: text(labels.steps[step.kind]), title: text(step.title) })),
    ...spareFields.map((field) => ({ field, head: text(labels.spare), title: '' })),
  ]
  const rows = Array.from({ length: Math.ceil(boxes.length / boxesInRow) }, (_, i) => boxes.slice(i * boxesInRow, (i + 1) * boxesInRow))
  const cells = (row: typeof boxes, cell: (box: (typeof boxes)[number]) => string): string => row.map(cell).join('') + '<td class="none"></td>'.repeat(boxesInRow - row.length)
  const body = rows.map((row) =>
    `<tr class="heads">${cells(row, ({ head, title }) => `<th scope="col"><span class="kind">${head}</span>${title === '' ? '' : `<br>${title}`}</th>`)}</tr>` +
    `<tr class="marks">${cells(row, ({ field }) => `<td><div class="mark-box" data-field="${escapeHtml(field)}"></div></td>`)}</tr>`)
  return `<table class="decision"><caption>${text(labels.decision)}</caption><tbody>${body.join('')}</tbody></table>`
}

/** Short fields two in a row, long ones over the whole width; empty ones that are not required are left out. */
function coverTable({ form, cover, derived, remarks = {}, words, labels }: PrintFormInput, text: (text: string) => string): string {
  const groups = [...new Set(form.fields.map((field) => field.group))]
  const bodies = groups.map((group) => {
    const cells = form.fields
      .filter((field) => field.group === group && field.printed && field.id !== 'title')
      .map((field) => ({ field, value: field.kind === 'derived' ? (derived[field.id] ?? '') : coverText(field, cover[field.id], words) }))
      .filter(({ field, value }) => value !== '' || field.required)
      .map(({ field, value }) => ({ field, value: remarks[field.id] === undefined ? value : `${value}（${remarks[field.id]}）` }))
    if (cells.length === 0) return ''
    return `<tbody><tr class="group"><th colspan="4" scope="rowgroup">${text(labels.groups[group])}</th></tr>${coverRows(cells, text)}</tbody>`
  })
  return `<table class="cover"><colgroup><col class="label"><col><col class="label"><col></colgroup>${bodies.join('')}</table>`
}

function coverRows(cells: readonly { readonly field: FormField; readonly value: string }[], text: (text: string) => string): string {
  const rows: string[] = []
  let half: { readonly head: string; readonly value: string } | null = null
  const close = (): void => {
    if (half) rows.push(`<tr>${half.head}<td colspan="3">${half.value}</td></tr>`)
    half = null
  }
  for (const { field, value } of cells) {
    const head = `<th scope="row">${text(field.label)}</th>`
    if (isWide(field, value)) {
      close()
      rows.push(`<tr>${head}<td colspan="3" class="${field.kind === 'longtext' ? 'long' : 'wide'}">${text(value)}</td></tr>`)
    } else if (half) {
      rows.push(`<tr>${half.head}<td>${half.value}</td>${head}<td>${text(value)}</td></tr>`)
      half = null
    } else half = { head, value: text(value) }
  }
  close()
  return rows.join('')
}

function isWide(field: FormField, value: string): boolean {
  return field.kind === 'longtext' || value.length > 17 || value.includes('\n')
}

function attachmentList({ attachments, labels }: PrintFormInput, text: (text: string) => string): string {
  if (attachments.length === 0) return ''
  const { number, name, size, sha256 } = labels.attachmentColumns
  const rows = attachments.map((file, i) =>
    `<tr><td class="n">${i + 1}</td><td>${text(file.name)}</td><td class="n">${groupDigits(file.size)} ${text(labels.bytes)}</td><td class="hash">${escapeHtml(file.sha256)}</td></tr>`)
  return `<section class="attachments"><h2>${text(labels.attachments)}</h2><table><thead><tr>${[number, name, size, sha256].map((label) => `<th scope="col">${text(label)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></section>`
}
