// この文書を見せる: to whom, for what, why and until when. The PIN comes in main's own window.

import { type ReactNode, useState } from 'react'
import { formatDate } from '../text/dates.ts'
import { RadioInput, SelectInput } from '../ui/choice.tsx'
import { DayInput } from './day-input.tsx'
import { ReasonSheet } from './reason-sheet.tsx'
import type { DocumentRole, SharingView } from './sharing-models.ts'
import { useCommand, useLive } from './use-services.tsx'
import { useText } from './use-text.tsx'
import type { DocumentSummary } from './view-models.ts'

export interface ShowSheetProps {
  readonly summary: Pick<DocumentSummary, 'id' | 'title'>
  readonly sharing: Pick<SharingView, 'roles' | 'latest'>
  readonly onClose: () => void
}

export function ShowSheet({ summary, sharing: { roles, latest }, onClose }: ShowSheetProps): ReactNode {
  const text = useText()
  const people = useLive('town', null)?.people ?? []
  const { run, busy, failure } = useCommand('giveDocument')
  const [person, setPerson] = useState<string | null>(null)
  const [role, setRole] = useState<DocumentRole>(roles[0] ?? 'reader')
  const [to, setTo] = useState<string | null | 'unread'>(null)
  const isDay = to !== null && to !== 'unread'
  const go = async (reason: string): Promise<void> => {
    if (person !== null && isDay && (await run({ id: summary.id, person, role, to, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('sharing.give')} lead={text('sharing.giveLead')} go={text('sharing.give')} ready={person !== null && isDay} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <p className="act-document">{summary.title}</p>
      <SelectInput label={text('sharing.whom')} emptyLabel={text('machines.personEmpty')} value={person} onChange={setPerson} choices={people.map((one) => ({ value: one.id, label: one.name, note: text.list([...one.positions, text.code('employment', one.employment)]) }))} />
      <RadioInput label={text('sharing.role')} value={role} onChange={(value) => setRole(value as DocumentRole)} choices={roles.map((one) => ({ value: one, label: text(`review.role.${one}`), note: text(`sharing.role.${one}.note`) }))} />
      <DayInput label={text('sharing.to')} help={text('sharing.toHelp', { latest: formatDate(text.language, latest) })} onChange={setTo} />
    </ReasonSheet>
  )
}
