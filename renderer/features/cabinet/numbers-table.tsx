// The numbers of a series as a table, newest first: 件名簿. Long ones draw only the rows in view.

import { type ReactNode, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useText } from '../../services/use-text.tsx'
import type { NumberRow, NumberSeriesView } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'

export interface NumbersTableProps {
  readonly series: NumberSeriesView
  readonly onOpen: (id: string) => void
  readonly onVoid: (row: NumberRow) => void
}

const columns = ['number', 'kind', 'subject', 'by', 'at', 'acts'] as const

export function NumbersTable({ series, onOpen, onVoid }: NumbersTableProps): ReactNode {
  const text = useText()
  const frame = useRef<HTMLDivElement>(null)
  const { rows } = series
  // No compiler memoises these components, so its warning about this library does not apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => 52, overscan: 10 })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  if (rows.length === 0) return <p className="cabinet-empty">{text('numbers.empty')}</p>
  return (
    <section aria-labelledby="numbers-list">
      <h2 id="numbers-list" className="section-title">
        {text('numbers.list', { count: rows.length })}
      </h2>
      <div className="register-frame" ref={frame} tabIndex={0} role="region" aria-label={text('numbers.title')}>
        <table className="register numbers" aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {text(`numbers.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
            {items.map((item) => {
              const row = rows[item.index]
              if (row === undefined) return null
              return (
                <tr key={row.key} ref={virtual.measureElement} data-index={item.index} aria-rowindex={item.index + 2}>
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
                </tr>
              )
            })}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
        </table>
      </div>
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
