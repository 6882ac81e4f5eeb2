// Opening a seat: from its private keys to the keys a session works with. The seat's signing key is used once here, for the
// session certificate, and dropped; consent frees it again by PIN.

import { givenDocuments, readableCollections, recoveryWaits } from '@shared/authority/ask.ts'
import type { DocumentGrant } from '@shared/authority/model.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { inForce } from '@shared/base/in-force.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { publicKeyOf } from '@shared/crypto/keys.ts'
import type { ContentKey, CryptoHost, Signer } from '@shared/crypto/ports.ts'
import { unwrapKey } from '@shared/crypto/wrap.ts'
import type { KeystoreChanged, KeyUnavailable, SeatRemoved, SeatWaits } from '@shared/ipc/contract/session.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { openSegmentHeader } from '@shared/judge/open-segment.ts'
import { createPace, type Pace } from '@shared/judge/pace.ts'
import type { SegmentHeader } from '@shared/log/header.ts'
import { collectionHandle, collectionZero, epochWrapsName, personWrapName, segmentName } from '@shared/log/names.ts'
import type { EvidenceSet } from '@shared/log/evidence.ts'
import { parseSegment } from '@shared/log/segment.ts'
import type { SessionCertificate } from '@shared/log/session.ts'
import { epochCommitment, parseEpochWraps, parseSingleWrap, personRecipient } from '@shared/log/wraps.ts'
import { createAuthorityReplica, listLanes, type AuthorityReplica, type OpenZeroKey } from './authority-replica.ts'
import type { ObjectStore } from './object-store.ts'
import { checkpointKey, openCheckpoint, sealCheckpoint } from './authority-checkpoint.ts'
import type { DeviceState, KeyStore, SignInEvidence } from '../ports.ts'
import { isUnavailable } from './kept-key.ts'
import type { Profile, ProfileRecord } from './profile.ts'
import { certify } from './session-certificate.ts'
import type { SeatKeys } from './seat-file.ts'

export interface EpochKey {
  readonly collection: string
  readonly epoch: number
  readonly key: Uint8Array
}

export interface OpenSession {
  readonly seat: string
  readonly person: string
  readonly lane: string
  readonly viewKey: Uint8Array
  /** The person's own key (P-256 scalar): what was sealed to the person opens with it. */
  readonly personKey: Uint8Array
  /** Made anew when the person's PIN frees the seat's key and the device's state is another (`session-certificate.ts`). */
  certificate: SessionCertificate
  evidence: EvidenceSet
  signer: Signer
  /** Collection zero's keys by epoch; grow while the seat is open, as `epochKeys` do. */
  readonly zeroKeys: Map<number, ContentKey>
  readonly epochKeys: EpochKey[]
  /** AU-90 the documents that the person was given one by one, as last learned. */
  given: readonly DocumentGrant[]
  readonly authority: AuthorityReplica
  /** Highest segment of this seat's own lane per collection. */
  readonly heads: Map<string, { readonly seq: number; readonly hash: string }>
  /** JU-95 what this seat changed lately, in every collection. */
  readonly pace: Pace
}

export interface SessionDeps {
  readonly device: DeviceState
  /** ID-2 of the seat's sign-in; null without one. */
  readonly signIn: SignInEvidence
  readonly keys: KeyStore
  readonly host: CryptoHost
  readonly clock: Clock
  readonly store: ObjectStore
  readonly checkpoints: Pick<Profile, 'readCheckpoint' | 'writeCheckpoint'>
}

/** So many segments are judged again at an unlock before the next checkpoint is written. */
const checkpointEvery = 16
const hourMs = 60 * 60 * 1000

/** The key of a person from its wrap to this seat; null when the wrap is not there or does not open. */
export async function openPersonKey(store: ObjectStore, workspace: string, person: string, recipient: string, exchange: Uint8Array): Promise<Uint8Array | null> {
  const object = await store.get(personWrapName(person, recipient))
  const wrapped = object && parseSingleWrap(object)
  return wrapped ? unwrapKey(exchange, { purpose: 'person', workspace, subject: person, epoch: 0, recipient }, wrapped) : null
}

/** One epoch's key as wrapped to `recipient`. The caller checks it against the commitment in collection zero. */
export async function openEpochKey(store: Pick<ObjectStore, 'get'>, ids: { readonly workspace: string; readonly genesis: string }, collection: string, epoch: number, recipient: string, privateKey: Uint8Array): Promise<Uint8Array | null> {
  const object = await store.get(epochWrapsName(collectionHandle(ids.genesis, collection), epoch))
  const wrapped = object && parseEpochWraps(object)?.[recipient]
  return wrapped ? unwrapKey(privateKey, { purpose: 'epoch', workspace: ids.workspace, subject: collection, epoch, recipient }, wrapped) : null
}

