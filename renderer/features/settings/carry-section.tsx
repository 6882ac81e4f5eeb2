// USB で運ぶ: one act that writes out and takes in, how far it is, and how fresh the other places are.

import { type ReactNode, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { CarryState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useCarry } from '../../services/use-sync.ts'
import { useText } from '../../services/use-text.tsx'
import { formatInstant, formatSize } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Fact } from './fact.tsx'

export function CarrySection(): ReactNode {
  const text = useText()
  const state = useCarry()
  return (
    <section className="sheet stack" aria-labelledby="settings-carry">
      <h2 id="settings-carry">{text('carry.title')}</h2>
      <p>{text('carry.lead')}</p>
      {state && <CarryForm key={state.address} state={state} />}
    </section>
  )
}

function CarryForm({ state }: { readonly state: CarryState }): ReactNode {
  const text = useText()
  const session = useSession()
  const [address, setAddress] = useState(state.address)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const begin = async (fresh: boolean): Promise<void> => {
    setFailure(null)
    setBusy(true)
    const begun = await session.beginCarry({ address, fresh }).finally(() => setBusy(false))
    if (!begun.ok) setFailure(begun.error)
  }
  const isNew = failure?.type === 'MediumNew'
  const isUnready = busy || state.running || address.trim() === ''
  return (
    <form
      className="stack-s"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isUnready) void begin(false)
      }}
    >
      <Standing state={state} />
      <TextInput
        label={text('carry.address')}
        help={text('carry.addressHelp')}
        value={address}
        disabled={state.running}
        onChange={(typed) => {
          setFailure(null)
          setAddress(typed)
        }}
      />
      {failure !== null && !isNew && <Message tone="bad" title={text('carry.broken')}>{failureText(text, failure)}</Message>}
      {isNew && (
        <Message tone="warn" title={text('carry.fresh')} actions={<Button onPress={() => void begin(true)}>{text('carry.useFresh')}</Button>}>
          {text('carry.freshText')}
        </Message>
      )}
      {failure === null && !busy && <Course state={state} />}
      <div className="row">
        <Button kind="strong" submit disabled={isUnready}>{text(state.last?.failure == null ? 'carry.begin' : 'carry.goOn')}</Button>
        {state.running && <Button onPress={() => void session.stopCarry()}>{text('carry.stop')}</Button>}
      </div>
    </form>
  )
}

function Standing({ state }: { readonly state: CarryState }): ReactNode {
  const text = useText()
  if (state.unsent === null) return null
  return (
    <dl className="storage-facts" aria-label={text('carry.standing')}>
      <Fact name={text('carry.lastAt')} value={state.at === null ? text('carry.nobody') : formatInstant(text.language, new Date(state.at).toISOString())} />
      <Fact name={text('carry.unsent')} value={text('carry.count', { count: state.unsent })} />
    </dl>
  )
}

/** Under way, or how it ended. */
function Course({ state: { running, left, last } }: { readonly state: CarryState }): ReactNode {
  const text = useText()
  const out = left.objects > 0 ? [text('carry.leftOut', { count: left.objects })] : []
  const rest = text.list([...out, ...(left.bytes > 0 ? [text('carry.leftIn', { size: formatSize(left.bytes) })] : [])])
  if (running) {
    return (
      <Message tone="note" title={rest === '' ? text('carry.looking') : text('carry.left', { rest })}>
        {text('carry.running')}
      </Message>
    )
  }
  if (!last) return null
  if (last.failure !== null) {
    return (
      <Message tone="bad" title={text('carry.broken')}>
        <p>{text.code('failure', last.failure)}</p>
        {rest !== '' && <p>{text('carry.left', { rest })}</p>}
      </Message>
    )
  }
  return (
    <>
      <Message tone="good" title={text('carry.done')}>
        <dl className="storage-facts">
          <Fact name={text('carry.sent')} value={text('carry.count', { count: last.sent })} />
          <Fact name={text('carry.received')} value={text('carry.count', { count: last.received })} />
          <Fact name={text('carry.othersAt')} value={last.othersAt === null ? text('carry.nobody') : formatInstant(text.language, new Date(last.othersAt).toISOString())} />
        </dl>
      </Message>
      {last.findings.length > 0 && (
        <Message tone="warn" title={text('carry.doubts')}>
          {last.findings.map((code) => (
            <p key={code}>{text.code('finding', code)}</p>
          ))}
        </Message>
      )}
    </>
  )
}
