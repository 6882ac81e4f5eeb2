// Above every list while rows of a summary stand in it: whose it is, of when, and how far the records themselves have been checked.

import type { ReactNode } from 'react'
import { useLive } from '../services/use-services.tsx'
import { useText } from '../services/use-text.tsx'
import { formatInstant } from '../text/dates.ts'
import { Message } from '../ui/message.tsx'

export function SummaryNotice(): ReactNode {
  const text = useText()
  const summary = useLive('summary', null) ?? null
  if (summary === null) return null
  // In tens: it is read out at each change.
  const percent = Math.floor((summary.taken / Math.max(1, summary.total)) * 10) * 10
  return (
    <div className="summary-notice">
      <Message tone="note" title={text('summary.title')}>
        {text('summary.text', { names: text.list(summary.by), at: formatInstant(text.language, summary.at), percent, total: summary.total })}
      </Message>
    </div>
  )
}
