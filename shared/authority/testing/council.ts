// Administrators of a made-up workspace, for tests of what their voices do: events without seals, as if the judge had let all in.

import { utf8ToBytes } from '../../base/bytes.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { KnownEvent } from '../../log/event.ts'
import { collectionZero } from '../../log/names.ts'
import { alwaysConfirmed } from '../confirmed-acts.ts'
import type { AuthorityBodies, AuthorityType, TrustedLane } from '../events.ts'
import type { Grant } from '../model.ts'

export interface Council {
  /** Everything that was founded: an administrator's grant and a seat (`seat-<person>`) for each. */
  readonly founding: readonly KnownEvent[]
  /** One segment of a person's own lane. */
  act<T extends AuthorityType>(person: string, type: T, body: AuthorityBodies[T]): KnownEvent
  vote(person: string, act: KnownEvent, alone?: boolean): KnownEvent
  /** A removal's cut: each person's lane of collection zero up to and with this segment; 0 where none is given. */
  cut(person: string, last: KnownEvent | null): readonly TrustedLane[]
}

const point = new Uint8Array(65)
export const adminGrant = (person: string): Grant => ({ id: `admin-${person}`, person, collection: null, role: 'admin', reason: 'test', reviewBy: '2100-01-01', from: '2020-01-01', to: null })
const laneOf = (person: string): string => `seat-${person}.1`

export function createCouncil(admins: readonly string[]): Council {
  const seqs = new Map<string, number>()
  let n = 0
  const event = (person: string, type: string, body: unknown, seq: number): KnownEvent => {
    const id = sha256Hex(utf8ToBytes(`event ${n++}`))
    return { id, lane: `${laneOf(person)}/${collectionZero}`, seq, event: { v: 1, type, doc: null, deps: [], hlc: { ms: 1_000_000 + n, n: 0 }, at: '', person, position: null, body, salt: new Uint8Array(16) } }
  }
  const act = (person: string, type: string, body: unknown): KnownEvent => {
    const seq = (seqs.get(person) ?? 0) + 1
    seqs.set(person, seq)
    return event(person, type, body, seq)
  }
  const [first = ''] = admins
  seqs.set(first, 1)
  const found = (type: string, body: unknown): KnownEvent => event(first, type, body, 1)
  return {
    founding: [
      found('workspace.genesis', { workspace: 'w', kind: 'practice', rootKey: point, recoverySigningKey: point, recoveryExchangeKey: point, epoch: '' }),
      found('policy.put', policyOf(['document.submit'])),
      ...admins.flatMap((person) => [found('grant.put', adminGrant(person)), found('seat.add', seatFor(person))]),
    ],
    act,
    vote: (person, { id }, alone = false) => act(person, 'vote.cast', { act: id, alone }),
    cut: (person, last) => (last ? [{ collection: collectionZero, lane: laneOf(person), seq: last.seq, hash: '' }] : []),
  }
}

export const seatFor = (person: string, id = `seat-${person}`): AuthorityBodies['seat.add'] => ({ id, person, device: 'device', signingKey: point, exchangeKey: point, certificate: new Uint8Array() })

/** What a policy asks for beyond what is always confirmed (AU-18). */
export const chosenOf = (consentFor: readonly string[] = []): readonly string[] => consentFor.filter((pattern) => !alwaysConfirmed.includes(pattern))

export const policyOf = (consentFor: readonly string[]): AuthorityBodies['policy.put'] => ({ id: 'policy', kind: 'trial', title: '試行', consentFor, sessionHours: 12, idleLockMinutes: 10, from: '2020-01-01', to: null })

/** The same events in another order and with their clocks dealt out anew: neither may decide anything. */
export function shuffled(events: readonly KnownEvent[], order: readonly number[]): readonly KnownEvent[] {
  const deck = events.map((known, i) => ({ known, at: order[i] ?? i })).sort((a, b) => a.at - b.at || (a.known.id < b.known.id ? -1 : 1))
  return deck.map(({ known }, i) => ({ ...known, event: { ...known.event, hlc: { ms: 5_000_000 + i, n: 0 } } }))
}
