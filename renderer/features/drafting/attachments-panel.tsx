// Attachments: dropped or picked, kept byte for byte under the name they came with.

import { type ReactNode, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useSaveState } from '../../services/save-state.tsx'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { AttachmentView } from '../../services/view-models.ts'
import { formatSize } from '../../text/dates.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { DropPlace } from '../../ui/drop-place.tsx'
import { FileList } from '../../ui/file-list.tsx'
import { Message } from '../../ui/message.tsx'

export function AttachmentsPanel({ id, attachments }: { readonly id: string; readonly attachments: readonly AttachmentView[] }): ReactNode {
  const text = useText()
  const attach = useCommand('attach')
  const detach = useCommand('detach')
  const { track } = useSaveState()
  const [under, setUnder] = useState<string | null>(null)
  const failure = attach.failure ?? detach.failure

  const add = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      setUnder(file.name)
      const bytes = new Uint8Array(await file.arrayBuffer())
      const done = await track(attach.run({ id, name: file.name, mediaType: file.type || 'application/octet-stream', bytes }))
      if (!done.ok) break
    }
    setUnder(null)
  }

  return (
    <div className="stack">
      <DropPlace label={text('attachments.drop')} onFiles={(files) => void add(files)}>
        <p>{text('attachments.dropHere')}</p>
        <FileTrigger allowsMultiple onSelect={(files) => files !== null && void add([...files])}>
          <Button icon="clip">{text('attachments.pick')}</Button>
        </FileTrigger>
        <p className="quiet small">{text('attachments.note')}</p>
      </DropPlace>
      {under !== null && <p role="status">{text('attachments.adding', { name: under })}</p>}
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      {attachments.length === 0 ? (
        <p className="quiet">{text('attachments.none')}</p>
      ) : (
        <FileList
          label={text('attachments.label')}
          files={attachments.map((one) => ({
            id: one.id,
            name: one.name,
            facts: [formatSize(one.size), one.mediaType, text('attachments.hash', { hash: one.sha256.slice(0, 12) })],
            actions: (
              <Button kind="quiet" icon="trash" label={text('attachments.removeOne', { name: one.name })} onPress={() => void track(detach.run({ id, attachment: one.id }))}>
                {text('attachments.remove')}
              </Button>
            ),
          }))}
        />
      )}
    </div>
  )
}
