// Making a collection of documents: its name, what it is for, who answers for it, and the people who use it from the first day.

import { type ReactNode, useState } from 'react'
import { collectionKinds, type CollectionKind } from '@shared/authority/collection.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { DayInput } from '../../services/day-input.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'
import type { TownView } from '../../services/view-models.ts'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { FirstPeople, type FirstPerson } from './first-people.tsx'

export function FoundDialog({ town, onClose, onMade }: { readonly town: TownView; readonly onClose: () => void; readonly onMade: (name: string) => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('foundCollection')
  const [name, setName] = useState('')
  const [nameEn, setNameEn] = useState('')
  const [kind, setKind] = useState<CollectionKind>('project')
  const [purpose, setPurpose] = useState('')
  const [owner, setOwner] = useState<string | null>(null)
  const [people, setPeople] = useState<readonly FirstPerson[]>([])
  const [to, setTo] = useState<string | null | 'unread'>(null)
  const [reviewBy, setReviewBy] = useState<string | null | 'unread'>(null)
  const ready = name.trim() !== '' && purpose.trim() !== '' && owner !== null && to !== 'unread' && reviewBy !== 'unread'
  const go = async (reason: string): Promise<void> => {
    if (!ready) return
    if ((await run({ name, nameEn, kind, purpose, owner, people, to, reviewBy, reason })).ok) onMade(name.trim())
  }
  return (
    <ReasonSheet title={text('collections.new')} lead={text('collections.lead')} go={text('council.propose')} ready={ready} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <TextInput label={text('collections.name')} requiredMark={text('cover.required')} help={text('collections.nameHelp')} value={name} onChange={setName} />
      <TextInput label={text('collections.nameEn')} value={nameEn} onChange={setNameEn} />
      <RadioInput label={text('collections.kind')} value={kind} onChange={(value) => setKind(value as CollectionKind)} choices={collectionKinds.map((one) => ({ value: one, label: text(`collections.kind.${one}`) }))} />
      <TextInput label={text('collections.purpose')} requiredMark={text('cover.required')} rows={2} value={purpose} onChange={setPurpose} />
      <SelectInput label={text('collections.owner')} requiredMark={text('cover.required')} help={text('collections.ownerHelp')} emptyLabel={text('machines.personEmpty')} value={owner} onChange={setOwner} choices={town.people.map((one) => ({ value: one.id, label: one.name, note: one.positions.join('・') }))} />
      <FirstPeople town={town} people={people} onChange={setPeople} />
      <DayInput label={text('review.giveTo')} help={text('collections.toHelp')} onChange={setTo} />
      <DayInput label={text('review.giveReview')} help={text('collections.reviewHelp')} onChange={setReviewBy} />
    </ReasonSheet>
  )
}
