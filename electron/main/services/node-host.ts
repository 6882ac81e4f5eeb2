// The platform's own cryptography and clock, as the pure rooms ask for them.

import { randomBytes, webcrypto } from 'node:crypto'
import type { Clock } from '@shared/base/ports.ts'
import type { CryptoHost, Subtle } from '@shared/crypto/ports.ts'

export const nodeHost: CryptoHost = {
  subtle: webcrypto.subtle as unknown as Subtle,
  random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
}

export const systemClock: Clock = { now: () => Date.now() }
