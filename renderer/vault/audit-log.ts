// 監査証跡: every act in the sealed records that lie here, read from their signed headers, with what can be opened of each. Looked through
// once, when somebody asks, then kept up with what comes. Derived and in memory only; nothing is written.

import { auditStateOf, unlockType, type AuditState } from '@shared/archive/audit.ts'
import { saidBy } from '@shared/archive/device-state.ts'
import { createVerify } from '@shared/crypto/sign.ts'
import { openSegmentEvents, openSegmentHeader, verifyHeader } from '@shared/judge/open-segment.ts'
import { openSessionEvidence } from '@shared/judge/session-proofs.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { largestSegmentActs } from '@shared/log/header.ts'
import { collectionHandle, collectionZero, documentHandle, segmentName, sessionName } from '@shared/log/names.ts'
import { parseSession, verifySession, type SessionCertificate, type Vector } from '@shared/log/session.ts'
import { parseStatement, type PostureStatement } from '@shared/posture/statement.ts'
import { auditedFacts, type AuditedFacts } from './audited-facts.ts'
import { takenIn, type VaultCore } from './core.ts'

/** A session as its certificate and the statement behind it say. */
export interface AuditedSession extends SessionCertificate {
  readonly state: AuditState
  readonly statement: PostureStatement | null
}

/** One act. Without `opened` only what its header shows is known here. */
export interface AuditedAct {
  /** Event id (hex); of a session its hash. */
  readonly id: string
  readonly type: string
  readonly inZero: boolean
  readonly person: string
  readonly device: string
  /** When its record was written: milliseconds since 1970 UTC by the clock of the log, and its place within that moment. */
  readonly at: number
  readonly n: number
  readonly collection: string
  /** Document handle. */
  readonly handle: string | null
  /** `<seat>.<incarnation>` and the place in it; 0 for a session. */
  readonly lane: string
  readonly seq: number
  /** The name of its record; empty for a session. */
  readonly segment: string
  readonly session: AuditedSession
  readonly authority: Vector
  readonly opened: AuditedFacts | null
  /** Of a session: how often the seat was opened since the one before it without leaving any record. */
  readonly silent: number
}

export interface AuditLog {
  /** Begins to look through what there is; afterwards what came since. Tells how far it is. */
  current(): { readonly acts: readonly AuditedAct[]; readonly reading: { readonly done: number; readonly total: number } | null }
  /** Once everything that lies here was looked through. */
  whole(): Promise<readonly AuditedAct[]>
}

const readAhead = 64

