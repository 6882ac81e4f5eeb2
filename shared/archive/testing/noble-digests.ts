// The digests of a bag without a platform, for tests in any room.

import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '../../base/bytes.ts'
import type { DigestName, Digests } from '../ports.ts'

const makers = { sha512, sha384, sha256, sha224, sha1, md5 } as const

export const nobleDigests: Digests = {
  start(name: DigestName) {
    const running = makers[name].create()
    return {
      update(bytes) {
        running.update(bytes)
      },
      hex: () => bytesToHex(running.digest()),
    }
  },
}
