// The operating system's secret store through Electron's safeStorage. Where there is none (or only `basic_text`, which is no
// keystore), there is no adapter, and only a practice workspace can be made.
import { safeStorage } from 'electron'
import type { OsSecret } from '../services/profile.ts'

/** Call after the app is ready. */
export function createOsSecret(): OsSecret | null {
  const weak = process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  if (weak || !safeStorage.isEncryptionAvailable()) return null
  return {
    seal: async (secret) => Uint8Array.from(safeStorage.encryptString(Buffer.from(secret).toString('base64'))),
    async open(sealed) {
      try {
        return Uint8Array.from(Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), 'base64'))
      } catch {
        return null
      }
    },
  }
}
