// The consent page's only door: its own three channels. It shares nothing with the main page's preload.
import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '@shared/ipc/bridge.ts'
import { contract } from '@shared/ipc/contract.ts'
import { namesFor } from '@shared/ipc/define.ts'

const channels = new Set(namesFor(contract, 'consent'))

const bridge: Pick<Bridge, 'call'> = {
  call(channel, input) {
    if (!channels.has(channel)) return Promise.reject(new Error('no such channel'))
    return ipcRenderer.invoke(channel, input)
  },
}

contextBridge.exposeInMainWorld('fumibako', bridge)
