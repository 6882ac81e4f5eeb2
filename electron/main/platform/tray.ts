// The sign in the system tray by which a hidden window is found again, where the desktop has a tray. Where it has none,
// starting the app a second time brings the window back.
import { Menu, Tray, nativeImage } from 'electron'
import { words, type Language } from './words.ts'

export interface TrayActs {
  readonly open: () => void
  readonly lock: () => void
  readonly quit: () => void
}

export function createTray(icon: string, language: Language, acts: TrayActs): Tray | null {
  const image = nativeImage.createFromPath(icon)
  if (image.isEmpty()) return null
  const tray = new Tray(image.resize({ width: 22, height: 22 }))
  const said = words[language]
  tray.setToolTip('文箱')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: said.open, click: acts.open },
      { label: said.lock, click: acts.lock },
      { type: 'separator' },
      { label: said.quit, click: acts.quit },
    ]),
  )
  tray.on('click', acts.open)
  return tray
}
