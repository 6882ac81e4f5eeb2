// The open vault: what the commands and queries stand on. It builds events, lets the same judge see them that every replica has,
// seals them, has main sign and journal them, and takes the segment in through the one door. It decides no rule itself.

import { witnessFacts } from '@shared/authority/alone.ts'
import { newestEpoch } from '@shared/authority/ask.ts'
import type { Reason } from '@shared/base/verdict.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { cutsToText, type Contradicted } from '@shared/authority/cut.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { rulesOf, type DocumentRules } from '@shared/document/rules.ts'
import { reduceDocument } from '@shared/document/reduce.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { ContentKey } from '@shared/crypto/ports.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import { countedEvents } from '@shared/judge/counted.ts'
import type { Door, DoorAnswer } from '@shared/judge/door.ts'
import { isSetAside, type Fork } from '@shared/judge/forks.ts'
import { judgeSegment } from '@shared/judge/judge.ts'
import { isNumberCut } from '@shared/judge/number-acts.ts'
import type { Change } from '@shared/judge/ports.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { createHybridClock, type HybridClock } from '@shared/log/clock.ts'
import type { Hlc, KnownEvent, LogEvent } from '@shared/log/event.ts'
import type { SegmentHeader } from '@shared/log/header.ts'
import { collectionHandle, collectionZero, segmentName, sessionName } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { parseSession, type SessionCertificate } from '@shared/log/session.ts'
import { tokenVerifier } from '@shared/identity/sign-in.ts'
import { factsOf } from '@shared/judge/session-proofs.ts'
import { bookOf } from '@shared/numbers/ask.ts'
import { reduceNumbers } from '@shared/numbers/books.ts'
import { isAboutNumbers } from '@shared/numbers/events.ts'
import type { NumberBooks } from '@shared/numbers/state.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { catchUp, type CaughtUp, type Progress } from './catch-up.ts'
import type { Content } from './content.ts'
import { documentTable, volumeTable } from './document-rows.ts'
import { failed, failedBy, notAllowed } from './failure.ts'
import type { VaultKeys } from './key-ring.ts'
import type { Pins } from './pins.ts'
import type { Surroundings } from './ports.ts'
import { reduceAgain } from './reduce-again.ts'
import type { View } from './view.ts'

/** Who sits here, without any key. */
export type SeatFacts = Omit<OpenVault, 'viewKey' | 'epochKeys'>

