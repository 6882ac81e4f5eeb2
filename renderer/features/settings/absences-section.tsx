// 不在と代決: who is away from today on, who decides meanwhile; for whoever holds a position, and administrators, saying so.

import { type ReactNode, useState } from 'react'
import type { AbsenceRow, AbsencesView } from '../../services/absence-models.ts'
import { DayInput } from '../../services/day-input.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatDate } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'
import { Chip } from '../../ui/chip.tsx'

export function AbsencesSection(): ReactNode {
  const text = useText()
  const view = useLive('absences', null)
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<AbsenceRow | null>(null)
  if (view === undefined) return null
  return (
    <section className="sheet stack-s" aria-labelledby="settings-absences">
      <h2 id="settings-absences">{text('absence.title')}</h2>
      {view.longestDays === null ? <p>{text('absence.noRules')}</p> : <p className="quiet">{text('absence.lead')}</p>}
      {view.rows.length === 0 ? view.longestDays !== null && <p>{text('absence.none')}</p> : <ul className="stack-s absences" aria-label={text('absence.list')}>{view.rows.map((row) => <Row key={row.id} row={row} onEnd={() => setEnding(row)} />)}</ul>}
      {view.longestDays !== null && view.positions.length > 0 && (
        <div className="row">
          <Button icon="plus" onPress={() => setAdding(true)}>
            {text('absence.add')}
          </Button>
        </div>
      )}
      {adding && <AddAbsence view={view} onClose={() => setAdding(false)} />}
      {ending !== null && <EndAbsence row={ending} onClose={() => setEnding(null)} />}
    </section>
  )
}

function Row({ row, onEnd }: { readonly row: AbsenceRow; readonly onEnd: () => void }): ReactNode {
  const text = useText()
  return (
    <li className="absence">
      <div>
        <p>
          <strong>{text('absence.who', { position: row.positionTitle, name: row.holderName })}</strong> <Chip tone={row.holds ? 'warn' : 'plain'}>{text(row.holds ? 'absence.holds' : 'absence.coming')}</Chip>
        </p>
        <p>{text('absence.row', { from: formatDate(text.language, row.from), to: formatDate(text.language, row.to) })}</p>
        <p>{row.acting === null ? text('absence.nobody') : text('absence.acting', { position: row.acting.title, name: row.acting.name })}</p>
        <p className="small quiet">{text('absence.reason', { reason: row.reason })}</p>
      </div>
      {row.mayEnd && (
        <Button kind="quiet" label={text('absence.endFor', { position: row.positionTitle })} onPress={onEnd}>
          {text('absence.end')}
        </Button>
      )}
    </li>
  )
}

/** In the list of who may decide meanwhile: that nobody does. */
const nobody = ''

function AddAbsence({ view, onClose }: { readonly view: AbsencesView; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('registerAbsence')
  const [position, setPosition] = useState<string | null>(view.positions.length === 1 ? (view.positions[0]?.id ?? null) : null)
  const [acting, setActing] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null | 'unread'>(null)
  const [to, setTo] = useState<string | null | 'unread'>(null)
  const order = view.positions.find(({ id }) => id === position)?.order ?? []
  const ready = position !== null && acting !== null && from !== 'unread' && to !== null && to !== 'unread'
  const go = async (reason: string): Promise<void> => {
    if (ready && (await run({ position, acting: acting === nobody ? null : acting, from, to, reason })).ok) onClose()
  }
  const choose = (id: string): void => {
    setPosition(id)
    setActing(null)
  }
  return (
    <ReasonSheet title={text('absence.add')} lead={text('absence.addLead')} go={text('absence.go')} ready={ready} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <SelectInput label={text('absence.position')} emptyLabel={text('absence.positionEmpty')} value={position} onChange={choose} choices={view.positions.map(({ id, title, name }) => ({ value: id, label: title, note: name }))} />
      {position !== null && (
        <RadioInput
          label={text('absence.actingLabel')}
          value={acting}
          onChange={setActing}
          choices={[...order.map((one, i) => ({ value: one.id, label: one.title, note: text('absence.actingOrder', { n: i + 1, name: one.name }) })), { value: nobody, label: text('absence.actingNobody'), note: text('absence.actingNobodyNote') }]}
        />
      )}
      <DayInput label={text('absence.fromLabel')} help={text('absence.fromHelp')} onChange={setFrom} />
      <DayInput label={text('absence.toLabel')} requiredMark={text('cover.required')} help={text('absence.toHelp', { days: view.longestDays ?? 0 })} onChange={setTo} />
    </ReasonSheet>
  )
}

function EndAbsence({ row, onClose }: { readonly row: AbsenceRow; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('endAbsence')
  const go = async (reason: string): Promise<void> => {
    if ((await run({ absence: row.id, reason })).ok) onClose()
  }
  return <ReasonSheet title={text('absence.endTitle', { position: row.positionTitle })} lead={text('absence.endLead')} go={text('absence.end')} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose} />
}