/** The newest of collection zero's keys that this seat holds and that stand: what is written goes under it (JU-42, AU-20). */
export function newestZeroKey({ zeroKeys }: Pick<OpenSession, 'zeroKeys'>, { epochs }: Pick<AuthorityState, 'epochs'>): { readonly epoch: number; readonly key: ContentKey } {
  const epoch = Math.max(0, ...[...zeroKeys.keys()].filter((held) => epochs.has(`${collectionZero}/${held}`)))
  return { epoch, key: zeroKeys.get(epoch) as ContentKey }
}

async function importZeroKeys(host: CryptoHost, epochKeys: readonly EpochKey[], zeroKeys: Map<number, ContentKey>): Promise<void> {
  for (const { collection, epoch, key } of epochKeys) if (collection === collectionZero && !zeroKeys.has(epoch)) zeroKeys.set(epoch, await importContentKey(host, key))
}

/** Takes in keys of epochs that came since the seat was opened, of collections it was opened with. */
export async function learnEpochKeys({ host, store }: Pick<SessionDeps, 'host' | 'store'>, record: ProfileRecord, session: OpenSession, date: string): Promise<void> {
  const { epochKeys, person, personKey } = session
  const state = await session.authority.state()
  const isNew = ({ collection, epoch }: { readonly collection: string; readonly epoch: number }): boolean => !epochKeys.some((held) => held.collection === collection && held.epoch === epoch)
  const fresh = state.everyEpoch.filter((one) => isNew(one) && epochKeys.some((held) => held.collection === one.collection))
  if (fresh.length > 0) epochKeys.push(...(await openGrantedEpochs(store, record, { ...state, everyEpoch: fresh }, person, personKey, date)))
  await importZeroKeys(host, epochKeys, session.zeroKeys)
}

/** AU-93 what the person is given one by one begins and ends while the seat is open; it writes on where its lane in the collection ends. */
export async function learnGiven({ store }: Pick<SessionDeps, 'store'>, record: Pick<ProfileRecord, 'genesis'>, session: OpenSession, date: string): Promise<void> {
  await session.authority.catchUp()
  session.given = givenDocuments(await session.authority.state(), session.person, date, session.epochKeys.map(({ collection }) => collection))
  const fresh = session.given.map(({ collection }) => collection).filter((collection) => !session.heads.has(collection))
  for (const [collection, head] of await ownHeads(store, record.genesis, session.lane, fresh)) session.heads.set(collection, head)
}

/** Keys of every epoch of the collections a person may read, also of one without effect (AU-20), each checked against its commitment. */
export async function openGrantedEpochs(store: Pick<ObjectStore, 'get'>, record: { readonly workspace: string; readonly genesis: string }, state: AuthorityState, person: string, personKey: Uint8Array, date: string): Promise<readonly EpochKey[]> {
  const granted = new Set([collectionZero, ...readableCollections(state, person, date)])
  const keys: EpochKey[] = []
  const recipient = personRecipient(person, publicKeyOf(personKey))
  for (const { collection, epoch, commitment } of state.everyEpoch) {
    if (!granted.has(collection)) continue
    const key = await openEpochKey(store, record, collection, epoch, recipient, personKey)
    if (key && epochCommitment(collection, epoch, key) === commitment) keys.push({ collection, epoch, key })
  }
  return keys
}

/** `KeystoreChanged`: the seat's keys no longer open the workspace (its wraps were taken away or swapped). */
export type OpenFailure = KeystoreChanged | KeyUnavailable | SeatRemoved | SeatWaits

const broken = err({ type: 'KeystoreChanged', waitMs: 0, retry: 'never' } as const)

