// LG-10 to LG-15: makes the certificate of a session. What it rests on is sealed beside it, and durable before anything is signed
// under it.

import type { AuthorityState } from '@shared/authority/reduce.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { inForce } from '@shared/base/in-force.ts'
import type { Clock } from '@shared/base/ports.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import type { ContentKey, CryptoHost, Signer } from '@shared/crypto/ports.ts'
import type { KeyUnavailable } from '@shared/ipc/contract/session.ts'
import { evidenceHashes, newEvidence, sealEvidence, type EvidenceSet } from '@shared/log/evidence.ts'
import { sessionName } from '@shared/log/names.ts'
import { createSession, sessionToBytes, type SessionCertificate, type Vector } from '@shared/log/session.ts'
import { statementToBytes, type PostureStatement } from '@shared/posture/statement.ts'
import type { KeyStore, SignInEvidence } from '../ports.ts'
import { isUnavailable, unlessUnavailable } from './kept-key.ts'
import type { ObjectStore } from './object-store.ts'
import type { ProfileRecord } from './profile.ts'
import type { SeatKeys } from './seat-file.ts'

export interface CertifyDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly store: Pick<ObjectStore, 'put'>
  readonly signIn: SignInEvidence
  readonly keys: KeyStore
}

/** What a session signs with, and on what it rests. */
export interface Certified {
  readonly certificate: SessionCertificate
  readonly signer: Signer
  readonly evidence: EvidenceSet
}

export interface CertifiedPosition {
  readonly state: Pick<AuthorityState, 'policies'>
  readonly vector: Vector
  /** The newest key of collection zero that the seat holds. */
  readonly zero: { readonly epoch: number; readonly key: ContentKey }
}

const hourMs = 60 * 60 * 1000

/** What the device says of itself at this moment goes in as `statement`. Null when the disk does not take it, a failure where a key does not sign. `record` counts the sessions of the seat's incarnation so far. */
export async function certify({ host, clock, store, signIn, keys: keyStore }: CertifyDeps, record: ProfileRecord, keys: Pick<SeatKeys, 'seat' | 'signing'>, { state, vector, zero }: CertifiedPosition, statement: PostureStatement | null): Promise<Certified | KeyUnavailable | null> {
  const own = record.seats.find(({ seat }) => seat === keys.seat)
  if (!own) return null
  const token = await signIn.evidence(keys.seat)
  const evidence: EvidenceSet = { posture: statement && newEvidence(host, statementToBytes(statement)), token: token && newEvidence(host, token) }
  const session = createKeyPair(host)
  const now = clock.now()
  const policy = inForce(state.policies.values(), jstDate(now))
  const { workspace } = record
  const sealed = await sealEvidence(host, workspace, zero, evidence)
  const certificate = await unlessUnavailable(() => createSession(
    {
      suite: 1,
      schema: 1,
      kind: 'session',
      workspace,
      seat: keys.seat,
      device: record.device.id,
      person: own.person,
      incarnation: own.incarnation,
      n: own.sessions + 1,
      sessionKey: session.publicKey,
      notBefore: now - 1000,
      notAfter: now - 1000 + (policy?.sessionHours ?? 1) * hourMs,
      policy: policy?.id ?? '',
      authority: vector,
      ...evidenceHashes(evidence),
    },
    keyStore.signerOf(keys.signing),
    keyStore.signerOf(record.device.signing),
    sealed,
  ))
  if (isUnavailable(certificate)) return certificate
  const written = await store.put(sessionName(certificate.hash), sessionToBytes(certificate))
  return written.ok ? { certificate, signer: await createSigner(host, session), evidence } : null
}
