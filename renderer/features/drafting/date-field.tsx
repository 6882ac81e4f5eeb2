// A date as people write it: 令和8年4月1日, R8.4.1, 2026/4/1, full-width or not. It shows how it was read, or why it was not.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import { formatDate } from '../../text/dates.ts'
import { TextInput } from '../../ui/field.tsx'
import { parseDateEntry } from './date-entry.ts'
import { useFieldDraft } from './use-field-draft.ts'

export interface DateFieldProps {
  readonly frame: { readonly label: string; readonly error: string | undefined; readonly requiredMark?: string }
  readonly stored: string
  readonly onStore: (iso: string) => void
}

export function DateField({ frame, stored, onStore }: DateFieldProps): ReactNode {
  const text = useText()
  const shown = stored === '' ? '' : formatDate(text.language, stored)
  const draft = useFieldDraft(shown, (typed) => {
    if (typed.trim() === '') onStore('')
    const read = parseDateEntry(typed)
    if (read !== null && read !== stored) onStore(read)
  })
  const read = parseDateEntry(draft.typed)
  const unread = draft.typed.trim() !== '' && read === null && draft.typed !== shown
  return (
    <TextInput
      {...frame}
      help={read !== null && draft.typed !== shown ? text('cover.dateRead', { date: formatDate(text.language, read) }) : text('cover.dateHelp')}
      value={draft.typed}
      onChange={draft.change}
      onBlur={() => {
        draft.leave()
        if (read !== null) draft.change(formatDate(text.language, read))
      }}
      error={unread ? text('cover.dateUnread') : frame.error}
    />
  )
}
