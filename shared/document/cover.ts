// The cover sheet against its form: what keeps a draft from being submitted, what follows from other facts, and how a value reads.
// It stores nothing; sentences come from the form (data) or, where the form has none, from the catalogue by the problem's name.

import type { DecisionTable, FormDefinition, FormField, Person, Position, Section } from '../authority/model.ts'
import { fiscalYearOf, isCivilDate, jstDate, type CivilDate } from '../base/civil-date.ts'
import { formatFiscalYear, formatWareki } from '../base/wareki.ts'
import type { Attachment, CoverValue, Step } from './events.ts'
import { sectionHeadOf } from './route.ts'
import type { CoverField } from './state.ts'

export interface CoverProblem {
  readonly field: string
  readonly problem: 'missing' | 'conflict' | 'not-a-date' | 'not-a-choice' | 'not-an-amount'
  readonly label: { readonly ja: string; readonly en: string }
  /** The form's own sentence, for a missing value; otherwise the catalogue has one for `problem`. */
  readonly sentence: { readonly ja: string; readonly en: string } | null
}

/** What blocks submitting, in the order of the form. Empty and white space only are missing; values that differ block too. */
export function checkCover(form: FormDefinition, cover: Readonly<Record<string, CoverField>>): readonly CoverProblem[] {
  return form.fields.flatMap((field) => {
    const problem = field.kind === 'derived' ? null : problemOf(field, cover[field.id])
    if (problem === null) return []
    return [{ field: field.id, problem, label: { ja: field.label, en: field.labelEn }, sentence: problem === 'missing' ? (field.missing ?? null) : null }]
  })
}

/** The values that are agreed on: what a revision freezes. Fields that conflict or are empty are left out. */
export function agreedCover(cover: Readonly<Record<string, CoverField>>): Readonly<Record<string, CoverValue>> {
  const agreed: Record<string, CoverValue> = {}
  for (const [field, { values, conflict }] of Object.entries(cover)) {
    const [value] = values
    if (!conflict && value !== undefined && !isEmpty(value)) agreed[field] = value
  }
  return agreed
}

export function isEmpty(value: CoverValue | undefined): boolean {
  if (value === undefined) return true
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0
}

function problemOf(field: FormField, entry: CoverField | undefined): CoverProblem['problem'] | null {
  if (entry?.conflict) return 'conflict'
  const value = entry?.values[0]
  if (value === undefined || isEmpty(value)) return field.required ? 'missing' : null
  if (field.kind === 'date' && !(typeof value === 'string' && isCivilDate(value))) return 'not-a-date'
  if (field.kind === 'money' && !(typeof value === 'number' && Number.isSafeInteger(value))) return 'not-an-amount'
  const allowed = field.choices?.map((choice) => choice.value)
  const chosen = Array.isArray(value) ? value : [value]
  return allowed && !chosen.every((one) => typeof one === 'string' && allowed.includes(one)) ? 'not-a-choice' : null
}

/** The words that stored ids stand for. */
export interface CoverWords {
  readonly position: (id: string) => string
  readonly classNode: (code: string) => string
  readonly retention: (id: string) => string
}

/** How a value reads in Japanese on the sheet: 和暦, labels of choices, titles of positions, amounts with 円. */
export function coverText(field: FormField, value: CoverValue | undefined, words: CoverWords): string {
  if (value === undefined || isEmpty(value)) return ''
  if (typeof value === 'boolean') return value ? '✓' : ''
  if (typeof value === 'number') return field.kind === 'money' ? `${groupDigits(value)}円` : String(value)
  const many = typeof value === 'string' ? [value] : value
  return many.map((one) => oneText(field, one, words)).join('、')
}

/** 1234567 as 1,234,567, wherever it runs. */
export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

function oneText(field: FormField, value: string, words: CoverWords): string {
  switch (field.kind) {
    case 'date':
      return isCivilDate(value) ? formatWareki(value) : value
    case 'choice':
    case 'flags':
      return field.choices?.find((choice) => choice.value === value)?.label ?? value
    case 'positions':
      return words.position(value)
    case 'class-node':
      return words.classNode(value)
    case 'retention':
      return words.retention(value)
    default:
      return value
  }
}

/** What the derived fields follow from; what is not known yet is left out and reads as nothing. */
export interface CoverFacts {
  readonly documentId: string
  readonly provisionalNumber?: string
  readonly drafter: { readonly person: Person; readonly position: Position }
  readonly sections: readonly Section[]
  readonly positions: readonly Position[]
  readonly steps: readonly Step[]
  readonly decisionClass?: string
  readonly table?: DecisionTable
  readonly sender?: string
  readonly draftedOn?: CivilDate
  /** ISO 8601 UTC instants. */
  readonly submittedAt?: string
  readonly decidedAt?: string
  readonly completedOn?: CivilDate
  readonly attachments: readonly Pick<Attachment, 'name'>[]
  readonly retention?: { readonly start: CivilDate | null; readonly end: CivilDate | null; readonly disposition: string }
}

/** Text of every derived field of the sheet, by field id. */
export function derivedCover(facts: CoverFacts): Readonly<Record<string, string>> {
  const { drafter, table } = facts
  const day = (date: CivilDate | null | undefined): string => (date ? formatWareki(date) : '')
  const instant = (at: string | undefined): string => (at ? formatWareki(jstDate(at)) : '')
  const own = facts.steps.filter((step) => step.kind !== 'concurrence')
  return {
    documentId: facts.documentId,
    provisionalNumber: facts.provisionalNumber ?? '',
    decisionNumber: '',
    issueNumber: '',
    fiscalYear: facts.draftedOn ? formatFiscalYear(fiscalYearOf(facts.draftedOn)) : '',
    routedOn: instant(facts.submittedAt),
    decidedOn: instant(facts.decidedAt),
    completedOn: day(facts.completedOn),
    drafter: `${drafter.position.title}　${drafter.person.familyName}　${drafter.person.givenName}`,
    section: facts.sections.find(({ id }) => id === drafter.position.section)?.name ?? '',
    sectionManager: sectionHeadOf(drafter.position, facts.positions).title,
    attachments: facts.attachments.map(({ name }) => name).join('、'),
    delegationBasis: table?.classes.find(({ code }) => code === facts.decisionClass)?.basis ?? '',
    line: own.map(({ title }) => title).join(' → '),
    sender: facts.sender ?? '',
    retentionStart: day(facts.retention?.start),
    retentionEnd: day(facts.retention?.end),
    disposition: facts.retention?.disposition ?? '',
  }
}
