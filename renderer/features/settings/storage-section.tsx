// 保管先: where this machine sends and fetches, how that stands in words, and what a person can do about it.

import { type ReactNode, useState } from 'react'
import type { SyncState } from '../../services/session-api.ts'
import { heardMachines, namesInWords } from '../../services/machine-words.ts'
import { useCommand, useLive, useSession } from '../../services/use-services.tsx'
import { areTwofold } from '../../services/sync-words.ts'
import { useSync } from '../../services/use-sync.ts'
import { useText } from '../../services/use-text.tsx'
import { formatInstant, formatSize, formatTime } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { Message } from '../../ui/message.tsx'
import { Fact } from './fact.tsx'
import { LineSection } from './line-section.tsx'
import { TargetForm } from './target-form.tsx'

export function StorageSection(): ReactNode {
  const text = useText()
  const sync = useSync()
  return (
    <section className="sheet stack" aria-labelledby="settings-storage">
      <h2 id="settings-storage">{text('storage.title')}</h2>
      <p>{text('storage.lead')}</p>
      {sync?.target && <Standing state={sync} />}
      {sync?.target && <LineSection state={sync} />}
      {sync && <TargetForm key={`${sync.target?.kind} ${sync.target?.address}`} target={sync.target} />}
    </section>
  )
}

function Standing({ state }: { readonly state: SyncState }): ReactNode {
  const text = useText()
  const session = useSession()
  const [asked, setAsked] = useState(false)
  /** A round that was under way already does not hold what was written since: the one that was asked for comes after it. */
  const isBusy = asked || state.running
  const now = async (): Promise<void> => {
    setAsked(true)
    await session.syncNow().finally(() => setAsked(false))
  }
  const completeAt = state.completeAt === null ? text('storage.neverComplete') : formatInstant(text.language, new Date(state.completeAt).toISOString())
  return (
    <div className="stack-s">
      <dl className="storage-facts" aria-label={text('storage.standing')}>
        <Fact name={text('storage.place')} value={state.target?.address ?? ''} />
        <Fact name={text('storage.unsent')} value={state.unsent === null ? text('storage.notAsked') : text('storage.count', { count: state.unsent })} />
        <Fact name={text('storage.completeAt')} value={completeAt} />
      </dl>
      <Machines state={state} />
      {state.failure !== null && <Message tone="warn" title={text('storage.failed')}>{text.code('failure', state.failure)}</Message>}
      <Doubts state={state} />
      {state.paused && <Message tone="note">{state.resumesAt === null ? text('storage.pausedUntilResumed') : text('storage.pausedUntil', { time: formatTime(new Date(state.resumesAt).toISOString()) })}</Message>}
      {state.heldBack && !state.paused && <Message tone="note">{text('storage.heldBack', { size: formatSize(state.waiting) })}</Message>}
      <div className="row">
        <Button onPress={() => void now()} disabled={isBusy}>{text(isBusy ? 'storage.running' : 'storage.now')}</Button>
        {state.paused ? (
          <Button onPress={() => void session.pauseSync(false, null)}>{text('storage.resume')}</Button>
        ) : (
          <>
            <Button onPress={() => void session.pauseSync(true, 60)}>{text('storage.pauseHour')}</Button>
            <Button onPress={() => void session.pauseSync(true, null)}>{text('storage.pause')}</Button>
          </>
        )}
      </div>
    </div>
  )
}

/** What the storage did, since when, and the way on: whoever looked into it says so, and decisions are free again. */
function Doubts({ state }: { readonly state: SyncState }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('settleStorage')
  const since = new Map(state.doubts.map(({ code, at }) => [code, at]))
  const codes = [...new Set([...since.keys(), ...state.findings.filter(({ certain }) => certain).map(({ code }) => code)])]
  if (codes.length === 0) return null
  return (
    <Message tone="bad" title={text(areTwofold(codes) ? 'twofold.arrived' : 'storage.doubts')} actions={<Button disabled={busy} onPress={() => void run(null)}>{text(state.frozen ? 'storage.settleFrozen' : 'storage.settle')}</Button>}>
      {codes.map((code) => {
        const at = since.get(code)
        return (
          <p key={code}>
            {at !== undefined && `${text('storage.since', { at: formatInstant(text.language, new Date(at).toISOString()) })} `}
            {text.code('finding', code)}
          </p>
        )
      })}
      {state.frozen && <p>{text('storage.frozen')}</p>}
      {failure !== null && failure.type !== 'ConsentCancelled' && <p>{failureText(text, failure)}</p>}
      {busy && <Waiting title={text('storage.settle')} text={text('council.consent')} />}
    </Message>
  )
}

/** Other machines that send and fetch there, and when each was last heard of. */
function Machines({ state }: { readonly state: SyncState }): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const machines = town ? heardMachines(state, town.machines) : []
  if (machines.length === 0) return null
  return (
    <>
      <h3>{text('reach.title')}</h3>
      <dl className="storage-facts" aria-label={text('reach.title')}>
        {machines.map(({ device, people, at, silent }) => (
          <Fact key={device} name={text('reach.people', { names: namesInWords(text, people) })} value={text(silent ? 'reach.silent' : 'reach.heard', { at: formatInstant(text.language, new Date(at).toISOString()) })} />
        ))}
      </dl>
      <p className="small quiet">{text('reach.hint')}</p>
    </>
  )
}
