// Who may call main: the main frame of the one window a channel was made for, while it shows that window's own origin.
// A frame inside it, another window and a page that came from elsewhere are refused before their input is looked at.

/** What is read of an IPC event: Electron's IpcMainInvokeEvent, without depending on it. */
export interface Sender {
  readonly sender: { readonly id: number; readonly mainFrame: unknown }
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** `origin` as in `app://fumibako`. `contentsId` answers null while the window does not exist. */
export function isTrustedSender(event: Sender, origin: string, contentsId: () => number | null): boolean {
  const frame = event.senderFrame
  // Not `detached`: after a crash Electron 33 leaves it true on the main frame that lives.
  if (!frame || frame !== event.sender.mainFrame || frame.parent !== null) return false
  return event.sender.id === contentsId() && isUnderOrigin(frame.url, origin)
}

export function isUnderOrigin(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return `${protocol}//${host}` === origin && username === '' && password === ''
}
