// The buttons: one strong act per place, plain acts beside it, quiet ones in lists and bars. At least 44 pixels high, quiet ones 32.

import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Icon, type IconName } from './icon.tsx'
import './button.css'

export interface ButtonProps {
  readonly children?: ReactNode
  readonly kind?: 'strong' | 'plain' | 'quiet' | 'danger'
  readonly icon?: IconName | undefined
  /** The name for screen readers where the face shows only an icon or too little. */
  readonly label?: string | undefined
  readonly onPress?: (() => void) | undefined
  readonly disabled?: boolean | undefined
  readonly submit?: boolean
  readonly autoFocus?: boolean
  readonly describedBy?: string | undefined
  readonly pressed?: boolean | undefined
  readonly slot?: string | undefined
  readonly className?: string
}

export function Button(props: ButtonProps): ReactNode {
  return (
    <AriaButton
      className={`button button-${props.kind ?? 'plain'} ${props.children === undefined ? 'button-icon' : ''} ${props.className ?? ''}`}
      type={props.submit === true ? 'submit' : 'button'}
      isDisabled={props.disabled ?? false}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy })}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      {...(props.slot === undefined ? {} : { slot: props.slot })}
      autoFocus={props.autoFocus ?? false}
    >
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children !== undefined && <span>{props.children}</span>}
    </AriaButton>
  )
}
