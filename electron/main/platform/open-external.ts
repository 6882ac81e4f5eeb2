// Opens an address in the browser of the system: pages of others are never shown inside the app.
import { shell } from 'electron'

/** False for anything but https and this machine itself, and where the system opens nothing. */
export async function openExternal(address: string): Promise<boolean> {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1'))) return false
  return shell.openExternal(url.href).then(
    () => true,
    () => false,
  )
}
