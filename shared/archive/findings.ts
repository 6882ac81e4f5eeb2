// Gathers what a check finds and turns it into one verdict. It decides only how many examples of one kind are kept: a
// package with a million missing files must not make a report of a million lines, and what is found twice is told once.

import type { Reason, Verdict } from '../base/verdict.ts'

type Facts = Readonly<Record<string, string | number>>

export interface Findings {
  fail(code: string, facts?: Facts): void
  unknown(code: string, facts?: Facts): void
  /** Worth saying, without weight for the outcome. */
  note(code: string, facts?: Facts): void
  add(verdict: Verdict): void
  verdict(): Verdict
}

const examplesOfOneKind = 20

export function createFindings(): Findings {
  const reasons = new Map<string, Reason[]>()
  const counts = new Map<string, number>()
  let failed = false
  let unsure = false
  const keep = (code: string, facts?: Facts): void => {
    const list = reasons.get(code) ?? []
    reasons.set(code, list)
    if (list.some((reason) => isSame(reason.facts, facts))) return
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (count <= examplesOfOneKind) list.push(facts === undefined ? { code } : { code, facts })
  }
  return {
    fail(code, facts) {
      failed = true
      keep(code, facts)
    },
    unknown(code, facts) {
      unsure = true
      keep(code, facts)
    },
    note: keep,
    add(verdict) {
      failed ||= verdict.outcome === 'fail'
      unsure ||= verdict.outcome === 'unknown'
      for (const reason of verdict.reasons) keep(reason.code, reason.facts)
    },
    verdict() {
      const all: Reason[] = []
      for (const [code, list] of reasons) {
        all.push(...list)
        const hidden = (counts.get(code) ?? 0) - list.length
        if (hidden > 0) all.push({ code: 'more-of-the-same', facts: { kind: code, count: hidden } })
      }
      return { outcome: failed ? 'fail' : unsure ? 'unknown' : 'pass', reasons: all }
    },
  }
}

function isSame(a: Facts | undefined, b: Facts | undefined): boolean {
  return JSON.stringify(a ?? {}) === JSON.stringify(b ?? {})
}
