// プロキシーと証明書: how a town that lets nothing straight out reaches its storage. What was typed as a secret is gone from here once it
// is chosen; main never gives it back.

import { type ReactNode, useEffect, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { Failure, Result } from '@shared/base/result.ts'
import type { NetworkState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatDate } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

type Decide = (act: Promise<Result<NetworkState, Failure>>) => Promise<void>

export function NetworkSection(): ReactNode {
  const text = useText()
  const session = useSession()
  const [state, setState] = useState<NetworkState | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSet, setIsSet] = useState(false)
  useEffect(() => void session.network().then(setState), [session])
  const decide: Decide = async (act) => {
    setFailure(null)
    setIsSet(false)
    const done = await act
    setFailure(done.ok ? null : done.error)
    setIsSet(done.ok)
    if (done.ok) setState(done.value)
  }
  return (
    <section className="sheet stack" aria-labelledby="settings-network">
      <h2 id="settings-network">{text('network.title')}</h2>
      <p>{text('network.lead')}</p>
      {state && <ProxyForm key={`${state.mode} ${state.address} ${state.user} ${state.hasPassword}`} state={state} decide={decide} />}
      {state && <Certificates state={state} decide={decide} />}
      {failure !== null && <Message tone="bad" title={text('network.notSet')}>{failureText(text, failure)}</Message>}
      {isSet && <Message tone="good">{text('network.set')}</Message>}
    </section>
  )
}

function ProxyForm({ state, decide }: { readonly state: NetworkState; readonly decide: Decide }): ReactNode {
  const text = useText()
  const session = useSession()
  const [mode, setMode] = useState(state.mode)
  const [typed, setTyped] = useState({ address: state.address, user: state.user, password: '' })
  const choose = (): Promise<void> => decide(session.setProxy({ mode, address: typed.address, user: typed.user, password: typed.password === '' && state.hasPassword ? null : typed.password }))
  return (
    <form
      className="stack-s"
      onSubmit={(event) => {
        event.preventDefault()
        void choose()
      }}
    >
      <RadioInput
        label={text('network.proxy')}
        value={mode}
        onChange={(value) => setMode(value === 'own' || value === 'none' || value === 'script' ? value : 'system')}
        choices={[
          { value: 'system', label: text('network.proxySystem'), note: state.surroundings === null ? text('network.noSurroundings') : text('network.surroundings', { proxy: state.surroundings }) },
          { value: 'script', label: text('network.proxyScript'), ...(state.mode === 'script' ? { note: state.script === null ? text('network.scriptStraight') : text('network.scriptSays', { proxy: state.script }) } : {}) },
          { value: 'own', label: text('network.proxyOwn') },
          { value: 'none', label: text('network.proxyNone') },
        ]}
      />
      {(mode === 'own' || mode === 'script') && (
        <>
          <TextInput label={text(mode === 'own' ? 'network.proxyAddress' : 'network.scriptAddress')} help={text(mode === 'own' ? 'network.proxyHelp' : 'network.scriptHelp')} value={typed.address} onChange={(address) => setTyped({ ...typed, address })} />
          <TextInput label={text('network.proxyUser')} help={text('network.proxyUserHelp')} value={typed.user} onChange={(user) => setTyped({ ...typed, user })} />
          <TextInput kind="password" label={text('network.proxyPassword')} help={text(state.hasPassword ? 'network.keepPassword' : 'storage.secretHelp')} value={typed.password} onChange={(password) => setTyped({ ...typed, password })} />
        </>
      )}
      <div className="row">
        <Button submit>{text('network.choose')}</Button>
      </div>
    </form>
  )
}

function Certificates({ state, decide }: { readonly state: NetworkState; readonly decide: Decide }): ReactNode {
  const text = useText()
  const session = useSession()
  const [passphrase, setPassphrase] = useState('')
  const read = async (file: File | undefined, act: (bytes: Uint8Array) => Promise<Result<NetworkState, Failure>>): Promise<void> => {
    if (file === undefined) return
    await decide(act(new Uint8Array(await file.arrayBuffer())))
    setPassphrase('')
  }
  return (
    <>
      <div className="stack-s">
        <h3>{text('network.authorities')}</h3>
        <p>{state.store === null ? text('network.noStore') : text('network.store', { file: state.store })}</p>
        {state.authorities.map(({ name, until }) => (
          <p key={`${name} ${until}`}>{text('network.authority', { name, date: formatDate(text.language, new Date(until).toISOString().slice(0, 10)) })}</p>
        ))}
        <div className="row">
          <FileTrigger acceptedFileTypes={['.pem', '.crt', '.cer']} onSelect={(files) => void read(files?.[0], (file) => session.setAuthorities({ file }))}>
            <Button icon="clip">{text('network.addAuthority')}</Button>
          </FileTrigger>
          {state.authorities.length > 0 && <Button onPress={() => void decide(session.setAuthorities({ file: null }))}>{text('network.dropAuthority')}</Button>}
        </div>
      </div>
      <div className="stack-s">
        <h3>{text('network.client')}</h3>
        <p>{text(state.hasClient ? 'network.hasClient' : 'network.noClient')}</p>
        <TextInput kind="password" label={text('network.passphrase')} help={text('network.passphraseHelp')} value={passphrase} onChange={setPassphrase} />
        <div className="row">
          <FileTrigger acceptedFileTypes={['.p12', '.pfx', '.pem']} onSelect={(files) => void read(files?.[0], (file) => session.setClientCertificate({ file, passphrase }))}>
            <Button icon="clip">{text('network.addClient')}</Button>
          </FileTrigger>
          {state.hasClient && <Button onPress={() => void decide(session.setClientCertificate({ file: null, passphrase: '' }))}>{text('network.dropClient')}</Button>}
        </div>
      </div>
    </>
  )
}
