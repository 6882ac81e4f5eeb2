// Asks for a place with the system's own dialog; the page never names a path and never reads one. Where the machine is run with
// `--export-folder=<folder>` (a mounted archive, a kiosk), everything goes there and nobody is asked.
import { basename, join } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import type { SaveDialog } from '../ports.ts'
import { words, type Language } from './words.ts'

export function createSaveDialog(parent: () => BrowserWindow, language: () => Language, fixedFolder: string | null): SaveDialog {
  if (fixedFolder !== null) {
    return { chooseFolder: async () => fixedFolder, chooseFile: async (suggestedName) => join(fixedFolder, basename(suggestedName)) }
  }
  return {
    async chooseFolder() {
      const title = words[language()].chooseFolder
      const { canceled, filePaths } = await dialog.showOpenDialog(parent(), { title, properties: ['openDirectory', 'createDirectory'] })
      return canceled ? null : (filePaths[0] ?? null)
    },
    async chooseFile(suggestedName) {
      const title = words[language()].saveFile
      const { canceled, filePath } = await dialog.showSaveDialog(parent(), { title, defaultPath: suggestedName })
      return canceled || filePath === '' ? null : filePath
    },
  }
}
