// One volume (簿冊): what the register says of it, and the documents in it.

import type { ReactNode } from 'react'
import { offlineWords } from '../../services/offline-words.ts'
import { usePin } from '../../services/use-pin.ts'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { VolumeView } from '../../services/view-models.ts'
import { formatDate, formatFiscalYear } from '../../text/dates.ts'
import { failureText, type Text } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EntryList } from '../../ui/entry-list.tsx'
import { Message } from '../../ui/message.tsx'
import './cabinet.css'

export interface VolumePageProps {
  readonly id: string
  readonly onOpen: (id: string) => void
  readonly onExport: () => void
}

export function VolumePage({ id, onOpen, onExport }: VolumePageProps): ReactNode {
  const text = useText()
  const volume = useLive('volume', { id })
  const pin = usePin('volume', id)
  if (volume === undefined) return <p role="status">{text('volume.opening')}</p>
  if (volume === null) return <p role="alert">{text('volume.gone')}</p>
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <p className="quiet small">{volume.classification}</p>
          <h1>{volume.title}</h1>
        </div>
        {pin.on !== undefined && (
          <Button disabled={pin.busy} onPress={pin.toggle}>
            {text(pin.on ? 'offline.unpin' : 'offline.pin')}
          </Button>
        )}
        {volume.mayExport && volume.documents.length > 0 && (
          <Button icon="export" onPress={onExport}>
            {text('volume.export')}
          </Button>
        )}
      </header>
      {pin.share !== null && (
        <p className="volume-offline quiet" role="status">
          {text('offline.state', { words: offlineWords(text, pin.share) })}
        </p>
      )}
      {pin.failure !== null && <Message tone="bad">{failureText(text, pin.failure)}</Message>}
      <dl className="volume-facts" aria-label={text('volume.facts')}>
        {volumeFacts(text, volume).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="volume-documents" className="volume-documents">
        <h2 id="volume-documents" className="section-title">
          {text('volume.documentsTitle')}
          <span className="quiet small">{text('volume.documents', { count: volume.documents.length })}</span>
        </h2>
        {volume.documents.length === 0 ? (
          <p className="cabinet-empty">{text('volume.empty')}</p>
        ) : (
          <EntryList
            label={text('volume.documentsTitle')}
            onOpen={onOpen}
            entries={volume.documents.map((one) => ({
              id: one.id,
              title: one.title,
              chips: [{ text: text.code('stage', one.stage), tone: 'good' as const }],
              facts: [one.number ?? (one.awaitsNumber ? text('document.awaitsNumber', { number: one.provisionalNumber }) : one.provisionalNumber), text('desk.by', { position: one.drafterPosition, name: one.drafterName }), formatDate(text.language, one.draftedOn)].filter((fact) => fact !== ''),
            }))}
          />
        )}
      </section>
    </div>
  )
}

function volumeFacts(text: Text, volume: VolumeView): readonly (readonly [string, string])[] {
  const date = (iso: string | null): string => (iso === null ? text('volume.notYet') : formatDate(text.language, iso))
  return [
    [text('register.classification'), volume.classification],
    [text('register.creationFiscalYear'), formatFiscalYear(text.language, volume.fiscalYear)],
    [text('register.retentionPeriod'), volume.retentionLabel],
    [text('register.retentionStart'), date(volume.retentionStart)],
    [text('register.retentionEnd'), date(volume.retentionEnd)],
    [text('register.disposition'), text.code('disposition', volume.disposition)],
    [text('register.location'), volume.location],
    [text('register.medium'), text.code('medium', volume.medium)],
    [text('register.currentManager'), volume.managerTitle],
    [text('register.originalManager'), volume.originalManagerTitle],
  ]
}
