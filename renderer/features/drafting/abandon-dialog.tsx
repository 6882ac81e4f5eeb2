// Giving up a draft: with a reason, and with the words that nothing is erased.

import { type ReactNode, useState } from 'react'
import { Refusal } from '../../services/refusal.tsx'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'

export function AbandonDialog(props: { readonly id: string; readonly onClose: () => void; readonly onAbandoned: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('abandon')
  const [reason, setReason] = useState('')
  const abandon = async (): Promise<void> => {
    const done = await run({ id: props.id, reason })
    if (done.ok) props.onAbandoned()
  }
  return (
    <Sheet
      title={text('abandon.title')}
      onClose={props.onClose}
      held={busy}
      alert
      actions={
        <>
          <Button onPress={props.onClose} disabled={busy}>{text('app.cancel')}</Button>
          <Button kind="danger" disabled={reason.trim() === '' || busy} onPress={() => void abandon()}>
            {text('abandon.do')}
          </Button>
        </>
      }
    >
      <p>{text('abandon.lead')}</p>
      <TextInput label={text('abandon.reason')} requiredMark={text('cover.required')} rows={2} value={reason} onChange={setReason} autoFocus />
      {failure !== null && <Refusal title={text('failure.title')} failure={failure} again={() => void abandon()} />}
    </Sheet>
  )
}
