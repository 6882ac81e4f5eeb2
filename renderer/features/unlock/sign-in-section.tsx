// Signing in with the town's account, beside the PIN: the page of the provider opens in the system's own browser.

import { type ReactNode, useEffect, useState } from 'react'
import type { SignInState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

/** Nothing is shown where this machine knows no provider. */
export function SignInSection({ seat }: { readonly seat: string }): ReactNode {
  const text = useText()
  const session = useSession()
  const [state, setState] = useState<SignInState | null>(null)
  useEffect(() => {
    let isOver = false
    const end = session.onSignIn((told) => (told.seat === seat ? setState(told.status) : undefined))
    void session.signIn(seat).then((asked) => (isOver ? undefined : setState((told) => told ?? asked)))
    return () => {
      isOver = true
      end()
    }
  }, [session, seat])
  if (state === null || state.state === 'none') return null
  const begin = (again: boolean): ReactNode => (
    <Button onPress={() => void session.beginSignIn(seat)}>{text(again ? 'signIn.again' : 'signIn.begin')}</Button>
  )
  return (
    <section className="stack-s" aria-labelledby="sign-in">
      <h2 id="sign-in">{text('signIn.title')}</h2>
      {state.state === 'config-unusable' && <Message tone="warn">{text('signIn.configUnusable')}</Message>}
      {state.state === 'unknown-seat' && <p className="quiet">{text('signIn.unknownSeat')}</p>}
      {state.state === 'out' && <p className="quiet">{text('signIn.out')}</p>}
      {state.state === 'in' && <p role="status">{text('signIn.in', { label: state.label, at: state.at === null ? '' : formatInstant(text.language, new Date(state.at).toISOString()) })}</p>}
      {state.state === 'refused' && (
        <Message tone="bad" title={text('signIn.refusedTitle')}>
          {text('signIn.refused', { label: state.label })}
        </Message>
      )}
      {state.trouble !== null && state.state !== 'waiting' && <Message tone="warn">{text(`signIn.trouble.${state.trouble}`)}</Message>}
      {state.state === 'waiting' && (
        <Message tone="note">
          <p>{text('signIn.waiting')}</p>
          <Button onPress={() => void session.cancelSignIn()}>{text('app.cancel')}</Button>
        </Message>
      )}
      {(state.state === 'out' || state.state === 'in' || state.state === 'refused') && <div>{begin(state.state !== 'out')}</div>}
    </section>
  )
}
