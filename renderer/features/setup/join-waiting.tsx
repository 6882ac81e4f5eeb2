// The new machine waits: the six words to read aloud, and a look for the answer every 15 seconds. It never shows the words without
// saying what they are for.

import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { Joining } from '@shared/ipc/contract/enrol.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { SixWordsList } from '../../ui/six-words.tsx'
import './setup.css'

const everyMs = 15_000

export function JoinWaiting({ joining, onLeft }: { readonly joining: Joining; readonly onLeft: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  const [asksPin, setAsksPin] = useState(joining.asksPin)
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [looked, setLooked] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const running = useRef(false)

  const look = useCallback(
    async (typed: string | null): Promise<void> => {
      if (running.current) return
      running.current = true
      setBusy(typed !== null)
      const seen = await session.lookForAnswer({ pin: typed }).finally(() => {
        running.current = false
        setBusy(false)
      })
      setFailure(seen.ok ? null : seen.error)
      setLooked(seen.ok)
      if (seen.ok && typed !== null) setAsksPin(false)
    },
    [session],
  )
  useEffect(() => {
    if (asksPin) return
    void look(null)
    const timer = setInterval(() => void look(null), everyMs)
    return () => clearInterval(timer)
  }, [asksPin, look])

  const resume = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const typed = pin
    setPin('')
    if (typed !== '') await look(typed)
  }
  const leave = async (): Promise<void> => {
    await session.leaveJoin()
    onLeft()
  }

  return (
    <main className="gate">
      <div className="gate-card gate-wide stack setup">
        <header>
          <h1 className="setup-title">{text('join.waiting')}</h1>
          <p>{text('join.waitingLead')}</p>
        </header>
        <SixWordsList label={text('join.words')} words={joining.words[text.language]} />
        <p>{text('join.asked', { town: joining.townName, name: joining.name, at: formatInstant(text.language, new Date(joining.at).toISOString()) })}</p>
        {asksPin && (
          <form className="unlock-form" onSubmit={(event) => void resume(event)}>
            <TextInput label={text('join.pinAgain')} help={text('join.pinAgainHelp')} kind="password" value={pin} onChange={setPin} autoComplete="off" disabled={busy} />
            <Button kind="strong" submit disabled={pin === '' || busy}>
              {text('join.look')}
            </Button>
          </form>
        )}
        {busy && <p role="status">{text('join.looking')}</p>}
        {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
        {failure === null && looked && !asksPin && <Message tone="note">{text('join.notYet')}</Message>}
        <div className="row row-end">
          {!asksPin && <Button onPress={() => void look(null)}>{text('join.look')}</Button>}
          <Button kind="quiet" onPress={() => void leave()}>
            {text('join.leave')}
          </Button>
        </div>
      </div>
    </main>
  )
}
