// The documents every contender gets: the same bytes for the same number, whoever asks. Words that look like an office's, or bytes
// that no program can make smaller, as in a scanned PDF.

import { createCipheriv } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Corpus = 'text' | 'pdf'

/** Bytes of one document. */
export const documentBytes: Readonly<Record<Corpus, number>> = { text: 2048, pdf: 40_000 }

const perFolder = 100
/** Characters of the rarer words, as many as a newspaper uses, so that the text packs about as well as real text does. */
const rare = { from: 0x4e00, count: 2000 }
const words = ['庁舎', '修繕', '委員会', '予算', '起案', '決裁', '別添', '資料', '町民', '施設', '管理', '開催', '伺い', '見込み', '所要', '経費', '令和', '年度', '第', '回', 'について', 'のとおり', 'を踏まえ', 'ものとする。', 'に関する', 'および', '、', '。\n']

export function documentOf(corpus: Corpus, n: number): Uint8Array {
  return corpus === 'pdf' ? pages(n) : Buffer.from(text(n))
}

function pages(n: number): Uint8Array {
  const key = Buffer.alloc(16, 'fumibako')
  const start = Buffer.alloc(16)
  start.writeUInt32BE(n)
  const noise = createCipheriv('aes-128-ctr', key, start).update(Buffer.alloc(documentBytes.pdf - 9))
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), noise])
}

function text(n: number): string {
  let state = (n * 0x9e3779b1) >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 8
  }
  let out = `第${n}号 `
  let size = Buffer.byteLength(out)
  for (;;) {
    const isRare = next() % 2 === 0
    const kanji = (): string => String.fromCodePoint(rare.from + (next() % rare.count))
    const word = isRare ? kanji() + kanji() : (words[next() % words.length] ?? '')
    const length = Buffer.byteLength(word)
    if (size + length > documentBytes.text) return out + ' '.repeat(documentBytes.text - size)
    out += word
    size += length
  }
}

/** As files for programs that know nothing else, a hundred to a folder. Gives the path of the first. */
export function writeCorpus(folder: string, corpus: Corpus, documents: number, ending: string): string {
  const pathOf = (n: number): string => join(folder, `d${String(Math.floor((n - 1) / perFolder)).padStart(4, '0')}`, `doc-${String(n).padStart(6, '0')}.${ending}`)
  for (let n = 1; n <= documents; n++) {
    if ((n - 1) % perFolder === 0) mkdirSync(join(pathOf(n), '..'), { recursive: true })
    writeFileSync(pathOf(n), documentOf(corpus, n))
  }
  return pathOf(1)
}
