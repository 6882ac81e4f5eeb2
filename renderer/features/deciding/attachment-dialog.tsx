// One attachment to look at: a picture drawn on a canvas, PDF pages, or plain text. Nothing of it is run or fetched.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../services/use-text.tsx'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { PdfPages } from '../../ui/pdf-pages.tsx'

export interface AttachmentFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export function viewKind(mediaType: string): 'picture' | 'pdf' | 'text' | null {
  if (/^image\/(png|jpeg|webp|gif|avif|bmp)$/.test(mediaType)) return 'picture'
  if (mediaType === 'application/pdf') return 'pdf'
  return /^text\/(plain|csv)/.test(mediaType) ? 'text' : null
}

export function AttachmentDialog({ file, onClose }: { readonly file: AttachmentFile; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const kind = viewKind(file.mediaType)
  return (
    <Sheet title={file.name} size="wide" onClose={onClose} actions={<Button kind="strong" onPress={onClose}>{text('app.close')}</Button>}>
      {kind === 'picture' && <Picture file={file} />}
      {kind === 'text' && <pre className="attachment-text">{new TextDecoder().decode(file.bytes)}</pre>}
      {kind === 'pdf' && (
        <PdfPages
          bytes={file.bytes}
          label={file.name}
          loadingText={text('pages.opening')}
          brokenText={text('pages.broken')}
          pageLabel={(page, pages) => text('pages.page', { page, pages })}
          zoomInLabel={text('pages.zoomIn')}
          zoomOutLabel={text('pages.zoomOut')}
          zoomText={(percent) => text('pages.zoom', { percent })}
        />
      )}
    </Sheet>
  )
}

/** Rejects where the bytes are no picture. */
async function drawPicture(file: AttachmentFile, canvas: () => HTMLCanvasElement | null): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(file.bytes)], { type: file.mediaType }))
  const element = canvas()
  if (element !== null) {
    element.width = bitmap.width
    element.height = bitmap.height
    element.getContext('2d')?.drawImage(bitmap, 0, 0)
  }
  bitmap.close()
}

function Picture({ file }: { readonly file: AttachmentFile }): ReactNode {
  const text = useText()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    void drawPicture(file, () => (stop.signal.aborted ? null : canvas.current)).catch(() => setBroken(true))
    return () => stop.abort()
  }, [file])
  if (broken) return <p role="alert">{text('pages.broken')}</p>
  return <canvas ref={canvas} className="attachment-picture" role="img" aria-label={file.name} />
}
