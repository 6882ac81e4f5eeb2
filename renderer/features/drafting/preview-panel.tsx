// 仕上がり: the pages as they would be frozen now, made anew after each pause in writing. They are looked at and not kept.

import { type ReactNode, useEffect, useState } from 'react'
import { useSaveState } from '../../services/save-state.tsx'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { DocumentView } from '../../services/view-models.ts'
import { failureText } from '../../text/translate.ts'
import { Message } from '../../ui/message.tsx'
import { PdfPages } from '../../ui/pdf-pages.tsx'
import { BoxedNotice } from './boxed-notice.tsx'

export interface PreviewPanelProps {
  readonly view: DocumentView
  readonly pending: boolean
  readonly settle: () => Promise<void>
}

export function PreviewPanel({ view, pending, settle }: PreviewPanelProps): ReactNode {
  const text = useText()
  const { run, failure, busy } = useCommand('preview')
  const { pending: unsaved } = useSaveState()
  const [pages, setPages] = useState<{ readonly pdf: Uint8Array; readonly asOf: string } | null>(null)
  const { id, updatedAt } = view.summary
  const quiet = !pending && unsaved === 0

  useEffect(() => {
    if (!quiet) return undefined
    let live = true
    void settle()
      .then(() => run({ id }))
      .then((done) => live && done.ok && setPages({ pdf: done.value.pdf, asOf: updatedAt }))
    return () => {
      live = false
    }
  }, [quiet, settle, run, id, updatedAt])

  return (
    <div className="stack-s">
      {failure !== null && <Message tone="bad" title={text('preview.failed')}>{failureText(text, failure)}</Message>}
      {pages !== null && <BoxedNotice id={id} settle={settle} asOf={pages.asOf} />}
      <PdfPages
        bytes={pages?.pdf ?? null}
        label={text('preview.label')}
        loadingText={failure === null ? text('preview.making') : ''}
        brokenText={text('pages.broken')}
        pageLabel={(page, pages) => text('pages.page', { page, pages })}
        zoomInLabel={text('pages.zoomIn')}
        zoomOutLabel={text('pages.zoomOut')}
        zoomText={(percent) => text('pages.zoom', { percent })}
        toolbar={<span role="status" className="small quiet">{text(busy ? 'preview.renewing' : 'preview.notFrozen')}</span>}
      />
    </div>
  )
}
