// Looks for words in every byte under a folder: as UTF-8 and as UTF-16 in both byte orders, whole or in part, since a compressed block
// may hold a word in pieces. Follows no link and leaves nothing out.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface Trace {
  /** Which of the words. */
  readonly what: string
  /** Relative to the folder. */
  readonly path: string
}

export interface Looked {
  /** Everything that was read, relative to the folder. */
  readonly files: readonly string[]
  readonly found: readonly Trace[]
}

/** Names of files and folders are looked at as well as contents. */
export function findTraces(folder: string, words: Readonly<Record<string, string>>): Looked {
  const needles = Object.entries(words).map(([what, word]) => ({ what, pieces: piecesOf(word).flatMap(encodings) }))
  const found: Trace[] = []
  const paths = under(folder)
  for (const path of paths) {
    const bytes = Buffer.concat([Buffer.from(relative(folder, path)), Buffer.from([0]), lstatSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0)])
    for (const { what, pieces } of needles) if (pieces.some((piece) => bytes.includes(piece))) found.push({ what, path: relative(folder, path) })
  }
  return { files: paths.map((path) => `/${relative(folder, path)}`), found }
}

/** Every run of four letters (twelve octets of UTF-8), or of eight where a letter is one octet. */
function piecesOf(word: string): readonly string[] {
  const letters = [...word]
  const length = Buffer.byteLength(word) === letters.length ? 8 : 4
  return Array.from({ length: Math.max(1, letters.length - length + 1) }, (_, at) => letters.slice(at, at + length).join(''))
}

function encodings(piece: string): readonly Buffer[] {
  const little = Buffer.from(piece, 'utf16le')
  return [Buffer.from(piece), little, Buffer.from(little).swap16()]
}

function under(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? under(path) : [path]
  })
}
