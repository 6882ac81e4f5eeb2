// The acts as a long table: one row each.

import type { ReactNode } from 'react'
import type { AuditRow } from '../../services/audit-models.ts'
import { useText } from '../../services/use-text.tsx'
import { jstDate } from '@shared/base/civil-date.ts'
import { formatDate, formatTime } from '../../text/dates.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { LongTable } from '../../ui/long-table.tsx'
import { aboutWords, actWords, deviceWordsOf, positionWords, ruleWords, stateWordsOf } from '../../services/audit-words.ts'

const columns = ['at', 'who', 'what', 'device', 'rule', 'counts'] as const

export function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }): ReactNode {
  const text = useText()
  const cells = (row: AuditRow): ReactNode => <Cells row={row} />
  return <LongTable label={text('audit.table')} frame="audit-frame" table="audit-table" headings={columns.map((column) => text(`audit.column.${column}`))} rows={rows} keyOf={({ id }, at) => `${id} ${at}`} height={72} cells={cells} />
}

const tones: Readonly<Record<AuditRow['counts'], ChipTone>> = { yes: 'good', no: 'bad', waits: 'warn', unread: 'plain' }

function Cells({ row }: { readonly row: AuditRow }): ReactNode {
  const text = useText()
  const about = aboutWords(text, row)
  const [rule, tightened] = ruleWords(text, row)
  const reason = row.facts['reason']
  return (
    <>
      <td className="audit-at">
        {formatDate(text.language, jstDate(row.at))}
        <span className="audit-note">{formatTime(row.at)}</span>
      </td>
      <th scope="row">
        {row.personName}
        <span className="audit-note">{positionWords(text, row)}</span>
      </th>
      <td>
        {actWords(text, row)}
        {about !== null && <span className="audit-note">{row.place === null ? about : `${about}（${row.place}）`}</span>}
        {typeof reason === 'string' && <span className="audit-note">{text('audit.reason', { reason })}</span>}
      </td>
      <td>
        {deviceWordsOf(text, row)}
        {row.here && `・${text('audit.here')}`}
        <span className={row.state.kind === 'bad' ? 'audit-note audit-bad' : 'audit-note'}>{stateWordsOf(text, row)}</span>
      </td>
      <td>
        {rule}
        {tightened !== undefined && <span className="audit-note">{tightened}</span>}
      </td>
      <td>
        <Chip tone={tones[row.counts]}>{text(`audit.counts.${row.counts}`)}</Chip>
        {row.why.map((one) => (
          <span key={one.code} className="audit-note">{text.code(one.area, one.code, one.facts)}</span>
        ))}
      </td>
    </>
  )
}
