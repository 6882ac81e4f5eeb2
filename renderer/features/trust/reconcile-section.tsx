// The provider's list of accounts, chosen as a file and put beside the people here. Nothing of it is kept or sent.

import { type ReactNode, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { OrphansView } from '../../services/trust-models.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export function ReconcileSection(): ReactNode {
  const text = useText()
  const [list, setList] = useState<string | null>(null)
  const read = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) setList(decoded(await file.arrayBuffer()))
  }
  return (
    <section className="sheet stack-s" aria-labelledby="trust-reconcile">
      <h2 id="trust-reconcile">{text('reconcile.title')}</h2>
      <p className="quiet">{text('reconcile.lead')}</p>
      <div className="row">
        <FileTrigger acceptedFileTypes={['.csv', '.txt', '.tsv']} onSelect={(files) => void read(files?.[0])}>
          <Button icon="clip">{text(list === null ? 'reconcile.choose' : 'reconcile.again')}</Button>
        </FileTrigger>
      </div>
      {list !== null && <Found list={list} />}
    </section>
  )
}

/** As UTF-8; what is none is what spreadsheets in Japan write. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('shift_jis').decode(bytes)
  }
}

function Found({ list }: { readonly list: string }): ReactNode {
  const text = useText()
  const found = useLive('reconcile', { text: list })
  if (found === undefined) return <p role="status">{text('trust.opening')}</p>
  if (found.unreadable !== null) {
    return (
      <Message tone="bad" title={text('reconcile.unreadable')}>
        <p>{text(`reconcile.${found.unreadable}`)}</p>
      </Message>
    )
  }
  const { gone, ofNobody, without } = found
  const isClean = gone.length + ofNobody.length + without.length === 0
  return (
    <div className="stack-s" role="status">
      <p>{text(isClean ? 'reconcile.clean' : 'reconcile.read', { accounts: found.accounts })}</p>
      {gone.length > 0 && (
        <Message tone="warn" title={text('reconcile.gone')}>
          <p>{text('reconcile.goneLead')}</p>
          <Names names={gone.map((row) => goneWords(text, row))} />
        </Message>
      )}
      {ofNobody.length > 0 && <Group title={text('reconcile.ofNobody')} names={ofNobody} />}
      {without.length > 0 && <Group title={text('reconcile.without')} names={without} />}
    </div>
  )
}

function goneWords(text: ReturnType<typeof useText>, { name, label, why, seats }: OrphansView['gone'][number]): string {
  return text(`reconcile.gone.${why}`, { name, label, seats })
}

function Group({ title, names }: { readonly title: string; readonly names: readonly string[] }): ReactNode {
  return (
    <div>
      <h3>{title}</h3>
      <Names names={names} />
    </div>
  )
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}
