// The body of a document as ProseMirror JSON: which nodes there are, how the text reads, and its HTML for printing.
// Everything is escaped; nothing outside is referred to. It numbers nothing itself (outline.ts does).

import * as v from 'valibot'
import { err, ok, type Failure, type Result } from '../base/result.ts'
import { escapeHtml } from './html-text.ts'
import { numbersOf } from './outline.ts'

const mark = v.object({ type: v.picklist(['bold', 'underline']) })
const inline = v.variant('type', [
  v.object({ type: v.literal('text'), text: v.string(), marks: v.optional(v.array(mark), []) }),
  v.object({ type: v.literal('hard_break') }),
])
const inlines = v.optional(v.array(inline), [])
const cell = v.object({ type: v.literal('table_cell'), content: inlines })
const row = v.object({ type: v.literal('table_row'), content: v.array(cell) })
const block = v.variant('type', [
  v.object({ type: v.literal('paragraph'), content: inlines }),
  v.object({ type: v.literal('item'), attrs: v.object({ level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6)) }), content: inlines }),
  v.object({ type: v.literal('ki') }),
  v.object({ type: v.literal('ijo') }),
  v.object({ type: v.literal('table'), content: v.array(row) }),
  v.object({ type: v.literal('image'), attrs: v.object({ attachment: v.string(), alt: v.optional(v.string(), '') }) }),
])
const body = v.object({ type: v.literal('doc'), content: v.optional(v.array(block), []) })

/** `text` with marks, or a line break. */
export type BodyInline = v.InferOutput<typeof inline>
/** paragraph, item (level 0 第1 to 6 (a)), ki (記), ijo (以上), table, image (by attachment id). */
export type BodyBlock = v.InferOutput<typeof block>
export type Body = v.InferOutput<typeof body>

export interface NotABody extends Failure<'NotABody'> {
  readonly path: string
}

/** Checks ProseMirror JSON; nodes this version does not know are a failure, never dropped. */
export function parseBody(json: unknown): Result<Body, NotABody> {
  const parsed = v.safeParse(body, json)
  return parsed.success ? ok(parsed.output) : err({ type: 'NotABody', retry: 'never', path: v.getDotPath(parsed.issues[0]) ?? '' })
}

export interface BodyHtmlOptions {
  /** Text as HTML; by default only escaped. */
  readonly text?: (text: string) => string
  /** The picture of an attachment as a data: address; null prints its alternative text. */
  readonly image?: (attachment: string) => string | null
}

/** Semantic HTML: items of level 0 are h2, all others paragraphs with their number in a span. */
export function bodyToHtml({ content }: Body, options: BodyHtmlOptions = {}): string {
  const text = options.text ?? escapeHtml
  const numbers = numbersOf(content)
  return content.map((node, i) => blockToHtml(node, numbers[i] ?? null, text, options.image ?? (() => null))).join('\n')
}

function blockToHtml(node: BodyBlock, number: string | null, text: (text: string) => string, image: (attachment: string) => string | null): string {
  switch (node.type) {
    case 'paragraph':
      return `<p${isIndented(node.content) ? ' class="indented"' : ''}>${inlineToHtml(node.content, text)}</p>`
    case 'item': {
      const tag = node.attrs.level === 0 ? 'h2' : 'p'
      return `<${tag} class="item level-${node.attrs.level}"><span class="number">${escapeHtml(number ?? '')}</span>　${inlineToHtml(node.content, text)}</${tag}>`
    }
    case 'ki':
      return '<p class="ki">記</p>'
    case 'ijo':
      return '<p class="ijo">以上</p>'
    case 'table':
      return `<table class="body-table"><tbody>${node.content.map((line) => `<tr>${line.content.map((one) => `<td>${inlineToHtml(one.content, text)}</td>`).join('')}</tr>`).join('')}</tbody></table>`
    case 'image': {
      const source = image(node.attrs.attachment)
      if (source === null) return `<p class="no-image">${text(node.attrs.alt)}</p>`
      return `<figure><img src="${escapeHtml(source)}" alt="${escapeHtml(node.attrs.alt)}"></figure>`
    }
  }
}

/** 字下げ: a paragraph starts one character in, unless its writer already began with a space or it is empty. */
function isIndented(content: readonly BodyInline[]): boolean {
  const [first] = content
  return first?.type === 'text' && !/^\s/.test(first.text)
}

function inlineToHtml(content: readonly BodyInline[], text: (text: string) => string): string {
  return content.map((node) => {
    if (node.type === 'hard_break') return '<br>'
    return node.marks.reduce((html, { type }) => (type === 'bold' ? `<strong>${html}</strong>` : `<u>${html}</u>`), text(node.text))
  }).join('')
}

/** The text as it reads, one block a line, numbers included, cells apart by tabs: for search and for people. */
export function bodyToText({ content }: Body): string {
  const numbers = numbersOf(content)
  return content.map((node, i) => {
    switch (node.type) {
      case 'paragraph':
        return inlineText(node.content)
      case 'item':
        return `${numbers[i] ?? ''}　${inlineText(node.content)}`
      case 'ki':
        return '記'
      case 'ijo':
        return '以上'
      case 'table':
        return node.content.map((line) => line.content.map((one) => inlineText(one.content)).join('\t')).join('\n')
      case 'image':
        return node.attrs.alt
    }
  }).join('\n')
}

export function inlineText(content: readonly BodyInline[]): string {
  return content.map((node) => (node.type === 'text' ? node.text : '\n')).join('')
}
