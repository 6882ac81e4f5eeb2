// A table of which only the rows in view are drawn, in a frame of its own that the keyboard scrolls.

import { type ReactNode, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'

export interface LongTableProps<Row> {
  /** Of the frame, for whoever hears it. */
  readonly label: string
  readonly frame: string
  readonly table: string
  readonly headings: readonly string[]
  readonly rows: readonly Row[]
  /** `at`: where it stands, for rows that have no name. */
  readonly keyOf: (row: Row, at: number) => string | number
  /** About how high a row is, in pixels. */
  readonly height: number
  /** The cells of a row. */
  readonly cells: (row: Row) => ReactNode
}

export function LongTable<Row>({ label, frame, table, headings, rows, keyOf, height, cells }: LongTableProps<Row>): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  // No compiler memoises this component, so its warning about this library does not apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => place.current, estimateSize: () => height, overscan: 10 })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div className={frame} ref={place} tabIndex={0} role="region" aria-label={label}>
      <table className={table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
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
              <tr key={keyOf(row, item.index)} ref={virtual.measureElement} data-index={item.index} aria-rowindex={item.index + 2}>
                {cells(row)}
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  )
}
