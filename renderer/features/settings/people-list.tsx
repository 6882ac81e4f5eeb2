// The people of the workspace and who has a seat on this device. An admin makes a seat; the PIN is typed in main's own window.

import type { ReactNode } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { TownView } from '../../services/view-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { Message } from '../../ui/message.tsx'

export function PeopleList({ people, trial }: Pick<TownView, 'people' | 'trial'>): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('enrolSeat')
  return (
    <section className="sheet stack-s" aria-labelledby="settings-people">
      <h2 id="settings-people">{text('people.title')}</h2>
      <p className="quiet">{text('people.lead')}</p>
      {trial && (
        <Message tone="warn" title={text('council.trialTitle')}>
          {text('council.trial')}
        </Message>
      )}
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      <table className="people">
        <thead>
          <tr>
            <th scope="col">{text('people.name')}</th>
            <th scope="col">{text('people.positions')}</th>
            <th scope="col">{text('people.employment')}</th>
            <th scope="col">{text('people.seat')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>{text.list(person.positions)}</td>
              <td>{text.code('employment', person.employment)}</td>
              <td>
                {person.hasSeatHere ? (
                  text('people.hasSeat')
                ) : (
                  <Button kind="quiet" icon="plus" label={text('people.makeSeatFor', { name: person.name })} onPress={() => void run({ person: person.id })}>
                    {text('people.makeSeat')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {busy && <Waiting title={text('people.makeSeat')} text={text('people.consent')} />}
    </section>
  )
}
