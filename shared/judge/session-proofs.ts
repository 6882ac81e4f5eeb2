// What a replica has proven of session certificates, kept so that a session's thousand segments cost one proof. Only what holds is
// kept, under the hash of the body and the two keys it was proven with; what does not hold is asked again.

import { bytesToHex } from '../base/bytes.ts'
import { keepLatest } from '../base/keep-latest.ts'
import type { PublicKey } from '../crypto/ports.ts'
import type { Verify } from '../crypto/sign.ts'
import { parseSession, verifySession, type SessionCertificate } from '../log/session.ts'

export interface SessionProofs {
  /** The certificate whose body has this hash; null when it is not here or the bytes are of another one. */
  find(hash: string): Promise<SessionCertificate | null>
  /** Do seat and device stand behind the body? */
  proven(session: SessionCertificate, seatKey: PublicKey, deviceKey: PublicKey): Promise<boolean>
}

const heldSessions = 256

export function createSessionProofs(verify: Verify, read: (hash: string) => Promise<Uint8Array | null>): SessionProofs {
  const held = new Map<string, { readonly session: SessionCertificate; readonly under: Set<string> }>()
  return {
    async find(hash) {
      const known = held.get(hash)
      if (known) return known.session
      const bytes = await read(hash)
      const session = bytes && parseSession(bytes)
      return session?.hash === hash ? session : null
    },
    async proven(session, seatKey, deviceKey) {
      const keys = `${bytesToHex(seatKey)} ${bytesToHex(deviceKey)}`
      const known = held.get(session.hash) ?? { session, under: new Set<string>() }
      if (!known.under.has(keys)) {
        if (!(await verifySession(verify, session, seatKey, deviceKey))) return false
        known.under.add(keys)
      }
      keepLatest(held, session.hash, known, heldSessions)
      return true
    },
  }
}
