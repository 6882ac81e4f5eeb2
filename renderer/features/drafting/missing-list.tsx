// What keeps the draft from being submitted, a sentence for each; a press leads to the field.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { ActView, DocumentView } from '../../services/view-models.ts'
import { Icon } from '../../ui/icon.tsx'
import { disputedFields } from './cover-model.ts'
import { fieldLabel, forcedWords } from '../../text/cover-words.ts'

export interface MissingListProps {
  readonly view: DocumentView
  readonly submit: ActView | undefined
  readonly onShow: (field: string) => void
}

export function MissingList({ view, submit, onShow }: MissingListProps): ReactNode {
  const text = useText()
  const disputed = disputedFields(view)
  const forced = forcedWords(text, view)
  const reasons = submit?.reasons ?? []
  const items = [
    ...view.missing.map((one) => ({ field: one.field, sentence: text.language === 'ja' ? one.ja : one.en })),
    ...disputed.map((field) => ({ field: field.id, sentence: text('cover.disputedField', { field: fieldLabel(text, field) }) })),
  ]
  return (
    <section aria-labelledby="missing-title" className="missing">
      <h2 id="missing-title">{text('drafting.before')}</h2>
      <p role="status">{items.length === 0 && submit?.allowed !== false ? text(submit === undefined ? 'drafting.complete' : 'drafting.ready') : text('drafting.missing', { count: items.length })}</p>
      <ul className="missing-list">
        {items.map((item) => (
          <li key={item.field}>
            <button type="button" className="missing-item" onClick={() => onShow(item.field)}>
              <span>{item.sentence}</span>
              <Icon name="next" size={16} />
            </button>
          </li>
        ))}
      </ul>
      {submit === undefined && <p>{text('drafting.submitByDrafter', { name: view.summary.drafterName })}</p>}
      {items.length === 0 && submit?.allowed === false && reasons.map((reason, i) => <p key={i}>{text.code('reason', reason.code, reason.facts)}</p>)}
      {forced !== null && <p>{forced}</p>}
    </section>
  )
}
