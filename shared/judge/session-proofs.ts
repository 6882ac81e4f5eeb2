// What a replica has proven of session certificates, kept so that a session's thousand segments cost one proof. Only what holds is
// kept, under the hash of the body and the two keys it was proven with; what does not hold is asked again.

import { bytesToHex } from '../base/bytes.ts'
import { keepLatest } from '../base/keep-latest.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import type { CryptoHost, PublicKey } from '../crypto/ports.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { judgeSignIn, tokenVerifier, type ProvenAccount, type VerifyToken } from '../identity/sign-in.ts'
import type { Verify } from '../crypto/sign.ts'
import { noEvidence, openEvidence, type EvidenceSet } from '../log/evidence.ts'
import { collectionZero } from '../log/names.ts'
import type { KeyRing } from './ports.ts'
import { parseSession, verifySession, type SessionBody, type SessionCertificate } from '../log/session.ts'
import type { ActFacts } from '../posture/evaluate.ts'
import { protectionLevels, type ProtectionLevel } from '../posture/model.ts'
import { parseStatement, type PostureStatement } from '../posture/statement.ts'

export interface SessionProofs {
  /** The certificate whose body has this hash; null when it is not here or the bytes are of another one. */
  find(hash: string): Promise<SessionCertificate | null>
  /** Do seat and device stand behind the body? */
  proven(session: SessionCertificate, seatKey: PublicKey, deviceKey: PublicKey): Promise<boolean>
  /** JU-50 what it rests on. `missing-key` and `damaged` (this copy is not what the body names) may pass later. */
  evidence(session: SessionCertificate): Promise<EvidenceSet | 'missing-key' | 'damaged'>
  /** Does the provider's key stand behind the token? What held is remembered under both. */
  readonly token: VerifyToken
}

export interface SessionProofsDeps {
  readonly host: CryptoHost
  readonly keys: Pick<KeyRing, 'epochKey'>
  readonly session: (hash: string) => Promise<Uint8Array | null>
}

const heldSessions = 256

/** What a session rests on, as far as it says anything. */
export interface SessionFacts extends Pick<ActFacts, 'posture' | 'token'> {
  /** Whose token it is, bound to the session's person or not. */
  readonly account: ProvenAccount | null
}

export function createSessionProofs(verify: Verify, { host, keys, session: read }: SessionProofsDeps): SessionProofs {
  const held = new Map<string, { readonly session: SessionCertificate; readonly under: Set<string> }>()
  const opened = new Map<string, EvidenceSet>()
  const tokens = new Map<string, true>()
  const verifyToken = tokenVerifier(host)
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
    async token(token, key) {
      const name = `${sha256Hex(token.signed)} ${sha256Hex(token.signature)} ${key.thumbprint}`
      if (!tokens.has(name) && !(await verifyToken(token, key))) return false
      keepLatest(tokens, name, true, heldSessions)
      return true
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

/** JU-57 a key does not move into hardware after it was made: no device has better keys than it was enrolled with. */
function asEnrolled(statement: PostureStatement, enrolled: ProtectionLevel): PostureStatement {
  return protectionLevels.indexOf(statement.level) <= protectionLevels.indexOf(enrolled) ? statement : { ...statement, level: enrolled }
}

/** JU-51, JU-52 what evidence says, for the policy: a statement that is none, or of another device than the session's, says nothing; nor does a token that proves nothing at that position of the log. */
export async function factsOf(verify: VerifyToken, { posture, token }: EvidenceSet, session: Pick<SessionBody, 'device' | 'seat' | 'person' | 'workspace' | 'notBefore'>, authority: AuthorityState): Promise<SessionFacts> {
  const statement = posture && parseStatement(posture.bytes)
  const [device, seat] = [authority.devices.get(session.device), authority.seats.get(session.seat)]
  const place = device && seat && { workspace: session.workspace, device: device.signingKey, seat: seat.signingKey, person: session.person, notBefore: session.notBefore }
  const signedIn = token && place ? await judgeSignIn(verify, token.bytes, place, authority) : null
  return { posture: statement?.device === session.device ? asEnrolled(statement, device?.level ?? 'L0') : null, token: signedIn?.facts ?? null, account: signedIn?.account ?? null }
}
