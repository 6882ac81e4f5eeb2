// For administrators: other rules for devices, in both languages. The PIN comes in main's own window, with the new text.

import { type ReactNode, useState } from 'react'
import type { DeviceRulesView } from '../../services/trust-models.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

export function ChangeRules({ rules }: { readonly rules: DeviceRulesView }): ReactNode {
  const text = useText()
  const [changing, setChanging] = useState(false)
  return (
    <div className="row">
      <Button onPress={() => setChanging(true)}>{text('deviceRules.change')}</Button>
      {changing && <ChangeSheet rules={rules} onClose={() => setChanging(false)} />}
    </div>
  )
}

function ChangeSheet({ rules, onClose }: { readonly rules: DeviceRulesView; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const [ja, setJa] = useState(rules.text.ja)
  const [en, setEn] = useState(rules.text.en)
  const { run, busy, failure } = useCommand('changeDeviceRules')
  const go = async (): Promise<void> => {
    if ((await run({ text: ja.trim(), textEn: en.trim() })).ok) onClose()
  }
  if (busy) return <Waiting title={text('deviceRules.change')} text={text('council.consent')} />
  return (
    <Sheet
      title={text('deviceRules.change')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind="strong" disabled={ja.trim() === ''} onPress={() => void go()}>
            {text('council.propose')}
          </Button>
        </>
      }
    >
      <p>{text('deviceRules.changeLead')}</p>
      <TextInput label={text('deviceRules.changeText')} requiredMark={text('cover.required')} rows={8} value={ja} onChange={setJa} />
      <TextInput label={text('deviceRules.changeTextEn')} rows={8} value={en} onChange={setEn} />
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
    </Sheet>
  )
}
