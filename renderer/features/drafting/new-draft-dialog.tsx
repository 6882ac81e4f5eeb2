// A new draft: the form, the collection it belongs to, the position it is drafted as. With one of each there is nothing to ask.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Refusal } from '../../services/refusal.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { TownView } from '../../services/view-models.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { emptyChoice, isDecided, mayDraft, type NewDraftChoice } from './new-draft-model.ts'

export interface NewDraftDialogProps {
  readonly predecessor: { readonly id: string; readonly title: string; readonly collection: string } | null
  readonly onClose: () => void
  readonly onCreated: (id: string) => void
}

export function NewDraftDialog(props: NewDraftDialogProps): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  if (town === undefined) return <Waiting title={text('newDraft.title')} text={text('newDraft.opening')} />
  if (!mayDraft(town)) {
    return (
      <Sheet title={text('newDraft.title')} onClose={props.onClose} actions={<Button kind="strong" onPress={props.onClose}>{text('app.close')}</Button>}>
        <Message tone="warn">{text('newDraft.mayNot')}</Message>
      </Sheet>
    )
  }
  return <NewDraftForm {...props} town={town} />
}

function NewDraftForm({ predecessor, onClose, onCreated, town }: NewDraftDialogProps & { readonly town: TownView }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('createDraft')
  const [choice, setChoice] = useState<NewDraftChoice>(() => emptyChoice(town, predecessor?.collection ?? null))
  const [reason, setReason] = useState('')
  const started = useRef(false)
  // Settled when it opens: an answer given in it is not yet the word to begin.
  const [asksNothing] = useState(() => predecessor === null && isDecided(choice) && town.forms.length === 1)

  const create = async (): Promise<void> => {
    if (!isDecided(choice)) return
    const done = await run({ ...choice, ...(predecessor === null ? {} : { predecessor: { id: predecessor.id, reason: reason.trim() } }) })
    if (!done.ok) return
    onClose()
    onCreated(done.value.id)
  }
  useEffect(() => {
    if (!asksNothing || started.current) return
    started.current = true
    void create()
  })

  if (busy || (asksNothing && failure === null)) return <Waiting title={text('newDraft.title')} text={text('newDraft.making')} />
  return (
    <Sheet
      title={text(predecessor === null ? 'newDraft.title' : 'newDraft.redraft')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind="strong" disabled={!isDecided(choice) || (predecessor !== null && reason.trim() === '')} onPress={() => void create()}>
            {text('newDraft.do')}
          </Button>
        </>
      }
    >
      {predecessor !== null && (
        <>
          <p>{text('newDraft.redraftLead', { title: predecessor.title })}</p>
          <TextInput label={text('newDraft.reason')} requiredMark={text('cover.required')} rows={2} value={reason} onChange={setReason} autoFocus />
        </>
      )}
      {town.forms.length > 1 && (
        <RadioInput label={text('newDraft.form')} value={choice.form} onChange={(form) => setChoice({ ...choice, form })} choices={town.forms.map((one) => ({ value: one.id, label: text.language === 'ja' ? one.title : one.titleEn }))} />
      )}
      {town.collections.filter((one) => one.writable).length > 1 && (
        <RadioInput
          label={text('newDraft.collection')}
          value={choice.collection}
          onChange={(collection) => setChoice({ ...choice, collection })}
          choices={town.collections.filter((one) => one.writable).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {town.me.positions.length > 1 && (
        <RadioInput label={text('act.asWhich')} value={choice.position} onChange={(position) => setChoice({ ...choice, position })} choices={town.me.positions.map((one) => ({ value: one.id, label: one.title }))} />
      )}
      {failure !== null && <Refusal title={text('failure.title')} failure={failure} again={() => void create()} />}
    </Sheet>
  )
}