export interface Notice {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

export interface VaultCore {
  readonly around: Surroundings
  readonly seat: SeatFacts
  readonly keys: VaultKeys
  readonly view: View
  readonly door: Door
  readonly content: Content
  readonly pins: Pins
  readonly authority: () => AuthorityState
  /** Who there would be after these events of collection zero. */
  readonly reduce: (events: readonly KnownEvent[]) => AuthorityState
  readonly rules: () => DocumentRules
  /** The books of official numbers. */
  readonly numbers: () => NumberBooks
  /** Today's civil date in Japan. */
  readonly today: () => string
  readonly build: (collection: string, drafts: readonly NewEvent[]) => Promise<readonly LogEvent[]>
  /** Builds events that follow `after` within its segment. */
  readonly buildAfter: (collection: string, after: LogEvent, drafts: readonly NewEvent[]) => Promise<readonly LogEvent[]>
  /** Builds and commits as one segment; one commit at a time, in the order asked. A function is asked for the acts when it is their turn; none = nothing is written. */
  readonly commit: (collection: string, drafts: readonly NewEvent[] | (() => readonly NewEvent[])) => Promise<Result<readonly KnownEvent[], CommandFailure>>
  /** Commits exactly these events (they were built and confirmed before). */
  readonly commitBuilt: (collection: string, events: readonly LogEvent[]) => Promise<Result<readonly KnownEvent[], CommandFailure>>
  /** Has main write a segment of collection zero at the place given, and takes it in through the door. */
  readonly commitElsewhere: (write: (place: ZeroPlace) => Promise<Result<WrittenSegment>>) => Promise<Result<readonly KnownEvent[], CommandFailure>>
  /** What the judge would refuse in these events now; empty when it would take them. */
  readonly judge: (collection: string, events: readonly LogEvent[]) => Promise<ReturnType<typeof judgeSegment>>
  /** Takes in what the journal has and the view has not. */
  readonly catchUp: (progress?: (progress: Progress) => void) => Promise<CaughtUp>
  /** When no segment is on its way into the view: what is asked for then belongs together. */
  readonly still: <T>(work: () => Promise<T>) => Promise<T>
  /** The collection of a document or volume that is known here. */
  readonly collectionOf: (doc: string) => string | null
  /** The whole state with bodies, from the events. */
  readonly stateOf: (doc: string) => Promise<DocumentState | null>
  readonly eventsOf: (doc: string) => Promise<readonly KnownEvent[]>
  readonly object: (name: string) => Promise<Uint8Array | null>
  readonly putObject: (name: string, bytes: Uint8Array) => Promise<Result<null, CommandFailure>>
  readonly onChange: (callback: (change: Change) => void) => void
  readonly onNotice: (callback: (notice: Notice) => void) => void
  /** JU-33 the view is built anew, and less counts than before. */
  readonly onRestart: (callback: () => void) => void
  readonly say: (notice: Notice) => void
}

interface WrittenSegment {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Where the next segment of this seat's lane of collection zero stands. */
export interface ZeroPlace {
  readonly seq: number
  readonly hlc: Hlc
  readonly authority: Record<string, number>
}

export interface CoreParts {
  readonly around: Surroundings
  readonly seat: SeatFacts
  readonly keys: VaultKeys
  readonly view: View
  readonly door: Door
  readonly content: Content
  readonly pins: Pins
}

export function createCore({ around, seat, keys, view, door, content, pins }: CoreParts): VaultCore {
  const changed: ((change: Change) => void)[] = []
  const noticed: ((notice: Notice) => void)[] = []
  const restarted: (() => void)[] = []
  const clock = createHybridClock(around.clock, view.clock())
  let queue: Promise<unknown> = Promise.resolve()
  let certificate: SessionCertificate | null = null
  let authorityAt = ''
  let authority = reduceAuthority([])
  let contradicted: Contradicted = new Set()
  const reduce: VaultCore['reduce'] = (events) => reduceAuthority(events, contradicted)
  let held: HeldRules | null = null
  const currentAuthority = (): AuthorityState => {
    const at = JSON.stringify([view.zeroVector(), [...contradicted]])
    if (at !== authorityAt) {
      authority = reduce(view.authority().filter(({ event }) => !isAboutNumbers(event.type)))
      authorityAt = at
    }
    return authority
  }
  const currentRules = (): HeldRules => {
    const state = currentAuthority()
    if (held?.authority !== state) held = heldRules(state, view.authority())
    return held
  }
  let reducedUnder = currentRules().key
  let numberedAt = ''
  let numbers = reduceNumbers([])
  const currentNumbers = (): NumberBooks => {
    const acts = view.authority().filter(({ event }) => isAboutNumbers(event.type))
    const { cuts } = currentAuthority()
    // Accepted acts only ever get more, and so do the seats that were taken away.
    const at = `${acts.length} ${view.knownForks().size} ${[...cuts.seats].map(([seat, lanes]) => [seat, ...lanes].join()).join(' ')} ${cuts.formerAdmins.size}`
    if (at !== numberedAt) {
      numbers = reduceNumbers(acts, (known) => isNumberCut(cuts, known) || isSetAside(view.knownForks(), known))
      numberedAt = at
    }
    return numbers
  }
  const object: VaultCore['object'] = async (name) => {
    const answer = await around.host.objects.get({ name })
    return answer.ok ? answer.value.bytes : null
  }
  const session = async (): Promise<SessionCertificate | null> => {
    if (certificate) return certificate
    const bytes = await object(sessionName(seat.session))
    certificate = bytes && parseSession(bytes)
    return certificate
  }
  const core: VaultCore = {
    around,
    seat,
    keys,
    view,
    door,
    content,
    pins,
    authority: currentAuthority,
    reduce,
    rules: () => currentRules().rules,
    numbers: currentNumbers,
    today: () => jstDate(around.clock.now()),
    build: (collection, drafts) => buildEvents(core, clock, collection, drafts, null),
    buildAfter: (collection, after, drafts) => buildEvents(core, clock, collection, drafts, after),
    commit: (collection, drafts) =>
      enqueue(async () => {
        const acts = typeof drafts === 'function' ? drafts() : drafts
        return acts.length > 0 ? commitInTurn(collection, await core.build(collection, acts)) : ok([])
      }),
    // Events that were confirmed may be minutes old: the header's clock is the moment of the commit.
    commitBuilt: (collection, events) => enqueue(() => commitInTurn(collection, events, clock.tick())),
    commitElsewhere: (write) =>
      enqueue(async () => {
        const seq = ((await view.head(collectionZero, seat.lane))?.seq ?? 0) + 1
        const written = await write({ seq, hlc: clock.tick(), authority: { ...view.zeroVector() } })
        return written.ok ? takeIn(written.value) : failedBy(written.error)
      }),
    async judge(collection, events) {
      const held = await session()
      return held ? judgeEvents(core, held, headerOf(core, collection, 1, events, []), events) : [{ code: 'session-missing' }]
    },
    catchUp: (progress = () => undefined) =>
      enqueue(async () => {
        contradicted = await door.contradicted()
        if (await lacksKeys(keys, currentAuthority())) await takeNewKeys(around.host, keys)
        return takeInAll(keys.collections, progress)
      }),
    still: enqueue,
    collectionOf: (doc) => (view.row(documentTable, doc) ?? view.row(volumeTable, doc))?.collection ?? null,
    async stateOf(doc) {
      const row = view.row(documentTable, doc)
      return row ? reduceDocument(countedEvents(await view.documentEvents(row.collection, doc), core.authority().cuts), core.rules()) : null
    },
    async eventsOf(doc) {
      const collection = core.collectionOf(doc)
      return collection === null ? [] : view.documentEvents(collection, doc)
    },
    object,
    async putObject(name, bytes) {
      const answer = await around.host.objects.put({ name, bytes })
      return answer.ok ? ok(null) : failedBy(answer.error)
    },
    onChange: (callback) => void changed.push(callback),
    onNotice: (callback) => void noticed.push(callback),
    onRestart: (callback) => void restarted.push(callback),
    say(notice) {
      for (const callback of noticed) callback(notice)
    },
  }
  /** Through the door, whoever wrote it; then everybody is told. */
  async function admit(name: string, object: Uint8Array): Promise<DoorAnswer> {
    const answer = await door.admit(name, object)
    if (!('change' in answer)) return answer
    const before = contradicted
    contradicted = await door.contradicted()
    for (const { event } of answer.change.events) clock.see(event.hlc)
    if (answer.change.events.some(({ event }) => event.type === 'epoch.new')) await takeNewKeys(around.host, keys)
    if ((before !== contradicted || answer.change.events.some(({ event }) => ruleTypes.has(event.type))) && currentRules().key !== reducedUnder) {
      reducedUnder = currentRules().key
      await reduceAgain(view, core.rules(), core.authority().cuts)
    }
    for (const callback of changed) callback(answer.change)
    return answer
  }
  function takeInAll(collections: readonly string[], progress: (progress: Progress) => void): Promise<CaughtUp> {
    const named = (collection: string, lane: string, seq: number): string => segmentName(collectionHandle(seat.genesis, collection), lane, seq)
    return catchUp({ host: around.host, view, admit, object, named, restart }, collections, progress, keys.collections)
  }
  /** What is open of a text may hold what does not count any more: whoever shows it is told to begin anew. */
  async function restart(found: readonly Fork[]): Promise<void> {
    await door.restart(found)
    contradicted = await door.contradicted()
    authorityAt = ''
    numberedAt = ''
    reducedUnder = currentRules().key
    for (const callback of restarted) callback()
  }
  /** The journal has it: now the view. A view that fails here is behind and catches up at the next start; nothing is lost. */
  async function takeIn({ name, bytes }: WrittenSegment): Promise<Result<readonly KnownEvent[], CommandFailure>> {
    const answer = await admit(name, bytes).catch(() => null)
    if (answer === null) {
      core.say({ code: 'vault.view-broken', facts: {} })
      return failed('ViewBroken', 'later')
    }
    return answer.outcome === 'accepted' ? ok(answer.change.events) : failed('DoorRefused', 'never', { outcome: answer.outcome })
  }
  /** Somebody else wrote on this lane (an enrolment, a second window): what it was is taken in, then once more. */
  async function commitInTurn(collection: string, events: readonly LogEvent[], at?: Hlc): Promise<Result<readonly KnownEvent[], CommandFailure>> {
    const held = await session()
    if (!held) return failed('SessionLocked')
    const written = await writeSegment(core, held, collection, events, at)
    if (written.ok) return takeIn(written.value)
    if (written.error.type !== 'LaneMoved') return written
    await takeInAll([collection], () => undefined)
    const again = await writeSegment(core, held, collection, events, at)
    return again.ok ? takeIn(again.value) : again
  }
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work)
    queue = done.catch(() => null)
    return done
  }
  return core
}

