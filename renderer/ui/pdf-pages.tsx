// The pages of a file, one under the other, drawn when they come into view; their words are there for screen readers.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { Button } from './button.tsx'
import { drawPage, openPdf, type PdfFile, readPageText } from './pdf-file.ts'
import './pdf-pages.css'

export interface PdfPagesProps {
  readonly bytes: Uint8Array | null
  readonly label: string
  readonly loadingText: string
  readonly brokenText: string
  readonly pageLabel: (page: number, pages: number) => string
  readonly zoomInLabel: string
  readonly zoomOutLabel: string
  readonly zoomText: (percent: number) => string
  readonly toolbar?: ReactNode
}

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

export function PdfPages(props: PdfPagesProps): ReactNode {
  const [file, setFile] = useState<PdfFile | 'broken' | null>(null)
  const [zoom, setZoom] = useState(2)
  const frame = useRef<HTMLDivElement>(null)
  const width = usePageWidth(frame, zooms[zoom] ?? 1)

  const { bytes } = props
  const shown = useRef<PdfFile | null>(null)
  useEffect(() => {
    if (bytes === null) return undefined
    const stop = new AbortController()
    const show = async (): Promise<void> => {
      const next = await openPdf(bytes).catch(() => null)
      if (stop.signal.aborted) return next?.close()
      setFile(next ?? 'broken')
      shown.current?.close()
      shown.current = next
    }
    void show()
    return () => stop.abort()
  }, [bytes])
  useEffect(() => () => shown.current?.close(), [])

  const pages = file !== null && file !== 'broken' ? file.pages : []
  return (
    <section className="pdf" aria-label={props.label}>
      <div className="pdf-bar">
        <Button kind="quiet" icon="zoomOut" label={props.zoomOutLabel} disabled={zoom === 0} onPress={() => setZoom(zoom - 1)} />
        <span className="small" role="status">
          {props.zoomText(Math.round((zooms[zoom] ?? 1) * 100))}
        </span>
        <Button kind="quiet" icon="zoomIn" label={props.zoomInLabel} disabled={zoom === zooms.length - 1} onPress={() => setZoom(zoom + 1)} />
        <span className="grow" />
        {props.toolbar}
      </div>
      <div className="pdf-frame" ref={frame} tabIndex={0} role="group" aria-label={props.label}>
        {file === null && <p className="pdf-note">{props.loadingText}</p>}
        {file === 'broken' && <p className="pdf-note" role="alert">{props.brokenText}</p>}
        {pages.map((page, i) => (
          <PdfPage key={`${i}-${page.pageNumber}`} page={page} width={width} label={props.pageLabel(i + 1, pages.length)} />
        ))}
      </div>
    </section>
  )
}

function usePageWidth(frame: React.RefObject<HTMLDivElement | null>, zoom: number): number {
  const [room, setRoom] = useState(640)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(([entry]) => entry !== undefined && setRoom(Math.floor(entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return Math.round(Math.max(240, Math.min(room, 860)) * zoom)
}

function PdfPage(props: { readonly page: PDFPageProxy; readonly width: number; readonly label: string }): ReactNode {
  const { page, width } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [seen, setSeen] = useState(false)
  const [words, setWords] = useState('')
  const view = page.getViewport({ scale: 1 })

  useEffect(() => {
    const element = canvas.current
    if (element === null) return undefined
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true), { rootMargin: '400px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    const element = canvas.current
    if (!seen || element === null) return undefined
    const stop = new AbortController()
    void drawPage(page, element, width, stop.signal)
    return () => stop.abort()
  }, [seen, page, width])

  useEffect(() => {
    if (seen) void readPageText(page).then(setWords)
  }, [seen, page])

  return (
    <div className="pdf-page" role="group" aria-label={props.label} style={{ width, height: Math.round((width * view.height) / view.width) }}>
      <canvas ref={canvas} aria-hidden="true" />
      <p className="visually-hidden">{words}</p>
    </div>
  )
}
