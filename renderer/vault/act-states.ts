// On which device each act on a document was done and in which state, for a screen: read from the sealed records themselves as an export
// reads them (AR-60 to AR-63), so that the screen, the package and the signature in the PDF say the same.

import { actDevice, saidBy, type ActDevice } from '@shared/archive/device-state.ts'
import { keepLatest } from '@shared/base/keep-latest.ts'
import { openSegmentHeader } from '@shared/judge/open-segment.ts'
import { openSessionEvidence } from '@shared/judge/session-proofs.ts'
import { compareForDisplay, type KnownEvent, type LogEvent } from '@shared/log/event.ts'
import { sessionName } from '@shared/log/names.ts'
import { parseSession, type Vector } from '@shared/log/session.ts'
import { parseStatement } from '@shared/posture/statement.ts'
import type { ActStateRow } from '../services/view-models.ts'
import type { VaultCore } from './core.ts'
import { namesOf } from './views/names.ts'

const told: ReadonlySet<string> = new Set(['document.submit', 'document.withdraw', 'decision.approve', 'decision.return', 'decision.refuse'])
const heldActs = 512

/** What was read once is remembered: a record never changes. */
export function createActStates(core: VaultCore): (doc: string) => Promise<readonly ActStateRow[]> {
  const held = new Map<string, ActDevice>()
  const deviceOf = async (collection: string, known: KnownEvent): Promise<ActDevice | null> => {
    const before = held.get(known.id)
    if (before) return before
    const device = await readDevice(core, collection, known)
    if (device) keepLatest(held, known.id, device, heldActs)
    return device
  }
  return async (doc) => {
    const collection = core.collectionOf(doc)
    if (collection === null) return []
    const names = namesOf(core.authority())
    const rows: ActStateRow[] = []
    for (const known of [...(await core.eventsOf(doc))].filter(({ event }) => told.has(event.type)).sort(compareForDisplay)) {
      const device = await deviceOf(collection, known)
      const { type, person, position, at } = known.event
      if (device) rows.push({ id: known.id, type, personName: names.person(person), positionTitle: position === null ? null : names.position(position), at, revision: revisionOf(known.event), here: device.id === core.seat.device, device })
    }
    return rows
  }
}

async function readDevice({ around, seat, keys, object, view, reduce }: VaultCore, collection: string, { lane, seq, event }: KnownEvent): Promise<ActDevice | null> {
  const read = await around.host.journal.read({ collection, lane: lane.slice(0, lane.indexOf('/')), from: seq, count: 1 })
  const bytes = read.ok ? read.value[0]?.bytes : undefined
  const opened = bytes && (await openSegmentHeader(around.crypto, seat.workspace, keys, bytes))
  if (!opened || typeof opened === 'string') return null
  const certificate = await object(sessionName(opened.header.session))
  const session = certificate && parseSession(certificate)
  if (!session) return null
  const evidence = await openSessionEvidence({ host: around.crypto, keys }, session)
  const statements = new Map(typeof evidence === 'string' || !evidence.posture ? [] : [[session.hash, parseStatement(evidence.posture.bytes)] as const])
  const authority = reduce(view.authority().filter((known) => isKnownAt(known, opened.header.authority)))
  return actDevice(authority, session.body, event, saidBy(session, statements))
}

function isKnownAt({ lane, seq }: KnownEvent, vector: Vector): boolean {
  return seq <= (vector[lane.slice(0, lane.indexOf('/'))] ?? 0)
}

function revisionOf({ type, body }: LogEvent): number | null {
  const n = (body as { readonly revision?: { readonly n?: unknown } } | null)?.revision?.n
  return type === 'document.submit' && typeof n === 'number' ? n : null
}
