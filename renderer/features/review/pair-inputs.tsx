// Two roles that one person should not hold together: which, where, and why the table says so.

import type { ReactNode } from 'react'
import type { RolePair } from '@shared/authority/model.ts'
import type { Role } from '../../services/review-models.ts'
import { useText } from '../../services/use-text.tsx'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'

export interface TypedPair {
  readonly one: Role | null
  readonly other: Role | null
  readonly within: RolePair['within']
  readonly reason: string
  readonly reasonEn: string
}

export const noPair: TypedPair = { one: null, other: null, within: 'collection', reason: '', reasonEn: '' }

const roles: readonly Role[] = ['reader', 'writer', 'approver', 'records', 'owner', 'admin']

/** Null where none is begun; its id is given when it is written. */
export function pairOf({ one, other, within, reason, reasonEn }: TypedPair): RolePair | null | 'unready' {
  const why = reason.trim()
  if (one === null && other === null && why === '') return null
  if (one === null || other === null || one === other || why === '') return 'unready'
  return { id: '', roles: [one, other], within, reason: why, reasonEn: reasonEn.trim() === '' ? why : reasonEn.trim() }
}

export function PairInputs({ typed, isTwice, onChange }: { readonly typed: TypedPair; readonly isTwice: boolean; readonly onChange: (typed: TypedPair) => void }): ReactNode {
  const text = useText()
  const choices = roles.map((role) => ({ value: role, label: text(`review.role.${role}`) }))
  const wrong = typed.one !== null && typed.one === typed.other ? text('review.rules.pairSame') : isTwice ? text('review.rules.pairTwice') : undefined
  return (
    <fieldset className="stack-s review-new-pair">
      <legend>{text('review.rules.pairNew')}</legend>
      <SelectInput label={text('review.rules.pairOne')} emptyLabel={text('review.rules.pairEmpty')} value={typed.one} choices={choices} onChange={(value) => onChange({ ...typed, one: value as Role })} />
      <SelectInput label={text('review.rules.pairOther')} emptyLabel={text('review.rules.pairEmpty')} error={wrong} value={typed.other} choices={choices} onChange={(value) => onChange({ ...typed, other: value as Role })} />
      <RadioInput layout="row" label={text('review.rules.pairWithin')} value={typed.within} onChange={(value) => onChange({ ...typed, within: value as RolePair['within'] })} choices={(['collection', 'town'] as const).map((within) => ({ value: within, label: text(`review.rules.within.${within}`) }))} />
      <TextInput label={text('review.rules.pairWhy')} value={typed.reason} onChange={(reason) => onChange({ ...typed, reason })} />
      <TextInput label={text('review.rules.pairWhyEn')} value={typed.reasonEn} onChange={(reasonEn) => onChange({ ...typed, reasonEn })} />
    </fieldset>
  )
}
