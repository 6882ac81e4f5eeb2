// One's own PIN, changed with the present one. Nothing typed here is kept by the page.

import { type FormEvent, type ReactNode, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

export function PinDialog({ onClose, onChanged }: { readonly onClose: () => void; readonly onChanged: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const differs = again !== '' && next !== again

  const change = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const done = await session.changePin({ current, next }).finally(() => setBusy(false))
    setCurrent('')
    if (!done.ok) return setFailure(done.error)
    onChanged()
    onClose()
  }

  return (
    <Sheet title={text('settings.changePin')} onClose={onClose} held={busy}>
      <form className="stack" onSubmit={(event) => void change(event)}>
        <p>{text('settings.pinLead')}</p>
        <TextInput label={text('settings.pinNow')} kind="password" value={current} onChange={setCurrent} autoFocus />
        <TextInput label={text('settings.pinNext')} kind="password" autoComplete="new-password" value={next} onChange={setNext} />
        <TextInput label={text('settings.pinAgain')} kind="password" autoComplete="new-password" value={again} onChange={setAgain} error={differs ? text('setup.pinDiffers') : undefined} />
        {failure !== null && <Message tone="bad" title={text('settings.pinNotChanged')}>{failureText(text, failure)}</Message>}
        <div className="row row-end">
          <Button onPress={onClose} disabled={busy}>{text('app.cancel')}</Button>
          <Button kind="strong" submit disabled={busy || current === '' || next === '' || next !== again}>{text('settings.pinDo')}</Button>
        </div>
      </form>
    </Sheet>
  )
}
