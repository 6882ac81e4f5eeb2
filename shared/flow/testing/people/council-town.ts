// The town of the simulated people: three administrators, of whom two decide, and a clerk; a seat for each at a machine of their own.
// It is founded once, under readable seals, and every simulation begins with the same founding.

import { foundingEvents } from '../../../authority/founding-events.ts'
import type { Grant, Role, TownData } from '../../../authority/model.ts'
import { utf8ToBytes } from '../../../base/bytes.ts'
import { importContentKey } from '../../../crypto/envelope.ts'
import { sha256 } from '../../../crypto/hash.ts'
import type { ContentKey } from '../../../crypto/ports.ts'
import { createHybridClock } from '../../../log/clock.ts'
import type { LogEvent } from '../../../log/event.ts'
import { collectionHandle, collectionZero, epochWrapsName, segmentName, sessionName } from '../../../log/names.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import { sealEvents } from '../../../log/seal-events.ts'
import { createSegment, eventId, eventToBytes } from '../../../log/segment.ts'
import { createSession, sessionToBytes } from '../../../log/session.ts'
import { epochCommitment, epochWrapsToBytes } from '../../../log/wraps.ts'
import { hashSigner } from '../../../sync/testing/hash-host.ts'
import { seededHost, workspace } from '../../../sync/testing/machine.ts'

export const collection = 'c1'
export const series = 'out'
export const people = ['mayor', 'head', 'officer', 'clerk'] as const
export const seats = people.map((person) => `seat${person}`)
export const foundedAt = 1_789_900_000_000

const effective = { from: '2020-01-01', to: null } as const
const roles: Readonly<Record<(typeof people)[number], readonly (Role | 'of-the-town')[]>> = {
  mayor: ['of-the-town', 'writer', 'approver', 'records'],
  head: ['of-the-town', 'writer', 'approver', 'records'],
  officer: ['of-the-town', 'writer', 'records'],
  clerk: ['writer'],
}

export function adminGrant(person: string, id: string): Grant {
  return { id, person, collection: null, role: 'admin', reason: 'test', reviewBy: '2100-01-01', ...effective }
}

export const policy = { id: 'policy', kind: 'trial', title: '試行', consentFor: [], sessionHours: 12, idleLockMinutes: 10, witnessHours: 24, massDocuments: 10, ...effective } as const

const town: TownData = {
  town: { name: '小町', nameEn: 'Komachi', mayorTitle: '町長', code: '000000' },
  sections: [{ id: 'general', name: '総務課', nameEn: 'General' }],
  people: people.map((id) => ({ id, familyName: id, givenName: '', reading: '', employment: 'regular' })),
  positions: people.map((id) => ({ id: `p-${id}`, title: id, titleEn: id, section: 'general', superior: null, mayDecide: true })),
  appointments: people.map((id) => ({ id: `a-${id}`, person: id, position: `p-${id}`, kind: 'primary', ...effective })),
  collections: [{ id: collection, name: '総務課の文書', nameEn: 'General', section: 'general' }],
  grants: people.flatMap((person) => roles[person].map((role) => (role === 'of-the-town' ? adminGrant(person, `admin-${person}`) : { ...adminGrant(person, `${person}-${role}`), collection, role }))),
  series: [{ id: series, kind: 'outgoing', symbol: '小総', periodKind: 'fiscalYear', section: 'general', pattern: '{n}', blockSize: 3, ...effective }],
  schedules: [], decisionTables: [], forms: [], policies: [policy],
}

/** 65 bytes, as long as a point. */
export function pointOf(what: string): Uint8Array {
  const half = sha256(utf8ToBytes(what))
  return Uint8Array.from({ length: 65 }, (_, i) => half[i % 32] ?? 0)
}

export const deviceOf = (person: string): string => `device-${person}`

export interface CouncilTown {
  readonly workspace: string
  readonly genesis: string
  readonly zeroKey: ContentKey
  readonly lane: string
  /** Of the founder's session. */
  readonly objects: readonly NamedObject[]
}

/** A key wrapped to these people, as readable as everything here. */
export function wrapsTo(handle: string, epoch: number, readers: readonly string[], key: Uint8Array): NamedObject {
  return { name: epochWrapsName(handle, epoch), bytes: epochWrapsToBytes(Object.fromEntries(readers.map((person) => [person, { enc: utf8ToBytes(person), ct: key }]))) }
}

let founded: Promise<CouncilTown> | null = null

export function foundCouncilTown(): Promise<CouncilTown> {
  return (founded ??= found())
}

async function found(): Promise<CouncilTown> {
  const host = seededHost('founding')
  const hlc = createHybridClock({ now: () => foundedAt })
  const [founder] = people
  const [zero, first] = [host.random.bytes(32), host.random.bytes(32)]
  const event = (type: string, body: unknown): LogEvent => ({ v: 1, type, doc: null, deps: [], hlc: hlc.tick(), at: new Date(foundedAt).toISOString(), person: founder, position: null, body, salt: host.random.bytes(16) })
  const genesis = event('workspace.genesis', { workspace, kind: 'practice', rootKey: pointOf('root'), recoverySigningKey: pointOf('recovery'), recoveryExchangeKey: pointOf('recovery'), epoch: epochCommitment(collectionZero, 0, zero) })
  const rest = foundingEvents({
    town,
    root: { certificate: new Uint8Array(1), crl: new Uint8Array(1) },
    device: { id: deviceOf(founder), signingKey: pointOf(deviceOf(founder)), level: 'L0' },
    seats: people.map((person, i) => ({ id: seats[i] as string, person, device: deviceOf(person), signingKey: pointOf(`signing ${person}`), exchangeKey: pointOf(`exchange ${person}`), certificate: new Uint8Array(1) })),
    personKeys: people.map((person) => ({ person, exchangeKey: pointOf(`key ${person}`) })),
    epochs: [{ collection, epoch: 0, commitment: epochCommitment(collection, 0, first) }],
  })
  const others = people.slice(1).map((person) => ({ type: 'device.add', body: { id: deviceOf(person), signingKey: pointOf(deviceOf(person)), level: 'L0' } }))
  const events = [genesis, ...[...rest, ...others].map(({ type, body }) => event(type, body))]
  const lane = `${seats[0] as string}.founding`
  const place = { workspace, collection: collectionZero, lane, seq: 1 }
  const zeroKey = await importContentKey(host, zero)
  const sealed = await sealEvents(host, place, events, () => zeroKey)
  const session = pointOf('founding session')
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace, seat: seats[0] as string, device: deviceOf(founder), person: founder, incarnation: 'founding', n: 0, sessionKey: session, notBefore: foundedAt - 1000, notAfter: foundedAt + 60 * 60 * 1000, policy: '', authority: {}, token: null, posture: null },
    hashSigner(pointOf(`signing ${founder}`)),
    hashSigner(pointOf(deviceOf(founder))),
  )
  const header = { suite: 1, schema: 1, ...place, prev: null, session: certificate.hash, authority: {}, hlc: (events.at(-1) as LogEvent).hlc, acts: sealed.acts } as const
  const segment = await createSegment(host, { epoch: 0, key: zeroKey }, header, sealed.events, hashSigner(session))
  const id = eventId(eventToBytes(genesis))
  const handle = collectionHandle(id, collection)
  return {
    workspace,
    genesis: id,
    zeroKey,
    lane,
    objects: [wrapsTo(handle, 0, people, first), { name: sessionName(certificate.hash), bytes: sessionToBytes(certificate) }, { name: segmentName(collectionHandle(id, collectionZero), lane, 1), bytes: segment.bytes }],
  }
}
