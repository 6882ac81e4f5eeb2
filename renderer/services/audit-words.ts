// The words of an act of the audit trail: what was done, on what, on which device in which state, under which rules.

import { checkNames, deviceWords, shownIdLetters } from '@shared/posture/device-words.ts'
import type { AuditRow, AuditView } from './audit-models.ts'
import { formatDate } from '../text/dates.ts'
import type { Text } from '../text/translate.ts'

export function deviceName(text: Text, { id, people }: AuditView['devices'][number]): string {
  return text('audit.deviceOf', { id: id.slice(0, shownIdLetters), people: text.list(people) })
}

/** What was done, with what an act of administration is about in the sentence itself. */
export function actWords(text: Text, { type, facts, about, place }: AuditRow): string {
  const role = facts['role']
  const named = typeof role === 'string' ? { role: text(`review.role.${role as 'reader'}`) } : {}
  const town = place === null ? { place: text('review.town') } : {}
  return text.code('event', type, { ...town, ...facts, ...named, about: about ?? '', comment: '' })
}

export function positionWords(text: Text, { positionTitle, held }: AuditRow): string {
  if (positionTitle === 'unread') return text('audit.positionUnread')
  return positionTitle ?? (held.length > 0 ? text('audit.noPosition', { positions: text.list(held) }) : '')
}

/** The document or volume and where it belongs; null for the town's own records, whose sentence says it. */
export function aboutWords(text: Text, { about, place }: AuditRow): string | null {
  if (place === null) return null
  return about === null ? text('audit.unread') : about === '' ? text('audit.untitled') : about
}

export function stateWordsOf(text: Text, { state }: Pick<AuditRow, 'state'>): string {
  return text(`audit.state.${state.kind}`, { checks: text.list(state.bad.map((id) => checkNames[id][text.language])), count: state.unsure.length })
}

export function deviceWordsOf(text: Text, { device: { id, said } }: Pick<AuditRow, 'device'>): string {
  return deviceWords(text.language, { id, statement: said && { ...said, checks: [] } })
}

export function ruleWords(text: Text, { rule }: Pick<AuditRow, 'rule'>): readonly string[] {
  if (rule === null) return [text('audit.ruleNone')]
  const began = text('audit.rule', { title: rule.title, from: formatDate(text.language, rule.from) })
  return rule.tightened === null ? [began] : [began, text('audit.ruleTightened', { date: formatDate(text.language, rule.tightened) })]
}
