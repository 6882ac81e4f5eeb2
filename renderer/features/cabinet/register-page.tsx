// 簿冊管理簿: the register of volumes with its eleven columns (施行令11条1項). Long registers draw only the rows in view.

import { type ReactNode, useRef, useState } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { RegisterRow } from '../../services/view-models.ts'
import { formatDate, formatFiscalYear } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'
import { fiscalYears } from './cabinet-model.ts'
import { YearChoice } from './year-choice.tsx'
import './cabinet.css'

const columns = [
  'classification',
  'title',
  'retentionPeriod',
  'retentionEnd',
  'disposition',
  'location',
  'creationFiscalYear',
  'originalManager',
  'retentionStart',
  'medium',
  'currentManager',
] as const satisfies readonly (keyof RegisterRow)[]

export function RegisterPage(): ReactNode {
  const text = useText()
  const [year, setYear] = useState<number | null>(null)
  const rows = useLive('register', { fiscalYear: year })
  const years = fiscalYears(useLive('cabinet', null) ?? [])
  return (
    <div>
      <header className="page-head">
        <h1>{text('register.title')}</h1>
        <YearChoice years={years} year={year} onChoose={setYear} />
      </header>
      {rows === undefined ? <p role="status">{text('register.opening')}</p> : <RegisterTable rows={rows} />}
    </div>
  )
}

function RegisterTable({ rows }: { readonly rows: readonly RegisterRow[] }): ReactNode {
  const text = useText()
  const frame = useRef<HTMLDivElement>(null)
  // No compiler memoises these components, so its warning about this library does not apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => 52, overscan: 10 })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <>
      <p role="status" className="section-title">
        {text('register.count', { count: rows.length })}
      </p>
      <div className="register-frame" ref={frame} tabIndex={0} role="region" aria-label={text('register.title')}>
        <table className="register" aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {text(column === 'title' ? 'register.name' : `register.${column}`)}
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
                <tr key={item.key} ref={virtual.measureElement} data-index={item.index} aria-rowindex={item.index + 2}>
                  {columns.map((column) => (
                    <td key={column}>{cellWords(text, column, row[column])}</td>
                  ))}
                </tr>
              )
            })}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
        </table>
      </div>
    </>
  )
}

function cellWords(text: Text, column: (typeof columns)[number], value: string): string {
  if (column === 'disposition') return text.code('disposition', value)
  if (column === 'medium') return text.code('medium', value)
  if (column === 'creationFiscalYear' && /^\d{4}$/.test(value)) return formatFiscalYear(text.language, Number(value))
  if ((column === 'retentionStart' || column === 'retentionEnd') && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(text.language, value)
  return value
}
