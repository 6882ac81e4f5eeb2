// Search over titles and bodies of what this seat may read; the vault opens and scans, the screen shows where it was found.

import { type ReactNode, useEffect, useState } from 'react'
import type { SearchHit } from '../../services/view-models.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { EntryList } from '../../ui/entry-list.tsx'
import { Message } from '../../ui/message.tsx'
import { summaryEntry } from './desk-model.ts'

export function SearchPage(props: { readonly query: string; readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  const { run, failure } = useCommand('search')
  const [found, setFound] = useState<{ readonly query: string; readonly hits: readonly SearchHit[] } | null>(null)
  const { query } = props

  useEffect(() => {
    let live = true
    void run({ query }).then((done) => live && done.ok && setFound({ query, hits: done.value }))
    return () => {
      live = false
    }
  }, [run, query])

  const hits = found?.query === query ? found.hits : null
  return (
    <div className="page">
      <header className="page-head">
        <h1>{text('search.title', { query })}</h1>
      </header>
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      <p role="status" className="section-title">
        {hits === null ? (failure === null ? text('search.under') : '') : text('search.count', { count: hits.length })}
      </p>
      {hits !== null && hits.length > 0 && (
        <EntryList
          label={text('search.results')}
          onOpen={props.onOpen}
          entries={hits.map((hit) => ({ ...summaryEntry(text, hit.document), ...(hit.where === 'body' ? { excerpt: hit.excerpt } : {}) }))}
        />
      )}
      {hits !== null && hits.length === 0 && <p className="quiet">{text('search.none')}</p>}
    </div>
  )
}
