// A short word with a tone, for stages and flags. The word carries the meaning; the colour only helps.

import type { ReactNode } from 'react'
import './chip.css'

export type ChipTone = 'plain' | 'key' | 'good' | 'warn' | 'bad' | 'seal'

export function Chip(props: { readonly tone?: ChipTone; readonly children: ReactNode }): ReactNode {
  return <span className={`chip chip-${props.tone ?? 'plain'}`}>{props.children}</span>
}
