// New keys for documents, one after the other: what it does and does not, why, and how far it is. What is done stays done when it is stopped.

import type { ReactNode } from 'react'
import { ReasonSheet } from './reason-sheet.tsx'
import { useCommand } from './use-services.tsx'
import { useText } from './use-text.tsx'

export function NewKeysSheet({ title, docs, about, onClose }: { readonly title: string; readonly docs: readonly string[]; readonly about?: string; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('rekeyDocument')
  const go = async (reason: string): Promise<void> => {
    // The list that is shown grows shorter with each that is done.
    for (const id of [...docs]) if (!(await run({ id, reason })).ok) return
    onClose()
  }
  return (
    <ReasonSheet title={title} lead={text('keys.what')} go={text('keys.go')} waiting={text('keys.giving')} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <p>{text('keys.whatNot')}</p>
      {about !== undefined && <p className="act-document">{about}</p>}
    </ReasonSheet>
  )
}
