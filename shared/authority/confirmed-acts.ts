// AU-18: which acts a person confirms with the PIN in main's window, in groups as people speak of them. What decides, what lets a document
// out of the house and what changes who may do what is always confirmed; the rest a town chooses.

import { matchesPattern } from '../base/patterns.ts'

interface ConfirmedGroup {
  readonly name: string
  /** An exact type or `noun.*`. */
  readonly patterns: readonly string[]
  /** No town may free it. */
  readonly always: boolean
}

export const confirmedGroups = [
  { name: 'decide', always: true, patterns: ['decision.*', 'document.withdraw'] },
  { name: 'export', always: true, patterns: ['document.export', 'document.print'] },
  { name: 'people', always: true, patterns: ['person.*', 'section.*', 'position.*', 'appointment.*', 'collection.*', 'device.*', 'seat.*', 'grant.*', 'absence.*', 'epoch.*', 'policy.*', 'exception.*', 'vote.*', 'idp.put', 'identity.bind', 'identity.release', 'review.report', 'audit.report'] },
  { name: 'town', always: true, patterns: ['town.*', 'review-rules.put', 'form.*', 'schedule.*', 'decision-table.*', 'series.*', 'device-rules.put'] },
  { name: 'registrar', always: true, patterns: ['number.registrar', 'number.takeover', 'number.agree', 'number.withdraw'] },
  { name: 'submit', always: false, patterns: ['document.submit'] },
  { name: 'file', always: false, patterns: ['record.file'] },
  { name: 'numbers', always: false, patterns: ['number.block', 'number.void', 'number.return'] },
] as const satisfies readonly ConfirmedGroup[]

export type ConfirmedActs = (typeof confirmedGroups)[number]['name']

/** Confirmed whatever a policy says. */
export const alwaysConfirmed: readonly string[] = confirmedGroups.flatMap(({ always, patterns }) => (always ? patterns : []))

export function isConfirmed(consentFor: readonly string[], type: string): boolean {
  return consentFor.some((pattern) => matchesPattern(pattern, type))
}

/** The groups that are confirmed whole. */
export function groupsOf(consentFor: readonly string[]): readonly ConfirmedActs[] {
  return confirmedGroups.filter(({ patterns }) => patterns.every((pattern) => isConfirmed(consentFor, pattern))).map(({ name }) => name)
}

export function patternsOf(names: readonly ConfirmedActs[]): readonly string[] {
  return confirmedGroups.flatMap(({ name, patterns }) => (names.includes(name) ? patterns : []))
}

/** AU-18 with what is always confirmed. */
export function withAlwaysConfirmed(consentFor: readonly string[]): readonly string[] {
  return [...new Set([...consentFor, ...alwaysConfirmed])].sort()
}
