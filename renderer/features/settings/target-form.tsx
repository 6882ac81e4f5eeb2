// Where to send: the kind of storage, what its kind needs, a try and the choice. What was typed as a secret is gone from here once the
// storage is chosen; main never gives it back.

import { type ReactNode, useState } from 'react'
import type { Failure } from '@shared/base/result.ts'
import type { StorageChoice, SyncState } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

const nothing = { address: '', bucket: '', region: 'us-east-1', style: 'path', user: '', password: '', accessKey: '', secretKey: '', role: '' }
type Typed = typeof nothing
type Kind = StorageChoice['kind']

const needed = { folder: ['address'], webdav: ['address', 'user', 'password'], s3: ['address', 'bucket', 'region'] } as const

export function TargetForm({ target }: { readonly target: SyncState['target'] }): ReactNode {
  const text = useText()
  const session = useSession()
  const [kind, setKind] = useState<Kind>(target?.kind ?? 'folder')
  const [typed, setTyped] = useState<Typed>({ ...nothing, address: target?.address ?? '' })
  const [busy, setBusy] = useState(false)
  const [tested, setTested] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const forget = (): void => {
    setTested(false)
    setFailure(null)
  }
  const ask = async (act: 'testStorage' | 'setStorage'): Promise<void> => {
    forget()
    setBusy(true)
    const done = await session[act](choiceOf(kind, typed)).finally(() => setBusy(false))
    if (!done.ok) return setFailure(done.error)
    if (act === 'testStorage') return setTested(true)
    setTyped({ ...typed, password: '', accessKey: '', secretKey: '' })
  }
  const isWithoutKeys = kind === 's3' && typed.role.trim() === '' && (typed.accessKey.trim() === '' || typed.secretKey.trim() === '')
  const unready = busy || isWithoutKeys || needed[kind].some((name) => typed[name].trim() === '')
  return (
    <form
      className="stack-s"
      onSubmit={(event) => {
        event.preventDefault()
        if (!unready) void ask('setStorage')
      }}
    >
      <RadioInput
        label={text('storage.kind')}
        layout="row"
        value={kind}
        choices={[
          { value: 'folder', label: text('storage.kindFolder') },
          { value: 's3', label: text('storage.kindS3') },
          { value: 'webdav', label: text('storage.kindWebdav') },
        ]}
        onChange={(value) => {
          forget()
          setKind(value as Kind)
          setTyped({ ...nothing, address: value === target?.kind ? target.address : '' })
        }}
      />
      <Fields kind={kind} typed={typed} change={(changed) => {
        forget()
        setTyped({ ...typed, ...changed })
      }} />
      {failure !== null && <Message tone="bad" title={text('storage.notSet')}>{failureText(text, failure)}</Message>}
      {tested && <Message tone="good">{text('storage.testGood')}</Message>}
      <div className="row">
        <Button onPress={() => void ask('testStorage')} disabled={unready}>{text('storage.test')}</Button>
        <Button kind="strong" submit disabled={unready}>{text('storage.set')}</Button>
      </div>
    </form>
  )
}

function Fields({ kind, typed, change }: { readonly kind: Kind; readonly typed: Typed; readonly change: (changed: Partial<Typed>) => void }): ReactNode {
  const text = useText()
  if (kind === 'folder') return <TextInput label={text('storage.folder')} help={text('storage.folderHelp')} value={typed.address} onChange={(address) => change({ address })} />
  if (kind === 'webdav') {
    return (
      <>
        <TextInput label={text('storage.webdavAddress')} help={text('storage.webdavHelp')} value={typed.address} onChange={(address) => change({ address })} />
        <TextInput label={text('storage.user')} value={typed.user} onChange={(user) => change({ user })} />
        <TextInput kind="password" label={text('storage.password')} help={text('storage.secretHelp')} value={typed.password} onChange={(password) => change({ password })} />
      </>
    )
  }
  return (
    <>
      <TextInput label={text('storage.s3Address')} help={text('storage.s3Help')} value={typed.address} onChange={(address) => change({ address })} />
      <TextInput label={text('storage.bucket')} help={text('storage.bucketHelp')} value={typed.bucket} onChange={(bucket) => change({ bucket })} />
      <TextInput label={text('storage.region')} help={text('storage.regionHelp')} value={typed.region} onChange={(region) => change({ region })} />
      <RadioInput
        label={text('storage.style')}
        layout="row"
        value={typed.style}
        choices={[
          { value: 'path', label: text('storage.stylePath') },
          { value: 'host', label: text('storage.styleHost') },
        ]}
        onChange={(style) => change({ style })}
      />
      <TextInput label={text('storage.role')} help={text('storage.roleHelp')} value={typed.role} onChange={(role) => change({ role })} />
      {typed.role.trim() === '' && (
        <>
          <TextInput label={text('storage.accessKey')} value={typed.accessKey} onChange={(accessKey) => change({ accessKey })} />
          <TextInput kind="password" label={text('storage.secretKey')} help={text('storage.secretHelp')} value={typed.secretKey} onChange={(secretKey) => change({ secretKey })} />
        </>
      )}
    </>
  )
}

/** Blanks around an address or a name are never meant; around a password they may be. */
function choiceOf(kind: Kind, typed: Typed): StorageChoice {
  const address = typed.address.trim()
  if (kind === 'folder') return { kind, address }
  if (kind === 'webdav') return { kind, address, user: typed.user.trim(), password: typed.password }
  const role = typed.role.trim()
  const keys = role === '' ? { accessKey: typed.accessKey.trim(), secretKey: typed.secretKey.trim() } : { accessKey: '', secretKey: '', role }
  return { kind, address, bucket: typed.bucket.trim(), region: typed.region.trim(), style: typed.style === 'host' ? 'host' : 'path', ...keys }
}
