// The attachments of the frozen revision in one stream: pictures, PDF pages and texts open here; others leave by export only.

import { type ReactNode, useState } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { AttachmentView } from '../../services/view-models.ts'
import { formatSize } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { FileList } from '../../ui/file-list.tsx'
import { Message } from '../../ui/message.tsx'
import { AttachmentDialog, viewKind } from './attachment-dialog.tsx'

export function AttachmentsStream({ id, attachments }: { readonly id: string; readonly attachments: readonly AttachmentView[] }): ReactNode {
  const text = useText()
  const { run, failure } = useCommand('readAttachment')
  const [open, setOpen] = useState<{ readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array } | null>(null)
  const show = async (attachment: string): Promise<void> => {
    const done = await run({ id, attachment })
    if (done.ok) setOpen(done.value)
  }
  return (
    <section className="side-block" aria-labelledby="attachments-title">
      <h2 id="attachments-title">{text('attachments.title', { count: attachments.length })}</h2>
      {attachments.length === 0 && <p className="quiet">{text('attachments.none')}</p>}
      <FileList
        label={text('attachments.label')}
        files={attachments.map((one) => ({
          id: one.id,
          name: one.name,
          facts: [formatSize(one.size), text('attachments.hash', { hash: one.sha256.slice(0, 12) })],
          actions:
            viewKind(one.mediaType) === null ? (
              <span className="small quiet">{text('attachments.exportOnly')}</span>
            ) : (
              <Button kind="quiet" label={text('attachments.openOne', { name: one.name })} onPress={() => void show(one.id)}>
                {text('attachments.open')}
              </Button>
            ),
        }))}
      />
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      {open !== null && <AttachmentDialog file={open} onClose={() => setOpen(null)} />}
    </section>
  )
}
