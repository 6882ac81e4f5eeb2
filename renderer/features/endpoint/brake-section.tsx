// まとめて行う作業: how many documents may be changed within an hour at this seat, and saying beforehand that it will be more.

import { type ReactNode, useState } from 'react'
import { longestLiftHours, mostLifted } from '@shared/authority/brake.ts'
import { ReasonSheet } from '../../services/reason-sheet.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useLeases } from '../../services/use-leases.ts'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { wholeNumber } from './endpoint-model.ts'

export function BrakeSection(): ReactNode {
  const text = useText()
  const { now } = useLeases()
  const brake = useLive('brake', null)
  const [asking, setAsking] = useState(false)
  if (!brake) return null
  return (
    <section className="sheet stack-s" aria-labelledby="endpoint-brake">
      <h2 id="endpoint-brake">{text('brake.title')}</h2>
      <p>{text('brake.lead', { limit: brake.limit })}</p>
      {brake.lift !== null && now < Date.parse(brake.lift.until) && <p role="status">{text('brake.lifted', { documents: brake.lift.documents, until: formatInstant(text.language, brake.lift.until) })}</p>}
      <div className="row">
        <Button onPress={() => setAsking(true)}>{text('brake.lift')}</Button>
      </div>
      {asking && <LiftSheet onClose={() => setAsking(false)} />}
    </section>
  )
}

function LiftSheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('liftBrake')
  const [documents, setDocuments] = useState('')
  const [hours, setHours] = useState('1')
  const wanted = { documents: wholeNumber(documents, mostLifted), hours: wholeNumber(hours, longestLiftHours) }
  const go = async (reason: string): Promise<void> => {
    const { documents: many, hours: long } = wanted
    if (many !== null && long !== null && (await run({ documents: many, hours: long, reason })).ok) onClose()
  }
  const wrong = (typed: string, value: number | null, most: number): { readonly error?: string } => (typed !== '' && value === null ? { error: text('brake.number', { most }) } : {})
  return (
    <ReasonSheet title={text('brake.lift')} lead={text('brake.liftLead')} go={text('brake.liftGo')} ready={wanted.documents !== null && wanted.hours !== null} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <TextInput label={text('brake.documents')} requiredMark={text('cover.required')} inputMode="numeric" value={documents} onChange={setDocuments} {...wrong(documents, wanted.documents, mostLifted)} />
      <TextInput label={text('brake.hours')} requiredMark={text('cover.required')} inputMode="numeric" value={hours} onChange={setHours} {...wrong(hours, wanted.hours, longestLiftHours)} />
    </ReasonSheet>
  )
}
