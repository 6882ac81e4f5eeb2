// The town's policy and what changes of it, in words: the same on the page and beside a proposal.

import type { PolicyChange, PolicyField, PolicyLimit } from '@shared/authority/policy-change.ts'
import { shownIdLetters } from '@shared/posture/device-words.ts'
import { ruleWords } from '@shared/posture/rule-words.ts'
import { pairWords } from '../../services/review-words.ts'
import { formatDate } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'

export function valueWords(text: Text, field: PolicyField, value: number | null): string {
  return value === null ? text(`policy.${field as PolicyLimit}.none`) : text(`policy.${field}.value`, { n: value })
}

export function changeWords(text: Text, change: PolicyChange): readonly [name: string, value: string] {
  switch (change.kind) {
    case 'value':
      return [text(`policy.${change.field}`), text('policy.fromTo', { before: valueWords(text, change.field, change.before), after: valueWords(text, change.field, change.after) })]
    case 'excused':
      return [text(change.isLooser ? 'excuses.new' : 'excuses.ended'), text('excuses.what', { device: change.device.slice(0, shownIdLetters), check: text.code('endpoint.check', change.check), to: formatDate(text.language, change.to) })]
    case 'review':
      return [text(`review.rules.${change.field}`), text('policy.fromTo', { before: text('review.rules.days', { n: change.before }), after: text('review.rules.days', { n: change.after }) })]
    case 'review-pair':
      return [text(change.isLooser ? 'review.rules.pairFree' : 'review.rules.pairAdd'), pairWords(text, change)]
    case 'other':
      return [text('policy.other'), text('policy.other.value', { name: change.name })]
    case 'own-rule':
      return [text('policy.asked'), text(change.isLooser ? 'policy.asked.free' : 'policy.asked.add', { acts: ruleWords(text.language, change.rule) })]
    case 'asked':
      return [text('policy.asked'), text(change.isLooser ? 'policy.asked.free' : 'policy.asked.add', { acts: text(`policy.asked.${change.rule}`) })]
    default: {
      const acts = change.kind === 'confirmed' ? text(`policy.confirmed.${change.acts}`) : text('policy.confirmed.type', { type: change.type })
      return [text('policy.confirmed'), text(change.isLooser ? 'policy.confirmed.free' : 'policy.confirmed.add', { acts })]
    }
  }
}
