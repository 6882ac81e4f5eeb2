// A place to drop files on. It hands over the files themselves and nothing else that may be dragged; folders are left out.

import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import './drop-place.css'

export interface DropPlaceProps {
  readonly label: string
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}

export function DropPlace({ label, onFiles, children }: DropPlaceProps): ReactNode {
  const [over, setOver] = useState(false)
  const depth = useRef(0)
  const enter = (by: 1 | -1): void => {
    depth.current += by
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    depth.current = 0
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length > 0) onFiles(files)
  }
  return (
    // Dropping is the pointer's way only; the keyboard's is the button within.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="drop"
      role="group"
      aria-label={label}
      data-over={over || undefined}
      onDragEnter={(event) => hasFiles(event) && enter(1)}
      onDragLeave={(event) => hasFiles(event) && enter(-1)}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDrop={drop}
    >
      {children}
    </div>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}
