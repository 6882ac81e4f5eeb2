// For administrators: the machines that want to join. A request can be approved only after a person said that the six words are the
// same; main shows them once more and asks for the PIN.

import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { JoinRequest } from '../../services/session-api.ts'
import { useCommand, useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { TownView } from '../../services/view-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { Message } from '../../ui/message.tsx'
import { JoinRequestSheet } from './join-request-sheet.tsx'

export interface JoiningMachinesProps {
  readonly people: TownView['people']
  /** People whose further seat takes the voice of another administrator as well. */
  readonly needsVoice: (person: string) => boolean
}

export function JoiningMachines({ people, needsVoice }: JoiningMachinesProps): ReactNode {
  const text = useText()
  const session = useSession()
  const approving = useCommand('approveJoin')
  const [requests, setRequests] = useState<readonly JoinRequest[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [said, setSaid] = useState<string | null>(null)

  const look = useCallback(async (): Promise<void> => {
    const found = await session.joinRequests()
    setRequests(found.ok ? found.value : null)
    setFailure(found.ok || found.error.type === 'StorageMissing' ? null : found.error)
  }, [session])
  useEffect(() => void look(), [look])

  const begin = (): void => {
    setSaid(null)
    setFailure(null)
    approving.clear()
  }
  const invite = async (): Promise<void> => {
    begin()
    const saved = await session.saveInvitation()
    setFailure(saved.ok ? null : saved.error)
    setSaid(saved.ok && saved.value !== null ? text('machines.invited', { path: saved.value.path }) : null)
  }
  const approve = async ({ id, digest }: JoinRequest, person: string): Promise<void> => {
    begin()
    const done = await approving.run({ id, digest, person })
    setSaid(done.ok ? text(needsVoice(person) ? 'machines.proposed' : 'machines.approved', { name: people.find((one) => one.id === person)?.name ?? '' }) : null)
    if (done.ok) await look()
  }
  const refuse = async ({ id }: JoinRequest): Promise<void> => {
    begin()
    const done = await session.refuseJoin({ id })
    setFailure(done.ok ? null : done.error)
    setSaid(done.ok ? text('machines.refused') : null)
    await look()
  }

  return (
    <section className="sheet stack-s" aria-labelledby="trust-machines">
      <h2 id="trust-machines">{text('machines.title')}</h2>
      <p className="quiet">{text('machines.lead')}</p>
      <div className="row">
        <Button onPress={() => void invite()}>{text('machines.invite')}</Button>
        <Button onPress={() => void look()}>{text('machines.look')}</Button>
      </div>
      {said !== null && <Message tone="good">{said}</Message>}
      {[failure, approving.failure].map((one, at) => one !== null && <Message key={at} tone="bad" title={text('failure.title')}>{failureText(text, one)}</Message>)}
      {requests?.length === 0 && <p className="quiet">{text('machines.none')}</p>}
      {(requests ?? []).map((request) => (
        <JoinRequestSheet key={request.digest} request={request} people={people} busy={approving.busy} onApprove={(person) => void approve(request, person)} onRefuse={() => void refuse(request)} />
      ))}
      {approving.busy && <Waiting title={text('machines.approve')} text={text('machines.consent')} />}
    </section>
  )
}
