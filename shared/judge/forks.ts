// JU-32: one number of a lane carries two segments, both signed by the seat and device of that lane: whoever holds the two has the proof,
// and nothing else is asked. What follows from a fork is the door's matter.

import type { AuthorityState } from '../authority/reduce.ts'
import type { Verify } from '../crypto/sign.ts'
import type { KnownEvent } from '../log/event.ts'
import type { SegmentHeader } from '../log/header.ts'
import { collectionZero } from '../log/names.ts'
import { verifyHeader, type OpenedHeader } from './open-segment.ts'
import type { Forks } from './ports.ts'
import type { SessionProofs } from './session-proofs.ts'

/** A proven fork: from this number on. */
export interface Fork {
  readonly collection: string
  readonly lane: string
  readonly seq: number
  /** Its seat left the lane there (JU-39). */
  readonly left?: true
}

export interface ProofDeps {
  readonly verify: Verify
  readonly sessions: SessionProofs
}

/** Did the seat and the device of its lane stand behind this header? `unknown`: the certificate, or who they are, is not here yet. */
export async function isAuthentic({ verify, sessions }: ProofDeps, opened: OpenedHeader, authority: AuthorityState): Promise<boolean | 'unknown'> {
  const session = await sessions.find(opened.header.session)
  if (!session) return 'unknown'
  const { seat, device, incarnation } = session.body
  if (`${seat}.${incarnation}` !== opened.header.lane || !(await verifyHeader(verify, opened, session))) return false
  const keys = [authority.seats.get(seat)?.signingKey, authority.devices.get(device)?.signingKey] as const
  if (!keys[0] || !keys[1] || authority.seats.get(seat)?.device !== device) return 'unknown'
  return (await sessions.proven(session, keys[0], keys[1])) ? true : 'unknown'
}

export function chainOf({ lane, collection }: Pick<SegmentHeader, 'lane' | 'collection'>): string {
  return `${lane}/${collection}`
}

/**
 * JU-33 does this segment stand at or behind a fork: of its own chain, or of its lane's chain of collection zero, as far as its author
 * had come there? The founding segment is pinned and stands.
 */
export function isBehindFork(forks: Forks, { lane, collection, seq, authority, acts }: SegmentHeader, genesis: string): boolean {
  if (forks.size === 0 || acts[0]?.event === genesis) return false
  return seq >= (forks.get(chainOf({ lane, collection })) ?? Infinity) || (authority[lane] ?? 0) >= (forks.get(chainOf({ lane, collection: collectionZero })) ?? Infinity)
}

/** Of acts about numbers behind a fork, which keep their place in their chain: they give and cancel nothing. */
export function isSetAside(forks: Forks, { lane, seq }: Pick<KnownEvent, 'lane' | 'seq'>): boolean {
  return seq >= (forks.get(lane) ?? Infinity)
}

export function withForks(forks: Forks, found: readonly Fork[]): Forks {
  const next = new Map(forks)
  for (const fork of found) next.set(chainOf(fork), Math.min(fork.seq, next.get(chainOf(fork)) ?? Infinity))
  return next
}
