// Before an administrator's act: what it means in plain words, and why it is done. The PIN comes in main's own window.

import { type ReactNode, useState } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { Failure } from '@shared/base/result.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

export interface ReasonSheetProps {
  readonly title: string
  readonly lead: string
  readonly go: string
  readonly danger?: boolean
  /** False until what is asked for beside the reason is there. */
  readonly ready?: boolean
  readonly busy: boolean
  readonly failure: Failure | null
  readonly onGo: (reason: string) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function ReasonSheet(props: ReasonSheetProps): ReactNode {
  const text = useText()
  const [reason, setReason] = useState('')
  if (props.busy) return <Waiting title={props.title} text={text('council.consent')} />
  return (
    <Sheet
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{text('app.cancel')}</Button>
          <Button kind={props.danger === true ? 'danger' : 'strong'} disabled={reason.trim() === '' || props.ready === false} onPress={() => props.onGo(reason.trim())}>
            {props.go}
          </Button>
        </>
      }
    >
      <p>{props.lead}</p>
      {props.children}
      <TextInput label={text('council.reason')} requiredMark={text('cover.required')} rows={2} value={reason} onChange={setReason} />
      {props.failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, props.failure)}</Message>}
    </Sheet>
  )
}
