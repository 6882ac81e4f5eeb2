// The new machine's first step: the invitation file, the person's name and a PIN. Nothing is made until all is known.

import { type FormEvent, type ReactNode, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { Failure } from '@shared/base/result.ts'
import type { InvitationLabel, Joining } from '@shared/ipc/contract/enrol.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { accessWords, type JoinDraft, joinGaps } from './join-model.ts'
import './setup.css'

interface Chosen {
  readonly file: Uint8Array
  readonly label: InvitationLabel
}

/** `again`: over the records that this device holds already. */
export function JoinPage(props: { readonly again?: boolean; readonly onAsked: (joining: Joining) => void; readonly onBack: () => void }): ReactNode {
  const text = useText()
  const session = useSession()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [draft, setDraft] = useState<JoinDraft>({ name: '', pin: '', pinAgain: '', user: '', secret: '' })
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const change = (part: Partial<JoinDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const access = chosen && accessWords(chosen.label.storage)
  const gaps = joinGaps(draft, access !== null)
  const gapOf = (field: keyof JoinDraft): string | undefined => {
    const gap = gaps.find((one) => one.field === field)
    return gap !== undefined && (asked || (field === 'pinAgain' && draft.pinAgain !== '')) ? text(gap.sentence) : undefined
  }

  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const invitation = new Uint8Array(await file.arrayBuffer())
    const read = await session.readInvitation({ invitation })
    setFailure(read.ok ? null : read.error)
    setChosen(read.ok ? { file: invitation, label: read.value } : null)
  }

  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setAsked(true)
    if (chosen === null || gaps.length > 0 || busy) return
    setBusy(true)
    const done = await session.beginJoin({ invitation: chosen.file, name: draft.name, pin: draft.pin, access: access ? { user: draft.user.trim(), secret: draft.secret } : { user: '', secret: '' } }).finally(() => setBusy(false))
    if (done.ok) props.onAsked(done.value)
    else setFailure(done.error)
  }

  return (
    <main className="gate">
      <form className="gate-card gate-wide stack setup" onSubmit={(event) => void ask(event)} noValidate>
        <header>
          <h1 className="setup-title">{text(props.again ? 'join.againTitle' : 'join.title')}</h1>
          <p>{text(props.again ? 'join.againLead' : 'join.lead')}</p>
        </header>
        <div className="row">
          <FileTrigger acceptedFileTypes={['.fumibako']} onSelect={(files) => void choose(files?.[0])}>
            <Button icon="clip">{text('join.pick')}</Button>
          </FileTrigger>
          <Button kind="quiet" onPress={props.onBack}>
            {text(props.again ? 'join.againBack' : 'join.back')}
          </Button>
        </div>
        {chosen !== null && (
          <>
            <Message tone="note">
              <p>{text(chosen.label.kind === 'practice' ? 'join.invitedPractice' : 'join.invitedReal', { town: chosen.label.townName })}</p>
              <p>{text('join.place', { address: String(chosen.label.storage['address'] ?? '') })}</p>
            </Message>
            {access && (
              <>
                <TextInput label={text(access.user)} help={text('join.accessHelp')} value={draft.user} onChange={(user) => change({ user })} error={gapOf('user')} />
                <TextInput label={text(access.secret)} help={text('join.secretHelp')} kind="password" value={draft.secret} onChange={(secret) => change({ secret })} error={gapOf('secret')} />
              </>
            )}
            <TextInput label={text('join.name')} help={text('join.nameHelp')} value={draft.name} onChange={(name) => change({ name })} error={gapOf('name')} />
            <div className="setup-pair">
              <TextInput label={text('setup.pin')} help={text('setup.pinHelp')} kind="password" autoComplete="new-password" value={draft.pin} onChange={(pin) => change({ pin })} error={gapOf('pin')} />
              <TextInput label={text('setup.pinAgain')} kind="password" autoComplete="new-password" value={draft.pinAgain} onChange={(pinAgain) => change({ pinAgain })} error={gapOf('pinAgain')} />
            </div>
          </>
        )}
        {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
        {chosen !== null && (
          <div className="row row-end">
            {busy && <span role="status">{text('join.asking')}</span>}
            <Button kind="strong" submit disabled={busy}>
              {text('join.ask')}
            </Button>
          </div>
        )}
      </form>
    </main>
  )
}
