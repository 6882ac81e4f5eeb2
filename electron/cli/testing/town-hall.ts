// A town hall that works: founded as the product founds it, with sealed segments, sessions, certificates and signed PDFs,
// all real. Documents go through it and come out as what an export starts from. Never imported by product code.

import type { TownData } from '@shared/authority/model.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import type { Clock } from '@shared/base/ports.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import type { ContentKey, CryptoHost, Signer } from '@shared/crypto/ports.ts'
import { recoveryKeysOf } from '@shared/crypto/recovery-keys.ts'
import { unwrapKey } from '@shared/crypto/wrap.ts'
import type { BodyOf, DocumentEventType } from '@shared/document/events.ts'
import { found, type CertificateIssuer, type Founded, type SeatSecrets } from '@shared/flow/found.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { evidenceHash, newEvidence, type Evidence } from '@shared/log/evidence.ts'
import { collectionHandle, collectionZero, epochWrapsName } from '@shared/log/names.ts'
import { createSegment, eventToBytes, openEvent, openHeader, parseSegment } from '@shared/log/segment.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { createSession, parseSession, sessionToBytes, type Vector } from '@shared/log/session.ts'
import { parseEpochWraps } from '@shared/log/wraps.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import { composeFrozen, type FrozenInput } from '@shared/pdf/compose-frozen.ts'
import { issueRoot, issueSeat } from '@shared/signing/certificate.ts'
import { issueRevocationList } from '@shared/signing/revocation-list.ts'
import { statementToBytes, type PostureStatement } from '@shared/posture/statement.ts'
import { digestOf } from '@shared/archive/testing/handmade-bag.ts'
import type { TrailInput, TrailSource } from '@shared/archive/trail.ts'

export interface TownHallInput {
  readonly kind: 'practice' | 'real'
  readonly town?: TownData
  /** What the device of a person says of itself when they sit down; nothing, unless said otherwise. */
  readonly says?: (device: string, at: number) => PostureStatement
  /** What Chromium printed, and the fonts of the marks. */
  readonly printed: Uint8Array
  readonly fonts: FrozenInput['fonts']
}

export interface TownHall {
  readonly founded: Founded
  readonly collection: string
  /** Commits events of one person as one segment; the lane is the person's. */
  commit(person: string, position: string | null, events: readonly Act[]): Promise<void>
  /** Drafts, submits, has two people approve and sign, and files: a whole document. */
  decide(doc: string, title: string, how?: HowDecided): Promise<void>
  trailInput(subjects: readonly string[]): TrailInput
  content(sha256: string): readonly Uint8Array[]
}

export interface HowDecided {
  readonly attachments?: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Who does what on it; usually the chief approves and marks the first step, then the manager the second, and it is filed. */
  readonly deeds?: readonly Deed[]
}

type Official = typeof chief | typeof manager

export interface Deed {
  readonly who: Official
  readonly step: 's1' | 's2'
  /** Approves, unless said otherwise; null: says nothing. */
  readonly act?: 'decision.approve' | 'decision.return' | null
  /** The mark is in the file and in an event, unless said otherwise; `silently`: in the file alone. */
  readonly mark?: 'silently' | null
  /** Whose seat makes the mark, whatever the events say. */
  readonly seal?: Official
}

export interface Act {
  readonly type: DocumentEventType | 'session.unlock' | 'seat.remove'
  readonly doc: string | null
  readonly body: unknown
}

export const drafter = { person: 'kamio', position: 'general-affairs-clerk' } as const
export const chief = { person: 'yoshida', position: 'general-affairs-chief' } as const
export const manager = { person: 'sakita', position: 'general-affairs-manager' } as const

const collection = 'c-general-affairs'
const start = Date.parse('2026-10-01T00:00:00Z')

/** A clock that goes one second on each time it is asked. */
function tickingClock(): Clock {
  let now = start
  return { now: () => (now += 1000) }
}

interface Desk {
  readonly secrets: SeatSecrets
  readonly session: Signer
  readonly hash: string
  readonly heads: Map<string, { seq: number; hash: string | null }>
}

