// Documents that somebody could read, by collection, each with when it was made and when they last opened it. Whoever looks after the
// records chooses some of them and gives them new keys.

import { type ReactNode, useState } from 'react'
import { NewKeysSheet } from '../../services/new-keys-sheet.tsx'
import type { CouldRead, CouldReadDocument } from '../../services/trust-models.ts'
import { useText } from '../../services/use-text.tsx'
import { formatInstant } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { CheckInput } from '../../ui/choice.tsx'

export function CouldReadList({ found }: { readonly found: CouldRead }): ReactNode {
  return found.collections.map((collection) => <Collection key={collection.name} collection={collection} />)
}

function Collection({ collection: { name, documents, mayRekey } }: { readonly collection: CouldRead['collections'][number] }): ReactNode {
  const text = useText()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  /** How many were chosen when it began: the list grows shorter meanwhile. */
  const [giving, setGiving] = useState<number | null>(null)
  const open = documents.filter(({ rekeyed }) => rekeyed === null)
  const wanted = open.filter(({ doc }) => chosen.has(doc))
  const choose = (doc: string, on: boolean): void => setChosen(new Set(on ? [...chosen, doc] : [...chosen].filter((one) => one !== doc)))
  return (
    <details>
      <summary>{text('devices.collection', { name, count: documents.length })}</summary>
      <ul className="trust-limits small">
        {documents.map((one) => (
          <li key={one.doc}>{mayRekey && one.rekeyed === null ? <CheckInput label={wordsOf(text, one)} checked={chosen.has(one.doc)} onChange={(on) => choose(one.doc, on)} /> : wordsOf(text, one)}</li>
        ))}
      </ul>
      {mayRekey && open.length > 0 && (
        <div className="row">
          <Button onPress={() => setChosen(new Set(open.map(({ doc }) => doc)))}>{text('keys.chooseAll')}</Button>
          <Button kind="strong" disabled={wanted.length === 0} onPress={() => setGiving(wanted.length)}>
            {text('keys.giveChosen', { count: wanted.length })}
          </Button>
        </div>
      )}
      {giving !== null && <NewKeysSheet title={text('keys.giveChosen', { count: giving })} docs={wanted.map(({ doc }) => doc)} onClose={() => setGiving(null)} />}
    </details>
  )
}

function wordsOf(text: Text, one: CouldReadDocument): string {
  const facts = { title: one.title === '' ? text('document.untitled') : one.title, at: formatInstant(text.language, one.at) }
  const said = one.opened === null ? text('devices.document', facts) : text('couldRead.opened', { ...facts, opened: formatInstant(text.language, one.opened) })
  if (one.rekeyed === null) return said
  const since = text('keys.since', { said, at: formatInstant(text.language, one.rekeyed) })
  return one.earlier === null ? since : text(`keys.earlier.${one.earlier}`, { said: since })
}
