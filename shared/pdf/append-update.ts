// Appends one incremental update (ISO 32000-1 7.5.6): the bytes before stay as they are, to the last one (PF-1).
// The section it writes is of the kind the file already uses. It decides nothing about what is changed.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import type { PdfFile } from './pdf-file.ts'
import { entry, numberValue, printObject, type PdfObject } from './pdf-object.ts'

/** A new or replaced object. `body` is everything between `obj` and `endobj`. */
export interface UpdatedObject {
  readonly number: number
  readonly generation: number
  readonly body: Uint8Array
}

export interface AppendedUpdate {
  readonly bytes: Uint8Array
  /** Offset of each body in `bytes`, by object number. */
  readonly bodyOffsets: ReadonlyMap<number, number>
}

/** The first object number that is free in the file. */
export function nextObjectNumber(file: PdfFile): number {
  return file.sections.reduce((next, section) => [...section.entries.keys()].reduce((n, listed) => Math.max(n, listed + 1), next), numberValue(entry(file.trailer, 'Size')) ?? 1)
}

export function objectBody(object: Exclude<PdfObject, { kind: 'stream' }>): Uint8Array {
  return utf8ToBytes(printObject(object))
}

/** A stream stored as it is, without filter. */
export function streamBody(entries: Readonly<Record<string, Exclude<PdfObject, { kind: 'stream' }>>>, data: Uint8Array): Uint8Array {
  const dictionary = printObject({ kind: 'dictionary', entries: new Map([...Object.entries(entries), ['Length', { kind: 'number', value: data.length, text: String(data.length) }]]) })
  return concatBytes(utf8ToBytes(`${dictionary}\nstream\n`), data, utf8ToBytes('\nendstream'))
}

export function appendUpdate(file: PdfFile, objects: readonly UpdatedObject[]): AppendedUpdate {
  const last = file.bytes.at(-1)
  const parts: Uint8Array[] = last === 0x0a || last === 0x0d ? [file.bytes] : [file.bytes, utf8ToBytes('\n')]
  let length = parts.reduce((sum, part) => sum + part.length, 0)
  const push = (part: Uint8Array): void => {
    parts.push(part)
    length += part.length
  }
  const offsets = new Map<number, number>()
  const bodyOffsets = new Map<number, number>()
  const ordered = [...objects].sort((a, b) => a.number - b.number)
  for (const object of ordered) {
    offsets.set(object.number, length)
    push(utf8ToBytes(`${object.number} ${object.generation} obj\n`))
    bodyOffsets.set(object.number, length)
    push(object.body)
    push(utf8ToBytes('\nendobj\n'))
  }
  const identity = bytesToHex(sha256(concatBytes(...objects.map((object) => object.body))).slice(0, 16))
  if (file.sections[0]?.kind === 'stream') push(streamSection(file, ordered, offsets, length, identity))
  else push(tableSection(file, ordered, offsets, length, identity))
  return { bytes: concatBytes(...parts), bodyOffsets }
}

type Offsets = ReadonlyMap<number, number>

function tableSection(file: PdfFile, objects: readonly UpdatedObject[], offsets: Offsets, start: number, identity: string): Uint8Array {
  const size = Math.max(nextObjectNumber(file), ...objects.map((object) => object.number + 1))
  const lines = ['xref']
  for (const run of runs(objects)) {
    lines.push(`${run[0]?.number} ${run.length}`)
    for (const object of run) lines.push(`${String(offsets.get(object.number)).padStart(10, '0')} ${String(object.generation).padStart(5, '0')} n `)
  }
  return utf8ToBytes(`${lines.join('\n')}\ntrailer\n<<${trailerEntries(file, size, identity)}>>\nstartxref\n${start}\n%%EOF\n`)
}

function streamSection(file: PdfFile, objects: readonly UpdatedObject[], offsets: Offsets, start: number, identity: string): Uint8Array {
  const own = Math.max(nextObjectNumber(file), ...objects.map((object) => object.number + 1))
  const listed = [...objects, { number: own, generation: 0 }]
  const index = runs(listed).map((run) => `${run[0]?.number} ${run.length}`).join(' ')
  const data = new Uint8Array(listed.length * 7)
  listed.forEach((object, i) => {
    const offset = offsets.get(object.number) ?? start
    data.set([1, offset >>> 24, offset >>> 16, offset >>> 8, offset, object.generation >> 8, object.generation], i * 7)
  })
  const head = `${own} 0 obj\n<</Type /XRef /W [1 4 2] /Index [${index}] /Length ${data.length} ${trailerEntries(file, own + 1, identity)}>>\nstream\n`
  return concatBytes(utf8ToBytes(head), data, utf8ToBytes(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`))
}

function trailerEntries(file: PdfFile, size: number, identity: string): string {
  const root = entry(file.trailer, 'Root')
  const info = entry(file.trailer, 'Info')
  const id = entry(file.trailer, 'ID')
  const first = id?.kind === 'array' && id.items[0]?.kind === 'string' ? bytesToHex(id.items[0].bytes) : identity
  if (root?.kind !== 'reference') throw new Error('defect: an open file has a root reference')
  return [
    `/Size ${size}`,
    `/Root ${printObject(root)}`,
    ...(info?.kind === 'reference' ? [`/Info ${printObject(info)}`] : []),
    `/ID [<${first}> <${identity}>]`,
    `/Prev ${file.sections[0]?.offset}`,
  ].join(' ')
}

/** Consecutive object numbers share a subsection. */
function runs<T extends { readonly number: number }>(objects: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (const object of objects) {
    const group = groups.at(-1)
    if (group && (group.at(-1) as T).number + 1 === object.number) group.push(object)
    else groups.push([object])
  }
  return groups
}
