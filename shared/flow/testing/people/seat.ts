// One person's seat at a simulated machine: what it takes in from the disk through the real door, what it knows by that, and the
// segments it writes. Nothing here survives a restart but what lies on the disk.

import type { AuthorityState } from '../../../authority/reduce.ts'
import { newestEpoch } from '../../../authority/ask.ts'
import { witnessFacts } from '../../../authority/alone.ts'
import { parseEpochWraps, epochCommitment, openDocumentKey, sealDocumentKey } from '../../../log/wraps.ts'
import { sha256Hex } from '../../../crypto/hash.ts'
import { importContentKey } from '../../../crypto/envelope.ts'
import type { ContentKey, CryptoHost } from '../../../crypto/ports.ts'
import { reduceDocument } from '../../../document/reduce.ts'
import { rulesOf, type DocumentRules } from '../../../document/rules.ts'
import type { DocumentState } from '../../../document/state.ts'
import { countedEvents } from '../../../judge/counted.ts'
import { createDoor, type Door } from '../../../judge/door.ts'
import { judgeSegment } from '../../../judge/judge.ts'
import { candidatesOf } from '../../../judge/testing/world.ts'
import { createMemoryView, type MemoryView } from '../../../judge/memory-view.ts'
import { isNumberCut } from '../../../judge/number-acts.ts'
import { isSetAside, type Fork } from '../../../judge/forks.ts'
import { openSegmentEvents, openSegmentHeader } from '../../../judge/open-segment.ts'
import { isForked } from '../../../judge/quarantine.ts'
import { seatOf } from '../../../authority/cut.ts'
import type { DoorView, KeyRing } from '../../../judge/ports.ts'
import type { Clock } from '../../../base/ports.ts'
import { createHybridClock, driftMs, type HybridClock } from '../../../log/clock.ts'
import type { KnownEvent, LogEvent } from '../../../log/event.ts'
import { collectionHandle, collectionZero, documentHandle, documentWrapName, epochWrapsName, isTwinName, segmentName, sessionName } from '../../../log/names.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import { sealEvents } from '../../../log/seal-events.ts'
import { createSegment, eventId, eventToBytes, parseSegment } from '../../../log/segment.ts'
import { createSession, sessionToBytes, type SessionCertificate, type Vector } from '../../../log/session.ts'
import { reduceNumbers } from '../../../numbers/books.ts'
import type { NumberBooks } from '../../../numbers/state.ts'
import { isAboutNumbers } from '../../../numbers/events.ts'
import { hashSigner } from '../../../sync/testing/hash-host.ts'
import { seededHost } from '../../../sync/testing/machine.ts'
import { collection, deviceOf, pointOf, type CouncilTown } from './council-town.ts'

export interface NewAct {
  readonly type: string
  readonly doc: string | null
  readonly deps: readonly string[]
  readonly position: string | null
  /** A function is given the ids of the acts before it in the same segment. */
  readonly body: unknown
}

export interface Seat {
  readonly id: string
  readonly person: string
  readonly lane: string
  readonly view: MemoryView
  /** Takes in what the disk has and this seat has not. A view that has no room throws, as the real one does. */
  takeIn(): Promise<void>
  /** Has it taken in collection zero, since it began anew? Without that it knows nobody. */
  isOpen(): boolean
  /** Names that still wait, or were refused. */
  readonly held: ReadonlySet<string>
  authority(): AuthorityState
  authorityEvents(): Promise<readonly KnownEvent[]>
  numbers(): Promise<NumberBooks>
  documents(): Promise<readonly DocumentState[]>
  eventsOf(doc: string): Promise<readonly KnownEvent[]>
  /** Seals these acts as one segment as the vault does; nothing when the judge would not take it, unless it is not asked. Objects in the order they are to be saved. */
  write(collection: string, acts: readonly NewAct[], options?: { readonly newDocument?: boolean; readonly unjudged?: boolean }): Promise<readonly NamedObject[]>
  /** Seals these acts as somebody would who cheats: in time, place and knowledge as they please, unjudged. */
  cheat(collection: string, acts: readonly NewAct[], how: CheatWays): Promise<readonly NamedObject[]>
  /** Ids of the acts that were sealed last. */
  lastSealed(): readonly string[]
  /** Seals these events, which were written before, as one segment. */
  writeAgain(collection: string, events: readonly LogEvent[]): Promise<readonly NamedObject[]>
  /** What this seat wrote on lanes that are set aside, and nobody has brought again. */
  setAside(): Promise<readonly KnownEvent[]>
  vector(): Vector
  /** Every lane of a seat on this disk, as a removal's cut names it. */
  cutOf(seat: string, collections: readonly string[]): { readonly collection: string; readonly lane: string; readonly seq: number; readonly hash: string }[]
  idOf(event: LogEvent): string
  /** Of what lies under a name: where two lie under one, which is which differs from disk to disk. */
  hashOf(name: string): string
  readonly host: CryptoHost
  readonly handle: (collection: string) => string
}

