// The signed file of a revision: appends form a tree over the unsigned PDF; the line with most marks is the file,
// other ends are branches whose signers append again (押印待ち). A mark counts for a step when the person whose approval counts there
// made it: of two who approved one step apart, one mark stands. Order in the file is not order of decision.
// It never looks into the files.

import type { BodyOf } from './events.ts'
import type { Entry } from './standing.ts'
import type { Rendition } from './state.ts'

type Append = BodyOf<'rendition.append'> & { readonly person: string }

/** `entries` in causal order; `approved` = steps of the revision whose approval counts, with the person who gave it, in route order. */
export function renditionOf(revision: string | null, entries: readonly Entry[], approved: ReadonlyMap<string, string>): Rendition {
  const marksOf = (line: readonly Append[]): readonly string[] => [
    ...new Set(line.flatMap(({ step, person }) => (step === null || (approved.get(step) ?? person) !== person ? [] : [step]))),
  ]
  const appends = new Map<string, Append>()
  for (const { known, act } of entries) {
    if (act.type === 'rendition.append' && act.body.revision === revision && !appends.has(act.body.file.sha256)) {
      appends.set(act.body.file.sha256, { ...act.body, person: known.event.person })
    }
  }
  const extended = new Set([...appends.values()].map((append) => append.previous))
  const lines = [...appends.values()]
    .filter((append) => !extended.has(append.file.sha256))
    .map((end) => ({ end, line: lineOf(end, appends, revision) }))
  const rooted = lines.flatMap(({ end, line }) => (line ? [{ end, line, marked: marksOf(line) }] : []))
  const best = rooted.reduce<(typeof rooted)[number] | null>((a, b) => (a && !isBetter(b, a) ? a : b), null)
  const marked = best?.marked ?? []
  return {
    file: best?.end.file ?? null,
    marked,
    missing: [...approved.keys()].filter((step) => !marked.includes(step)),
    branches: lines.map(({ end }) => end.file.sha256).filter((sha256) => sha256 !== best?.end.file.sha256).sort(),
  }
}

function isBetter(a: { readonly line: readonly Append[]; readonly marked: readonly string[]; readonly end: Append }, b: typeof a): boolean {
  return a.marked.length - b.marked.length > 0 ||
    (a.marked.length === b.marked.length && (a.line.length > b.line.length || (a.line.length === b.line.length && a.end.file.sha256 < b.end.file.sha256)))
}

/** From the unsigned PDF to `end`, or null when a file in between is unknown. */
function lineOf(end: Append, appends: ReadonlyMap<string, Append>, revision: string | null): readonly Append[] | null {
  const line: Append[] = []
  const seen = new Set<string>()
  for (let at: Append | undefined = end; at; at = appends.get(at.previous ?? '')) {
    if (seen.has(at.file.sha256)) return null
    seen.add(at.file.sha256)
    line.unshift(at)
    if (at.previous === null || at.previous === revision) return line
  }
  return null
}
