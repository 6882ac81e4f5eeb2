// The preferences every window of ours is made with. Electron's defaults are mostly these; they are written out so that
// neither a new default nor a careless window can loosen one.
import { app, type Session, type WebPreferences } from 'electron'

export function strictPreferences(session: Session, preload: string | null): WebPreferences {
  return {
    ...(preload === null ? {} : { preload }),
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: !app.isPackaged,
  }
}
