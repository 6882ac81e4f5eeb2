// Who may decide about the workspace, what waits for a second voice, and the acts that propose one.

import { type ReactNode, useState } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { AdministratorRow, TrustView } from '../../services/trust-models.ts'
import type { TownView } from '../../services/view-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { SelectInput } from '../../ui/choice.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { Message } from '../../ui/message.tsx'
import { ProposalSheet } from './proposal-sheet.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'

export function Administrators({ trust, town }: { readonly trust: TrustView; readonly town: TownView }): ReactNode {
  const text = useText()
  const voting = useCommand('voteFor')
  const withdrawing = useCommand('withdrawProposal')
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<AdministratorRow | null>(null)
  const { isAdmin } = town.me
  return (
    <section className="sheet stack-s" aria-labelledby="trust-admins">
      <h2 id="trust-admins">{text('council.title')}</h2>
      <p className="quiet">{text('council.lead')}</p>
      {town.trial && (
        <Message tone="warn" title={text('council.trialTitle')}>
          {text('council.trial')}
        </Message>
      )}
      <table className="trust-table">
        <thead>
          <tr>
            <th scope="col">{text('people.name')}</th>
            <th scope="col">{text('people.positions')}</th>
            <th scope="col">{text('seats.title')}</th>
            {isAdmin && <th scope="col">{text('council.acts')}</th>}
          </tr>
        </thead>
        <tbody>
          {trust.administrators.map((admin) => (
            <tr key={admin.person}>
              <th scope="row">{admin.name}</th>
              <td>{text.list(admin.positions)}</td>
              <td>{text(admin.seated ? 'council.seated' : 'council.notSeated')}</td>
              {isAdmin && (
                <td>
                  <Button kind="quiet" label={text('council.removeOf', { name: admin.name })} onPress={() => setRemoving(admin)}>
                    {text('council.remove')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {isAdmin && (
        <div className="row">
          <Button icon="plus" onPress={() => setAdding(true)}>
            {text('council.add')}
          </Button>
        </div>
      )}
      {trust.proposals.length > 0 && <h3>{text('council.proposals')}</h3>}
      {trust.proposals.map((proposal) => (
        <ProposalSheet key={proposal.id} proposal={proposal} busy={voting.busy || withdrawing.busy} onVote={() => void voting.run({ proposal: proposal.id })} onWithdraw={() => void withdrawing.run({ proposal: proposal.id })} />
      ))}
      {[voting.failure, withdrawing.failure].map((failure, i) => failure !== null && <Message key={i} tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>)}
      {voting.busy && <Waiting title={text('council.agree')} text={text('council.consent')} />}
      {withdrawing.busy && <Waiting title={text('council.withdraw')} text={text('council.consent')} />}
      {adding && <AddAdministrator trust={trust} town={town} onClose={() => setAdding(false)} />}
      {removing !== null && <RemoveAdministrator admin={removing} trial={town.trial} onClose={() => setRemoving(null)} />}
    </section>
  )
}

function AddAdministrator({ trust, town, onClose }: { readonly trust: TrustView; readonly town: TownView; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('proposeAdmin')
  const [person, setPerson] = useState<string | null>(null)
  const already = new Set(trust.administrators.map((admin) => admin.person))
  const choices = town.people.filter((one) => !already.has(one.id) && one.employment !== 'contractor').map((one) => ({ value: one.id, label: one.name, note: text.list(one.positions) }))
  const go = async (reason: string): Promise<void> => {
    if (person !== null && (await run({ person, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('council.add')} lead={text(town.trial ? 'council.addAlone' : 'council.addLead')} go={text('council.propose')} ready={person !== null} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <SelectInput label={text('council.whom')} emptyLabel={text('machines.personEmpty')} value={person} onChange={setPerson} choices={choices} />
    </ReasonSheet>
  )
}

function RemoveAdministrator({ admin, trial, onClose }: { readonly admin: AdministratorRow; readonly trial: boolean; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('removeAdmin')
  const go = async (reason: string): Promise<void> => {
    if ((await run({ person: admin.person, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('council.removeOf', { name: admin.name })} lead={text(trial ? 'council.removeAlone' : 'council.removeLead')} go={text('council.propose')} danger busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <Chip>{text.list(admin.positions)}</Chip>
    </ReasonSheet>
  )
}
