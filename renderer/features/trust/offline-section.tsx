// オフラインで使うもの: what this person wants to open here without a connection, how much of it is here, and as of when.

import type { ReactNode } from 'react'
import { offlineWords } from '../../services/offline-words.ts'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useSync } from '../../services/use-sync.ts'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export function OfflineSection(): ReactNode {
  const text = useText()
  const offline = useLive('offline', null)
  const sync = useSync()
  const completeAt = sync?.completeAt ?? null
  const { run, busy, failure } = useCommand('pin')
  if (offline === undefined) return null
  const pinned = [...offline.volumes.map((one) => ({ ...one, what: 'volume' as const })), ...offline.documents.map((one) => ({ ...one, what: 'document' as const }))]
  const { mine } = offline
  return (
    <section className="sheet stack-s" aria-labelledby="trust-offline">
      <h2 id="trust-offline">{text('offline.title')}</h2>
      <p className="quiet">{text('offline.lead')}</p>
      <ul className="offline-list" aria-label={text('offline.title')}>
        <Row title={text('offline.mine')} words={mine.on ? offlineWords(text, mine) : text('offline.off')}>
          <Button disabled={busy} onPress={() => void run({ what: 'mine', on: !mine.on })}>
            {text(mine.on ? 'offline.unpin' : 'offline.pin')}
          </Button>
        </Row>
        {pinned.map(({ what, id, title, ...share }) => (
          <Row key={id} title={text(what === 'volume' ? 'offline.volume' : 'offline.document', { title: title === '' ? text('document.untitled') : title })} words={offlineWords(text, share)}>
            <Button disabled={busy} label={text('offline.unpinOne', { title })} onPress={() => void run({ what, id, on: false })}>
              {text('offline.unpin')}
            </Button>
          </Row>
        ))}
      </ul>
      {sync?.target && <p className="quiet small">{completeAt === null ? text('offline.asOfNever') : text('offline.asOf', { at: formatInstant(text.language, new Date(completeAt).toISOString()) })}</p>}
      {failure !== null && <Message tone="bad">{failureText(text, failure)}</Message>}
    </section>
  )
}

function Row(props: { readonly title: string; readonly words: string; readonly children: ReactNode }): ReactNode {
  return (
    <li>
      <span className="offline-what">
        <strong>{props.title}</strong>
        <span className="quiet small">{props.words}</span>
      </span>
      {props.children}
    </li>
  )
}
