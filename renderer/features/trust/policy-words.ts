// The town's policy and what changes of it, in words: the same on the page and beside a proposal.

import type { PolicyChange, PolicyField } from '@shared/authority/policy-change.ts'
import type { Text } from '../../text/translate.ts'

export function valueWords(text: Text, field: PolicyField, value: number | null): string {
  return value === null ? text('policy.witnessHours.none') : text(`policy.${field}.value`, { n: value })
}

export function changeWords(text: Text, change: PolicyChange): readonly [name: string, value: string] {
  switch (change.kind) {
    case 'value':
      return [text(`policy.${change.field}`), text('policy.fromTo', { before: valueWords(text, change.field, change.before), after: valueWords(text, change.field, change.after) })]
    case 'other':
      return [text('policy.other'), text('policy.other.value', { name: change.name })]
    case 'asked':
      return [text('policy.asked'), text(change.isLooser ? 'policy.asked.free' : 'policy.asked.add', { acts: text(`policy.asked.${change.rule}`) })]
    default: {
      const acts = change.kind === 'confirmed' ? text(`policy.confirmed.${change.acts}`) : text('policy.confirmed.type', { type: change.type })
      return [text('policy.confirmed'), text(change.isLooser ? 'policy.confirmed.free' : 'policy.confirmed.add', { acts })]
    }
  }
}