/** A key that came later than the epoch it is of. */
async function lacksKeys(keys: VaultKeys, { everyEpoch }: AuthorityState): Promise<boolean> {
  for (const { collection, epoch } of everyEpoch) if (keys.collections.includes(collection) && !(await keys.epochKey(collection, epoch))) return true
  return false
}

/** Main read the new epochs before it handed the segment over. */
async function takeNewKeys(host: Surroundings['host'], keys: VaultKeys): Promise<void> {
  const answer = await host.vault.keys({})
  if (!answer.ok) return
  await keys.take(answer.value)
  for (const { key } of answer.value) key.fill(0)
}

/** What may change how documents are reduced: tables, whether approvals need a witness, and cuts that come or go. */
const ruleTypes: ReadonlySet<string> = new Set(['decision-table.put', 'policy.put', 'policy.tighten', 'seat.add', 'seat.recover', 'seat.remove', 'grant.put', 'grant.remove', 'vote.cast'])

/** The rules that reductions depend on, and what tells them from others. */
interface HeldRules {
  readonly authority: AuthorityState
  readonly rules: DocumentRules
  readonly key: string
}

export function heldRules(authority: AuthorityState, events: readonly KnownEvent[]): HeldRules {
  const tables = [...authority.decisionTables.values()]
  const witness = witnessFacts(events, authority)
  const asked = witness.policies.map(({ id, from, to, witnessHours }) => [id, from, to, witnessHours ?? null])
  return { authority, rules: rulesOf(tables, witness), key: JSON.stringify([tables, asked, witness.tightenings, witness.alone, cutsToText(authority.cuts)]) }
}

