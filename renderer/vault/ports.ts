// What the vault needs around it: main on its own port, the platform's crypto, a clock and the shipped fonts. Nothing here decides.

import type { Clock } from '@shared/base/ports.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { Client } from '@shared/ipc/define.ts'

/** Main, as far as the vault may ask it: keys once, sealed objects, the gate and the journal, consent, print, export. */
export type VaultHost = Client<Contract, 'vault'>

export interface Surroundings {
  readonly host: VaultHost
  readonly crypto: CryptoHost
  readonly clock: Clock
  /** Resolves after about so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>
  /** A shipped font file by its name; rejects when it is not shipped. */
  readonly font: (file: string) => Promise<Uint8Array>
  readonly indexedDb: { readonly factory: IDBFactory; readonly keyRange: typeof IDBKeyRange }
}
