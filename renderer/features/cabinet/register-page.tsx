// 簿冊管理簿: the register of volumes with its eleven columns (施行令11条1項).

import { type ReactNode, useState } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { RegisterRow } from '../../services/view-models.ts'
import { formatDate, formatFiscalYear } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'
import { LongTable } from '../../ui/long-table.tsx'
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
  const headings = columns.map((column) => text(column === 'title' ? 'register.name' : `register.${column}`))
  return (
    <>
      <p role="status" className="section-title">
        {text('register.count', { count: rows.length })}
      </p>
      <LongTable label={text('register.title')} frame="register-frame" table="register" headings={headings} rows={rows} keyOf={(_row, at) => at} height={52} cells={(row) => columns.map((column) => <td key={column}>{cellWords(text, column, row[column])}</td>)} />
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