export async function openTownHall(host: CryptoHost, input: TownHallInput): Promise<TownHall> {
  const clock = tickingClock()
  const founded = await found(host, clock, createIssuer(host), { kind: input.kind, town: input.town ?? sampleTown, admin: manager.person, level: 'L0', seats: [manager.person, chief.person, drafter.person] })
  const zeroKey = await zeroKeyOf(host, founded)
  const documentKey = await importContentKey(host, host.random.bytes(32))
  const sessions = new Map<string, Uint8Array>()
  const postures = new Map<string, Evidence>()
  const sources: TrailSource[] = []
  const contents = new Map<string, Uint8Array>()
  for (const { name, bytes } of founded.objects) {
    const session = name.startsWith('c/') ? parseSession(bytes) : null
    if (session !== null) sessions.set(session.hash, bytes)
  }
  const first = parseSegment((founded.objects.at(-1) as { bytes: Uint8Array }).bytes)
  if (first === null) throw new Error('the founding segment does not parse')
  const firstHeader = (await openHeader(host, zeroKey, founded.workspace, first)) as Uint8Array
  const firstEvents = await openFounding(host, founded, zeroKey, first)
  sources.push({ segment: first, header: firstHeader, plain: (i) => firstEvents[i] ?? null })

  const hlc = createHybridClock(clock)
  const desks = new Map<string, Desk>()
  for (const secrets of founded.seats) {
    const desk = await sitDown(host, clock, founded, secrets, input.says)
    desks.set(secrets.person, desk.desk)
    sessions.set(desk.desk.hash, desk.object)
    if (desk.posture) postures.set(desk.desk.hash, desk.posture)
  }
  let authority: Vector = { [founded.head.lane]: founded.head.seq }

  const commitTo = async (where: string, person: string, position: string | null, acts: readonly Act[]): Promise<void> => {
    const desk = desks.get(person) as Desk
    const lane = `${desk.secrets.seat}.${desk.secrets.incarnation}`
    const known = where === collectionZero && founded.head.lane === lane ? { seq: founded.head.seq, hash: founded.head.hash } : { seq: 0, hash: null }
    const head = desk.heads.get(where) ?? known
    const events = acts.map(({ type, doc, body }): LogEvent => {
      const now = hlc.tick()
      return { v: 1, type, doc, deps: [], hlc: now, at: new Date(now.ms).toISOString(), person, position, body, salt: host.random.bytes(16) }
    })
    const place = { workspace: founded.workspace, collection: where, lane, seq: head.seq + 1 }
    const sealed = await sealEvents(host, place, events, (event) => (event.doc === null ? zeroKey : documentKey))
    const header = { suite: 1, schema: 1, ...place, prev: head.hash, session: desk.hash, authority, hlc: (events.at(-1) as LogEvent).hlc, acts: sealed.acts } as const
    const made = await createSegment(host, { epoch: 0, key: zeroKey }, header, sealed.events, desk.session)
    const segment = parseSegment(made.bytes)
    if (segment === null) throw new Error('the segment does not parse')
    const headerBytes = (await openHeader(host, zeroKey, founded.workspace, segment)) as Uint8Array
    const plain = events.map(eventToBytes)
    sources.push({ segment, header: headerBytes, plain: (i) => plain[i] ?? null })
    desk.heads.set(where, { seq: place.seq, hash: made.hash })
    if (where === collectionZero && acts.some(({ type }) => !type.startsWith('session.'))) authority = { ...authority, [lane]: place.seq }
  }
  const commit: TownHall['commit'] = (person, position, acts) => commitTo(acts.some((a) => a.doc === null) ? collectionZero : collection, person, position, acts)
  const keep = (bytes: Uint8Array): { sha256: string; size: number; chunks: [] } => {
    const sha256 = digestOf('sha256', bytes)
    contents.set(sha256, bytes)
    return { sha256, size: bytes.length, chunks: [] }
  }
  const decide = decider({ host, input, founded, commit, keep, desks, clock })
  return {
    founded,
    collection,
    commit,
    decide,
    trailInput: (subjects) => ({ workspace: founded.workspace, genesis: founded.genesis, subjects, sources, numbers: new Set(), session: (hash) => sessions.get(hash) ?? null, posture: (hash) => postures.get(hash) ?? null }),
    content: (sha256) => {
      const bytes = contents.get(sha256)
      if (bytes === undefined) throw new Error(`no file ${sha256}`)
      return [bytes]
    },
  }
}

