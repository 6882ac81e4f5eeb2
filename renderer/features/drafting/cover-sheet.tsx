// 起案用紙: the cover sheet of a draft, made from the form's definition. Required fields are marked in words, missing ones say so.

import { type ReactNode, useCallback, useRef } from 'react'
import type { FormField } from '@shared/authority/model.ts'
import { useSaveState } from '../../services/save-state.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView } from '../../services/view-models.ts'
import { type CoverAnswer, fieldLabel } from '../../text/cover-words.ts'
import { failureText } from '../../text/translate.ts'
import { Message } from '../../ui/message.tsx'
import { CoverField } from './cover-field.tsx'
import { answersOf, authorsOf, coverGroups } from './cover-model.ts'
import { DisputedField } from './disputed-field.tsx'
import './cover-sheet.css'

export function CoverSheet(props: { readonly view: DocumentView; readonly showMissing: boolean }): ReactNode {
  const { view } = props
  const text = useText()
  const town = useLive('town', null)
  const { run, failure } = useCommand('setCover')
  const { track } = useSaveState()
  const { id } = view.summary
  // One after the other: an answer that is taken back at once must not overtake the first.
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const store = useCallback(
    (field: string, value: CoverAnswer): void => {
      const stored = last.current.then(() => run({ id, field, value }))
      last.current = stored.catch(() => undefined)
      void track(stored)
    },
    [run, track, id],
  )
  const missingOf = (field: FormField): string | undefined => {
    const found = props.showMissing ? view.missing.find((one) => one.field === field.id) : undefined
    return found === undefined ? undefined : text.language === 'ja' ? found.ja : found.en
  }

  return (
    <div className="cover">
      {failure !== null && <Message tone="bad" title={text('cover.notSaved')}>{failureText(text, failure)}</Message>}
      {coverGroups(view.form, view.cover).map(({ group, fields }) => (
        <section key={group} className="cover-group" aria-labelledby={`cover-${group}`}>
          <h2 id={`cover-${group}`}>{text(`cover.group.${group}`)}</h2>
          <div className="cover-fields">
            {fields.map((field) => (
              <div key={field.id} className={`cover-cell cover-${field.kind} ${answersOf(view.cover, field.id).length > 1 ? 'cover-disputed' : ''}`} data-field={field.id}>
                {answersOf(view.cover, field.id).length > 1 ? (
                  <DisputedField field={field} label={fieldLabel(text, field)} answers={answersOf(view.cover, field.id)} by={authorsOf(view.cover, field.id)} town={town} onChoose={(value) => store(field.id, value)} />
                ) : (
                  <CoverField field={field} cover={view.cover} town={town} error={missingOf(field)} onStore={store} />
                )}
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
