// A sentence that stands out: what happened, or what to know. A failure is announced at once, the rest when there is a pause.

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './message.css'

export interface MessageProps {
  readonly tone: 'bad' | 'warn' | 'good' | 'note'
  readonly title?: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

const icons = { bad: 'warn', warn: 'warn', good: 'check', note: 'info' } as const

export function Message(props: MessageProps): ReactNode {
  return (
    <div className={`message message-${props.tone}`} role={props.tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icons[props.tone]} />
      <div className="message-body">
        {props.title !== undefined && <p className="message-title">{props.title}</p>}
        {props.children !== undefined && <div className="message-text">{props.children}</div>}
      </div>
      {props.actions && <div className="message-actions">{props.actions}</div>}
    </div>
  )
}
