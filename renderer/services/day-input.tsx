// A day as people write it (令和9年3月31日, R9.3.31, 2027/3/31), which may be left empty; it says how it was read.

import { type ReactNode, useState } from 'react'
import { parseWareki } from '@shared/base/wareki.ts'
import { useText } from './use-text.tsx'
import { formatDate } from '../text/dates.ts'
import { TextInput } from '../ui/field.tsx'

export interface DayInputProps {
  readonly label: string
  readonly help: string
  /** Said of a day that must not be left empty. */
  readonly requiredMark?: string
  /** ISO, null for left empty, `unread` for what is no day. */
  readonly onChange: (day: string | null | 'unread') => void
}

export function DayInput({ label, help, requiredMark, onChange }: DayInputProps): ReactNode {
  const text = useText()
  const [typed, setTyped] = useState('')
  const day = readDay(typed)
  const change = (next: string): void => {
    setTyped(next)
    onChange(readDay(next))
  }
  return <TextInput label={label} {...(requiredMark === undefined ? {} : { requiredMark })} value={typed} onChange={change} help={day === null || day === 'unread' ? help : text('cover.dateRead', { date: formatDate(text.language, day) })} error={day === 'unread' ? text('cover.dateUnread') : undefined} />
}

function readDay(typed: string): string | null | 'unread' {
  if (typed.trim() === '') return null
  const read = parseWareki(typed)
  return read.ok ? read.value.date : 'unread'
}
