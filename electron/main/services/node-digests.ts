// The digests of a bag by Node's own crypto: OpenSSL's speed, the same answers as the portable ones.

import { createHash } from 'node:crypto'
import type { Digests } from '@shared/archive/ports.ts'

export const nodeDigests: Digests = {
  start(name) {
    const hash = createHash(name)
    return {
      update(bytes) {
        hash.update(bytes)
      },
      hex: () => hash.digest('hex'),
    }
  },
}
