// One field of the cover sheet by its kind. It stores what a person typed, after a pause; it never decides what is required.

import type { ReactNode } from 'react'
import type { FormField } from '@shared/authority/model.ts'
import { useText } from '../../services/use-text.tsx'
import type { CoverValue, TownView } from '../../services/view-models.ts'
import { answerWords, type CoverAnswer, fieldLabel } from '../../text/cover-words.ts'
import { CheckInput, ManyInput, RadioInput, SelectInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { ClassNodeField } from './class-node-field.tsx'
import { answerOf, listAnswer, parseYen, textAnswer } from './cover-model.ts'
import { DateField } from './date-field.tsx'
import { useFieldDraft } from './use-field-draft.ts'
import { useListDraft } from './use-list-draft.ts'

export interface CoverFieldProps {
  readonly field: FormField
  readonly cover: readonly CoverValue[]
  readonly town: TownView | undefined
  readonly error: string | undefined
  readonly onStore: (field: string, value: CoverAnswer) => void
}

export function CoverField(props: CoverFieldProps): ReactNode {
  const { field, cover, town, error, onStore } = props
  const text = useText()
  const frame = { label: fieldLabel(text, field), error, ...(field.required ? { requiredMark: text('cover.required') } : {}) }
  const stored = textAnswer(cover, field.id)
  const choose = (value: string): void => onStore(field.id, value)
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return <TypedField {...props} frame={frame} stored={stored} />
    case 'money':
      return <MoneyField {...props} frame={frame} stored={stored} />
    case 'date':
      return <DateField frame={frame} stored={stored} onStore={choose} />
    case 'choice':
      return <ChoiceField field={field} frame={frame} stored={stored} onStore={choose} />
    case 'flags':
      return <FlagsField {...props} frame={frame} />
    case 'boolean':
      return <CheckInput label={frame.label} checked={answerOf(cover, field.id) === true} onChange={(checked) => onStore(field.id, checked)} />
    case 'positions':
      return <PositionsField {...props} frame={frame} />
    case 'retention':
      return <SelectInput {...frame} emptyLabel={text('cover.choose')} value={stored || null} onChange={choose} choices={(town?.retentionClasses ?? []).map((one) => ({ value: one.id, label: text.language === 'ja' ? one.label : one.labelEn }))} />
    case 'class-node':
      return <ClassNodeField frame={frame} stored={stored} onStore={choose} />
    case 'derived':
      return <Derived {...props} label={frame.label} />
  }
}

interface Frame {
  readonly label: string
  readonly error: string | undefined
  readonly requiredMark?: string
}

type Framed = CoverFieldProps & { readonly frame: Frame; readonly stored: string }

function TypedField({ field, frame, stored, onStore }: Framed): ReactNode {
  const draft = useFieldDraft(stored, (typed) => onStore(field.id, typed))
  return <TextInput {...frame} value={draft.typed} onChange={draft.change} onBlur={draft.leave} {...(field.kind === 'longtext' ? { rows: 3 } : {})} />
}

function MoneyField({ field, frame, stored, onStore }: Framed): ReactNode {
  const text = useText()
  const store = (typed: string): void => {
    const yen = parseYen(typed)
    if (yen !== null) onStore(field.id, yen)
    else if (typed.trim() === '') onStore(field.id, '')
  }
  const draft = useFieldDraft(stored, store)
  const unread = draft.typed.trim() !== '' && parseYen(draft.typed) === null
  return <TextInput {...frame} help={text('cover.yenHelp')} inputMode="numeric" value={draft.typed} onChange={draft.change} onBlur={draft.leave} error={unread ? text('cover.yenUnread') : frame.error} />
}

function ChoiceField({ field, frame, stored, onStore }: { readonly field: FormField; readonly frame: Frame; readonly stored: string; readonly onStore: (value: string) => void }): ReactNode {
  const text = useText()
  const choices = choicesOf(field, text.language)
  if (choices.length <= 4) return <RadioInput {...frame} layout="row" value={stored || null} onChange={onStore} choices={choices} />
  return <SelectInput {...frame} emptyLabel={text('cover.choose')} value={stored || null} onChange={onStore} choices={choices} />
}

function choicesOf(field: FormField, language: 'ja' | 'en'): readonly { readonly value: string; readonly label: string }[] {
  return (field.choices ?? []).map((one) => ({ value: one.value, label: language === 'ja' ? one.label : one.labelEn }))
}

function FlagsField({ field, cover, frame, onStore }: CoverFieldProps & { readonly frame: Frame }): ReactNode {
  const text = useText()
  const draft = useListDraft(listAnswer(cover, field.id), (values) => onStore(field.id, values))
  return <ManyInput {...frame} layout="row" values={draft.values} onChange={draft.change} choices={choicesOf(field, text.language)} />
}

function PositionsField({ field, cover, town, frame, onStore }: CoverFieldProps & { readonly frame: Frame }): ReactNode {
  const text = useText()
  const { values: chosen, change } = useListDraft(listAnswer(cover, field.id), (values) => onStore(field.id, values))
  const choices = (town?.positions ?? [])
    .filter((one) => one.holderName !== null || chosen.includes(one.id))
    .map((one) => ({ value: one.id, label: one.title, note: one.holderName === null ? text('cover.vacant') : one.holderName }))
  return (
    <details className="cover-fold" open={chosen.length > 0}>
      <summary>
        {frame.label}
        <span className="quiet">{chosen.length === 0 ? text('cover.none') : answerWords(text, field, chosen, town)}</span>
      </summary>
      <ManyInput {...frame} layout="row" values={chosen} onChange={change} choices={choices} />
    </details>
  )
}

function Derived({ field, cover, town, label }: CoverFieldProps & { readonly label: string }): ReactNode {
  const text = useText()
  const answer = answerOf(cover, field.id)
  return (
    <dl className="cover-derived">
      <dt>{label}</dt>
      <dd>{answer === null ? '' : answerWords(text, field, answer, town)}</dd>
    </dl>
  )
}