/** What somebody can claim who holds the keys of their own seat and device. */
export interface CheatWays {
  /** Milliseconds: the time of the acts, with a session made for it. */
  readonly at?: number
  /** As far as they claim to know collection zero. */
  readonly authority?: Vector
  /** In the place of the last segment instead of after it. */
  readonly twin?: boolean
  readonly newDocument?: boolean
}

interface SealingWays extends CheatWays {
  readonly unjudged?: boolean
  /** Events that were written before, and are older than their segment. */
  readonly again?: boolean
}

export interface SeatParts {
  readonly town: CouncilTown
  readonly id: string
  readonly person: string
  readonly incarnation: string
  readonly seed: string
  readonly clock: Clock
  readonly disk: ReadonlyMap<string, Uint8Array>
  /** F5: has the rows' store room for this commit? */
  readonly hasRoom: () => boolean
}

const sessionMs = 8 * 60 * 60 * 1000

export function openSeat({ town, id, person, incarnation, seed, clock, disk, hasRoom }: SeatParts): Seat {
  const host = seededHost(seed)
  const lane = `${id}.${incarnation}`
  const handle = (of: string): string => collectionHandle(town.genesis, of)
  const memory = createMemoryView()
  const view: DoorView = {
    ...memory,
    async commit(change) {
      if (!hasRoom()) throw new Error('QuotaExceededError')
      await memory.commit(change)
      for (const { event } of change.events) {
        hlc.see(event.hlc)
        if (event.doc !== null) docs.add(event.doc)
      }
    },
  }
  const epochs = new Map([[collectionZero, new Map([[0, town.zeroKey]])], [collection, new Map<number, ContentKey>()]])
  const heldKey = (of: string, epoch: number): ContentKey | null => epochs.get(of)?.get(epoch) ?? null
  const keys: KeyRing = {
    epochKey: async (of, epoch) => heldKey(of, epoch),
    async documentKey(of, docHandle) {
      const wrap = disk.get(documentWrapName(handle(of), docHandle))
      return (wrap && (await openDocumentKey(host, (epoch) => heldKey(of, epoch), { workspace: town.workspace, collection: of, docHandle }, wrap))) || 'not-here'
    },
  }
  const around = { host, workspace: town.workspace, genesis: town.genesis, keys, view, session: async (hash: string) => disk.get(sessionName(hash)) ?? null, candidates: candidatesOf(disk, town.genesis), rowsOf: (_of: string, doc: string, events: readonly KnownEvent[]) => [{ table: 'document', key: doc, value: events.map((e) => e.id).sort() }] }
  const door: Door = createDoor(around)
  let hlc: HybridClock = createHybridClock(clock)
  let authority: AuthorityState | null = null
  let session: { readonly certificate: SessionCertificate; readonly key: Uint8Array } | null = null
  let sessions = 0
  const docs = new Set<string>()
  const latest: string[] = []
  const held = new Set<string>()
  const seen = new Set<string>()

  const learnKeys = async (): Promise<boolean> => {
    let learnt = false
    for (const { collection: of, epoch, commitment } of (await door.authority()).everyEpoch) {
      const key = heldKey(of, epoch) ? null : parseEpochWraps(disk.get(epochWrapsName(handle(of), epoch)) ?? new Uint8Array())?.[person]?.ct
      if (!key || epochCommitment(of, epoch, key) !== commitment) continue
      epochs.get(of)?.set(epoch, await importContentKey(host, key))
      learnt = true
    }
    return learnt
  }
  /** What is written goes under the newest that stands; null where this seat has not got its key. */
  const newest = (of: string): { readonly epoch: number; readonly key: ContentKey } | null => {
    const epoch = newestEpoch(state(), of)
    const key = heldKey(of, epoch)
    return key && { epoch, key }
  }
  const takeIn = async (): Promise<void> => {
    for (const of of [collectionZero, collection]) {
      const isOf = (name: string): boolean => name.startsWith(`j/${handle(of)}/`) || name.startsWith(`x/${handle(of)}/`)
      for (const name of disk.keys()) if (isOf(name) && !isTwinName(name) && !seen.has(name)) held.add(name)
      for (let moved = true; moved; ) {
        moved = of === collectionZero && (await learnKeys())
        // What lies beside a lane is looked at each time, as `take-beside.ts` does: the other half of a proof may have come.
        for (const name of [...held, ...[...disk.keys()].filter(isTwinName)].filter(isOf).sort()) {
          const answer = await door.admit(name, disk.get(name) as Uint8Array)
          if (answer.outcome === 'forked') return beginAnew(answer.fork)
          if (answer.outcome === 'waiting' || answer.outcome === 'refused') continue
          held.delete(name)
          if (!isTwinName(name)) seen.add(name)
          moved ||= answer.outcome !== 'known'
        }
      }
      if (of === collectionZero) authority = await door.authority()
    }
  }
  const beginAnew = async (fork: Fork): Promise<void> => {
    await door.restart([fork])
    for (const kept of [seen, held, docs]) kept.clear()
    authority = null
    return takeIn()
  }
  const certify = async (now: number): Promise<{ readonly certificate: SessionCertificate; readonly key: Uint8Array; readonly objects: readonly NamedObject[] }> => {
    const key = pointOf(`${lane} session ${seed} ${sessions}`)
    const body = { suite: 1, schema: 1, kind: 'session', workspace: town.workspace, seat: id, device: deviceOf(person), person, incarnation, n: ++sessions, sessionKey: key, notBefore: Math.max(0, now - 1000), notAfter: now + sessionMs, policy: '', authority: {}, token: null, posture: null } as const
    const certificate = await createSession(body, hashSigner(pointOf(`signing ${person}`)), hashSigner(pointOf(deviceOf(person))))
    return { certificate, key, objects: [{ name: sessionName(certificate.hash), bytes: sessionToBytes(certificate) }] }
  }
  const openSession = async (): Promise<readonly NamedObject[]> => {
    const now = clock.now()
    if (session && now >= session.certificate.body.notBefore && now <= session.certificate.body.notAfter) return []
    // A seat that is opened anew follows what it met, but nothing that lies far ahead of its clock.
    const before = hlc.tick()
    hlc = createHybridClock(clock, before.ms <= now + driftMs ? before : undefined)
    const made = await certify(now)
    session = made
    return made.objects
  }
  const vector = (): Vector => Object.fromEntries([...memory.heads].flatMap(([key, head]) => (key.endsWith(`/${collectionZero}`) ? [[key.slice(0, -collectionZero.length - 1), head.seq]] : [])))
  const lastOn = (of: string, on: string, before = false): { readonly seq: number; readonly hash: string } | null => {
    let seq = before ? -1 : 0
    while (disk.has(segmentName(handle(of), on, seq + (before ? 2 : 1)))) seq += 1
    const bytes = disk.get(segmentName(handle(of), on, seq))
    return bytes ? { seq, hash: parseSegment(bytes)?.hash ?? '' } : null
  }
  const state = (): AuthorityState => {
    if (!authority) throw new Error('defect: asked before anything was taken in')
    return authority
  }
  const sealed = async (of: string, doc: string | null, make: () => readonly LogEvent[], { newDocument = false, unjudged = false, again = false, at, authority: claimed, twin = false }: SealingWays): Promise<readonly NamedObject[]> => {
    const made = at === undefined ? null : await certify(at)
    const opened = made?.objects ?? (await openSession())
    const { certificate, key } = made ?? (session as NonNullable<typeof session>)
    const objects: NamedObject[] = [...opened]
    const docHandle = documentHandle(town.workspace, doc ?? '')
    if (newDocument) {
      const under = newest(of)
      if (!under) return opened
      objects.push({ name: documentWrapName(handle(of), docHandle), bytes: await sealDocumentKey(host, under.key, under.epoch, { workspace: town.workspace, collection: of, docHandle }, host.random.bytes(32)) })
    }
    const own = objects.find(({ name }) => name.startsWith('k/'))
    const zero = newest(collectionZero)
    if (!zero) return opened
    const sealing = of === collectionZero ? zero.key : own ? await openDocumentKey(host, (epoch) => heldKey(of, epoch), { workspace: town.workspace, collection: of, docHandle }, own.bytes) : await keys.documentKey(of, docHandle)
    if (!sealing || typeof sealing === 'string') return opened
    const events = make()
    const last = lastOn(of, lane, twin)
    const place = { workspace: town.workspace, collection: of, lane, seq: (last?.seq ?? 0) + 1 }
    const bodies = await sealEvents(host, place, events, () => sealing)
    const header = { suite: 1, schema: 1, ...place, prev: last?.hash ?? null, session: certificate.hash, authority: claimed ?? vector(), hlc: again ? hlc.tick() : (events.at(-1) as LogEvent).hlc, acts: bodies.acts } as const
    const judged = events.map((event) => ({ id: eventId(eventToBytes(event)), event }))
    const asked = { header, epoch: zero.epoch, session: certificate, sessionVerified: true, posture: null, token: null, account: null, recoveryVerified: false, events: judged, lies: [] }
    if (!unjudged && (judgeSegment(asked, state(), town.genesis).length > 0 || (of !== collectionZero && (await door.brakes(header, certificate.body)).length > 0))) return opened
    const segment = await createSegment(host, zero, header, bodies.events, hashSigner(key))
    return [...objects, { name: segmentName(handle(of), lane, place.seq), bytes: segment.bytes }]
  }
  const built = (acts: readonly NewAct[], ms?: number): readonly LogEvent[] => {
    const events: LogEvent[] = []
    latest.splice(0)
    for (const act of acts) {
      const before = events.at(-1)
      const body: unknown = typeof act.body === 'function' ? act.body([...latest]) : act.body
      const follows = before && before.doc === act.doc && act.deps.length === 0 && act.doc !== null ? [eventId(eventToBytes(before))] : act.deps
      events.push({ v: 1, type: act.type, doc: act.doc, deps: follows, hlc: ms === undefined ? hlc.tick() : { ms, n: events.length }, at: new Date(ms ?? clock.now()).toISOString(), person, position: act.position, body, salt: host.random.bytes(16) })
      latest.push(eventId(eventToBytes(events.at(-1) as LogEvent)))
    }
    return events
  }
  const rules = async (): Promise<DocumentRules> => rulesOf([...state().decisionTables.values()], witnessFacts(await memory.authorityEvents(), state()), [...state().absences.values()])
  return {
    id, person, lane, host, handle, held, takeIn, vector,
    view: memory,
    authority: state,
    isOpen: () => authority !== null,
    authorityEvents: () => memory.authorityEvents(),
    hashOf: (name) => sha256Hex(disk.get(name) ?? new Uint8Array()),
    idOf: (event) => eventId(eventToBytes(event)),
    async numbers() {
      const forks = await memory.forks()
      return reduceNumbers((await memory.authorityEvents()).filter(({ event }) => isAboutNumbers(event.type)), (known) => isNumberCut(state().cuts, known) || isSetAside(forks, known))
    },
    eventsOf: (doc) => memory.documentEvents(collection, doc),
    async documents() {
      const by = await rules()
      return Promise.all([...docs].sort().map(async (doc) => reduceDocument(countedEvents(await memory.documentEvents(collection, doc), state().cuts), by)))
    },
    cutOf(seat, collections) {
      const lanes = new Set([...disk.keys()].flatMap((name) => (name.startsWith('j/') && name.split('/')[2]?.startsWith(`${seat}.`) ? [name.split('/')[2] as string] : [])))
      return collections.flatMap((of) => [...lanes].sort().flatMap((on) => {
        const trusted: { collection: string; lane: string; seq: number; hash: string }[] = []
        // At distances that double, the last one last.
        for (let [at, back] = [lastOn(of, on)?.seq ?? 0, 1]; at > 0; at -= back, back *= 2) trusted.unshift({ collection: of, lane: on, seq: at, hash: parseSegment(disk.get(segmentName(handle(of), on, at)) ?? new Uint8Array())?.hash ?? '' })
        return trusted
      }))
    },
    async setAside() {
      const kept: KnownEvent[] = []
      for (const one of (await memory.quarantined()).filter((each) => isForked(each) && each.collection === collection && seatOf(each.lane) === id)) {
        const header = await openSegmentHeader(host, town.workspace, keys, disk.get(one.name) ?? new Uint8Array())
        const opened = typeof header === 'string' ? header : await openSegmentEvents(host, keys, header, (doc) => documentHandle(town.workspace, doc))
        for (const { id: event, event: body } of typeof opened === 'string' ? [] : opened.events) {
          if (!(await memory.documentEvents(collection, body.doc ?? '')).some((known) => known.id === event)) kept.push({ id: event, event: body, lane: `${one.lane}/${collection}`, seq: one.seq })
        }
      }
      return kept
    },
    lastSealed: () => [...latest],
    cheat: (of, acts, ways) => sealed(of, acts[0]?.doc ?? null, () => built(acts, ways.at), { ...ways, unjudged: true }),
    writeAgain: (of, events) => sealed(of, events[0]?.doc ?? null, () => events, { again: true }),
    write: (of, acts, options = {}) => sealed(of, acts[0]?.doc ?? null, () => built(acts), options),
  }
}
