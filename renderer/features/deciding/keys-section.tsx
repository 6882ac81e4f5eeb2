// A new key for this document: which it was given, and giving it one. For whoever looks after the records.

import { type ReactNode, useState } from 'react'
import { NewKeysSheet } from '../../services/new-keys-sheet.tsx'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'

export function KeysSection({ view: { summary, keys } }: { readonly view: Pick<DocumentView, 'summary' | 'keys'> }): ReactNode {
  const text = useText()
  const [asking, setAsking] = useState(false)
  if (!keys.may && keys.given.length === 0) return null
  return (
    <details className="side-block">
      <summary>
        <h2>{text('keys.title')}</h2>
        <span className="quiet">{text('history.count', { count: keys.given.length })}</span>
      </summary>
      <p className="small quiet">{text('keys.lead')}</p>
      {keys.given.length > 0 && (
        <ol className="history" aria-label={text('keys.title')}>
          {keys.given.map((one) => (
            <li key={one.event}>
              <span>{text('keys.given')}</span>
              <span className="history-said">{one.reason}</span>
              <span className="small quiet">
                {one.name}　{formatInstant(text.language, one.at)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {keys.may && <Button onPress={() => setAsking(true)}>{text('keys.give')}</Button>}
      {asking && <NewKeysSheet title={text('keys.give')} docs={[summary.id]} about={summary.title} onClose={() => setAsking(false)} />}
    </details>
  )
}
