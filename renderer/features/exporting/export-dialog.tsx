// Export (書出): what leaves, as which position and why; then the consent window, the folder, progress, and where it lies.

import { type ReactNode, useState } from 'react'
import { useJob } from '../../services/use-job.ts'
import { Refusal } from '../../services/refusal.tsx'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatFiscalYear, formatSize } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Progress } from '../../ui/progress.tsx'

export type ExportScope = { readonly kind: 'document'; readonly id: string } | { readonly kind: 'outgoing'; readonly id: string } | { readonly kind: 'volume'; readonly id: string } | { readonly kind: 'fiscal-year'; readonly year: number }

export function ExportDialog({ scope, onClose }: { readonly scope: ExportScope; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const town = useLive('town', null)
  const job = useJob()
  const { run, busy, failure } = useCommand('exportPackage')
  const cancel = useCommand('cancelJob')
  const [position, setPosition] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [how, setHow] = useState<'open' | 'sealed'>('open')
  const [to, setTo] = useState('')
  const [written, setWritten] = useState<{ readonly path: string; readonly documents: number; readonly passphrase: string | null } | null>(null)
  const mine = town?.me.positions ?? []
  const acting = position ?? (mine.length === 1 ? (mine[0]?.id ?? null) : null)

  const lacks = acting === null || reason.trim() === '' || (how === 'sealed' && to.trim() === '')
  const start = async (): Promise<void> => {
    if (acting === null || lacks) return
    const done = await run({ scope, position: acting, reason: reason.trim(), ...(how === 'sealed' ? { share: { to: to.trim() } } : {}) })
    if (done.ok) setWritten(done.value)
  }

  if (written !== null) {
    return (
      <Sheet title={text('export.doneTitle')} onClose={onClose} actions={<Button kind="strong" onPress={onClose} autoFocus>{text('app.close')}</Button>}>
        <Message tone="good">{text('export.done', { count: written.documents })}</Message>
        <p>{text('export.where')}</p>
        <p className="mono">{written.path}</p>
        {written.passphrase !== null && (
          <>
            <p>{text('share.passphrase')}</p>
            <p className="mono share-passphrase">{written.passphrase}</p>
            <Message tone="warn">{text('share.once')}</Message>
          </>
        )}
        {scope.kind !== 'outgoing' && written.passphrase === null && <p>{text('export.verify')}</p>}
      </Sheet>
    )
  }
  if (busy) {
    return (
      <Sheet title={text('export.title')} onClose={() => undefined} held actions={job !== null && <Button onPress={() => void cancel.run({ job: job.id })} disabled={cancel.busy}>{text('export.cancel')}</Button>}>
        {job === null ? (
          <div className="waiting" role="status">
            <span className="waiting-mark" aria-hidden="true" />
            <p>{text('export.consent')}</p>
          </div>
        ) : (
          <Progress label={text.code('phase', job.phase)} text={job.phase === 'content' ? text('content.coming', { done: formatSize(job.done), total: formatSize(job.total) }) : text('export.progress', { done: job.done, total: job.total })} done={job.done} total={job.total} />
        )}
        <p className="quiet">{text('export.atomic')}</p>
      </Sheet>
    )
  }
  return (
    <Sheet
      title={text('export.title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{text('app.cancel')}</Button>
          <Button kind="strong" disabled={lacks} onPress={() => void start()}>
            {text('export.do')}
          </Button>
        </>
      }
    >
      <ScopeWords scope={scope} />
      <RadioInput
        label={text('share.how')}
        value={how}
        onChange={(value) => setHow(value as 'open' | 'sealed')}
        choices={[
          { value: 'open', label: text('share.open'), note: text(scope.kind === 'outgoing' ? 'export.outgoingLead' : 'export.lead') },
          { value: 'sealed', label: text('share.sealed'), note: text('share.sealedNote') },
        ]}
      />
      {how === 'sealed' && <TextInput label={text('share.to')} requiredMark={text('cover.required')} help={text('share.toHelp')} value={to} onChange={setTo} />}
      {mine.length > 1 && <RadioInput label={text('act.asWhich')} value={acting} onChange={setPosition} choices={mine.map((one) => ({ value: one.id, label: one.title }))} />}
      <TextInput label={text('export.reason')} requiredMark={text('cover.required')} help={text('export.reasonHelp')} rows={2} value={reason} onChange={setReason} />
      {failure !== null && <Refusal title={text('export.failed')} failure={failure} again={() => void start()} />}
    </Sheet>
  )
}

function ScopeWords({ scope }: { readonly scope: ExportScope }): ReactNode {
  const text = useText()
  if (scope.kind === 'fiscal-year') return <p>{text('export.scopeYear', { year: formatFiscalYear(text.language, scope.year) })}</p>
  return scope.kind === 'document' || scope.kind === 'outgoing' ? <DocumentWords id={scope.id} /> : <VolumeWords id={scope.id} />
}

function DocumentWords({ id }: { readonly id: string }): ReactNode {
  const text = useText()
  return <p>{text('export.scopeDocument', { title: useLive('document', { id })?.summary.title ?? '' })}</p>
}

function VolumeWords({ id }: { readonly id: string }): ReactNode {
  const text = useText()
  const volume = useLive('volume', { id })
  return <p>{text('export.scopeVolume', { title: volume?.title ?? '', count: volume?.documents.length ?? 0 })}</p>
}
