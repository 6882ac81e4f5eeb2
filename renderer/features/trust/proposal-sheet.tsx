// One proposal that waits for a second voice: what it is, who proposed it and why, who has agreed.

import { type ReactNode, useId } from 'react'
import { useText } from '../../services/use-text.tsx'
import type { ProposalRow } from '../../services/trust-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { changeWords } from './policy-words.ts'

export function ProposalSheet({ proposal, busy, onVote, onWithdraw }: { readonly proposal: ProposalRow; readonly busy: boolean; readonly onVote: () => void; readonly onWithdraw: () => void }): ReactNode {
  const text = useText()
  const heading = useId()
  const facts = [
    [text('council.proposer'), `${proposal.proposer}（${formatInstant(text.language, proposal.at)}）`],
    ...(proposal.reason === '' ? [] : [[text('council.reason'), proposal.reason]]),
    ...proposal.changes.map((change) => changeWords(text, change)),
    [text('council.voices'), text.list(proposal.voices)],
  ]
  return (
    <article className="stack-s machine" aria-labelledby={heading}>
      <h4 id={heading}>{text(`council.${proposal.kind}`, { name: proposal.subject })}</h4>
      <dl className="fact-rows">
        {facts.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {proposal.mayVote ? (
        <div className="row">
          <Button kind="strong" disabled={busy} onPress={onVote}>
            {text('council.agree')}
          </Button>
        </div>
      ) : (
        <p className="quiet">{text('council.waits')}</p>
      )}
      {proposal.mayWithdraw && (
        <div className="row">
          <Button disabled={busy} onPress={onWithdraw}>
            {text('council.withdraw')}
          </Button>
        </div>
      )}
    </article>
  )
}
