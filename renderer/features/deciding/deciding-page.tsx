// The document view: the pages in the middle, what can be done, cover sheet and route with its marks, attachments and history beside.

import { type ReactNode, useState } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { ActView, DocumentView } from '../../services/view-models.ts'
import { formatDate } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Message } from '../../ui/message.tsx'
import { useSync } from '../../services/use-sync.ts'
import { ActDialog, type ConfirmedAct } from './act-dialog.tsx'
import { AttachmentsStream } from './attachments-stream.tsx'
import { CoverView } from './cover-view.tsx'
import { offeredActs, type OfferedAct, refusedActs } from './deciding-model.ts'
import { DocumentPages } from './document-pages.tsx'
import { HistoryList } from './history-list.tsx'
import { KeysSection } from './keys-section.tsx'
import { ReachedLine } from './reached-line.tsx'
import { OwnRight, SharingSection } from '../../services/sharing-section.tsx'
import { RouteView } from './route-view.tsx'
import { StatesList } from './states-list.tsx'
import './deciding.css'

export interface DecidingPageProps {
  readonly view: DocumentView
  readonly onOpen: (id: string) => void
  readonly onFile: () => void
  readonly onExport: () => void
  readonly onCopy: () => void
  readonly onPrint: () => void
  readonly onRedraft: () => void
}

const icons: Readonly<Record<OfferedAct, IconName>> = { approve: 'check', return: 'back', refuse: 'close', withdraw: 'undo', file: 'folder', redraft: 'plus', export: 'export', remark: 'check', confirm: 'check', number: 'number', copy: 'file', print: 'print', 'post-review': 'check' }

export function DecidingPage(props: DecidingPageProps): ReactNode {
  const { view } = props
  const text = useText()
  const [asking, setAsking] = useState<ConfirmedAct | null>(null)
  const give = useCommand('giveNumber')
  const read = useCommand('postReview')
  const { summary } = view
  const start = (act: ActView & { readonly act: OfferedAct }): void => {
    if (act.act === 'file') props.onFile()
    else if (act.act === 'export') props.onExport()
    else if (act.act === 'print') props.onPrint()
    else if (act.act === 'copy') props.onCopy()
    else if (act.act === 'redraft') props.onRedraft()
    else if (act.act === 'number') void give.run({ id: summary.id })
    else if (act.act === 'post-review') void read.run({ id: summary.id, step: act.step ?? '', position: act.positions[0]?.id ?? '' })
    else setAsking({ ...act, act: act.act })
  }

  return (
    <div className="deciding">
      <header className="page-head">
        <div className="page-title">
          <p className="deciding-facts">
            <Chip tone={summary.stage === 'decided' || summary.stage === 'filed' ? 'good' : 'key'}>{text.code('stage', summary.stage)}</Chip>
            {summary.receipt !== null && <Chip tone="warn">{text(`receipt.${summary.receipt}`)}</Chip>}
            {summary.urgent && <Chip tone="seal">{text('desk.urgent')}</Chip>}
            <span>{text.language === 'ja' ? view.form.title : view.form.titleEn}</span>
            {summary.number !== null && <strong>{summary.number}</strong>}
            <span>{summary.awaitsNumber ? text('document.awaitsNumber', { number: summary.provisionalNumber }) : summary.provisionalNumber}</span>
            <span>{summary.collectionName}</span>
            <span>{text('desk.by', { position: summary.drafterPosition, name: summary.drafterName })}</span>
            <span>{formatDate(text.language, summary.draftedOn)}</span>
            {summary.volumeTitle !== null && <span>{text('desk.filedIn', { volume: summary.volumeTitle })}</span>}
          </p>
          <h1>{summary.title === '' ? text('document.untitled') : summary.title}</h1>
          <ReachedLine record={view.ownRecord} />
        </div>
      </header>
      <OwnRight sharing={view.sharing} />
      <Related view={view} onOpen={props.onOpen} />
      <div className="deciding-columns">
        <DocumentPages view={view} />
        <aside className="deciding-side" aria-label={text('deciding.side')}>
          <section className="side-block" aria-labelledby="acts-title">
            <h2 id="acts-title">{text('deciding.acts')}</h2>
            <Acts view={view} onStart={start} />
            {[give, read].map(({ failure }, i) => failure !== null && <Message key={i} tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>)}
          </section>
          <RouteView view={view} />
          <StatesList id={summary.id} />
          <AttachmentsStream id={summary.id} attachments={view.attachments} />
          <CoverView view={view} />
          <SharingSection view={view} />
          <KeysSection view={view} />
          <HistoryList history={view.history} />
        </aside>
      </div>
      {asking !== null && <ActDialog id={summary.id} title={summary.title} act={asking} onClose={() => setAsking(null)} />}
    </div>
  )
}

function Acts({ view, onStart }: { readonly view: DocumentView; readonly onStart: (act: ActView & { readonly act: OfferedAct }) => void }): ReactNode {
  const text = useText()
  const offered = offeredActs(view)
  const refused = refusedActs(view)
  const stepTitle = (id: string | null): string | null => view.steps.find((step) => step.id === id)?.positionTitle ?? null
  return (
    <>
      {offered.length === 0 && <p className="quiet">{text('deciding.noActs')}</p>}
      <div className="acts">
        {offered.map((act) => {
          const several = offered.filter((other) => other.act === act.act).length > 1
          const position = stepTitle(act.step)
          return (
            <Button key={`${act.act}-${act.step ?? ''}`} kind={act.act === 'approve' || act.act === 'confirm' || act.act === 'post-review' || (act.act === 'file' && offered[0]?.act === 'file') ? 'strong' : act.act === 'refuse' ? 'danger' : 'plain'} icon={icons[act.act]} onPress={() => onStart(act)}>
              {several && position !== null ? text('act.asPosition', { act: text(`act.${act.act}`), position }) : text(`act.${act.act}`)}
            </Button>
          )
        })}
      </div>
      {refused.length > 0 && (
        <details className="refused">
          <summary>{text('deciding.notNow')}</summary>
          <ul>
            {refused.map((act) => (
              <li key={`${act.act}-${act.step ?? ''}`}>
                <strong>{text(`act.${act.act}`)}</strong>
                {act.reasons.map((reason, i) => (
                  <span key={i}>{text.code('reason', reason.code, reason.facts)}</span>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Related({ view, onOpen }: { readonly view: DocumentView; readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  const { predecessor } = view
  const frozen = useSync()?.frozen ?? false
  return (
    <>
      {frozen && <Message tone="warn" title={text('deciding.frozen')}>{text('deciding.frozenWhy')}</Message>}
      {view.conflicts.map((conflict, i) => (
        <Message key={i} tone="warn" title={text('deciding.conflict')}>
          {text.code('notice', conflict.code, conflict.facts)}
        </Message>
      ))}
      {predecessor !== null && (
        <Message tone="note" actions={<Button kind="quiet" onPress={() => onOpen(predecessor.id)}>{text('document.openPredecessor')}</Button>}>
          {text('document.follows', { title: predecessor.title })}
        </Message>
      )}
      {view.successors.map((next) => (
        <Message key={next.id} tone="note" actions={<Button kind="quiet" onPress={() => onOpen(next.id)}>{text('document.openSuccessor')}</Button>}>
          {text('document.followedBy', { title: next.title === '' ? text('document.untitled') : next.title })}
        </Message>
      ))}
    </>
  )
}
