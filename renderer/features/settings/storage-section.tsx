// 保管先: where this machine sends and fetches, how that stands in words, and what a person can do about it.

import type { ReactNode } from 'react'
import type { SyncState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useSync } from '../../services/use-sync.ts'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { TargetForm } from './target-form.tsx'

export function StorageSection(): ReactNode {
  const text = useText()
  const sync = useSync()
  return (
    <section className="sheet stack" aria-labelledby="settings-storage">
      <h2 id="settings-storage">{text('storage.title')}</h2>
      <p>{text('storage.lead')}</p>
      {sync?.target && <Standing state={sync} />}
      {sync && <TargetForm key={`${sync.target?.kind} ${sync.target?.address}`} target={sync.target} />}
    </section>
  )
}

function Standing({ state }: { readonly state: SyncState }): ReactNode {
  const text = useText()
  const session = useSession()
  const certain = [...new Set(state.findings.filter((finding) => finding.certain).map(({ code }) => code))]
  const completeAt = state.completeAt === null ? text('storage.neverComplete') : formatInstant(text.language, new Date(state.completeAt).toISOString())
  return (
    <div className="stack-s">
      <dl className="storage-facts" aria-label={text('storage.standing')}>
        <Fact name={text('storage.place')} value={state.target?.address ?? ''} />
        <Fact name={text('storage.unsent')} value={state.unsent === null ? text('storage.notAsked') : text('storage.count', { count: state.unsent })} />
        <Fact name={text('storage.completeAt')} value={completeAt} />
      </dl>
      {state.failure !== null && <Message tone="warn" title={text('storage.failed')}>{text.code('failure', state.failure)}</Message>}
      {certain.length > 0 && (
        <Message tone="bad" title={text('storage.doubts')}>
          {certain.map((code) => (
            <p key={code}>{text.code('finding', code)}</p>
          ))}
        </Message>
      )}
      <div className="row">
        <Button onPress={() => void session.syncNow()} disabled={state.running}>{text(state.running ? 'storage.running' : 'storage.now')}</Button>
        <Button onPress={() => void session.pauseSync(!state.paused)}>{text(state.paused ? 'storage.resume' : 'storage.pause')}</Button>
      </div>
    </div>
  )
}

function Fact(props: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}
