// The town's devices: when each was last heard of, calling one lost, and what could be read on a lost one.

import { type ReactNode, useState } from 'react'
import { countsOf } from '../../services/could-read-note.tsx'
import { namesInWords } from '../../services/machine-words.ts'
import type { DeviceRow, LostReport } from '../../services/trust-models.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useSync } from '../../services/use-sync.ts'
import { ReasonSheet } from '../../services/reason-sheet.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { CouldReadList } from './could-read-list.tsx'

export function DevicesSection({ devices, mayReport }: { readonly devices: readonly DeviceRow[]; readonly mayReport: boolean }): ReactNode {
  const text = useText()
  const sync = useSync()
  const [reporting, setReporting] = useState<DeviceRow | null>(null)
  const heardAt = (device: string): number => Math.max(0, ...(sync?.machines ?? []).flatMap((machine) => (machine.device === device ? [machine.at] : [])))
  const heard = (device: string): string => (heardAt(device) === 0 ? text('devices.never') : formatInstant(text.language, new Date(heardAt(device)).toISOString()))
  const nameOf = ({ device, people }: DeviceRow): string => text('devices.name', { people: namesInWords(text, people), id: device.slice(0, 6) })
  const state = (row: DeviceRow): string => (row.here ? text('devices.here') : row.lost ? text('devices.lostSince', { at: formatInstant(text.language, row.lost.at) }) : text('devices.heard', { at: heard(row.device) }))
  const lost = devices.filter((row): row is DeviceRow & { readonly lost: LostReport } => row.lost !== null)
  return (
    <section className="sheet stack-s" aria-labelledby="trust-devices">
      <h2 id="trust-devices">{text('devices.title')}</h2>
      <p className="quiet">{text('devices.lead')}</p>
      <ul className="offline-list" aria-label={text('devices.title')}>
        {devices.map((row) => (
          <li key={row.device}>
            <div className="offline-what">
              <span>{nameOf(row)}</span>
              <span className="small quiet">{state(row)}</span>
              <span className="small quiet">{text('endpoint.level', { level: row.level, words: text(`machines.level${row.level}`) })}</span>
            </div>
            {mayReport && !row.here && row.lost === null && (
              <Button kind="quiet" label={text('devices.reportOf', { name: nameOf(row) })} onPress={() => setReporting(row)}>
                {text('devices.report')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayReport && lost.map((row) => <Lost key={row.device} name={nameOf(row)} heard={heard(row.device)} lost={row.lost} />)}
      {reporting !== null && <Report row={reporting} name={nameOf(reporting)} onClose={() => setReporting(null)} />}
    </section>
  )
}

function Report({ row, name, onClose }: { readonly row: DeviceRow; readonly name: string; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('reportLost')
  const go = async (reason: string): Promise<void> => {
    if ((await run({ device: row.device, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('devices.reportTitle', { name })} lead={text('devices.reportLead')} go={text('seats.removeGo')} danger busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      {row.takesTwo && <Message tone="note">{text('devices.reportAdmins')}</Message>}
    </ReasonSheet>
  )
}

function Lost({ name, heard, lost }: { readonly name: string; readonly heard: string; readonly lost: LostReport }): ReactNode {
  const text = useText()
  return (
    <article className="stack-s machine" aria-label={text('devices.lostTitle', { name })}>
      <h3>{text('devices.lostTitle', { name })}</h3>
      <p>{text('devices.lostBy', { by: lost.by, at: formatInstant(text.language, lost.at), reason: lost.reason })}</p>
      <p>{text('devices.lastHeard', { at: heard })}</p>
      <p role="status">{lost.usesKnown ? text('devices.couldRead', countsOf(lost)) : text('devices.looking')}</p>
      {lost.unread.length > 0 && <p>{text('devices.unread', { names: text.list(lost.unread) })}</p>}
      <p className="quiet small">{text('devices.contents')}</p>
      <CouldReadList found={lost} />
      <p>{text('devices.next')}</p>
      <ul className="trust-limits">
        {(['devices.nextStorage', 'devices.nextAccount', 'devices.nextReport'] as const).map((key) => (
          <li key={key}>{text(key)}</li>
        ))}
      </ul>
    </article>
  )
}