export async function openSession(deps: SessionDeps, record: ProfileRecord, keys: SeatKeys): Promise<Result<OpenSession, OpenFailure>> {
  const { host, clock, store } = deps
  const own = record.seats.find((s) => s.seat === keys.seat)
  const personKey = own && (await openPersonKey(store, record.workspace, own.person, keys.seat, keys.exchange))
  const openZeroKey: OpenZeroKey = async (epoch) => (own && personKey ? openEpochKey(store, record, collectionZero, epoch, personRecipient(own.person, publicKeyOf(personKey)), personKey) : null)
  const zeroRaw = await openZeroKey(0)
  if (!own || !personKey || !zeroRaw) return broken
  const zero = await importContentKey(host, zeroRaw)
  const authority = await openAuthority(deps, record, keys, zero, openZeroKey)
  const state = await authority.state()
  const date = jstDate(clock.now())
  const seat = state.seats.get(keys.seat)
  if (state.removedSeats.has(keys.seat)) return err({ type: 'SeatRemoved', waitMs: 0, retry: 'never' })
  if (seat?.person !== own.person || state.genesis?.hash !== record.genesis) return broken
  const left = (recoveryWaits(state, keys.seat) ?? 0) - clock.now()
  if (left > 0) return err({ type: 'SeatWaits', waitMs: 0, hours: Math.ceil(left / hourMs), retry: 'later' })
  const lane = `${keys.seat}.${own.incarnation}`
  const epochKeys = [...(await openGrantedEpochs(store, record, state, own.person, personKey, date))]
  const zeroKeys = new Map([[0, zero]])
  await importZeroKeys(host, epochKeys, zeroKeys)
  // What the device says of itself goes by the values of the day, from the first word on.
  deps.device.follow(inForce(state.policies.values(), date))
  const certified = await certify(deps, record, keys, { state, vector: authority.vector(), zero: newestZeroKey({ zeroKeys }, state) }, await deps.device.measure())
  if (!certified) return broken
  if (isUnavailable(certified)) return err(certified)
  const given = givenDocuments(state, own.person, date)
  const heads = await ownHeads(store, record.genesis, lane, [...epochKeys, ...given].map(({ collection }) => collection))
  const pace = createPace((collection, chain, seq) => ownHeader({ host, store }, record, zeroKeys, collection, chain, seq))
  return ok({ seat: keys.seat, person: own.person, lane, viewKey: keys.viewKey, personKey, ...certified, zeroKeys, epochKeys, given, authority, heads, pace })
}

/** Main's copy of collection zero, from this seat's checkpoint as far as that goes. */
async function openAuthority({ host, store, checkpoints }: SessionDeps, { workspace, genesis }: ProfileRecord, { seat, exchange }: SeatKeys, zero: ContentKey, openZeroKey: OpenZeroKey): Promise<AuthorityReplica> {
  const ids = { workspace, genesis, seat }
  const key = await checkpointKey(host, exchange)
  const sealed = await checkpoints.readCheckpoint(seat)
  const start = sealed && (await openCheckpoint(host, key, ids, store, sealed))
  const authority = createAuthorityReplica(host, store, ids, zero, openZeroKey, start ?? undefined)
  await authority.catchUp()
  if (!start || authority.judged() >= checkpointEvery) {
    // A full disk does not keep anybody out: the next unlock judges again.
    await checkpoints.writeCheckpoint(seat, await sealCheckpoint(host, key, ids, await authority.checkpoint())).catch(() => undefined)
  }
  return authority
}

export function newIncarnation(host: CryptoHost): string {
  return bytesToBase32(host.random.bytes(10))
}

async function ownHeads(store: ObjectStore, genesis: string, lane: string, collections: readonly string[]): Promise<OpenSession['heads']> {
  const heads: OpenSession['heads'] = new Map()
  for (const collection of new Set(collections)) {
    const end = (await listLanes(store, genesis, collection)).find((l) => l.lane === lane)
    if (!end) continue
    const head = await segmentHead(store, genesis, collection, lane, end.seq)
    if (head) heads.set(collection, head)
  }
  return heads
}

async function ownHeader({ host, store }: Pick<SessionDeps, 'host' | 'store'>, { workspace, genesis }: ProfileRecord, zeroKeys: ReadonlyMap<number, ContentKey>, collection: string, lane: string, seq: number): Promise<SegmentHeader | null> {
  const object = await store.get(segmentName(collectionHandle(genesis, collection), lane, seq))
  const opened = object && (await openSegmentHeader(host, workspace, { epochKey: async (_zero, epoch) => zeroKeys.get(epoch) ?? null }, object))
  return opened && typeof opened !== 'string' ? opened.header : null
}

async function segmentHead(store: ObjectStore, genesis: string, collection: string, lane: string, seq: number): Promise<{ seq: number; hash: string } | null> {
  const object = await store.get(segmentName(collectionHandle(genesis, collection), lane, seq))
  const segment = object && parseSegment(object)
  return segment ? { seq, hash: segment.hash } : null
}
