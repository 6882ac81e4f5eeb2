// One act about a series of numbers: for whom, how many, why. Then main's own window asks for the PIN; this page only waits.

import { type ReactNode, useState } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { NumberBlockView, NumberSeriesView } from '../../services/view-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { CheckInput, RadioInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { numberAct, seatsToChoose, type Asked, type NumbersEntry } from './numbers-model.ts'

export interface NumbersDialogProps {
  readonly series: NumberSeriesView
  readonly asked: Asked
  readonly onClose: () => void
}

export function NumbersDialog({ series, asked, onClose }: NumbersDialogProps): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('keepNumbers')
  const seats = seatsToChoose(series, asked)
  const [entry, setEntry] = useState<NumbersEntry>({ seat: seats.length === 1 ? (seats[0]?.id ?? null) : null, count: String(series.blockSize), reason: '', again: false })
  const change = (part: Partial<NumbersEntry>): void => setEntry((now) => ({ ...now, ...part }))
  const act = numberAct(asked, entry)
  const name = text(`numbers.${asked.kind}`)

  const go = async (): Promise<void> => {
    if (act === null) return
    const done = await run({ series: series.id, act })
    if (done.ok) onClose()
  }

  const isAsking = asked.kind === 'ask' || asked.kind === 'unask'

  if (busy && !isAsking) return <Waiting title={name} text={text('numbers.consent')} />
  return (
    <Sheet
      title={name}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind={asked.kind === 'takeover' || asked.kind === 'void' ? 'danger' : 'strong'} disabled={act === null || busy} onPress={() => void go()}>
            {isAsking ? name : text('act.go')}
          </Button>
        </>
      }
    >
      <p>{text(`numbers.${asked.kind}Lead`)}</p>
      {'row' in asked && <p className="act-document">{asked.row.number}　{asked.row.title}</p>}
      {'block' in asked && <p className="act-document">{rangeWords(text, asked.block)}</p>}
      {seats.length > 0 && <RadioInput label={text('numbers.seat')} value={entry.seat} onChange={(seat) => change({ seat })} choices={seats.map((one) => ({ value: one.id, label: one.isMe ? text('numbers.seatHere', { name: one.name }) : one.name }))} />}
      {'takeover' in asked && <p className="act-document">{asked.takeover.seat}　{text('numbers.reasonWords', { reason: asked.takeover.reason })}</p>}
      {'ask' in asked && <p className="act-document">{text('numbers.askOpen', { count: asked.ask.size })}</p>}
      {(asked.kind === 'block' || asked.kind === 'ask') && <TextInput label={text(asked.kind === 'ask' ? 'numbers.askSize' : 'numbers.size')} help={text('numbers.countHelp')} inputMode="numeric" value={entry.count} onChange={(count) => change({ count })} />}
      {asked.kind === 'takeover' && <TextInput label={text('numbers.skip')} help={text('numbers.skipHelp')} inputMode="numeric" value={entry.count} onChange={(count) => change({ count })} />}
      {asksReason(asked) && <TextInput label={text('act.reason')} requiredMark={text('cover.required')} rows={2} value={entry.reason} onChange={(reason) => change({ reason })} />}
      {'row' in asked && asked.row.kind === 'given' && <CheckInput label={text('numbers.again')} note={text('numbers.againNote')} checked={entry.again} onChange={(again) => change({ again })} />}
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
    </Sheet>
  )
}

function asksReason({ kind }: Asked): boolean {
  return kind === 'begin' || kind === 'handOver' || kind === 'takeover' || kind === 'void' || kind === 'return'
}

function rangeWords(text: ReturnType<typeof useText>, { first, last, holder }: NumberBlockView): string {
  return `${text('numbers.blockRange', { first, last })}　${holder}`
}
