// Taking a colleague's draft over, with a reason: for when they left. What they wrote stays as it is.

import { type ReactNode, useState } from 'react'
import { ReasonSheet } from '../../services/reason-sheet.tsx'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { ActView, DocumentView } from '../../services/view-models.ts'
import { RadioInput } from '../../ui/choice.tsx'

export function AdoptDialog({ view, act, onClose }: { readonly view: DocumentView; readonly act: ActView; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('adoptDraft')
  const [position, setPosition] = useState<string | null>(act.positions.length === 1 ? (act.positions[0]?.id ?? null) : null)
  const adopt = async (reason: string): Promise<void> => {
    if (position !== null && (await run({ id: view.summary.id, position, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('adopt.title')} lead={text('adopt.lead', { name: view.summary.drafterName })} go={text('adopt.do')} waiting={text('adopt.doing')} ready={position !== null} busy={busy} failure={failure} onGo={(reason) => void adopt(reason)} onClose={onClose}>
      {act.positions.length > 1 && <RadioInput label={text('act.asWhich')} value={position} onChange={setPosition} choices={act.positions.map((one) => ({ value: one.id, label: one.title }))} />}
    </ReasonSheet>
  )
}
