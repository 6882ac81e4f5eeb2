// The page of the row: hands the vault's port to its worker, tells it what there is, and watches meanwhile whether a person could work.

import { vaultPortMessage } from '@shared/ipc/bridge.ts'
import { watchHeld, type Town, type Wrapped } from './facts.ts'

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
const port = new Promise<MessagePort>((resolve) => {
  window.addEventListener('message', ({ data, ports }) => {
    if (data === vaultPortMessage && ports[0]) resolve(ports[0])
  })
})
let isFirst = true

async function reWrap(town: Town): Promise<Wrapped> {
  const given = isFirst ? [await port] : []
  isFirst = false
  const held = watchHeld()
  return new Promise((resolve, fail) => {
    worker.onerror = ({ message }) => fail(new Error(message))
    worker.onmessage = ({ data }: MessageEvent<Omit<Wrapped, 'pageHeld'> | { readonly failed: string }>) => ('failed' in data ? fail(new Error(data.failed)) : resolve({ ...data, pageHeld: held() }))
    worker.postMessage(town, given)
  })
}

Object.assign(window, { reWrap })