interface Workshop {
  readonly host: CryptoHost
  readonly input: TownHallInput
  readonly founded: Founded
  readonly commit: TownHall['commit']
  readonly keep: (bytes: Uint8Array) => { sha256: string; size: number; chunks: [] }
  readonly desks: ReadonlyMap<string, Desk>
  readonly clock: Clock
}

const body = <T extends DocumentEventType>(type: T, doc: string, content: BodyOf<T>): Act => ({ type, doc, body: content })

function decider({ host, input, founded, commit, keep, desks, clock }: Workshop): TownHall['decide'] {
  return async (doc, title, { attachments = [], deeds } = {}) => {
    const unsigned = await composeFrozen({
      printed: input.printed,
      title,
      documentId: doc,
      author: '総務課',
      createdAt: new Date(clock.now()).toISOString(),
      boxes: ['step-1', 'step-2', 'spare-1'].map((name, i) => ({ name, page: 0, rect: [57 + i * 53, 90, 105 + i * 53, 138] })),
      markText: '総務係長総務課長\u{20BB7}\uFA11田',
      fonts: input.fonts,
    })
    const pdf = keep(unsigned)
    await commit(drafter.person, drafter.position, [body('draft.create', doc, { form: 't1', collection }), body('draft.cover', doc, { field: 'title', value: title })])
    await commit(drafter.person, drafter.position, [
      body('document.submit', doc, {
        revision: {
          n: 1,
          cover: { title, draftedOn: '2026-10-01', decisionClass: 'hei', budgetAmount: 1234567, concurrence: ['finance-manager'], reason: '<b>理由</b>' },
          bodyHash: digestOf('sha256', new Uint8Array()),
          body: new Uint8Array(),
          attachments: attachments.map(({ name, bytes }, i) => ({ id: `a${i}`, name, mediaType: 'image/jpeg', size: bytes.length, sha256: digestOf('sha256', bytes), blob: keep(bytes) })),
          pdf,
          route: [
            { id: 's1', order: 1, kind: 'line', position: chief.position, title: '総務係長' },
            { id: 's2', order: 2, kind: 'decide', position: manager.position, title: '総務課長' },
          ],
          decisionClass: 'hei',
          forcedBy: [],
        },
      }),
    ])
    let file = unsigned
    let previous: string | null = null
    for (const { who, step, act = 'decision.approve', mark, seal = who } of deeds ?? usualDeeds) {
      const acts: Act[] = []
      if (act === 'decision.approve') acts.push(body(act, doc, { revision: pdf.sha256, step, comment: step === 's1' ? '' : '異議なし' }))
      else if (act !== null) acts.push(body(act, doc, { revision: pdf.sha256, step, reason: '差戻し' }))
      if (mark !== null) {
        file = await sign(host, file, step === 's1' ? 'step-1' : 'step-2', (desks.get(seal.person) as Desk).secrets, founded, clock, step === 's1' ? '総務係長' : '総務課長')
        const kept = keep(file)
        if (mark !== 'silently') {
          acts.push(body('rendition.append', doc, { revision: pdf.sha256, file: kept, previous, step }))
          previous = kept.sha256
        }
      }
      if (acts.length > 0) await commit(who.person, who.position, acts)
    }
    if (deeds === undefined) await commit(drafter.person, drafter.position, [body('record.file', doc, { volume: 'volume-1', eventDate: '2026-10-01', basis: 'completion' })])
  }
}

const usualDeeds: readonly Deed[] = [{ who: chief, step: 's1' }, { who: manager, step: 's2' }]

