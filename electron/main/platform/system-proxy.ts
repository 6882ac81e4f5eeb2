// What the settings of the system say of the way to an address (Windows, macOS, GNOME and KDE), and what a proxy script says of it. Only
// asked, never used by Chromium itself, which resolves no name in this app: a script that the system names is fetched elsewhere
// (`services/system-script.ts`).

import { session } from 'electron'

/** As `PROXY host:port; DIRECT`. Straight where the system gives no answer. Must run after the app is ready. */
export async function systemProxy(url: URL): Promise<string> {
  return session.fromPartition('system-proxy', { cache: false }).resolveProxy(url.href).catch(() => 'DIRECT')
}

let evaluated: string | null = null

/** Chromium runs the script in a process of its own without network or files. Straight where it fails. */
export async function askProxyScript(script: string, url: URL): Promise<string> {
  const own = session.fromPartition('proxy-script', { cache: false })
  if (evaluated !== script) await own.setProxy({ mode: 'pac_script', pacScript: `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}` })
  evaluated = script
  return own.resolveProxy(url.href).catch(() => 'DIRECT')
}
