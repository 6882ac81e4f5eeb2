// A seat that was lost is made anew with two of the three recovery sheets: their codes name the people, one of them sets a new PIN.

import { type FormEvent, type ReactNode, useState } from 'react'
import type { RecoverFailure } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

interface KnownPerson {
  readonly person: string
  readonly name: string
  readonly positions: readonly string[]
}

export function RecoverForm(props: { readonly onClose: (() => void) | null; readonly onDone: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [people, setPeople] = useState<readonly KnownPerson[] | null>(null)
  const [person, setPerson] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RecoverFailure | null>(null)
  const differs = again !== '' && pin !== again

  const askPeople = async (): Promise<void> => {
    const found = await session.recoverPeople({ codes: [first, second] })
    setFailure(found.ok ? null : found.error)
    if (found.ok) setPeople(found.value)
  }
  const makeSeat = async (): Promise<void> => {
    if (person === null || pin === '' || pin !== again) return
    const done = await session.recover({ codes: [first, second], person, pin })
    setFailure(done.ok ? null : done.error)
    if (done.ok) props.onDone()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setBusy(true)
    void (people === null ? askPeople() : makeSeat()).finally(() => setBusy(false))
  }

  return (
    <form className="stack" onSubmit={submit}>
      <h2>{text('recover.title')}</h2>
      <p>{text('recover.lead')}</p>
      <TextInput label={text('recover.first')} value={first} onChange={setFirst} autoFocus disabled={people !== null || busy} className="mono" />
      <TextInput label={text('recover.second')} help={text('recover.codeHelp')} value={second} onChange={setSecond} disabled={people !== null || busy} className="mono" />
      {people !== null && (
        <>
          <RadioInput label={text('recover.person')} value={person} onChange={setPerson} layout="cards" choices={people.map((one) => ({ value: one.person, label: one.name, note: text.list(one.positions) }))} />
          <TextInput label={text('recover.pin')} kind="password" value={pin} onChange={setPin} autoComplete="new-password" />
          <TextInput label={text('recover.pinAgain')} kind="password" value={again} onChange={setAgain} autoComplete="new-password" error={differs ? text('setup.pinDiffers') : undefined} />
        </>
      )}
      {people !== null && <Message tone="note">{text('recover.waits')}</Message>}
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      <div className="row row-end">
        {props.onClose !== null && <Button onPress={props.onClose}>{text('app.cancel')}</Button>}
        {people === null ? (
          <Button kind="strong" submit disabled={first.trim() === '' || second.trim() === '' || busy}>
            {text('recover.check')}
          </Button>
        ) : (
          <Button kind="strong" submit disabled={person === null || pin === '' || pin !== again || busy}>
            {text('recover.make')}
          </Button>
        )}
      </div>
    </form>
  )
}
