// Who sits here now: a tile for each seat of this device, then the PIN. Wrong PINs make one wait; the page shows how long.

import { type FormEvent, type ReactNode, useState } from 'react'
import type { AppInfo, SessionState, UnlockFailure } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Message } from '../../ui/message.tsx'
import { RecoverForm } from './recover-form.tsx'
import { SignInSection } from './sign-in-section.tsx'
import { useWait } from './use-wait.ts'
import './unlock.css'

export interface UnlockPageProps {
  readonly state: Extract<SessionState, { state: 'locked' }>
  readonly info: AppInfo | null
  /** This device is to be enrolled anew. */
  readonly onRejoin: () => void
}

export function UnlockPage({ state, info, onRejoin }: UnlockPageProps): ReactNode {
  const text = useText()
  const [recovering, setRecovering] = useState(state.seats.length === 0)
  return (
    <main className="gate">
      <div className="gate-card gate-wide stack">
        <header className="unlock-head">
          <h1>{text('unlock.title', { town: state.workspace.townName })}</h1>
          {state.workspace.kind === 'practice' && <span className="unlock-practice">{text('unlock.practiceMark')}</span>}
        </header>
        {state.workspace.kind === 'practice' && <p>{text('app.practice')}</p>}
        {state.keystore === 'none' && <Message tone="warn">{text('unlock.noKeystore')}</Message>}
        {recovering ? <RecoverForm onClose={state.seats.length === 0 ? null : () => setRecovering(false)} onDone={() => setRecovering(false)} /> : <UnlockForm state={state} onRecover={() => setRecovering(true)} onRejoin={onRejoin} />}
        <footer className="gate-foot">
          <span>{text('app.version', { version: info?.version ?? '' })}</span>
          {info?.testRuntime === true && <span>{text('app.testRuntime', { electron: info.electron })}</span>}
        </footer>
      </div>
    </main>
  )
}

/** Whole hours, rounded up; what is shown may be a minute old. */
function hoursUntil(instant: string): number {
  return Math.max(1, Math.ceil((Date.parse(instant) - Date.now()) / 3_600_000))
}

function UnlockForm(props: { readonly state: UnlockPageProps['state']; readonly onRecover: () => void; readonly onRejoin: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  const { seats } = props.state
  const [chosen, setChosen] = useState<string | null>(seats.length === 1 ? (seats[0]?.seat ?? null) : null)
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<UnlockFailure | null>(null)
  const wait = useWait()
  const seat = seats.find((one) => one.seat === chosen)

  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (seat === undefined || pin === '' || busy || wait.seconds > 0) return
    setBusy(true)
    const done = await session.unlock({ seat: seat.seat, pin }).finally(() => setBusy(false))
    setPin('')
    setFailure(done.ok ? null : done.error)
    if (!done.ok) wait.start(done.error.waitMs)
  }

  return (
    <>
      <section aria-labelledby="unlock-who">
        <h2 id="unlock-who">{text('unlock.who')}</h2>
        <ul className="seats">
          {seats.map((one) => (
            <li key={one.seat}>
              <button type="button" className="seat" aria-pressed={one.seat === chosen} onClick={() => setChosen(one.seat)}>
                <Icon name="user" size={28} />
                <span className="seat-words">
                  <span className="seat-name">{one.name}</span>
                  <span className="seat-positions">{text.list(one.positions)}</span>
                  {one.waitsUntil !== undefined && <span className="seat-waits">{text('unlock.waits', { until: formatInstant(text.language, one.waitsUntil), hours: hoursUntil(one.waitsUntil) })}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {seat !== undefined && (
        <form className="unlock-form" onSubmit={(event) => void unlock(event)} key={seat.seat}>
          <TextInput label={text('unlock.pin', { name: seat.name })} kind="password" value={pin} onChange={setPin} autoFocus autoComplete="off" disabled={busy} />
          <Button kind="strong" submit disabled={pin === '' || busy || wait.seconds > 0}>
            {text(busy ? 'unlock.opening' : 'unlock.open')}
          </Button>
        </form>
      )}
      {failure !== null && (
        <Message tone="bad" title={text('unlock.failed')}>
          <p>{failureText(text, failure)}</p>
          {wait.seconds > 0 && <p>{text('unlock.wait', { seconds: wait.seconds })}</p>}
          {(failure.type === 'KeyUnavailable' || failure.type === 'ContactNeeded') && <Button onPress={props.onRejoin}>{text('unlock.rejoin')}</Button>}
        </Message>
      )}
      {seat !== undefined && <SignInSection seat={seat.seat} key={`sign-in ${seat.seat}`} />}
      <div>
        <Button kind="quiet" onPress={props.onRecover}>
          {text('unlock.recover')}
        </Button>
      </div>
    </>
  )
}