async function sign(host: CryptoHost, pdf: Uint8Array, field: string, secrets: SeatSecrets, founded: Founded, clock: Clock, position: string): Promise<Uint8Array> {
  const person = sampleTown.people.find((p) => p.id === secrets.person)
  const signer = { certificate: secrets.certificate, chain: [founded.rootCertificate], sign: secrets.signing.signer.sign }
  const name = `${person?.familyName} ${person?.givenName}`
  const mark = { position, surname: person?.familyName ?? '', date: '2026-10-01' }
  const signed = await appendSignature({ pdf, field, mark, signer, at: new Date(clock.now()).toISOString(), reason: '承認', name })
  if (!signed.ok) throw new Error(signed.error.type)
  return signed.value
}

function createIssuer(host: CryptoHost): CertificateIssuer {
  const serial = (): Uint8Array => Uint8Array.from([1, ...host.random.bytes(15)])
  return {
    async root(root, genesis, town, at) {
      const signer = await createSigner(host, root)
      const certificate = await issueRoot({ town, genesis, publicKey: root.publicKey, serial: serial(), notBefore: at, sign: signer.sign })
      const crl = await issueRevocationList({ root: certificate, number: 1, thisUpdate: at, nextUpdate: '2027-10-01T00:00:00Z', revoked: [], sign: signer.sign })
      return { certificate, crl }
    },
    async seat(root, rootCertificate, subject, at) {
      const signer = await createSigner(host, root)
      return issueSeat({ root: rootCertificate, name: subject.name, personId: subject.person, publicKey: subject.publicKey, serial: serial(), notBefore: at, sign: signer.sign })
    },
  }
}

/** The way of the recovery sheet: the only key to collection zero that leaves `found`. */
async function zeroKeyOf(host: CryptoHost, founded: Founded): Promise<ContentKey> {
  const name = epochWrapsName(collectionHandle(founded.genesis, collectionZero), 0)
  const wraps = parseEpochWraps((founded.objects.find((o) => o.name === name) as { bytes: Uint8Array }).bytes)
  const info = { purpose: 'epoch', workspace: founded.workspace, subject: collectionZero, epoch: 0, recipient: 'recovery' } as const
  const key = await unwrapKey(recoveryKeysOf(founded.recoverySeed).exchange.privateKey, info, (wraps as NonNullable<typeof wraps>)['recovery'] as { enc: Uint8Array; ct: Uint8Array })
  if (key === null) throw new Error('the recovery sheet opens collection zero')
  return importContentKey(host, key)
}

async function openFounding(host: CryptoHost, founded: Founded, key: ContentKey, segment: NonNullable<ReturnType<typeof parseSegment>>): Promise<readonly (Uint8Array | null)[]> {
  const place = { workspace: founded.workspace, collection: collectionZero, lane: founded.head.lane, seq: 1 }
  return Promise.all(segment.events.map((sealed, index) => openEvent(host, key, { ...place, index }, sealed)))
}

async function sitDown(host: CryptoHost, clock: Clock, founded: Founded, secrets: SeatSecrets, says: TownHallInput['says']): Promise<{ desk: Desk; object: Uint8Array; posture: Evidence | null }> {
  const session = createKeyPair(host)
  const now = clock.now()
  const posture = says ? newEvidence(host, statementToBytes(says(founded.device.id, now))) : null
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace: founded.workspace, seat: secrets.seat, device: founded.device.id, person: secrets.person, incarnation: secrets.incarnation, n: 1, sessionKey: session.publicKey, notBefore: now, notAfter: now + 8 * 3_600_000, policy: sampleTown.policies[0]?.id ?? '', authority: { [founded.head.lane]: 1 }, token: null, posture: evidenceHash('posture', posture) },
    secrets.signing.signer,
    founded.device.signing.signer,
  )
  return { desk: { secrets, session: await createSigner(host, session), hash: certificate.hash, heads: new Map() }, object: sessionToBytes(certificate), posture }
}

