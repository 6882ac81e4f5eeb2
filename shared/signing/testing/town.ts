// A small town for tests: a root, people with seat certificates, and keys derived from names, so that every run makes the
// same bytes. Never imported by product code.

import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '../../base/bytes.ts'
import { issueRoot, issueSeat } from '../certificate.ts'
import type { Signer, SigningKey } from '../ports.ts'
import { issueRevocationList, type Revocation } from '../revocation-list.ts'

export interface TestKey {
  readonly publicKey: Uint8Array
  readonly sign: Signer
}

/** A P-256 key from a word; signatures are deterministic (RFC 6979). */
export function keyFrom(word: string): TestKey {
  const secret = sha256(utf8ToBytes(`test key of ${word}`))
  return { publicKey: p256.getPublicKey(secret, false), sign: async (data) => p256.sign(data, secret, { lowS: false }) }
}

export interface TestTown {
  readonly root: Uint8Array
  person(name: string, id?: string): Promise<SigningKey>
  revocationList(revoked: readonly Revocation[]): Promise<Uint8Array>
}

export async function makeTown(town = '磐梯町', notBefore = '2026-04-01T00:00:00Z'): Promise<TestTown> {
  const rootKey = keyFrom(town)
  const serial = (word: string): Uint8Array => sha256(utf8ToBytes(word)).slice(0, 16)
  const root = await issueRoot({ town, genesis: bytesToHex(sha256(utf8ToBytes(town))), publicKey: rootKey.publicKey, serial: serial(town), notBefore, sign: rootKey.sign })
  return {
    root,
    async person(name, id = `p-${bytesToHex(serial(name)).slice(0, 8)}`) {
      const key = keyFrom(`${town} ${name}`)
      const certificate = await issueSeat({ root, name, personId: id, publicKey: key.publicKey, serial: serial(`${town} ${name}`), notBefore, sign: rootKey.sign })
      return { certificate, chain: [root], sign: key.sign }
    },
    revocationList: (revoked) => issueRevocationList({ root, number: 1, thisUpdate: '2026-11-01T00:00:00Z', nextUpdate: '2027-11-01T00:00:00Z', revoked, sign: rootKey.sign }),
  }
}
