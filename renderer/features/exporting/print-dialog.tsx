// Printing (印刷): on which printer, as which position and why; then the consent window with the pages, and the job is the system's.

import { type ReactNode, useEffect, useState } from 'react'
import { Refusal } from '../../services/refusal.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'

interface Printer {
  readonly name: string
  readonly title: string
}

export function PrintDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const title = useLive('document', { id })?.summary.title ?? ''
  const { run, busy, failure } = useCommand('printDocument')
  const [printers, again] = usePrinters()
  const [chosen, setChosen] = useState<string | null>(null)
  const [position, setPosition] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [isDone, setDone] = useState(false)
  const mine = town?.me.positions ?? []
  const acting = position ?? (mine.length === 1 ? (mine[0]?.id ?? null) : null)
  const printer = printers?.find(({ name }) => name === chosen) ?? (printers?.length === 1 ? printers[0] : undefined)
  const go = async (): Promise<void> => {
    if (acting === null || !printer || reason.trim() === '') return
    if ((await run({ id, position: acting, printer: { name: printer.name, title: printer.title }, reason: reason.trim() })).ok) setDone(true)
  }
  if (isDone) {
    return (
      <Sheet title={text('print.title')} onClose={onClose} actions={<Button kind="strong" onPress={onClose} autoFocus>{text('app.close')}</Button>}>
        <Message tone="good">{text('print.done', { printer: printer?.title ?? '' })}</Message>
        <p>{text('print.after')}</p>
      </Sheet>
    )
  }
  const hasNone = printers !== null && printers.length === 0
  return (
    <Sheet
      title={text('print.title')}
      onClose={busy ? () => undefined : onClose}
      held={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{text('app.cancel')}</Button>
          {hasNone && <Button onPress={again}>{text('print.again')}</Button>}
          <Button kind="strong" disabled={busy || acting === null || !printer || reason.trim() === ''} onPress={() => void go()}>
            {text(busy ? 'print.waiting' : 'print.do')}
          </Button>
        </>
      }
    >
      <p>{text('print.lead', { title })}</p>
      {hasNone && <Message tone="warn">{text('print.none')}</Message>}
      {printers !== null && printers.length > 0 && (
        <SelectInput label={text('print.printer')} emptyLabel={text('print.choose')} value={printer?.name ?? null} onChange={setChosen} choices={printers.map((one) => ({ value: one.name, label: one.title }))} />
      )}
      {mine.length > 1 && <RadioInput label={text('act.asWhich')} value={acting} onChange={setPosition} choices={mine.map((one) => ({ value: one.id, label: one.title }))} />}
      <TextInput label={text('print.reason')} requiredMark={text('cover.required')} help={text('print.reasonHelp')} rows={2} value={reason} onChange={setReason} />
      {failure !== null && <Refusal title={text('print.failed')} failure={failure} again={() => void go()} />}
    </Sheet>
  )
}

/** Asked when the sheet opens, and again when the person says so; null while it is not known. */
function usePrinters(): readonly [printers: readonly Printer[] | null, again: () => void] {
  const { run } = useCommand('listPrinters')
  const [printers, setPrinters] = useState<readonly Printer[] | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let isOver = false
    void run({}).then((answer) => {
      if (!isOver && answer.ok) setPrinters(answer.value)
    })
    return () => {
      isOver = true
    }
  }, [asked, run])
  return [printers, () => setAsked(asked + 1)]
}
