// Which fiscal year of the cabinet is looked at: one of those that have volumes, or every year.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import { formatFiscalYear } from '../../text/dates.ts'
import { SelectInput } from '../../ui/choice.tsx'

export interface YearChoiceProps {
  readonly years: readonly number[]
  /** `null` is every year. */
  readonly year: number | null
  readonly onChoose: (year: number | null) => void
}

export function YearChoice({ years, year, onChoose }: YearChoiceProps): ReactNode {
  const text = useText()
  return (
    <SelectInput
      className="cabinet-year"
      label={text('cabinet.year')}
      emptyLabel={text('cabinet.everyYear')}
      value={year === null ? 'all' : String(year)}
      onChange={(value) => onChoose(value === 'all' ? null : Number(value))}
      choices={[{ value: 'all', label: text('cabinet.everyYear') }, ...years.map((one) => ({ value: String(one), label: formatFiscalYear(text.language, one) }))]}
    />
  )
}
