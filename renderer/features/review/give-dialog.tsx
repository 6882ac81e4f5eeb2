// Giving somebody a right on the documents of a collection: who, what, why, until when, and when it is looked at again.

import { type ReactNode, useState } from 'react'
import type { ReviewView, Role } from '../../services/review-models.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { TownView } from '../../services/view-models.ts'
import { formatDate } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { DayInput } from '../../services/day-input.tsx'

type GivenRole = Exclude<Role, 'admin'>

const givenRoles: readonly GivenRole[] = ['reader', 'writer', 'approver', 'records', 'owner']

export interface GiveDialogProps {
  readonly view: Pick<ReviewView, 'places' | 'latest'>
  readonly town: TownView
  readonly onClose: () => void
}

export function GiveDialog({ view, town, onClose }: GiveDialogProps): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('giveRight')
  const [person, setPerson] = useState<string | null>(null)
  const [collection, setCollection] = useState<string | null>(null)
  const [role, setRole] = useState<GivenRole>('reader')
  const [reason, setReason] = useState('')
  const [to, setTo] = useState<string | null | 'unread'>(null)
  const [reviewBy, setReviewBy] = useState<string | null | 'unread'>(null)
  const ready = person !== null && collection !== null && reason.trim() !== '' && to !== 'unread' && reviewBy !== 'unread'
  const go = async (): Promise<void> => {
    if (!ready) return
    if ((await run({ person, collection, role, to, reviewBy, reason: reason.trim() })).ok) onClose()
  }
  if (busy) return <Waiting title={text('review.give')} text={text('council.consent')} />
  return (
    <Sheet
      title={text('review.give')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind="strong" disabled={!ready} onPress={() => void go()}>
            {text('council.propose')}
          </Button>
        </>
      }
    >
      <p>{text('review.giveLead')}</p>
      <SelectInput label={text('review.whom')} emptyLabel={text('machines.personEmpty')} value={person} onChange={setPerson} choices={town.people.map((one) => ({ value: one.id, label: one.name, note: text.list([...one.positions, text.code('employment', one.employment)]) }))} />
      <SelectInput label={text('review.place')} emptyLabel={text('review.placeEmpty')} value={collection} onChange={setCollection} choices={view.places.map((one) => ({ value: one.id, label: text.language === 'ja' ? one.name : one.nameEn, ...(one.handedBy.length > 0 ? { note: text('review.handedBy', { names: text.list(one.handedBy) }) } : {}) }))} />
      <RadioInput label={text('review.column.role')} value={role} onChange={(value) => setRole(value as GivenRole)} choices={givenRoles.map((one) => ({ value: one, label: text(`review.role.${one}`), note: text(`review.role.${one}.note`) }))} />
      <TextInput label={text('council.reason')} requiredMark={text('cover.required')} rows={2} value={reason} onChange={setReason} />
      <DayInput label={text('review.giveTo')} help={text('review.giveToHelp')} onChange={setTo} />
      <DayInput label={text('review.giveReview')} help={text('review.giveReviewHelp', { date: formatDate(text.language, view.latest[role]) })} onChange={setReviewBy} />
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
    </Sheet>
  )
}
