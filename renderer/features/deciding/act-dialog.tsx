// One act on the frozen revision: as which position, with which words. Then main's own window shows the pages and asks for the PIN;
// this page only waits and says so.

import { type ReactNode, useState } from 'react'
import { Refusal } from '../../services/refusal.tsx'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { ActView } from '../../services/view-models.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { needsComment } from './deciding-model.ts'

export type ConfirmedAct = ActView & { readonly act: 'approve' | 'return' | 'refuse' | 'withdraw' | 'remark' | 'confirm' }

export interface ActDialogProps {
  readonly id: string
  readonly title: string
  readonly act: ConfirmedAct
  readonly onClose: () => void
}

export function ActDialog({ id, title, act, onClose }: ActDialogProps): ReactNode {
  const text = useText()
  const decide = useCommand('act')
  const remark = useCommand('remark')
  const [position, setPosition] = useState<string | null>(act.positions.length === 1 ? (act.positions[0]?.id ?? null) : null)
  const [comment, setComment] = useState('')
  const [urgency, setUrgency] = useState('')
  const asksUrgency = act.act === 'approve' && act.inPlaceOf?.urgency === true
  const busy = decide.busy || remark.busy
  const failure = decide.failure ?? remark.failure
  const lacks = position === null || (needsComment(act.act) && comment.trim() === '') || (asksUrgency && urgency.trim() === '')

  const run = async (): Promise<void> => {
    if (position === null || lacks) return
    const done = act.act === 'remark' ? await remark.run({ id, step: act.step ?? '', position }) : await decide.run({ id, act: act.act, step: act.step, position, comment: comment.trim(), ...(asksUrgency ? { urgency: urgency.trim() } : {}) })
    if (done.ok) onClose()
  }

  const name = text(`act.${act.act}`)
  if (busy) return <Waiting title={name} text={text('act.consent')} />
  return (
    <Sheet
      title={text('act.title', { act: name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind={act.act === 'refuse' ? 'danger' : 'strong'} disabled={lacks} onPress={() => void run()}>
            {text('act.go')}
          </Button>
        </>
      }
    >
      <p className="act-document">{title}</p>
      <p>{text(`act.${act.act}Lead`)}</p>
      {act.positions.length > 1 ? (
        <RadioInput label={text('act.asWhich')} value={position} onChange={setPosition} choices={act.positions.map((one) => ({ value: one.id, label: one.title }))} />
      ) : (
        <p>{text('act.as', { position: act.positions[0]?.title ?? '' })}</p>
      )}
      {act.aheadOf !== undefined && <Message tone="note">{text('act.aheadOf', { positions: act.aheadOf.join('、') })}</Message>}
      {act.inPlaceOf !== undefined && <Message tone="note">{text('act.inPlaceOf', { position: act.inPlaceOf.title })}</Message>}
      {asksUrgency && <TextInput label={text('act.urgency')} help={text('act.urgencyHelp')} requiredMark={text('cover.required')} rows={2} value={urgency} onChange={setUrgency} />}
      {act.act !== 'remark' && (
        <TextInput label={text(needsComment(act.act) ? 'act.reason' : 'act.comment')} {...(needsComment(act.act) ? { requiredMark: text('cover.required') } : {})} rows={3} value={comment} onChange={setComment} />
      )}
      {failure !== null && <Refusal title={text('act.failed', { act: name })} failure={failure} again={() => void run()} />}
    </Sheet>
  )
}
