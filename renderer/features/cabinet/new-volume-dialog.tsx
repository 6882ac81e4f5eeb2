// A new volume (簿冊): where it belongs, its name, its retention, its place. What is not known to the cabinet is not asked.

import { type FormEvent, type ReactNode, useState } from 'react'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatFiscalYear } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { fiscalYearOf, type PathNode } from './cabinet-model.ts'

export interface NewVolumeDialogProps {
  readonly nodes: readonly PathNode[]
  readonly node: string | null
  readonly onClose: () => void
  readonly onCreated: (id: string) => void
}

export function NewVolumeDialog(props: NewVolumeDialogProps): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const { run, busy, failure } = useCommand('createVolume')
  const [thisYear] = useState(() => fiscalYearOf(Date.now()))
  const [node, setNode] = useState(props.node)
  const [title, setTitle] = useState('')
  const [publicTitle, setPublicTitle] = useState('')
  const [retentionClass, setRetention] = useState<string | null>(null)
  const [year, setYear] = useState(String(thisYear))
  const [location, setLocation] = useState('')
  const writable = town?.collections.filter((one) => one.writable) ?? []
  const mine = town?.me.positions ?? []
  const [collectionChosen, setCollection] = useState<string | null>(null)
  const [positionChosen, setPosition] = useState<string | null>(null)
  const collection = collectionChosen ?? (writable.length === 1 ? (writable[0]?.id ?? null) : null)
  const position = positionChosen ?? (mine.length === 1 ? (mine[0]?.id ?? null) : null)
  const complete = node !== null && title.trim() !== '' && retentionClass !== null && collection !== null && position !== null

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (node === null || retentionClass === null || collection === null || position === null || !complete) return
    const done = await run({ node, title: title.trim(), publicTitle: publicTitle.trim() || title.trim(), retentionClass, fiscalYear: Number(year), location: location.trim(), collection, position })
    if (!done.ok) return
    props.onClose()
    props.onCreated(done.value.id)
  }

  return (
    <Sheet title={text('newVolume.title')} onClose={props.onClose} held={busy}>
      <form className="stack" id="new-volume" onSubmit={(event) => void create(event)}>
        <SelectInput label={text('newVolume.node')} requiredMark={text('cover.required')} emptyLabel={text('cover.choose')} value={node} onChange={setNode} choices={props.nodes.map((one) => ({ value: one.node.code, label: `${one.node.code}　${one.path.join('＞')}` }))} />
        <TextInput label={text('newVolume.name')} requiredMark={text('cover.required')} value={title} onChange={setTitle} />
        <TextInput label={text('newVolume.publicName')} help={text('newVolume.publicNameHelp')} value={publicTitle} onChange={setPublicTitle} />
        <SelectInput label={text('newVolume.retention')} requiredMark={text('cover.required')} emptyLabel={text('cover.choose')} value={retentionClass} onChange={setRetention} choices={(town?.retentionClasses ?? []).map((one) => ({ value: one.id, label: text.language === 'ja' ? one.label : one.labelEn }))} />
        <SelectInput label={text('newVolume.year')} emptyLabel={text('cover.choose')} value={year} onChange={setYear} choices={[thisYear + 1, thisYear, thisYear - 1, thisYear - 2].map((one) => ({ value: String(one), label: formatFiscalYear(text.language, one) }))} />
        <TextInput label={text('newVolume.location')} help={text('newVolume.locationHelp')} value={location} onChange={setLocation} />
        {writable.length > 1 && <SelectInput label={text('newVolume.collection')} requiredMark={text('cover.required')} emptyLabel={text('cover.choose')} value={collection} onChange={setCollection} choices={writable.map((one) => ({ value: one.id, label: one.name }))} />}
        {mine.length > 1 && <RadioInput label={text('act.asWhich')} value={position} onChange={setPosition} choices={mine.map((one) => ({ value: one.id, label: one.title }))} />}
        {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
        <div className="row row-end">
          <Button onPress={props.onClose} disabled={busy}>{text('app.cancel')}</Button>
          <Button kind="strong" submit disabled={!complete || busy}>{text('newVolume.do')}</Button>
        </div>
      </form>
    </Sheet>
  )
}
