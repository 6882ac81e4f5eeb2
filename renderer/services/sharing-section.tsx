// Who can see this document: everybody who reads its collection, and whoever was given it alone, with giving it and taking it back.

import { type ReactNode, useState } from 'react'
import { formatDate } from '../text/dates.ts'
import { Button } from '../ui/button.tsx'
import { Message } from '../ui/message.tsx'
import { NewKeysSheet } from './new-keys-sheet.tsx'
import { ReasonSheet } from './reason-sheet.tsx'
import { ShowSheet } from './show-sheet.tsx'
import type { GivenDocument } from './sharing-models.ts'
import { useCommand } from './use-services.tsx'
import { useText } from './use-text.tsx'
import type { DocumentView } from './view-models.ts'

export interface SharingSectionProps {
  readonly view: Pick<DocumentView, 'summary' | 'sharing' | 'keys'>
}

export function SharingSection({ view }: SharingSectionProps): ReactNode {
  const text = useText()
  const [giving, setGiving] = useState(false)
  const { summary, sharing } = view
  const { own, readers, given, roles } = sharing
  if (own) return null
  const people = new Set([...readers, ...given.filter(({ holds }) => holds).map(({ name }) => name)])
  return (
    <details className="side-block">
      <summary>
        <h2>{text('sharing.title')}</h2>
        <span className="quiet">{text('sharing.count', { count: people.size })}</span>
      </summary>
      <p className="small quiet">{text(readers.length > 0 ? 'sharing.readers' : 'sharing.noReaders', { place: summary.collectionName, names: text.list(readers) })}</p>
      <GivenList view={view} />
      {roles.length > 0 && (
        <div className="row">
          <Button onPress={() => setGiving(true)}>{text('sharing.give')}</Button>
        </div>
      )}
      {giving && <ShowSheet summary={summary} sharing={sharing} onClose={() => setGiving(false)} />}
    </details>
  )
}

/** Said to whoever was given this document alone. */
export function OwnRight({ sharing: { own } }: Pick<DocumentView, 'sharing'>): ReactNode {
  const text = useText()
  return own && <Message tone="note">{text('sharing.own', { role: text(`review.role.${own.role}`), to: formatDate(text.language, own.to) })}</Message>
}

/** Taking it back leaves the old key where it is: a new one is offered at once to whoever may give it. */
function GivenList({ view: { summary, sharing, keys } }: SharingSectionProps): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('takeDocumentBack')
  const [asked, setAsked] = useState<GivenDocument | null>(null)
  const [taken, setTaken] = useState<GivenDocument | null>(null)
  const [renewing, setRenewing] = useState(false)
  const take = async (one: GivenDocument, reason: string): Promise<void> => {
    if (!(await run({ grant: one.grant, reason })).ok) return
    setAsked(null)
    setTaken(one)
  }
  return (
    <>
      {sharing.given.length > 0 && (
        <ol className="history" aria-label={text('sharing.list')}>
          {sharing.given.map((one) => (
            <li key={one.grant}>
              <span>{text('sharing.one', { name: one.name, role: text(`review.role.${one.role}`) })}</span>
              <span className="history-said">{one.reason}</span>
              <span className="small quiet">{text(one.holds ? 'sharing.until' : 'sharing.lapsed', { to: formatDate(text.language, one.to) })}</span>
              {one.mayTake && (
                <div className="row">
                  <Button kind="quiet" label={text('sharing.takeFor', { name: one.name })} onPress={() => setAsked(one)}>
                    {text('sharing.take')}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {taken !== null && keys.may && (
        <Message tone="warn" title={text('sharing.taken')} actions={<Button onPress={() => setRenewing(true)}>{text('keys.give')}</Button>}>
          {text('sharing.takenNote', { name: taken.name })}
        </Message>
      )}
      {asked !== null && (
        <ReasonSheet title={text('sharing.takeTitle', { name: asked.name })} lead={text('sharing.takeLead')} go={text('sharing.take')} danger busy={busy} failure={failure} onGo={(reason) => void take(asked, reason)} onClose={() => setAsked(null)}>
          <p className="act-document">{summary.title}</p>
        </ReasonSheet>
      )}
      {renewing && (
        <NewKeysSheet
          title={text('keys.give')}
          docs={[summary.id]}
          about={summary.title}
          onClose={() => {
            setRenewing(false)
            setTaken(null)
          }}
        />
      )}
    </>
  )
}
