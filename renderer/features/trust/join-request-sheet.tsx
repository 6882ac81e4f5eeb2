// One machine that wants to join: what it claims, its six words, and what an administrator says to it.

import { type ReactNode, useId, useState } from 'react'
import type { JoinRequest } from '../../services/session-api.ts'
import { useText } from '../../services/use-text.tsx'
import type { TownView } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { CheckInput, SelectInput } from '../../ui/choice.tsx'
import { Message } from '../../ui/message.tsx'
import { SixWordsList } from '../../ui/six-words.tsx'

export interface JoinRequestSheetProps {
  readonly request: JoinRequest
  readonly people: TownView['people']
  readonly busy: boolean
  readonly onApprove: (person: string) => void
  readonly onRefuse: () => void
}

export function JoinRequestSheet({ request, people, busy, onApprove, onRefuse }: JoinRequestSheetProps): ReactNode {
  const text = useText()
  const heading = useId()
  const [same, setSame] = useState(false)
  const [person, setPerson] = useState<string | null>(null)
  const allowed = request.reasons.length === 0
  return (
    <article className="stack-s machine" aria-labelledby={heading}>
      <h3 id={heading}>{text('machines.request', { name: request.name })}</h3>
      <p className="quiet small">{text('machines.nameHint')}</p>
      <dl className="fact-rows">
        <div>
          <dt>{text('machines.at')}</dt>
          <dd>{formatInstant(text.language, new Date(request.at).toISOString())}</dd>
        </div>
        <div>
          <dt>{text('machines.level')}</dt>
          <dd>{text(`machines.level${request.level}`)}</dd>
        </div>
      </dl>
      {request.reasons.map(({ code, facts }) => (
        <Message key={code} tone="warn">
          {text.code('reason', code, facts)}
        </Message>
      ))}
      {allowed && (
        <>
          <p>{text('machines.compare')}</p>
          <SixWordsList label={text('machines.words')} words={request.words[text.language]} />
          <CheckInput label={text('machines.same')} checked={same} onChange={setSame} />
          <SelectInput label={text('machines.person')} emptyLabel={text('machines.personEmpty')} value={person} onChange={setPerson} choices={people.map((one) => ({ value: one.id, label: one.name, note: text.list(one.positions) }))} />
        </>
      )}
      <div className="row">
        {allowed && (
          <Button kind="strong" disabled={!same || person === null || busy} onPress={() => person !== null && onApprove(person)}>
            {text('machines.approve')}
          </Button>
        )}
        <Button kind="quiet" onPress={onRefuse} disabled={busy}>
          {text('machines.refuse')}
        </Button>
      </div>
    </article>
  )
}
