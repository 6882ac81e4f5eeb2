// 権限の点検: a quarter's look at who may do what. The list comes from the log; what is ticked is kept, made less or taken away together.

import { type ReactNode, useState } from 'react'
import type { ReviewView } from '../../services/review-models.ts'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatDate, formatFiscalYear } from '../../text/dates.ts'
import { failureText, type Text } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { SelectInput } from '../../ui/choice.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { FoundDialog } from './found-dialog.tsx'
import { GiveDialog } from './give-dialog.tsx'
import { LookDialog, type Looking } from './look-dialog.tsx'
import { isDone, isTickable, percentOf, possibleWith, progressOf, shownKinds, shownRows, type ShownKind } from './review-model.ts'
import { RulesSection } from './rules-section.tsx'
import { ReviewTable } from './review-table.tsx'
import './review.css'

const shownQuarters = [0, 1, 2, 3]

export function ReviewPage(): ReactNode {
  const text = useText()
  const [back, setBack] = useState(0)
  const view = useLive('review', { back })
  return (
    <div>
      <header className="page-head">
        <h1>{text('review.title')}</h1>
        <SelectInput className="review-quarter" label={text('review.quarter')} emptyLabel={text('review.quarter')} value={String(back)} onChange={(value) => setBack(Number(value))} choices={shownQuarters.map((n) => ({ value: String(n), label: text('review.back', { n }) }))} />
      </header>
      {view === undefined ? <p role="status">{text('review.opening')}</p> : <Quarter key={back} view={view} />}
    </div>
  )
}

function Quarter({ view }: { readonly view: ReviewView }): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const [kind, setKind] = useState<ShownKind>('open')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [looking, setLooking] = useState<Looking | null>(null)
  const [giving, setGiving] = useState(false)
  const [founding, setFounding] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const rows = shownRows(view.rows, kind, words)
  const chosen = rows.filter((row) => ticked.has(row.grant) && isTickable(row))
  const may = possibleWith(chosen)
  const tick = (grant: string, on: boolean): void => setTicked(on ? new Set([...ticked, grant]) : new Set([...ticked].filter((one) => one !== grant)))
  const done = (): void => {
    setLooking(null)
    setTicked(new Set())
  }
  return (
    <div className="stack">
      <Coverage view={view} />
      <section className="stack-s" aria-labelledby="review-list">
        <h2 id="review-list" className="section-title">
          {text('review.list')}
        </h2>
        <div className="review-bar">
          <SelectInput className="review-kind" label={text('review.show')} emptyLabel={text('review.show')} value={kind} onChange={(value) => setKind(value as ShownKind)} choices={shownKinds.map((one) => ({ value: one, label: text('review.kind', { kind: text(`review.kind.${one}`), count: shownRows(view.rows, one).length }) }))} />
          <TextInput className="review-narrow" label={text('review.narrow')} value={words} onChange={setWords} />
        </div>
        <div className="review-bar">
          <Button onPress={() => setTicked(new Set(rows.filter(({ mayKeep }) => mayKeep).map(({ grant }) => grant)))} disabled={!rows.some(({ mayKeep }) => mayKeep)}>
            {text('review.tickAll')}
          </Button>
          <Button kind="strong" disabled={!may.keep} onPress={() => setLooking('keep')}>
            {text('review.keep', { count: chosen.length })}
          </Button>
          <Button disabled={!may.reduce} onPress={() => setLooking('reduce')}>
            {text('review.reduce')}
          </Button>
          <Button kind="danger" disabled={!may.remove} onPress={() => setLooking('remove')}>
            {text('review.remove')}
          </Button>
          {view.mayGive && (
            <Button icon="plus" onPress={() => setGiving(true)}>
              {text('review.give')}
            </Button>
          )}
          {view.mayGive && (
            <Button icon="plus" onPress={() => setFounding(true)}>
              {text('collections.new')}
            </Button>
          )}
        </div>
        {made !== null && <Message tone="good">{text('collections.made', { name: made })}</Message>}
        <p role="status" className="quiet">
          {text('review.ticked', { count: chosen.length })}
        </p>
        {rows.length === 0 ? <p className="review-empty">{text('review.none')}</p> : <ReviewTable rows={rows} pairs={view.pairs} unusedDays={view.unusedDays} usesKnown={view.usesKnown} ticked={ticked} onTick={tick} />}
      </section>
      <RulesSection rules={view.rules} mayChange={view.mayChange} alone={view.alone} />
      {looking !== null && <LookDialog kind={looking} rows={chosen} lesser={may.lesser} onClose={() => setLooking(null)} onDone={done} />}
      {founding && town !== undefined && (
        <FoundDialog
          town={town}
          onClose={() => setFounding(false)}
          onMade={(name) => {
            setFounding(false)
            setMade(name)
          }}
        />
      )}
      {giving && town !== undefined && <GiveDialog view={view} town={town} onClose={() => setGiving(false)} />}
    </div>
  )
}

function Coverage({ view }: { readonly view: ReviewView }): ReactNode {
  const text = useText()
  const owners = progressOf(view)
  const report = useCommand('reportReview')
  const [written, setWritten] = useState<string | null>(null)
  const make = async (): Promise<void> => {
    const done = await report.run({ back: view.back })
    if (done.ok) setWritten(done.value?.path ?? null)
  }
  const overdue = view.rows.filter((row) => row.overdue).length
  const lapsed = view.rows.filter(({ outcome }) => outcome === 'void').length
  return (
    <section className="sheet stack-s" aria-labelledby="review-coverage">
      <h2 id="review-coverage">{quarterName(text, view)}</h2>
      <p className="quiet">{text('review.lead')}</p>
      <p role="status">
        <strong>{text('review.coverage', { due: view.coverage.due, reviewed: view.coverage.reviewed, percent: percentOf(view.coverage) })}</strong>
      </p>
      <p>{text('review.counts', { overdue, lapsed, unused: view.rows.filter(({ unused }) => unused).length, pairs: view.rows.filter(({ pairs }) => pairs.length > 0).length, open: view.rows.filter((row) => row.isMine && !isDone(row.outcome)).length })}</p>
      {owners.length > 0 && (
        <table className="review-owners" aria-label={text('review.owners')}>
          <thead>
            <tr>
              <th scope="col">{text('review.owners')}</th>
              <th scope="col">{text('review.owners.progress')}</th>
              <th scope="col">{text('review.owners.overdue')}</th>
            </tr>
          </thead>
          <tbody>
            {owners.map((one) => (
              <tr key={one.owners.join()}>
                <th scope="row">{one.owners.length === 0 ? text('review.owners.nobody') : text.list(one.owners)}</th>
                <td>{text('review.owners.done', { done: one.done, due: one.due })}</td>
                <td>{text('review.owners.late', { count: one.overdue })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {view.mayReport && (
        <div className="row">
          <Button disabled={report.busy} onPress={() => void make()}>
            {text('review.report')}
          </Button>
        </div>
      )}
      {written !== null && <Message tone="good">{text('review.reportWritten', { path: written })}</Message>}
      {report.failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, report.failure)}</Message>}
      {report.busy && <Waiting title={text('review.report')} text={text('review.reporting')} />}
    </section>
  )
}

function quarterName(text: Text, { fiscalYear, quarter, from, to }: ReviewView): string {
  return text('review.quarterName', { year: formatFiscalYear(text.language, fiscalYear), n: quarter, from: formatDate(text.language, from), to: formatDate(text.language, to) })
}
