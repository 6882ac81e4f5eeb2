// Lists the revisions of a file: what each incremental update added, and where it ends.
// It judges nothing; whether an update may stand is decided in judge-changes.ts.

import { locate, openPdf, whereIs, type PdfFile } from './pdf-file.ts'
import type { PdfObject } from './pdf-object.ts'
import type { CrossReferenceSection } from './cross-reference.ts'

export interface Revision {
  /** First byte of this revision. */
  readonly start: number
  /** Behind its `%%EOF`, without the line end that may follow. */
  readonly end: number
  readonly sections: readonly CrossReferenceSection[]
  /** Numbers of the objects it adds or replaces, ascending. */
  readonly objects: readonly number[]
}

/** Oldest first. Throws when the file is unreadable. */
export function listRevisions(pdf: Uint8Array): readonly Revision[] {
  return revisionsOf(openPdf(pdf))
}

/** The sections of a linearized file point forward once; those belong to one revision. */
export function revisionsOf(file: PdfFile): readonly Revision[] {
  const groups: CrossReferenceSection[][] = []
  for (const section of file.sections) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    if (group && before && section.offset > before.offset) group.push(section)
    else groups.push([section])
  }
  const oldestFirst = groups.reverse()
  return oldestFirst.map((sections, i) => ({
    start: i === 0 ? 0 : endOf(oldestFirst[i - 1] as CrossReferenceSection[]),
    end: endOf(sections),
    sections,
    objects: [...new Set(sections.flatMap((section) => [...section.entries.keys()]))].sort((a, b) => a - b),
  }))
}

function endOf(sections: readonly CrossReferenceSection[]): number {
  return Math.max(...sections.map((section) => section.end))
}

/** Every object number that some object in use refers to, and that is itself not in use. */
export function danglingReferences(file: PdfFile): ReadonlySet<number> {
  const dangling = new Set<number>()
  const numbers = new Set(file.sections.flatMap((section) => [...section.entries.keys()]))
  for (const objectNumber of numbers) {
    const located = locate(file, objectNumber)
    for (const target of located ? referencesIn(located.object) : []) if (!isInUse(file, target)) dangling.add(target)
  }
  return dangling
}

export function isInUse(file: PdfFile, objectNumber: number): boolean {
  const where = whereIs(file, objectNumber)
  return where !== null && where.kind !== 'free'
}

export function referencesIn(object: PdfObject): readonly number[] {
  switch (object.kind) {
    case 'reference':
      return [object.number]
    case 'array':
      return object.items.flatMap(referencesIn)
    case 'dictionary':
      return [...object.entries.values()].flatMap(referencesIn)
    case 'stream':
      return referencesIn(object.dictionary)
    default:
      return []
  }
}
