// The open vault: what the commands and queries stand on. It builds events, lets the same judge see them that every replica has,
// seals them, has main sign and journal them, and takes the segment in through the one door. It decides no rule itself.

import { createTurns } from '@shared/base/turns.ts'
import { givenDocuments } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import type { Contradicted } from '@shared/authority/cut.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { DocumentRules } from '@shared/document/rules.ts'
import { reduceDocument } from '@shared/document/reduce.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import { countedEvents } from '@shared/judge/counted.ts'
import type { Door, DoorAnswer } from '@shared/judge/door.ts'
import { isSetAside, type Fork } from '@shared/judge/forks.ts'
import type { judgeSegment } from '@shared/judge/judge.ts'
import { isNumberCut } from '@shared/judge/number-acts.ts'
import type { Change } from '@shared/judge/ports.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { Hlc, KnownEvent, LogEvent } from '@shared/log/event.ts'
import { collectionHandle, collectionZero, segmentName, sessionName } from '@shared/log/names.ts'
import { parseSession, type SessionCertificate } from '@shared/log/session.ts'
import { reduceNumbers } from '@shared/numbers/books.ts'
import { isAboutNumbers } from '@shared/numbers/events.ts'
import type { NumberBooks } from '@shared/numbers/state.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { catchUp, type CaughtUp, type Progress } from './catch-up.ts'
import type { Content } from './content.ts'
import { documentTable, volumeTable } from './document-rows.ts'
import { failed, failedBy } from './failure.ts'
import { heldRules, ruleTypes, type HeldRules } from './held-rules.ts'
import { judgeEvents } from './judge-events.ts'
import type { VaultKeys } from './key-ring.ts'
import type { Pins } from './pins.ts'
import type { Surroundings } from './ports.ts'
import { reduceAgain } from './reduce-again.ts'
import type { View } from './view.ts'
import { buildEvents, headerOf, writeSegment, type WrittenSegment } from './write-segment.ts'

/** Who sits here, without any key. */
export type SeatFacts = Omit<OpenVault, 'viewKey' | 'epochKeys' | 'given'>

export interface Notice {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** `twofold`, JU-33: built anew, and less counts than before; `left`: because a seat left lanes of its own (JU-39); `given`, AU-93: other single documents are read, and nothing else changed. */
export type Restart = 'twofold' | 'left' | 'given'

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
  /** Takes in or forgets single documents whose right began or ended since (AU-93). */
  readonly followGiven: () => Promise<void>
  /** At once, unless single documents are just coming or going: until that is over, what is shown of their collection would be half of it. */
  readonly followed: () => Promise<unknown>
  /** Is what the journal has on its way into the view? Until it is over, what is not taken in says nothing. */
  readonly isTakingIn: () => boolean
  readonly onTakenIn: (callback: () => void) => void
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
  /** What is in the view is another thing than before. */
  readonly onRestart: (callback: (why: Restart) => void) => void
  readonly say: (notice: Notice) => void
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
  const restarted: ((why: Restart) => void)[] = []
  const onceTakenIn: (() => void)[] = []
  const clock = createHybridClock(around.clock, view.clock())
  const enqueue = createTurns()
  let certificate: SessionCertificate | null = null
  let authorityAt = ''
  let authority = reduceAuthority([])
  let contradicted: Contradicted = new Set()
  const reduce: VaultCore['reduce'] = (events) => reduceAuthority(events, contradicted, view.knownForks())
  let held: HeldRules | null = null
  const currentAuthority = (): AuthorityState => {
    const at = JSON.stringify([view.zeroVector(), [...contradicted], [...view.knownForks()]])
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
  let takingIn = 0
  let following: Promise<unknown> = Promise.resolve()
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
        const caughtUp = await takeInAll(takenIn(keys), progress)
        return (await followGiven(progress)) ?? caughtUp
      }),
    followGiven: () => enqueue(async () => void (await followGiven(() => undefined))),
    followed: () => following,
    isTakingIn: () => takingIn > 0,
    onTakenIn: (callback) => void onceTakenIn.push(callback),
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
    takingIn += 1
    return catchUp({ host: around.host, view, admit, object, named: (collection, lane, seq) => segmentName(collectionHandle(seat.genesis, collection), lane, seq), restart }, collections, progress, takenIn(keys)).finally(() => {
      takingIn -= 1
      for (const callback of onceTakenIn) callback()
    })
  }
  /** What is open of a text may hold what does not count any more: whoever shows it is told to begin anew. */
  async function restart(found: readonly Fork[]): Promise<void> {
    await door.restart(found)
    contradicted = await door.contradicted()
    authorityAt = ''
    numberedAt = ''
    reducedUnder = currentRules().key
    for (const callback of restarted) callback(found.every((fork) => fork.left === true) ? 'left' : 'twofold')
  }
  /** Main says what is given; what of these collections was passed over is read, what was read is forgotten. Null: nothing changed. */
  async function followGiven(progress: (progress: Progress) => void): Promise<CaughtUp | null> {
    if (keys.givenOtherwise(givenDocuments(currentAuthority(), seat.person, core.today(), keys.collections)).length === 0) return null
    const answer = await around.host.vault.given({})
    const changed = answer.ok ? keys.givenOtherwise(answer.value) : []
    if (!answer.ok || changed.length === 0) return null
    keys.give(answer.value)
    const taken = door.between(() => view.forget(changed, keys.givenWord)).then(() => {
      for (const callback of restarted) callback('given')
      return takeInAll(takenIn(keys), progress)
    })
    following = taken.catch(() => null)
    return taken
  }
  /** The journal has it: now the view. A view that fails here is behind and catches up at the next start; nothing is lost. */
  async function takeIn({ name, bytes }: WrittenSegment): Promise<Result<readonly KnownEvent[], CommandFailure>> {
    const answer = await admit(name, bytes).catch(() => null)
    if (answer === null) {
      core.say({ code: 'vault.view-broken', facts: {} })
      return failed('ViewBroken', 'later')
    }
    if (answer.outcome !== 'forked') return answer.outcome === 'accepted' ? ok(answer.change.events) : failed('DoorRefused', 'never', { outcome: answer.outcome })
    await restart([answer.fork]) // JU-39 the seat left a lane: everything is taken in anew, this segment with it.
    await takeInAll(takenIn(keys), () => undefined)
    return ok([])
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
  return core
}

/** Whose records are taken in: of those that were given in part, with everything but the documents that were given sealed. */
export function takenIn({ collections, partly }: Pick<VaultKeys, 'collections' | 'partly'>): readonly string[] {
  return [...collections, ...partly]
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
