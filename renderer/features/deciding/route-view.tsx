// The route with its marks: who, in which order, what each did; a mark is a red date stamp with a name that can be read out.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView, StepView } from '../../services/view-models.ts'
import { forcedWords } from '../../text/cover-words.ts'
import { formatDate, formatInstant } from '../../text/dates.ts'
import { familyName, markName, stampDate } from './deciding-model.ts'

export function RouteView({ view }: { readonly view: DocumentView }): ReactNode {
  const text = useText()
  if (view.steps.length === 0) return null
  const forced = forcedWords(text, view)
  return (
    <section className="side-block" aria-labelledby="route-title">
      <h2 id="route-title">{text('route.title')}</h2>
      <ol className="route">
        {view.steps.map((step) => (
          <RouteStep key={step.id} step={step} />
        ))}
      </ol>
      {forced !== null && <p className="small">{forced}</p>}
      {view.rung !== 'none' && <p className="small">{text('route.rung', { rung: text(`rung.${view.rung}`) })}</p>}
      {view.frozenSha256 !== null && (
        <p className="small quiet">
          {text('route.hash')}
          <code className="route-hash">{view.frozenSha256}</code>
        </p>
      )}
    </section>
  )
}

function RouteStep({ step }: { readonly step: StepView }): ReactNode {
  const text = useText()
  return (
    <li className={`step step-${step.status}`}>
      <div className="step-mark">{step.status === 'approved' && step.actedAt !== null ? <Mark step={step} /> : <span className="mark-place" aria-hidden="true" />}
        {step.actedAsTitle !== null && step.status === 'approved' && <span className="mark-label" aria-hidden="true">{text('mark.proxy')}</span>}
      </div>
      <div className="step-words">
        <p className="step-who">
          <span className="small quiet">{text.code('stepKind', step.kind)}</span>
          <strong>{step.positionTitle}</strong>
          <span>{step.actedByName ?? step.holderName}</span>
        </p>
        <p className="small">
          {text.code('step', step.status)}
          {step.actedAt !== null && `　${formatInstant(text.language, step.actedAt)}`}
        </p>
        {step.actedAsTitle !== null && <p className="small">{text('step.actedFor', { position: step.actedAsTitle })}</p>}
        {step.postReview !== null && <p className="small">{text('step.postReview', { name: step.postReview.name, at: formatInstant(text.language, step.postReview.at) })}</p>}
        {step.away !== null && <p className="small step-pending">{text(step.away.actingTitle === null ? 'step.awayNobody' : 'step.away', { to: formatDate(text.language, step.away.to), acting: step.away.actingTitle ?? '' })}</p>}
        {step.confirmedAt !== null && <p className="small">{text('step.confirmed', { at: formatInstant(text.language, step.confirmedAt) })}</p>}
        {step.receipt !== null && <p className="small step-pending">{text(`step.receipt.${step.receipt.kind}`, { name: step.receipt.name, at: formatInstant(text.language, step.receipt.at), until: formatInstant(text.language, step.receipt.until) })}</p>}
        {step.markPending && <p className="small step-pending">{text('step.markPending')}</p>}
        {step.comment !== null && step.comment !== '' && <blockquote className="step-comment">{step.comment}</blockquote>}
      </div>
    </li>
  )
}

/** Letters of a position's title that fit into one line of a mark. */
const fittingTitle = 5

function Mark({ step }: { readonly step: StepView }): ReactNode {
  const text = useText()
  const title = step.actedAsTitle ?? step.positionTitle
  return (
    <span className={`mark mark-${step.kind}`} role="img" aria-label={markName(text, step)}>
      <span className={`mark-position ${title.length > fittingTitle ? 'mark-position-long' : ''}`} aria-hidden="true">{title}</span>
      <span className="mark-date" aria-hidden="true">{stampDate(step.actedAt ?? '')}</span>
      <span className="mark-name" aria-hidden="true">{familyName(step.actedByName ?? step.holderName)}</span>
    </span>
  )
}
