// Before an act that wants a reason: what it means in plain words, and why it is done. Where the PIN is asked for, it is in main's own window.

import { type ReactNode, useState } from 'react'
import { Refusal } from './refusal.tsx'
import { useText } from './use-text.tsx'
import type { CommandFailure } from './vault-api.ts'
import { Button } from '../ui/button.tsx'
import { Sheet, Waiting } from '../ui/dialog.tsx'
import { TextInput } from '../ui/field.tsx'

export interface ReasonSheetProps {
  readonly title: string
  readonly lead: string
  readonly go: string
  readonly danger?: boolean
  /** False until what is asked for beside the reason is there. */
  readonly ready?: boolean
  /** What is said meanwhile, where no window asks for the PIN. */
  readonly waiting?: string
  readonly busy: boolean
  readonly failure: CommandFailure | null
  readonly onGo: (reason: string) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function ReasonSheet(props: ReasonSheetProps): ReactNode {
  const text = useText()
  const [reason, setReason] = useState('')
  const go = (): void => props.onGo(reason.trim())
  if (props.busy) return <Waiting title={props.title} text={props.waiting ?? text('council.consent')} />
  return (
    <Sheet
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{text('app.cancel')}</Button>
          <Button kind={props.danger === true ? 'danger' : 'strong'} disabled={reason.trim() === '' || props.ready === false} onPress={go}>
            {props.go}
          </Button>
        </>
      }
    >
      <p>{props.lead}</p>
      {props.children}
      <TextInput label={text('council.reason')} requiredMark={text('cover.required')} rows={2} value={reason} onChange={setReason} />
      {props.failure !== null && <Refusal title={text('failure.title')} failure={props.failure} again={go} />}
    </Sheet>
  )
}
