// How far a long job is, as a bar and in words.

import type { ReactNode } from 'react'
import { Label, ProgressBar } from 'react-aria-components'
import './dialog.css'

export function Progress(props: { readonly label: string; readonly text: string; readonly done: number; readonly total: number }): ReactNode {
  return (
    <ProgressBar className="progress" value={props.done} maxValue={Math.max(1, props.total)} valueLabel={props.text}>
      {({ percentage }) => (
        <>
          <div className="progress-head">
            <Label>{props.label}</Label>
            <span>{props.text}</span>
          </div>
          <div className="progress-track">
            <div className="progress-fill" style={{ width: `${percentage ?? 0}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  )
}
