// Filing (編入) a decided document into a volume: once, by a position, and not to be undone; the dialog says so before.

import { type ReactNode, useState } from 'react'
import { useCommand, useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { CabinetNode, DocumentView } from '../../services/view-models.ts'
import { formatFiscalYear } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput } from '../../ui/choice.tsx'
import { Sheet, Waiting } from '../../ui/dialog.tsx'
import { Message } from '../../ui/message.tsx'
import { flattenNodes, suitableVolumes } from './cabinet-model.ts'
import { NewVolumeDialog } from './new-volume-dialog.tsx'

export function FilingDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const view = useLive('document', { id })
  const cabinet = useLive('cabinet', null)
  if (view === undefined || view === null || cabinet === undefined) return <Waiting title={text('filing.title')} text={text('cabinet.opening')} />
  return <FilingForm view={view} cabinet={cabinet} onClose={onClose} />
}

function FilingForm({ view, cabinet, onClose }: { readonly view: DocumentView; readonly cabinet: readonly CabinetNode[]; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('fileDocument')
  const positions = view.acts.find((act) => act.act === 'file')?.positions ?? []
  const volumes = suitableVolumes(cabinet, view)
  const fitting = volumes.filter((one) => one.fits)
  const [volume, setVolume] = useState<string | null>(fitting.length === 1 ? (fitting[0]?.volume.id ?? null) : null)
  const [position, setPosition] = useState<string | null>(positions.length === 1 ? (positions[0]?.id ?? null) : null)
  const [making, setMaking] = useState(false)
  const wanted = view.cover.find((one) => one.field === 'classNode')?.values[0]

  const file = async (): Promise<void> => {
    if (volume === null || position === null) return
    const done = await run({ id: view.summary.id, volume, position })
    if (done.ok) onClose()
  }

  if (making) {
    return <NewVolumeDialog nodes={flattenNodes(cabinet).filter(({ node }) => node.level === 3)} node={typeof wanted === 'string' ? wanted : null} onClose={() => setMaking(false)} onCreated={setVolume} />
  }
  return (
    <Sheet
      title={text('filing.title')}
      size="wide"
      onClose={onClose}
      held={busy}
      actions={
        <>
          <Button onPress={onClose} disabled={busy}>{text('app.cancel')}</Button>
          <Button kind="strong" disabled={volume === null || position === null || busy} onPress={() => void file()}>
            {text(busy ? 'filing.under' : 'filing.do')}
          </Button>
        </>
      }
    >
      <p>{text('filing.lead', { title: view.summary.title })}</p>
      {volumes.length === 0 ? (
        <p className="cabinet-empty">{text('filing.noVolume')}</p>
      ) : (
        <div className="filing-volumes">
          <RadioInput
            label={text('filing.volume')}
            value={volume}
            onChange={setVolume}
            choices={volumes.map((one) => ({
              value: one.volume.id,
              label: one.volume.title,
              note: [one.path.join('＞'), formatFiscalYear(text.language, one.volume.fiscalYear), one.volume.retentionLabel, ...(one.fits ? [text('filing.fits')] : [])].join('　'),
            }))}
          />
        </div>
      )}
      <div>
        <Button kind="quiet" icon="plus" onPress={() => setMaking(true)}>
          {text('filing.newVolume')}
        </Button>
      </div>
      {positions.length > 1 && <RadioInput label={text('act.asWhich')} value={position} onChange={setPosition} choices={positions.map((one) => ({ value: one.id, label: one.title }))} />}
      <Message tone="note">{text('filing.final')}</Message>
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
    </Sheet>
  )
}
