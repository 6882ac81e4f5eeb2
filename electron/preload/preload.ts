// The main page's only door: the page's channels and events of the table, and the vault's port handed on once per load.
// Nothing generic passes: a name that is not in the table is refused here and again in main.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { vaultPortMessage, vaultPortRequest, type Bridge } from '@shared/ipc/bridge.ts'
import { contract, events } from '@shared/ipc/contract.ts'
import { namesFor } from '@shared/ipc/define.ts'

const channels = new Set(namesFor(contract, 'page'))
const names = new Set(namesFor(events, 'page'))

const bridge: Bridge = {
  call(channel, input) {
    if (!channels.has(channel)) return Promise.reject(new Error('no such channel'))
    return ipcRenderer.invoke(channel, input)
  },
  on(name, hear) {
    if (!names.has(name)) throw new Error('no such event')
    const listener = (_event: IpcRendererEvent, payload: unknown): void => hear(payload)
    ipcRenderer.on(name, listener)
    return () => void ipcRenderer.removeListener(name, listener)
  },
}

contextBridge.exposeInMainWorld('fumibako', bridge)

// A port that was on its way to the page before this one is closed already: it is told apart by the load it was asked for.
const load = crypto.randomUUID()
ipcRenderer.on(vaultPortMessage, (event, asked) => {
  if (asked === load) window.postMessage(vaultPortMessage, window.location.origin, [...event.ports])
})
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(vaultPortRequest, load), { once: true })