async function buildEvents(core: VaultCore, clock: HybridClock, collection: string, drafts: readonly NewEvent[], after: LogEvent | null): Promise<readonly LogEvent[]> {
  const latest = new Map<string, string>()
  if (after?.doc) latest.set(after.doc, eventId(eventToBytes(after)))
  const events: LogEvent[] = []
  for (const { type, doc, position, body, series } of drafts) {
    const line = doc ?? series ?? null
    const before = line === null ? null : (latest.get(line) ?? null)
    const deps = before ? [before] : doc !== null ? headsOf(await core.view.documentEvents(collection, doc)) : series === undefined ? [] : bookOf(core.numbers(), series).heads
    const hlc = clock.tick()
    const event: LogEvent = {
      v: 1,
      type,
      doc,
      deps,
      hlc,
      at: new Date(core.around.clock.now()).toISOString(),
      person: core.seat.person,
      position,
      body,
      salt: core.around.crypto.random.bytes(16),
    }
    if (line !== null) latest.set(line, eventId(eventToBytes(event)))
    events.push(event)
  }
  return events
}

/** The events that no other one names as its past. */
export function headsOf(events: readonly KnownEvent[]): readonly string[] {
  const past = new Set(events.flatMap(({ event }) => event.deps))
  return events.map((known) => known.id).filter((id) => !past.has(id)).sort()
}

/** Judged as every replica will, sealed, gated, signed and journalled; not in the view yet. */
async function writeSegment(core: VaultCore, session: SessionCertificate, collection: string, events: readonly LogEvent[], at?: Hlc): Promise<Result<WrittenSegment, CommandFailure>> {
  const { around, seat, keys, view } = core
  const seq = ((await view.head(collection, seat.lane))?.seq ?? 0) + 1
  const epoch = newestEpoch(core.authority(), collectionZero)
  // A removal elsewhere renewed the key and this seat was not known there yet: an administrator's machine hands it on (AU-16).
  if (!(await keys.epochKey(collectionZero, epoch))) return failed('KeyNotYet', 'later')
  const sealing = new Map<LogEvent, ContentKey>()
  for (const event of events) {
    const key = event.doc === null ? await keys.epochKey(collectionZero, epoch) : await keys.keyOf(collection, event.doc)
    if (!key) return failed('KeyMissing')
    sealing.set(event, key)
  }
  const place = { workspace: seat.workspace, collection, lane: seat.lane, seq }
  const sealed = await sealEvents(around.crypto, place, events, (event) => sealing.get(event) as ContentKey)
  const header = { ...headerOf(core, collection, seq, events, sealed.acts), ...(at ? { hlc: at } : {}) }
  const reasons = await judgeEvents(core, session, header, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const { hlc, authority, acts } = header
  const committed = await around.host.journal.commit({ collection, seq, hlc, authority: { ...authority }, epoch, acts: acts.map((act) => ({ ...act })), events: [...sealed.events] })
  return committed.ok ? committed : failedBy(committed.error)
}

function headerOf({ seat, view }: VaultCore, collection: string, seq: number, events: readonly LogEvent[], acts: SegmentHeader['acts']): SegmentHeader {
  const hlc = events.at(-1)?.hlc ?? { ms: 0, n: 0 }
  return { suite: 1, schema: 1, workspace: seat.workspace, collection, lane: seat.lane, seq, prev: null, session: seat.session, authority: view.zeroVector(), hlc, acts }
}

async function judgeEvents(core: VaultCore, session: SessionCertificate, header: SegmentHeader, events: readonly LogEvent[]): Promise<readonly Reason[]> {
  const evidence = await core.around.host.vault.evidence({})
  if (!evidence.ok) return [{ code: 'session-evidence' }]
  const judged = events.map((event) => ({ id: eventId(eventToBytes(event)), event }))
  const facts = await factsOf(tokenVerifier(core.around.crypto), evidence.value, session.body, core.authority())
  return judgeSegment({ header, epoch: null, session, sessionVerified: true, ...facts, recoveryVerified: false, events: judged, lies: [] }, core.authority(), core.seat.genesis)
}
