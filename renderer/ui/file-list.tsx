// Files by name and size with what can be done with each. It shows names exactly as they are and never opens one by itself.

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './file-list.css'

export interface FileItem {
  readonly id: string
  readonly name: string
  readonly facts: readonly string[]
  readonly actions?: ReactNode
}

export function FileList(props: { readonly label: string; readonly files: readonly FileItem[] }): ReactNode {
  return (
    <ul className="files" aria-label={props.label}>
      {props.files.map((file) => (
        <li key={file.id} className="file">
          <Icon name="file" />
          <span className="file-main">
            <span className="file-name">{file.name}</span>
            <span className="file-facts">{file.facts.join('  ')}</span>
          </span>
          {file.actions}
        </li>
      ))}
    </ul>
  )
}
