// Records of the person here that wait for one that was lost when the machine was put back: what it means, and the way on.

import type { ReactNode } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { TrustView } from '../../services/trust-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { Waiting } from '../../ui/dialog.tsx'

export function LostSection({ lost }: { readonly lost: TrustView['lost'] }): ReactNode {
  const text = useText()
  return (
    <section className="sheet stack-s" aria-labelledby="trust-lost">
      <h2 id="trust-lost">{text('lost.title')}</h2>
      {lost.waiting > 0 && <WaitingRecords count={lost.waiting} />}
      {lost.unproven > 0 && <Message tone="warn">{text('lost.unproven', { count: lost.unproven })}</Message>}
    </section>
  )
}

function WaitingRecords({ count }: { readonly count: number }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('leaveLost')
  return (
    <>
      <Message tone="warn">
        <div className="stack-s">
          <p>{text('lost.text', { count })}</p>
          <p>{text('lost.wait')}</p>
          <p className="small">{text('lost.hint')}</p>
          {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
          <div className="row">
            <Button disabled={busy} onPress={() => void run(null)}>
              {text('lost.leave')}
            </Button>
          </div>
        </div>
      </Message>
      {busy && <Waiting title={text('lost.leave')} text={text('lost.asking')} />}
    </>
  )
}
