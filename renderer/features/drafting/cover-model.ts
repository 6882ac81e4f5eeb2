// The cover sheet as data: which groups and fields are asked for, what each holds, and what the route needs of it. Pure.

import type { FormDefinition, FormField } from '@shared/authority/model.ts'
import type { CoverValue, DocumentView } from '../../services/view-models.ts'
import type { CoverAnswer } from '../../text/cover-words.ts'

export type CoverGroup = FormField['group']

const groupOrder: readonly CoverGroup[] = ['content', 'dates', 'decision', 'who', 'filing', 'access', 'outgoing', 'identity']

/** The groups in the order of writing, each with the fields a person fills in; derived fields come along only with a value. */
export function coverGroups(form: FormDefinition, cover: readonly CoverValue[]): readonly { readonly group: CoverGroup; readonly fields: readonly FormField[] }[] {
  return groupOrder
    .map((group) => ({ group, fields: form.fields.filter((field) => field.group === group && (field.kind !== 'derived' || answersOf(cover, field.id).length > 0)) }))
    .filter(({ fields }) => fields.length > 0)
}

export function answersOf(cover: readonly CoverValue[], field: string): readonly CoverAnswer[] {
  return cover.find((one) => one.field === field)?.values ?? []
}

/** Who entered each of the answers of a disputed field, in their order. */
export function authorsOf(cover: readonly CoverValue[], field: string): CoverValue['by'] {
  return cover.find((one) => one.field === field)?.by ?? []
}

/** The one answer of a field; null while there is none or while several differ. */
export function answerOf(cover: readonly CoverValue[], field: string): CoverAnswer | null {
  const answers = answersOf(cover, field)
  return answers.length === 1 ? (answers[0] ?? null) : null
}

export function textAnswer(cover: readonly CoverValue[], field: string): string {
  const answer = answerOf(cover, field)
  return typeof answer === 'string' || typeof answer === 'number' ? String(answer) : ''
}

export function listAnswer(cover: readonly CoverValue[], field: string): readonly string[] {
  const answer = answerOf(cover, field)
  return Array.isArray(answer) ? answer : []
}

/** What submit needs besides the position: the class and the 合議 as they stand on the cover. */
export function routeOf(view: DocumentView): { readonly decisionClass: string; readonly concurrence: readonly string[] } {
  return {
    decisionClass: textAnswer(view.cover, 'decisionClass') || view.form.defaultClass,
    concurrence: listAnswer(view.cover, 'concurrence'),
  }
}

/** Fields for which people typed different values offline. */
export function disputedFields(view: DocumentView): readonly FormField[] {
  return view.form.fields.filter((field) => answersOf(view.cover, field.id).length > 1)
}

/** Digits of any width with or without separators as whole yen; null where it is no amount. */
export function parseYen(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[\s,、円¥\\]/g, '')
  return /^\d{1,13}$/.test(plain) ? Number(plain) : null
}
