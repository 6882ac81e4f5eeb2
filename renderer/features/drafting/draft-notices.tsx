// What the drafter must know before writing on: why it came back, what it follows, what others wrote or decided elsewhere.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { disputedFields } from './cover-model.ts'

export function DraftNotices({ view, onOpen }: { readonly view: DocumentView; readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  const returned = view.steps.filter((step) => step.status === 'returned')
  const disputed = disputedFields(view).length
  const { predecessor } = view
  return (
    <>
      {view.summary.stage === 'returned' && (
        <Message tone="warn" title={text('drafting.returned')}>
          {returned.map((step) => (
            <p key={step.id}>{text('drafting.returnedBy', { position: step.positionTitle, name: step.actedByName ?? step.holderName, comment: step.comment ?? '' })}</p>
          ))}
          <p>{text('drafting.returnedTodo')}</p>
        </Message>
      )}
      {view.together.map((writer) => (
        <Message key={`${writer.name}-${writer.at}`} tone="note" title={text('drafting.together')}>
          <p>{text(writer.isSelf ? 'drafting.togetherSelf' : 'drafting.togetherWith', { name: writer.name, at: formatInstant(text.language, writer.at) })}</p>
          {disputed > 0 && <p>{text('drafting.togetherDiffer', { count: disputed })}</p>}
        </Message>
      ))}
      {view.conflicts.map((conflict, i) => (
        <Message key={i} tone="warn">
          {text.code('notice', conflict.code, conflict.facts)}
        </Message>
      ))}
      {predecessor !== null && (
        <Message tone="note" actions={<Button kind="quiet" onPress={() => onOpen(predecessor.id)}>{text('document.openPredecessor')}</Button>}>
          {text('document.follows', { title: predecessor.title })}
        </Message>
      )}
    </>
  )
}
