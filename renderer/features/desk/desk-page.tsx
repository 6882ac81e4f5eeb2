// 机: what is my turn, what came back, what I am drafting, what is to be filed, whom others wait for.

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { EntryList } from '../../ui/entry-list.tsx'
import { deskGroups, summaryEntry } from './desk-model.ts'
import { AbsenceLine } from './absence-line.tsx'
import { HeldSection } from './held-section.tsx'
import { LeaseLine } from './lease-line.tsx'
import { OfflineLine } from './offline-line.tsx'
import { RulesLine } from './rules-line.tsx'
import './desk.css'

export function DeskPage(props: { readonly onOpen: (id: string) => void; readonly onNewDraft: () => void; readonly onRules: () => void; readonly onTrust: () => void; readonly onSettings: () => void }): ReactNode {
  const text = useText()
  const desk = useLive('desk', null)
  return (
    <div className="page">
      <header className="page-head">
        <h1>{text('desk.title')}</h1>
        <Button kind="strong" icon="plus" onPress={props.onNewDraft}>
          {text('desk.newDraft')}
        </Button>
      </header>
      <div className="desk-lines">
        <RulesLine onRules={props.onRules} />
        <AbsenceLine onSettings={props.onSettings} />
        <LeaseLine onEndpoint={props.onRules} />
      </div>
      <OfflineLine />
      <HeldSection onOpen={props.onOpen} onTrust={props.onTrust} />
      {desk === undefined ? (
        <p role="status">{text('desk.loading')}</p>
      ) : (
        <div className="desk-groups">
          {deskGroups(desk).map((group) => (
            <section key={group.name} aria-labelledby={`desk-${group.name}`} className={`desk-group desk-${group.name}`}>
              <h2 id={`desk-${group.name}`} className="section-title">
                {text(group.title)}
                <span className="desk-count">{text('desk.count', { count: group.documents.length })}</span>
              </h2>
              {group.documents.length === 0 ? <p className="desk-empty">{text(group.empty)}</p> : <EntryList label={text(group.title)} entries={group.documents.map((one) => summaryEntry(text, one))} onOpen={props.onOpen} />}
            </section>
          ))}
        </div>
      )}
    </div>
  )
}
