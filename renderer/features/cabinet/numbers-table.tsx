// The numbers of a series as a table, newest first: 件名簿.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { NumberRow, NumberSeriesView } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { LongTable } from '../../ui/long-table.tsx'

export interface NumbersTableProps {
  readonly series: NumberSeriesView
  readonly onOpen: (id: string) => void
  readonly onVoid: (row: NumberRow) => void
}

const columns = ['number', 'kind', 'subject', 'by', 'at', 'acts'] as const

export function NumbersTable({ series, onOpen, onVoid }: NumbersTableProps): ReactNode {
  const text = useText()
  const { rows } = series
  if (rows.length === 0) return <p className="cabinet-empty">{text('numbers.empty')}</p>
  const cells = (row: NumberRow): ReactNode => (
    <>
      <td>{row.number}</td>
      <td>{text(`numbers.kind.${row.kind}`)}</td>
      <td>
        <Subject row={row} onOpen={onOpen} />
      </td>
      <td>{row.by}</td>
      <td>{row.at === '' ? '' : formatInstant(text.language, row.at)}</td>
      <td>
        {row.mayVoid && (
          <Button kind="quiet" label={text('numbers.voidOne', { number: row.number })} onPress={() => onVoid(row)}>
            {text('numbers.void')}
          </Button>
        )}
      </td>
    </>
  )
  return (
    <section aria-labelledby="numbers-list">
      <h2 id="numbers-list" className="section-title">
        {text('numbers.list', { count: rows.length })}
      </h2>
      <LongTable label={text('numbers.title')} frame="register-frame" table="register numbers" headings={columns.map((column) => text(`numbers.column.${column}`))} rows={rows} keyOf={({ key }) => key} height={52} cells={cells} />
    </section>
  )
}

function Subject({ row, onOpen }: { readonly row: NumberRow; readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  const { doc, hasDocument } = row
  return (
    <>
      {doc !== null && (
        <button type="button" className="numbers-open" onClick={() => onOpen(doc)}>
          {row.title === '' ? text('document.untitled') : row.title}
        </button>
      )}
      {doc === null && hasDocument && <span className="quiet">{text('numbers.hiddenTitle')}</span>}
      {row.holder !== '' && <span className="quiet">{text('numbers.heldBy', { name: row.holder })}</span>}
      {row.reason !== '' && <span className="numbers-reason">{text('numbers.reasonWords', { reason: row.reason })}</span>}
    </>
  )
}
