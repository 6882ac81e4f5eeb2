// Where a window of ours may go: nowhere. Main loads its pages itself; whatever a page tries (links, redirects, frames,
// new windows, webviews, dropped files, certificates, log-ins) is refused, for every web contents that ever exists.
import { app } from 'electron'

/** Must run before the first window. `refused` is told the kind only, never the address. */
export function guardNavigation(refused: (kind: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => refuse(event, 'navigate'))
    contents.on('will-frame-navigate', (event) => refuse(event, 'frame'))
    contents.on('will-redirect', (event) => refuse(event, 'redirect'))
    contents.on('will-attach-webview', (event) => refuse(event, 'webview'))
    // A page may not hold up quitting: what it had to save it was asked for before.
    contents.on('will-prevent-unload', (event) => event.preventDefault())
    contents.on('select-bluetooth-device', (event) => refuse(event, 'bluetooth'))
    contents.setWindowOpenHandler(() => {
      refused('window')
      return { action: 'deny' }
    })
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    refuse(event, 'certificate')
    decide(false)
  })
  app.on('select-client-certificate', (event) => refuse(event, 'client-certificate'))
  app.on('login', (event) => refuse(event, 'login'))
  function refuse(event: { preventDefault(): void }, kind: string): void {
    event.preventDefault()
    refused(kind)
  }
}
