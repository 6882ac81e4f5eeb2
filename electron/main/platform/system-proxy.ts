// What the settings of the system say of the way to an address: Windows, macOS, GNOME and KDE. Only asked, never used by Chromium itself,
// which resolves no name in this app; so scripts (PAC) that lie on a server are not found.

import { session } from 'electron'

/** As `PROXY host:port; DIRECT`. Straight where the system gives no answer. Must run after the app is ready. */
export async function systemProxy(url: URL): Promise<string> {
  return session.fromPartition('system-proxy', { cache: false }).resolveProxy(url.href).catch(() => 'DIRECT')
}
