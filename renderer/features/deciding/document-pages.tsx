// The pages whose hash is decided on, and, once there are marks, the signed file. Read anew when the stored file changes.

import { type ReactNode, useEffect, useState } from 'react'
import { usePin } from '../../services/use-pin.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView } from '../../services/view-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { ContentComing } from './content-coming.tsx'
import { PdfPages } from '../../ui/pdf-pages.tsx'

export function DocumentPages({ view }: { readonly view: DocumentView }): ReactNode {
  const text = useText()
  const { run, failure } = useCommand('readPages')
  const [file, setFile] = useState<{ readonly pdf: Uint8Array; readonly signed: boolean; readonly asOf: string } | null>(null)
  const { id, updatedAt } = view.summary
  const { hasPages } = view

  const pin = usePin('document', id)
  const [tries, setTries] = useState(0)

  // What was away may have been brought meanwhile.
  const away = pin.share?.missing
  useEffect(() => {
    if (!hasPages) return undefined
    let live = true
    void run({ id }).then((done) => live && done.ok && setFile({ ...done.value, asOf: updatedAt }))
    return () => {
      live = false
    }
  }, [run, id, updatedAt, hasPages, tries, away])

  if (!hasPages) return <p className="pages-none">{text('pages.none')}</p>
  return (
    <div className="pages">
      <ContentComing id={id} />
      {pin.failure !== null && <Message tone="bad">{failureText(text, pin.failure)}</Message>}
      {failure !== null && <Message tone="bad" title={text('pages.failed')} actions={<Button kind="quiet" onPress={() => setTries(tries + 1)}>{text('content.again')}</Button>}>{failureText(text, failure)}</Message>}
      <PdfPages
        bytes={file?.pdf ?? null}
        label={text('pages.label')}
        loadingText={failure === null ? text('pages.opening') : ''}
        brokenText={text('pages.broken')}
        pageLabel={(page, pages) => text('pages.page', { page, pages })}
        zoomInLabel={text('pages.zoomIn')}
        zoomOutLabel={text('pages.zoomOut')}
        zoomText={(percent) => text('pages.zoom', { percent })}
        toolbar={
          <>
            <span className="small quiet">{file === null ? '' : text(file.signed ? 'pages.signed' : 'pages.unsigned')}</span>
            {pin.on !== undefined && (
              <Button kind="quiet" disabled={pin.busy} onPress={pin.toggle}>
                {text(pin.on ? 'offline.unpin' : 'offline.pin')}
              </Button>
            )}
          </>
        }
      />
    </div>
  )
}
