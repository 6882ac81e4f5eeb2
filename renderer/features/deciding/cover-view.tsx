// The cover sheet to read: every field that has an answer, group by group.

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView } from '../../services/view-models.ts'
import { answerWords, fieldLabel } from '../../text/cover-words.ts'

const groups = ['content', 'decision', 'dates', 'who', 'filing', 'access', 'outgoing', 'identity'] as const

export function CoverView({ view }: { readonly view: DocumentView }): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const rows = groups.flatMap((group) =>
    view.form.fields
      .filter((field) => field.group === group)
      .map((field) => {
        const answers = view.cover.find((one) => one.field === field.id)?.values ?? []
        return { field, words: answers.map((answer) => answerWords(text, field, answer, town)).filter((words) => words !== '') }
      })
      .filter((row) => row.words.length > 0),
  )
  return (
    <section className="side-block" aria-labelledby="cover-title">
      <h2 id="cover-title">{text('cover.title')}</h2>
      <dl className="cover-rows">
        {rows.map(({ field, words }) => (
          <div key={field.id}>
            <dt>{fieldLabel(text, field)}</dt>
            <dd>{words.join(' ／ ')}</dd>
          </div>
        ))}
        {view.senderLine !== '' && (
          <div>
            <dt>{text('cover.sender')}</dt>
            <dd>{view.senderLine}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}
