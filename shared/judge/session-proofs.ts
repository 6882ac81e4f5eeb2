// What a replica has proven of session certificates, kept so that a session's thousand segments cost one proof. Only what holds is
// kept, under the hash of the body and the two keys it was proven with; what does not hold is asked again.

import { bytesToHex } from '../base/bytes.ts'
import { keepLatest } from '../base/keep-latest.ts'
import type { CryptoHost, PublicKey } from '../crypto/ports.ts'
import type { Verify } from '../crypto/sign.ts'
import { noEvidence, openEvidence, type EvidenceSet } from '../log/evidence.ts'
import { collectionZero } from '../log/names.ts'
import type { KeyRing } from './ports.ts'
import { parseSession, verifySession, type SessionBody, type SessionCertificate } from '../log/session.ts'
import type { ActFacts } from '../posture/evaluate.ts'
import { parseStatement } from '../posture/statement.ts'

export interface SessionProofs {
  /** The certificate whose body has this hash; null when it is not here or the bytes are of another one. */
  find(hash: string): Promise<SessionCertificate | null>
  /** Do seat and device stand behind the body? */
  proven(session: SessionCertificate, seatKey: PublicKey, deviceKey: PublicKey): Promise<boolean>
  /** JU-50 what it rests on. `missing-key` and `damaged` (this copy is not what the body names) may pass later. */
  evidence(session: SessionCertificate): Promise<EvidenceSet | 'missing-key' | 'damaged'>
}

export interface SessionProofsDeps {
  readonly host: CryptoHost
  readonly keys: Pick<KeyRing, 'epochKey'>
  readonly session: (hash: string) => Promise<Uint8Array | null>
}

const heldSessions = 256

export function createSessionProofs(verify: Verify, { host, keys, session: read }: SessionProofsDeps): SessionProofs {
  const held = new Map<string, { readonly session: SessionCertificate; readonly under: Set<string> }>()
  const opened = new Map<string, EvidenceSet>()
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
    async evidence(session) {
      const known = opened.get(session.hash)
      if (known) return known
      const set = await openSessionEvidence({ host, keys }, session)
      if (typeof set !== 'string') keepLatest(opened, session.hash, set, heldSessions)
      // Another copy may carry it: this one is not held on to.
      else held.delete(session.hash)
      return set
    },
  }
}

/** JU-50 opens what a certificate rests on with the keys at hand. */
export async function openSessionEvidence({ host, keys }: Pick<SessionProofsDeps, 'host' | 'keys'>, { body, evidence }: SessionCertificate): Promise<EvidenceSet | 'missing-key' | 'damaged'> {
  if (body.token === null && body.posture === null) return noEvidence
  if (!evidence) return 'damaged'
  const key = await keys.epochKey(collectionZero, evidence.epoch)
  if (!key) return 'missing-key'
  return (await openEvidence(host, body.workspace, key, evidence, body)) ?? 'damaged'
}

/** JU-51 what evidence says, for the policy: a statement that is none, or of another device than the session's, says nothing. */
export function factsOf({ posture }: EvidenceSet, { device }: Pick<SessionBody, 'device'>): Pick<ActFacts, 'posture' | 'token'> {
  const statement = posture && parseStatement(posture.bytes)
  return { posture: statement?.device === device ? statement : null, token: null }
}
