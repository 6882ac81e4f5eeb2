// Gives the vault its port: one per load of the trusted main frame, when its preload asks, never a second for the same load. A new
// load closes the old port, so a page that is gone cannot go on asking.
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import { vaultPortMessage, vaultPortRequest } from '@shared/ipc/bridge.ts'
import { servePort, type Port } from '@shared/ipc/port.ts'
import type { Serve } from '@shared/ipc/serve.ts'
import { isTrustedSender } from './trusted-sender.ts'

export interface VaultPorts {
  /** Watches the loads of a web contents and gives each of them its port. */
  grant(contents: WebContents): void
  /** Sends an event to the vault of the present load, if there is one. */
  emit(name: string, payload: unknown): void
}

/** `gone` is told each time a vault cannot ask any more. */
export function createVaultPorts(origin: string, serve: Serve, gone: () => void): VaultPorts {
  let served = ''
  let current: { readonly port: MessagePortMain; readonly emit: (name: string, payload: unknown) => void } | null = null
  function close(): void {
    if (!current) return
    current.port.close()
    current = null
    gone()
  }
  function give(contents: WebContents, load: string): void {
    if (served === load) return
    close()
    served = load
    const { port1, port2 } = new MessageChannelMain()
    current = { port: port1, emit: servePort(mainPort(port1), serve) }
    port1.start()
    contents.postMessage(vaultPortMessage, load, [port2])
  }
  return {
    grant(contents) {
      contents.on('did-start-navigation', (details) => {
        if (details.isMainFrame && !details.isSameDocument) close()
      })
      contents.on('render-process-gone', close)
      contents.on('destroyed', close)
      contents.ipc.on(vaultPortRequest, (event, load: unknown) => {
        if (typeof load === 'string' && isTrustedSender(event, origin, () => contents.id)) give(contents, load)
      })
    },
    emit: (name, payload) => current?.emit(name, payload),
  }
}

function mainPort(port: MessagePortMain): Port {
  return {
    send: (message) => port.postMessage(message),
    receive: (hear) => void port.on('message', (event) => hear(event.data)),
  }
}