/** `news` is called when there is more to show. */
export function createAuditLog(core: VaultCore, news: () => void, defect: (thrown: unknown) => void): AuditLog {
  let acts: AuditedAct[] = []
  let sessions = new Map<string, AuditedSession>()
  let reached = new Map<string, number>()
  let beside = new Set<string>()
  let progress: { readonly done: number; readonly total: number } | null = null
  let running: Promise<void> | null = null
  let isBegun = false
  let isStale = false

  const verify = createVerify(core.around.crypto)
  const isCertified = async (session: AuditedSession): Promise<boolean> => {
    const { seats, devices } = core.authority()
    const [seat, device] = [seats.get(session.body.seat), devices.get(session.body.device)]
    return seat?.person === session.body.person && device !== undefined && verifySession(verify, session, seat.signingKey, device.signingKey)
  }
  const sessionOf = async (hash: string): Promise<AuditedSession | null> => {
    const known = sessions.get(hash)
    if (known) return known
    const read = await readSession(core, hash)
    if (read) sessions.set(hash, read)
    return read
  }
  const take = async (name: string, bytes: Uint8Array): Promise<void> => {
    const opened = await openSegmentHeader(core.around.crypto, core.seat.workspace, core.keys, bytes)
    if (typeof opened === 'string') return
    const { header } = opened
    const session = await sessionOf(header.session)
    if (!session) return
    const readable = takenIn(core.keys).includes(header.collection)
    // What the door took in it has proven; nothing else is shown of whom it claims to be.
    if (!readable && !((await isCertified(session)) && (await verifyHeader(verify, opened, session)))) return
    const inside = readable ? await openSegmentEvents(core.around.crypto, core.keys, opened, (doc) => documentHandle(core.seat.workspace, doc)) : null
    const events = new Map<string, LogEvent>(inside && typeof inside === 'object' ? inside.events.map(({ id, event }) => [id, event]) : [])
    for (const [index, { type, doc: handle, event: id }] of header.acts.entries()) {
      const event = events.get(id)
      acts.push({
        id, type, inZero: header.collection === collectionZero, person: session.body.person, device: session.body.device, at: header.hlc.ms, n: header.hlc.n * largestSegmentActs + index, collection: header.collection,
        handle, lane: header.lane, seq: header.seq, segment: name, session, authority: header.authority, opened: event ? auditedFacts(event) : null, silent: 0,
      })
    }
  }
  /** Lanes that the view took in, and those of collections that are not read here, of which the records lie on this disk all the same. */
  const lanes = async (): Promise<readonly { readonly collection: string; readonly lane: string; readonly seq: number }[]> => {
    const known = takenIn(core.keys)
    const sealed = [...core.authority().collections.keys()].filter((collection) => !known.includes(collection))
    const found = await Promise.all(sealed.map(async (collection) => {
      const answer = await core.around.host.journal.lanes({ collection })
      return answer.ok ? answer.value.map((lane) => ({ collection, ...lane })) : []
    }))
    return [...core.view.heads(), ...found.flat()]
  }
  const readLanes = async (): Promise<void> => {
    const ahead = (await lanes()).map(({ collection, lane, seq }) => ({ collection, lane, seq, from: (reached.get(`${collection}/${lane}`) ?? 0) + 1 })).filter(({ from, seq }) => from <= seq)
    const total = ahead.reduce((sum, { from, seq }) => sum + seq - from + 1, 0)
    let done = 0
    for (const { collection, lane, from, seq } of ahead) {
      for (let at = from; at <= seq; at += readAhead) {
        const read = await core.around.host.journal.read({ collection, lane, from: at, count: Math.min(readAhead, seq - at + 1) })
        if (!read.ok) return
        for (const { name, bytes } of read.value) await take(name, bytes)
        reached.set(`${collection}/${lane}`, Math.min(seq, at + readAhead - 1))
        done += read.value.length
        progress = { done, total }
        if (isBegun && total > 4 * readAhead) news()
      }
    }
  }
  /** Second records under one number lie beside their lane. */
  const readBeside = async (): Promise<void> => {
    for (const { name, collection, lane, seq } of await core.view.quarantined()) {
      if (beside.has(name) || name === segmentName(collectionHandle(core.seat.genesis, collection), lane, seq)) continue
      beside.add(name)
      const bytes = await core.object(name)
      if (bytes) await take(name, bytes)
    }
  }
  const read = async (): Promise<void> => {
    do {
      isStale = false
      await readLanes()
      await readBeside()
    } while (isStale)
    progress = null
  }
  const run = (): Promise<void> => {
    isStale = true
    running ??= read().finally(() => {
      running = null
    })
    return running
  }
  const forget = (): void => {
    acts = []
    sessions = new Map()
    reached = new Map()
    beside = new Set()
  }
  const soon = (): void => {
    if (isBegun) run().then(news, defect)
  }
  core.onChange(soon)
  core.onTakenIn(soon)
  core.onRestart(() => {
    forget()
    soon()
  })
  return {
    current() {
      if (!isBegun) {
        isBegun = true
        soon()
      }
      return { acts: [...acts, ...unlocksOf(sessions.values())], reading: running ? (progress ?? { done: 0, total: 0 }) : null }
    },
    async whole() {
      isBegun = true
      await run()
      return [...acts, ...unlocksOf(sessions.values())]
    },
  }
}

/** AR-72 each session, with how many before it left nothing: a seat counts its sessions in each incarnation (LG-10). */
export function unlocksOf(sessions: Iterable<AuditedSession>): readonly AuditedAct[] {
  const latest = new Map<string, number>()
  return [...sessions]
    .sort((a, b) => a.body.n - b.body.n)
    .map((session): AuditedAct => {
      const { hash, body } = session
      const lane = `${body.seat}.${body.incarnation}`
      const before = latest.get(lane)
      latest.set(lane, body.n)
      return {
        id: hash, type: unlockType, inZero: true, person: body.person, device: body.device, at: body.notBefore, n: 0, collection: collectionZero, handle: null, lane, seq: 0, segment: '', session, authority: body.authority,
        opened: { position: null, doc: null, body: {}, text: '' }, silent: before === undefined ? 0 : Math.max(0, body.n - before - 1),
      }
    })
}

async function readSession({ around, keys, object }: VaultCore, hash: string): Promise<AuditedSession | null> {
  const bytes = await object(sessionName(hash))
  const session = bytes && parseSession(bytes)
  if (!session) return null
  const evidence = await openSessionEvidence({ host: around.crypto, keys }, session)
  const statements = new Map(typeof evidence === 'string' || !evidence.posture ? [] : [[session.hash, parseStatement(evidence.posture.bytes)] as const])
  const said = saidBy(session, statements)
  return { ...session, state: auditStateOf(said), statement: said.kind === 'told' ? said.statement : null }
}
