// Why something was not done, with the way on beside it: where a sign-in is all that is wanting, signing in and then the same act again;
// where the device is not in order, the page that says how to mend it.

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { failureText } from '../text/translate.ts'
import { Button } from '../ui/button.tsx'
import { Message } from '../ui/message.tsx'
import type { SignInState } from './session-api.ts'
import { useSession } from './use-services.tsx'
import { useText } from './use-text.tsx'
import type { CommandFailure } from './vault-api.ts'
import { remedyOf } from './remedy.ts'

interface WaysOn {
  /** The open seat. */
  readonly seat: string
  readonly toEndpoint: () => void
}

const WaysOnContext = createContext<WaysOn | null>(null)

export function WaysOnProvider({ seat, toEndpoint, children }: WaysOn & { readonly children: ReactNode }): ReactNode {
  return <WaysOnContext value={{ seat, toEndpoint }}>{children}</WaysOnContext>
}

/** `again`: the same act once more, after a sign-in. */
export function Refusal({ title, failure, again }: { readonly title: string; readonly failure: CommandFailure; readonly again: () => void }): ReactNode {
  const text = useText()
  const ways = useContext(WaysOnContext)
  const remedy = remedyOf(failure)
  if (remedy === 'sign-in' && ways) return <SignInWanted title={title} failure={failure} seat={ways.seat} again={again} />
  return (
    <Message tone="bad" title={title} actions={remedy === 'endpoint' && ways && <Button onPress={ways.toEndpoint}>{text('remedy.endpoint')}</Button>}>
      {failureText(text, failure)}
    </Message>
  )
}

function SignInWanted({ title, failure, seat, again }: { readonly title: string; readonly failure: CommandFailure; readonly seat: string; readonly again: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  /** While somebody signs in: when the provider vouched before; then it goes on by itself. */
  const [asked, setAsked] = useState<{ readonly before: number | null } | null>(null)
  const [state, setState] = useState<SignInState | null>(null)
  useEffect(() => session.onSignIn((told) => (told.seat === seat ? setState(told.status) : undefined)), [session, seat])
  const isDone = asked !== null && state?.state === 'in' && state.at !== null && state.at > (asked.before ?? 0)
  useEffect(() => {
    if (!isDone) return
    setAsked(null)
    again()
  }, [isDone, again])
  const begin = async (): Promise<void> => {
    const now = await session.signIn(seat)
    setState(now)
    if (now.state === 'none' || now.state === 'config-unusable' || now.state === 'unknown-seat') return
    setAsked({ before: now.at })
    await session.beginSignIn(seat)
  }
  const off = state !== null && (state.state === 'none' || state.state === 'config-unusable' || state.state === 'unknown-seat')
  const waits = asked !== null && state?.state === 'waiting'
  return (
    <Message tone="bad" title={title} actions={waits ? <Button onPress={() => void session.cancelSignIn()}>{text('app.cancel')}</Button> : <Button kind="strong" onPress={() => void begin()}>{text('signIn.again')}</Button>}>
      <p>{failureText(text, failure)}</p>
      {waits && <p role="status">{text('remedy.waiting')}</p>}
      {off && <p>{text('remedy.noSignIn')}</p>}
      {state !== null && state.trouble !== null && !waits && <p>{text(`signIn.trouble.${state.trouble}`)}</p>}
    </Message>
  )
}
