// Runs in a worker of the packaged app's page, where the vault does: the vault's own key ring and what wraps a collection anew, over the
// vault's port to main.

import { contract, type Events } from '@shared/ipc/contract.ts'
import { createClient } from '@shared/ipc/client.ts'
import { createPortCaller, domPort, type DomPort } from '@shared/ipc/port.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { createKeyRing, type HeldEpoch } from '../../../renderer/vault/key-ring.ts'
import { handlesOf, wrapCollection } from '../../../renderer/vault/rewrapping.ts'
import { bench, watchHeld, type Town, type Wrapped } from './facts.ts'

interface Scope {
  onmessage: ((event: MessageEvent<Town>) => void) | null
  postMessage(message: Omit<Wrapped, 'pageHeld'> | { readonly failed: string }): void
}

const scope = self as unknown as Scope
const host: CryptoHost = { subtle: crypto.subtle as unknown as CryptoHost['subtle'], random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) } }
let port: MessagePort | null = null

scope.onmessage = ({ data, ports }) => {
  port ??= ports[0] ?? null
  if (port) void wrapAll(port, data).then(scope.postMessage.bind(scope), (error: unknown) => scope.postMessage({ failed: String(error) }))
}

async function wrapAll(over: MessagePort, { epochKeys, docs }: Town): Promise<Omit<Wrapped, 'pageHeld'>> {
  const vault = createClient(contract, 'vault', createPortCaller<Events>(domPort(over as unknown as DomPort)).call)
  const object = async (name: string): Promise<Uint8Array | null> => {
    const got = await vault.objects.get({ name })
    return got.ok ? got.value.bytes : null
  }
  const keys = await createKeyRing({ crypto: host, open: { ...bench, epochKeys: [...epochKeys] }, object })
  let putting = 0
  const put = async (name: string, bytes: Uint8Array): Promise<boolean> => {
    const begun = performance.now()
    const kept = await vault.objects.put({ name, bytes })
    putting += performance.now() - begun
    return kept.ok
  }
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
  const held = watchHeld()
  const begun = performance.now()
  const handles = await handlesOf(bench.workspace, docs.map((doc) => ({ doc, given: [] })), rest)
  const wrapped = await wrapCollection({ keys, genesis: bench.genesis, object, put, rest }, bench.collection, keys.latest(bench.collection, () => true) as HeldEpoch, handles)
  return { wrapped, ms: performance.now() - begun, putting, vaultHeld: held() }
}
