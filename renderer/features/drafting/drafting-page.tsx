// A draft being written: cover sheet, text, attachments and the pages as they would be frozen; beside them what is still missing.

import { type ReactNode, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { OwnRight, SharingSection } from '../../services/sharing-section.tsx'
import { useText } from '../../services/use-text.tsx'
import type { ActView, DocumentView } from '../../services/view-models.ts'
import { formatDate } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Message } from '../../ui/message.tsx'
import { AbandonDialog } from './abandon-dialog.tsx'
import { AdoptDialog } from './adopt-dialog.tsx'
import { AttachmentsPanel } from './attachments-panel.tsx'
import { BodyEditor } from './body-editor.tsx'
import { CoverSheet } from './cover-sheet.tsx'
import { DraftNotices } from './draft-notices.tsx'
import { MissingList } from './missing-list.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { SubmitDialog } from './submit-dialog.tsx'
import { useBody } from './use-body.ts'
import './drafting.css'

export interface DraftingPageProps {
  readonly view: DocumentView
  readonly onOpen: (id: string) => void
  readonly onLeave: () => void
}

const tabs = ['cover', 'body', 'attachments', 'preview'] as const
type TabName = (typeof tabs)[number]

export function DraftingPage({ view, onOpen, onLeave }: DraftingPageProps): ReactNode {
  const text = useText()
  const body = useBody(view.summary.id, view.textsFromElsewhere)
  const [tab, setTab] = useState<TabName>('cover')
  const [asking, setAsking] = useState<'submit' | 'abandon' | 'adopt' | null>(null)
  const submit = actOf(view, 'submit')
  const abandon = actOf(view, 'abandon')
  const adopt = actOf(view, 'adopt')
  const { summary } = view
  const showField = (field: string): void => {
    setTab('cover')
    requestAnimationFrame(() => focusField(field))
  }

  return (
    <div className="drafting">
      <header className="page-head">
        <div className="page-title">
          <p className="drafting-facts">
            <Chip>{text.code('stage', summary.stage)}</Chip>
            <span>{text.language === 'ja' ? view.form.title : view.form.titleEn}</span>
            <span>{summary.provisionalNumber}</span>
            <span>{summary.collectionName}</span>
            <span>{formatDate(text.language, summary.draftedOn)}</span>
          </p>
          <h1>{summary.title === '' ? text('document.untitled') : summary.title}</h1>
        </div>
        <div className="row">
          {adopt?.allowed === true && <Button onPress={() => setAsking('adopt')}>{text('drafting.adopt')}</Button>}
          {abandon?.allowed === true && (
            <Button kind="quiet" icon="trash" onPress={() => setAsking('abandon')}>
              {text('drafting.abandon')}
            </Button>
          )}
          {submit?.allowed === true && view.missing.length === 0 && (
            <Button kind="strong" icon="next" onPress={() => setAsking('submit')}>
              {text('drafting.submit')}
            </Button>
          )}
        </div>
      </header>
      <OwnRight sharing={view.sharing} />
      <DraftNotices view={view} onOpen={onOpen} />
      {body.failure !== null && (
        <Message tone="bad" title={text('drafting.bodyNotSaved')} actions={<Button onPress={() => void body.settle()}>{text('app.again')}</Button>}>
          {failureText(text, body.failure)}
        </Message>
      )}
      <div className="drafting-columns">
        <Tabs className="tabs" selectedKey={tab} onSelectionChange={(key) => setTab(tabs.find((one) => one === key) ?? 'cover')}>
          <TabList className="tab-list" aria-label={text('drafting.tabs')}>
            {tabs.map((name) => (
              <Tab key={name} id={name} className="tab">
                {text(`drafting.tab.${name}`)}
                {name === 'attachments' && view.attachments.length > 0 && <span className="tab-count">{view.attachments.length}</span>}
              </Tab>
            ))}
          </TabList>
          <TabPanel id="cover" className="tab-panel">
            <CoverSheet view={view} showMissing={false} />
          </TabPanel>
          <TabPanel id="body" className="tab-panel">
            {body.fragment === null ? <p role="status">{text('drafting.openingBody')}</p> : <BodyEditor fragment={body.fragment} />}
          </TabPanel>
          <TabPanel id="attachments" className="tab-panel">
            <AttachmentsPanel id={summary.id} attachments={view.attachments} />
          </TabPanel>
          <TabPanel id="preview" className="tab-panel">
            <PreviewPanel view={view} settle={body.settle} pending={body.pending} />
          </TabPanel>
        </Tabs>
        <aside className="drafting-side" aria-label={text('drafting.side')}>
          <MissingList view={view} onShow={showField} submit={submit} />
          <SharingSection view={view} />
        </aside>
      </div>
      {asking === 'submit' && submit !== undefined && <SubmitDialog view={view} act={submit} settle={body.settle} onClose={() => setAsking(null)} onSubmitted={onLeave} />}
      {asking === 'adopt' && adopt !== undefined && <AdoptDialog view={view} act={adopt} onClose={() => setAsking(null)} />}
      {asking === 'abandon' && <AbandonDialog id={summary.id} onClose={() => setAsking(null)} onAbandoned={onLeave} />}
    </div>
  )
}

function actOf(view: DocumentView, name: ActView['act']): ActView | undefined {
  return view.acts.find((one) => one.act === name)
}

function focusField(field: string): void {
  const cell = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)
  cell?.scrollIntoView({ block: 'center' })
  cell?.querySelector<HTMLElement>('input, textarea, button')?.focus()
}
