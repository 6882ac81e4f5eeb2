// What a session of ours may do beyond showing our own files: nothing. Every permission, device and download is refused,
// every request that leaves the app is cancelled before a socket is opened. Sync is main's own business, not a page's.
import type { Session } from 'electron'

/** `own`: URL prefixes that may be requested in this session. */
export function denyAll(session: Session, own: readonly string[]): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }))
  session.setCertificateVerifyProc((_request, decide) => decide(-2))
  session.setSpellCheckerEnabled(false)
  session.setUserAgent('Fumibako')
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !own.some((prefix) => details.url.startsWith(prefix)) }))
}
