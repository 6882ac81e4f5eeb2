// The vault's worker: takes the port to main and the page's messages and hands them to the service. When the seat is locked it ends
// itself, and every key with it.

import { contract, type Events } from '@shared/ipc/contract.ts'
import { createClient } from '@shared/ipc/client.ts'
import { createPortCaller, domPort, type DomPort } from '@shared/ipc/port.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Surroundings } from './ports.ts'
import type { FromVault, ToVault } from './rpc.ts'
import { createVaultService, type VaultService } from './vault-service.ts'
import type { QueryName } from './live.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const watches = new Map<number, () => void>()
let service: VaultService | null = null
let language: 'ja' | 'en' = 'ja'

scope.onmessage = (event: MessageEvent<ToVault>) => {
  const message = event.data
  if (message.kind === 'port') {
    const [port] = event.ports
    if (port && !service) service = serviceOver(port)
  } else if (message.kind === 'language') language = message.language
  else if (service) hear(service, message)
}

function hear(open: VaultService, message: Exclude<ToVault, { readonly kind: 'port' | 'language' }>): void {
  switch (message.kind) {
    case 'open':
      void begin(open).catch(defect)
      return
    case 'command':
      void open.command(message.name, message.arg).then((answer) => tell({ kind: 'answer', id: message.id, answer: { ...answer } }))
      return
    case 'watch':
      watches.set(message.id, open.watch(message.name as QueryName, message.arg as never, (value) => tell({ kind: 'value', id: message.id, value })))
      return
    case 'unwatch':
      watches.get(message.id)?.()
      watches.delete(message.id)
  }
}

async function begin(open: VaultService): Promise<void> {
  const opened = await open.open()
  if (!opened.ok) tell({ kind: 'notice', notice: { code: 'vault.closed', facts: { type: opened.error.type } } })
}

function serviceOver(port: MessagePort): VaultService {
  const caller = createPortCaller<Events>(domPort(port as unknown as DomPort))
  caller.on('session.locked', () => scope.close())
  const around: Surroundings = {
    host: createClient(contract, 'vault', caller.call),
    crypto: { subtle: crypto.subtle as unknown as CryptoHost['subtle'], random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) } },
    clock: { now: () => Date.now() },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    font: shippedFont,
    indexedDb: { factory: indexedDB, keyRange: IDBKeyRange },
  }
  const opened = createVaultService(around, { language: () => language, job: (job) => tell({ kind: 'job', job }), notice: (notice) => tell({ kind: 'notice', notice }), defect })
  caller.on('content.came', () => void opened.contentCame().catch(defect))
  caller.on('snapshots.came', () => void opened.snapshotCame().catch(defect))
  caller.on('sync.arrived', () => void opened.takeIn().catch(defect))
  caller.on('sync.reached', () => void opened.reached().catch(defect))
  return opened
}

async function shippedFont(file: string): Promise<Uint8Array> {
  const answer = await fetch(new URL(`/fonts/${file}`, scope.location.origin))
  if (!answer.ok) throw new Error(`no such font: ${file}`)
  return new Uint8Array(await answer.arrayBuffer())
}

function tell(message: FromVault): void {
  scope.postMessage(message)
}

/** Only that there was one: what it was stays out of every log. */
function defect(): void {
  tell({ kind: 'notice', notice: { code: 'vault.defect', facts: {} } })
}
