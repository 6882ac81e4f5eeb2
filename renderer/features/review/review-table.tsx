// The rights of a quarter as a table with boxes to tick.

import type { ReactNode } from 'react'
import type { ReviewRow, ReviewView } from '../../services/review-models.ts'
import { useText } from '../../services/use-text.tsx'
import { formatDate } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { LongTable } from '../../ui/long-table.tsx'
import { isTickable } from './review-model.ts'
import { placeName } from './place-name.ts'

export interface ReviewTableProps {
  readonly rows: readonly ReviewRow[]
  readonly pairs: ReviewView['pairs']
  readonly unusedDays: number
  readonly usesKnown: boolean
  readonly ticked: ReadonlySet<string>
  readonly onTick: (grant: string, on: boolean) => void
}

const columns = ['person', 'place', 'role', 'dates', 'used', 'state'] as const

export function ReviewTable(props: ReviewTableProps): ReactNode {
  const text = useText()
  const headings = [text('review.column.tick'), ...columns.map((column) => text(`review.column.${column}`))]
  const cells = (row: ReviewRow): ReactNode => <Cells {...props} row={row} />
  return <LongTable label={text('review.table')} frame="review-frame" table="review-table" headings={headings} rows={props.rows} keyOf={({ grant }) => grant} height={84} cells={cells} />
}

function Cells({ row, pairs, unusedDays, usesKnown, ticked, onTick }: ReviewTableProps & { readonly row: ReviewRow }): ReactNode {
  const text = useText()
  const name = text('review.rowName', { name: row.name, place: placeName(text, row), role: text(`review.role.${row.role}`) })
  const day = (iso: string): string => formatDate(text.language, iso)
  return (
    <>
      <td>
        <input type="checkbox" className="review-tick" aria-label={name} checked={ticked.has(row.grant)} disabled={!isTickable(row)} onChange={(event) => onTick(row.grant, event.currentTarget.checked)} />
      </td>
      <th scope="row">{row.name}</th>
      <td>{placeName(text, row)}</td>
      <td>
        {text(`review.role.${row.role}`)}
        {row.reason !== '' && <span className="review-note">{row.reason}</span>}
      </td>
      <td>
        {text('review.since', { from: day(row.from), to: row.to === null ? '' : day(row.to) })}
        <span className="review-note">{text('review.reviewBy', { date: day(row.reviewBy) })}</span>
      </td>
      <td>{usedWords(text, row, usesKnown)}</td>
      <td>
        <span className="review-chips">
          <Chip tone={tones[row.outcome]}>{text(`review.outcome.${row.outcome}`)}</Chip>
          {row.overdue && <Chip tone="bad">{text('review.overdue', { date: day(row.lapsesOn) })}</Chip>}
          {row.unused && <Chip tone="warn">{text('review.unused', { days: unusedDays })}</Chip>}
        </span>
        {pairs.filter(({ id }) => row.pairs.includes(id)).map((pair) => (
          <span key={pair.id} className="review-note review-pair">{text('review.pair', { reason: text.language === 'ja' ? pair.reason : pair.reasonEn })}</span>
        ))}
        {row.by !== null && <span className="review-note">{text('review.by', { name: row.by.name, date: day(row.by.at), reason: row.by.reason })}</span>}
        {row.refusal !== null && <span className="review-note">{text.code('reason', row.refusal)}</span>}
      </td>
    </>
  )
}

const tones: Readonly<Record<ReviewRow['outcome'], ChipTone>> = { open: 'plain', new: 'key', kept: 'good', reduced: 'good', removed: 'good', void: 'bad' }

function usedWords(text: Text, { lastUsed }: ReviewRow, usesKnown: boolean): string {
  if (lastUsed === 'uncounted') return text('review.usesUncounted')
  if (!usesKnown) return text('review.usesReading')
  if (lastUsed === 'unseen') return text('review.usesUnseen')
  return lastUsed === 'never' ? text('review.usesNever') : formatDate(text.language, lastUsed)
}
