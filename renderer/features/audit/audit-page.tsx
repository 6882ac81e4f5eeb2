// 監査証跡: who did what, newest first. The list comes from the sealed records themselves; it is narrowed by person, acts, device, days, words.

import { type ReactNode, useDeferredValue, useState } from 'react'
import { auditGroups } from '@shared/archive/audit.ts'
import type { AuditQuery, AuditView, WantedGroup } from '../../services/audit-models.ts'
import { DayInput } from '../../services/day-input.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { SelectInput } from '../../ui/choice.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { AuditTable } from './audit-table.tsx'
import { deviceName } from '../../services/audit-words.ts'
import './audit.css'

const everything: AuditQuery = { person: null, device: null, group: 'usual', from: null, to: null, words: '' }
const anything = '*'
const wantedGroups: readonly WantedGroup[] = ['usual', 'all', ...auditGroups]

export function AuditPage(): ReactNode {
  const text = useText()
  const [query, setQuery] = useState(everything)
  const asked = useDeferredValue(query)
  const view = useLive('audit', asked)
  const [last, setLast] = useState<AuditView | null>(null)
  if (view !== undefined && view !== last) setLast(view)
  const shown = view ?? last
  const isBehind = view === undefined || asked !== query
  return (
    <div aria-busy={isBehind}>
      <header className="page-head">
        <h1>{text('audit.title')}</h1>
      </header>
      {shown === null ? <p role="status">{text('audit.opening')}</p> : <Acts view={shown} query={query} change={(part) => setQuery({ ...query, ...part })} />}
    </div>
  )
}

function Acts({ view, query, change }: { readonly view: AuditView; readonly query: AuditQuery; readonly change: (part: Partial<AuditQuery>) => void }): ReactNode {
  const text = useText()
  return (
    <div className="stack">
      <p className="quiet">{text(`audit.scope.${view.scope}`)}</p>
      <section className="stack-s" aria-label={text('audit.filters')}>
        <div className="audit-bar">
          <SelectInput className="audit-group" label={text('audit.group')} emptyLabel={text('audit.group')} value={query.group} onChange={(group) => change({ group: group as WantedGroup })} choices={wantedGroups.map((one) => ({ value: one, label: text(`audit.group.${one}`) }))} />
          {view.scope === 'all' && (
            <SelectInput label={text('audit.person')} emptyLabel={text('audit.anybody')} value={query.person ?? anything} onChange={(person) => change({ person: person === anything ? null : person })} choices={[{ value: anything, label: text('audit.anybody') }, ...view.people.map(({ id, name }) => ({ value: id, label: name }))]} />
          )}
          <SelectInput className="audit-device" label={text('audit.device')} emptyLabel={text('audit.anyDevice')} value={query.device ?? anything} onChange={(device) => change({ device: device === anything ? null : device })} choices={[{ value: anything, label: text('audit.anyDevice') }, ...view.devices.map((one) => ({ value: one.id, label: deviceName(text, one) }))]} />
          <TextInput className="audit-words" label={text('audit.words')} value={query.words} onChange={(words) => change({ words })} />
        </div>
        <div className="audit-bar">
          <DayInput label={text('audit.from')} help={text('audit.day')} onChange={(from) => from !== 'unread' && change({ from })} />
          <DayInput label={text('audit.to')} help={text('audit.day')} onChange={(to) => to !== 'unread' && change({ to })} />
        </div>
      </section>
      {view.reading !== null && view.reading.total > 0 && <Message tone="note">{text('audit.reading', view.reading)}</Message>}
      <p role="status">
        <strong>{text('audit.count', { matching: view.matching, total: view.total })}</strong>
        {view.matching > view.rows.length && ` ${text('audit.capped', { shown: view.rows.length })}`}
      </p>
      {view.mayExport && <ExportPart query={query} none={view.matching === 0} />}
      {view.rows.length === 0 ? <p className="audit-empty">{text('audit.none')}</p> : <AuditTable rows={view.rows} />}
      <p className="small quiet">{text('audit.limits')}</p>
    </div>
  )
}

function ExportPart({ query, none }: { readonly query: AuditQuery; readonly none: boolean }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('exportAudit')
  const [written, setWritten] = useState<string | null>(null)
  const make = async (): Promise<void> => {
    const done = await run(query)
    if (done.ok) setWritten(done.value?.path ?? null)
  }
  return (
    <div className="stack-s">
      <div className="row">
        <Button disabled={busy || none} onPress={() => void make()}>
          {text('audit.export')}
        </Button>
      </div>
      <p className="small quiet">{text('audit.exportLead')}</p>
      {written !== null && <Message tone="good">{text('audit.written', { path: written })}</Message>}
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      {busy && <Waiting title={text('audit.export')} text={text('audit.exporting')} />}
    </div>
  )
}
