// PO-30 the sessions of the last thirty days as they lie on this disk, and what rules would have said to them. Advice before a proposal: the
// certificates' signatures are not asked for again here, and what has not arrived is not counted.

import { policyOn } from '@shared/authority/ask.ts'
import { nameIn } from '@shared/authority/person-name.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { holdsOn } from '@shared/base/in-force.ts'
import type { Clock } from '@shared/base/ports.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { tokenVerifier } from '@shared/identity/sign-in.ts'
import type { RehearsedPerson } from '@shared/ipc/contract/session.ts'
import { needsOf } from '@shared/judge/rules.ts'
import { factsOf, openSessionEvidence } from '@shared/judge/session-proofs.ts'
import { parseSession } from '@shared/log/session.ts'
import type { ActRule } from '@shared/posture/model.ts'
import { rehearse, type PastSession } from '@shared/posture/rehearse.ts'
import type { ObjectStore } from './object-store.ts'
import type { OpenSession } from './open-session.ts'

const pastMs = 30 * 24 * 60 * 60 * 1000

export async function rehearseRules({ host, clock, store }: { readonly host: CryptoHost; readonly clock: Clock; readonly store: ObjectStore }, session: OpenSession, rules: readonly ActRule[]): Promise<readonly RehearsedPerson[]> {
  const state = await session.authority.state()
  const now = clock.now()
  const policy = policyOn(state, jstDate(now))
  if (!policy) return []
  const keys = { epochKey: async (_collection: string, epoch: number) => session.zeroKeys.get(epoch) ?? null }
  const verify = tokenVerifier(host)
  const exceptions = [...state.exceptions.values()]
  const roles = new Set(rules.flatMap(({ acts }) => acts).flatMap((pattern) => needsOf(pattern, false)).flatMap((need) => (need.kind === 'role' ? need.roles : [])))
  const mayDo = (person: string): boolean => [...state.grants.values()].some((grant) => grant.person === person && roles.has(grant.role) && holdsOn(grant, jstDate(now)))
  const sessions: PastSession[] = []
  for (const name of await store.names()) {
    const object = name.startsWith('c/') ? await store.get(name) : null
    const certificate = object && parseSession(object)
    if (!certificate || certificate.body.notBefore < now - pastMs || state.removedSeats.has(certificate.body.seat)) continue
    // Of a founding nothing is asked (JU-55), and of nobody what they may not do anyway.
    if (certificate.body.n === 0 || !mayDo(certificate.body.person)) continue
    const evidence = await openSessionEvidence({ host, keys }, certificate)
    const facts = typeof evidence === 'string' ? { posture: null, token: null } : await factsOf(verify, evidence, certificate.body, state)
    sessions.push({ person: certificate.body.person, at: certificate.body.notBefore, posture: facts.posture, token: facts.token, exceptions })
  }
  return rehearse(policy, rules, sessions).map(({ person, ...one }) => ({ name: nameIn(state, person), ...one }))
}
