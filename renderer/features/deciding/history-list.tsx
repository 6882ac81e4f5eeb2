// What happened to the document, in order, newest first; what this version does not know is shown as such.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { HistoryEntry } from '../../services/view-models.ts'
import { historyWords } from './deciding-model.ts'

export function HistoryList({ history }: { readonly history: readonly HistoryEntry[] }): ReactNode {
  const text = useText()
  return (
    <details className="side-block">
      <summary>
        <h2>{text('history.title')}</h2>
        <span className="quiet">{text('history.count', { count: history.length })}</span>
      </summary>
      <ol className="history" aria-label={text('history.title')}>
        {history.toReversed().map((entry) => {
          const words = historyWords(text, entry)
          return (
            <li key={entry.id}>
              <span>{words.what}</span>
              {words.said !== '' && <span className="history-said">{words.said}</span>}
              <span className="small quiet">
                {words.who}　{words.when}
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
