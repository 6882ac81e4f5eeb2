// What a value of the cover sheet reads like: choices by their labels, positions by their titles, dates in 和暦, money with yen.

import type { FormField } from '@shared/authority/model.ts'
import type { DocumentView, TownView } from '../services/view-models.ts'
import { formatDate } from './dates.ts'
import type { Text } from './translate.ts'

export type CoverAnswer = string | boolean | number | readonly string[]

export function fieldLabel(text: Text, field: FormField): string {
  return text.language === 'ja' ? field.label : field.labelEn
}

/** Empty text where nothing was answered. */
export function answerWords(text: Text, field: FormField, answer: CoverAnswer, town: TownView | undefined): string {
  if (typeof answer === 'boolean') return text(answer ? 'cover.yes' : 'cover.no')
  if (field.kind === 'money') return answer === '' ? '' : text('cover.yen', { amount: new Intl.NumberFormat(text.language).format(Number(answer)) })
  if (typeof answer === 'number') return String(answer)
  if (typeof answer === 'string') return wordOf(text, field, answer, town)
  return answer.map((one) => wordOf(text, field, one, town)).join('、')
}

function wordOf(text: Text, field: FormField, answer: string, town: TownView | undefined): string {
  if (field.kind === 'date' || (field.kind === 'derived' && /^\d{4}-\d{2}-\d{2}$/.test(answer))) return answer === '' ? '' : formatDate(text.language, answer)
  if (field.kind === 'positions') return town?.positions.find((one) => one.id === answer)?.title ?? answer
  if (field.kind === 'retention') {
    const found = town?.retentionClasses.find((one) => one.id === answer)
    return found === undefined ? answer : text.language === 'ja' ? found.label : found.labelEn
  }
  const choice = field.choices?.find((one) => one.value === answer)
  return choice === undefined ? answer : text.language === 'ja' ? choice.label : choice.labelEn
}

/** Which flags raised the decision class, and to which; null while the chosen class stands. */
export function forcedWords(text: Text, { form, forcedBy, decisionClass }: Pick<DocumentView, 'form' | 'forcedBy' | 'decisionClass'>): string | null {
  if (forcedBy.length === 0) return null
  const label = (field: string, value: string): string => {
    const found = form.fields.find(({ id }) => id === field)
    return found ? answerWords(text, found, value, undefined) : value
  }
  return text('drafting.forced', { flags: forcedBy.map((flag) => label('flags', flag)).join('、'), class: label('decisionClass', decisionClass) })
}
