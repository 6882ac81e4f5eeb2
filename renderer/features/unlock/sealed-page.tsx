// There is a workspace on this machine, and the system's secret store does not give back what opens its profile: what happened, what to do
// first, and the way back where that does not help.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import './unlock.css'

/** Without a keystore there is nothing that new keys could be sealed with: only signing in to the system helps. */
export function SealedPage({ keystore, onRejoin }: { readonly keystore: 'os' | 'none'; readonly onRejoin: () => void }): ReactNode {
  const text = useText()
  return (
    <main className="gate">
      <div className="gate-card gate-wide stack">
        <h1>{text('sealed.title')}</h1>
        <Message tone="bad" title={text('unlock.failed')}>
          <p>{text('sealed.why')}</p>
        </Message>
        {keystore === 'os' && (
          <>
            <p>{text('sealed.again')}</p>
            <div>
              <Button onPress={onRejoin}>{text('unlock.rejoin')}</Button>
            </div>
          </>
        )}
      </div>
    </main>
  )
}
