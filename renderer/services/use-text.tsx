// The sentences of the chosen language for every screen, and the settings that decide how screens look.

import { createContext, type ReactNode, useContext } from 'react'
import type { Text } from '../text/translate.ts'
import type { Settings } from './session-api.ts'

const TextContext = createContext<Text | null>(null)

export interface SettingsHandle {
  readonly settings: Settings
  readonly save: (settings: Settings) => void
}

const SettingsContext = createContext<SettingsHandle | null>(null)

export function TextProvider(props: { readonly text: Text; readonly children: ReactNode }): ReactNode {
  return <TextContext value={props.text}>{props.children}</TextContext>
}

export function SettingsProvider(props: { readonly handle: SettingsHandle; readonly children: ReactNode }): ReactNode {
  return <SettingsContext value={props.handle}>{props.children}</SettingsContext>
}

export function useText(): Text {
  const text = useContext(TextContext)
  if (text === null) throw new Error('defect: a screen without texts')
  return text
}

export function useSettings(): SettingsHandle {
  const handle = useContext(SettingsContext)
  if (handle === null) throw new Error('defect: a screen without settings')
  return handle
}
