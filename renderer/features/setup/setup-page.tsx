// First run: what the workspace is for, what it starts with, who gets a seat, the PIN. It makes nothing until all is known.

import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import type { RecoverySheets, SetupFailure } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { ManyInput, RadioInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { SecondAdministrator } from './second-administrator.tsx'
import { type SetupDraft, type SetupField, setupGaps, setupInput } from './setup-model.ts'
import './setup.css'

export interface SetupPageProps {
  readonly keystore: 'os' | 'none'
  readonly erasedAt: number | null
  readonly onCreated: (sheets: RecoverySheets) => void
  readonly onJoin: () => void
}

interface SamplePerson {
  readonly person: string
  readonly name: string
  readonly positions: readonly string[]
}

export function SetupPage({ keystore, erasedAt, onCreated, onJoin }: SetupPageProps): ReactNode {
  const text = useText()
  const session = useSession()
  const [people, setPeople] = useState<readonly SamplePerson[]>([])
  const [draft, setDraft] = useState<SetupDraft>({ kind: 'practice', start: 'sample', townName: '', familyName: '', givenName: '', reading: '', positionTitle: '', second: null, seats: [], pin: '', pinAgain: '' })
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<SetupFailure | null>(null)
  const change = (part: Partial<SetupDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const gaps = setupGaps(draft)
  const gapOf = (field: SetupField): string | undefined => {
    const gap = gaps.find((one) => one.field === field)
    const again = (field === 'pinAgain' && draft.pinAgain !== '') || (field === 'second.pinAgain' && draft.second?.pinAgain !== '')
    return gap !== undefined && (asked || again) ? text(gap.sentence) : undefined
  }

  useEffect(() => {
    void session.samplePeople().then(setPeople)
  }, [session])

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setAsked(true)
    if (gaps.length > 0 || busy) return
    setBusy(true)
    const done = await session.createWorkspace(setupInput(draft)).finally(() => setBusy(false))
    if (done.ok) onCreated(done.value)
    else setFailure(done.error)
  }

  return (
    <main className="gate">
      <form className="gate-card gate-wide stack setup" onSubmit={(event) => void create(event)} noValidate>
        <header>
          <h1 className="setup-title">{text('setup.title')}</h1>
          <p>{text('setup.lead')}</p>
        </header>
        {erasedAt !== null && <Message tone="warn" title={text('setup.erasedTitle')}>{text('setup.erased', { at: formatInstant(text.language, new Date(erasedAt).toISOString()) })}</Message>}
        <div className="setup-join">
          <p className="quiet">{text('setup.joinNote')}</p>
          <Button onPress={onJoin}>{text('setup.join')}</Button>
        </div>
        {keystore === 'none' && <Message tone="warn">{text('setup.noKeystore')}</Message>}
        <RadioInput
          label={text('setup.kind')}
          layout="cards"
          value={draft.kind}
          onChange={(kind) => change({ kind: kind === 'real' ? 'real' : 'practice' })}
          choices={[
            { value: 'practice', label: text('setup.practice'), note: text('setup.practiceNote') },
            { value: 'real', label: text('setup.real'), note: text('setup.realNote'), disabled: keystore === 'none' },
          ]}
        />
        <RadioInput
          label={text('setup.start')}
          layout="cards"
          value={draft.start}
          onChange={(start) => change({ start: start === 'blank' ? 'blank' : 'sample' })}
          choices={[
            { value: 'sample', label: text('setup.sample'), note: text('setup.sampleNote') },
            { value: 'blank', label: text('setup.blank'), note: text('setup.blankNote') },
          ]}
        />
        {draft.start === 'blank' ? (
          <FirstPerson draft={draft} change={change} gapOf={gapOf} />
        ) : (
          <ManyInput
            label={text('setup.seats')}
            help={text('setup.seatsHelp')}
            error={gapOf('seats')}
            values={draft.seats}
            onChange={(seats) => change({ seats })}
            choices={people.map((one) => ({ value: one.person, label: one.name, note: text.list(one.positions) }))}
          />
        )}
        <div className="setup-pair">
          <TextInput label={text('setup.pin')} help={text('setup.pinHelp')} kind="password" autoComplete="new-password" value={draft.pin} onChange={(pin) => change({ pin })} error={gapOf('pin')} />
          <TextInput label={text('setup.pinAgain')} kind="password" autoComplete="new-password" value={draft.pinAgain} onChange={(pinAgain) => change({ pinAgain })} error={gapOf('pinAgain')} />
        </div>
        {draft.start === 'blank' && <SecondAdministrator second={draft.second} onChange={(second) => change({ second })} gapOf={gapOf} />}
        {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
        <div className="row row-end">
          {busy && <span role="status">{text('setup.making')}</span>}
          <Button kind="strong" submit disabled={busy}>
            {text('setup.create')}
          </Button>
        </div>
      </form>
    </main>
  )
}

interface FirstPersonProps {
  readonly draft: SetupDraft
  readonly change: (part: Partial<SetupDraft>) => void
  readonly gapOf: (field: SetupField) => string | undefined
}

function FirstPerson({ draft, change, gapOf }: FirstPersonProps): ReactNode {
  const text = useText()
  return (
    <fieldset className="setup-fields">
      <legend>{text('setup.first')}</legend>
      <TextInput label={text('setup.townName')} value={draft.townName} onChange={(townName) => change({ townName })} error={gapOf('townName')} />
      <div className="setup-pair">
        <TextInput label={text('setup.familyName')} value={draft.familyName} onChange={(familyName) => change({ familyName })} error={gapOf('familyName')} />
        <TextInput label={text('setup.givenName')} value={draft.givenName} onChange={(givenName) => change({ givenName })} error={gapOf('givenName')} />
      </div>
      <TextInput label={text('setup.reading')} help={text('setup.readingHelp')} value={draft.reading} onChange={(reading) => change({ reading })} error={gapOf('reading')} />
      <TextInput label={text('setup.positionTitle')} help={text('setup.positionTitleHelp')} value={draft.positionTitle} onChange={(positionTitle) => change({ positionTitle })} error={gapOf('positionTitle')} />
    </fieldset>
  )
}
