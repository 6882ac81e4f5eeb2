// Puts language, theme and size on the root element. Sizes are in rem everywhere, so one font size scales every screen and the
// container queries reflow it.

import { useEffect } from 'react'
import type { Settings } from '../services/session-api.ts'

export function useAppearance(settings: Settings): void {
  useEffect(() => {
    const root = document.documentElement
    root.lang = settings.language
    root.style.fontSize = `${Math.round(settings.zoom * 100)}%`
  }, [settings.language, settings.zoom])

  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = (): void => {
      const theme = settings.theme === 'system' ? (dark.matches ? 'dark' : 'light') : settings.theme
      document.documentElement.dataset['theme'] = theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [settings.theme])
}
