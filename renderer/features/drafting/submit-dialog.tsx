// Before a draft is frozen and sent on its way: as which position, in which class, past whom. Then the pages are frozen.

import { type ReactNode, useState } from 'react'
import { Refusal } from '../../services/refusal.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { ActView, DocumentView } from '../../services/view-models.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { forcedWords } from '../../text/cover-words.ts'
import { Message } from '../../ui/message.tsx'
import { BoxedNotice } from './boxed-notice.tsx'
import { routeOf } from './cover-model.ts'

export interface SubmitDialogProps {
  readonly view: DocumentView
  readonly act: ActView
  readonly settle: () => Promise<void>
  readonly onClose: () => void
  readonly onSubmitted: () => void
}

export function SubmitDialog({ view, act, settle, onClose, onSubmitted }: SubmitDialogProps): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const { run, busy, failure } = useCommand('submit')
  const [position, setPosition] = useState<string | null>(act.positions.length === 1 ? (act.positions[0]?.id ?? null) : null)
  const route = routeOf(view)
  const forced = forcedWords(text, view)
  const decisionClass = town?.decisionClasses.find((one) => one.code === view.decisionClass)
  const concurrence = route.concurrence.map((id) => town?.positions.find((one) => one.id === id)?.title ?? id)

  const submit = async (): Promise<void> => {
    if (position === null) return
    await settle()
    const done = await run({ id: view.summary.id, position, ...route })
    if (done.ok) onSubmitted()
  }

  if (busy) return <Waiting title={text('submit.title')} text={text('submit.freezing')} />
  return (
    <Sheet
      title={text('submit.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind="strong" disabled={position === null} onPress={() => void submit()}>
            {text('submit.do')}
          </Button>
        </>
      }
    >
      <p>{text('submit.lead')}</p>
      <dl className="facts">
        <dt>{text('document.title')}</dt>
        <dd>{view.summary.title}</dd>
        <dt>{text('submit.class')}</dt>
        <dd>{decisionClass === undefined ? view.decisionClass : text.language === 'ja' ? decisionClass.label : decisionClass.labelEn}</dd>
        <dt>{text('submit.concurrence')}</dt>
        <dd>{concurrence.length === 0 ? text('cover.none') : concurrence.join('、')}</dd>
      </dl>
      {forced !== null && <Message tone="warn">{forced}</Message>}
      <BoxedNotice id={view.summary.id} settle={settle} asOf={view.summary.updatedAt} />
      {act.positions.length > 1 && <RadioInput label={text('act.asWhich')} value={position} onChange={setPosition} choices={act.positions.map((one) => ({ value: one.id, label: one.title }))} />}
      {failure !== null && <Refusal title={text('failure.title')} failure={failure} again={() => void submit()} />}
    </Sheet>
  )
}
