// The three recovery sheets, shown once: the codes, the PDF to save and print, and the person's word that they are on paper.

import { type ReactNode, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { RecoverySheets } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { CheckInput } from '../../ui/choice.tsx'
import { Message } from '../../ui/message.tsx'
import './setup.css'

export function RecoverySheetsPage(props: { readonly sheets: RecoverySheets; readonly onDone: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  const [written, setWritten] = useState(false)
  const [saved, setSaved] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  const save = async (): Promise<void> => {
    const done = await session.saveSheet({ pdf: props.sheets.pdf })
    setFailure(done.ok ? null : done.error)
    if (done.ok && done.value !== null) setSaved(done.value.path)
  }

  return (
    <main className="gate">
      <div className="gate-card gate-wide stack">
        <h1 className="setup-title">{text('recovery.title')}</h1>
        <p>{text('recovery.lead')}</p>
        {props.sheets.codes.map((code, i) => (
          <p key={code} className="recovery-code" aria-label={text('recovery.codeLabel', { sheet: i + 1 })}>
            <span className="recovery-sheet" aria-hidden="true">
              {text('recovery.codeLabel', { sheet: i + 1 })}
            </span>
            {code}
          </p>
        ))}
        <Message tone="warn">{text('recovery.warning')}</Message>
        <div className="row">
          <Button icon="print" onPress={() => void save()}>
            {text('recovery.save')}
          </Button>
          {saved !== null && <span role="status">{text('recovery.saved', { path: saved })}</span>}
        </div>
        {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
        <CheckInput label={text('recovery.written')} checked={written} onChange={setWritten} />
        <div className="row row-end">
          <Button kind="strong" disabled={!written} onPress={props.onDone}>
            {text('recovery.done')}
          </Button>
        </div>
      </div>
    </main>
  )
}
