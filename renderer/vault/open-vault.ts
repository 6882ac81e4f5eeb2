// Opens the vault for one seat: keys from main, its view, and what the journal has more. A view that
// is missing, unreadable or does not agree with the journal is built again from the journal, through the same door.

import { ok, type Result } from '@shared/base/result.ts'
import { countedEvents } from '@shared/judge/counted.ts'
import { createDoor } from '@shared/judge/door.ts'
import type { NamedSegment } from '@shared/judge/forked-lanes.ts'
import { parseSegment } from '@shared/log/segment.ts'
import { collectionZero, sessionName } from '@shared/log/names.ts'
import type { CommandFailure, JobListener } from './listeners.ts'
import type { CaughtUp } from './catch-up.ts'
import { createContent } from './content.ts'
import { createCore, takenIn, type VaultCore } from './core.ts'
import { openDexieView } from './dexie/dexie-view.ts'
import { rowsOf } from './document-rows.ts'
import { failedBy } from './failure.ts'
import { createKeyRing, type VaultKeys } from './key-ring.ts'
import { openPins } from './pins.ts'
import type { Surroundings, VaultHost } from './ports.ts'
import { createRowSealer } from './row-sealer.ts'
import type { View } from './view.ts'

export interface OpenedVault {
  readonly core: VaultCore
  /** Resolves when the view holds everything that the journal has. */
  readonly ready: Promise<CaughtUp>
}

/** `ready` runs on by itself; the core can be asked for what is there already. */
export async function openVault(around: Surroundings, onJob: JobListener): Promise<Result<OpenedVault, CommandFailure>> {
  const opened = await around.host.vault.open({})
  if (!opened.ok) return failedBy(opened.error)
  const { viewKey, epochKeys, given, ...seat } = opened.value
  const object = objectReader(around.host)
  const keys = await createKeyRing({ crypto: around.crypto, open: opened.value, object, given: { documents: given, key: givenKeyReader(around.host) } })
  const sealer = await createRowSealer(around.crypto, viewKey)
  for (const bytes of [viewKey, ...epochKeys.map(({ key }) => key)]) bytes.fill(0)
  const { view, rebuild } = await openView(around, seat.seat, keys, sealer)
  const sessions = new Map<string, Uint8Array>()
  const door = createDoor({
    host: around.crypto,
    workspace: seat.workspace,
    genesis: seat.genesis,
    keys,
    view,
    async session(hash) {
      const bytes = sessions.get(hash) ?? (await object(sessionName(hash)))
      if (bytes) sessions.set(hash, bytes)
      return bytes
    },
    candidates: (collection, lane, seq) => candidatesOf(around.host, collection, lane, seq),
    rowsOf: (_collection, doc, events) => rowsOf(doc, countedEvents(events, core.authority().cuts), core.rules()),
  })
  const pins = await openPins(around.host, sealer)
  const core = createCore({ around, seat, keys, view, door, content: createContent(around.host, onJob), pins })
  return ok({ core, ready: fill(core, rebuild, onJob) })
}

/** Takes in what is missing and says what had to be built again. Unlocking writes nothing: what it would add to collection zero, every machine would carry for ever. */
async function fill(core: VaultCore, rebuild: boolean, onJob: JobListener): Promise<CaughtUp> {
  const { view, seat } = core
  const caughtUp = await core.catchUp(({ collection, done, total }) => onJob({ id: 'catch-up', done, total, phase: collection === collectionZero ? 'register' : 'documents' }))
  // The first segment of a lane in collection zero may be the founding's.
  const workedHere = view.heads().some(({ collection, lane, seq }) => lane === seat.lane && (collection !== collectionZero || seq > 1))
  if (rebuild && workedHere) core.say({ code: 'vault.rebuilt', facts: { segments: caughtUp.segments } })
  if (caughtUp.stuck.length > 0) core.say({ code: 'vault.waiting', facts: { lanes: caughtUp.stuck.length } })
  return caughtUp
}

async function openView(around: Surroundings, seat: string, keys: VaultKeys, sealer: Awaited<ReturnType<typeof createRowSealer>>): Promise<{ readonly view: View; readonly rebuild: boolean }> {
  const { view, discarded } = await openDexieView(seat, sealer, { collections: takenIn(keys), given: keys.givenWord }, around.indexedDb)
  if (await agrees(around.host, view)) return { view, rebuild: discarded || view.isEmpty() }
  await view.destroy()
  const fresh = await openDexieView(seat, sealer, { collections: takenIn(keys), given: keys.givenWord }, around.indexedDb)
  return { view: fresh.view, rebuild: true }
}

/** Does every head of the view stand in the journal with the same bytes? A journal that was put back to an earlier day does not. */
async function agrees(host: VaultHost, view: View): Promise<boolean> {
  for (const { collection, lane, seq, hash } of view.heads()) {
    const read = await host.journal.read({ collection, lane, from: seq, count: 1 })
    const stands = ({ bytes }: NamedSegment): boolean => parseSegment(bytes)?.hash === hash
    if (!(read.ok && read.value.some(stands)) && !(await candidatesOf(host, collection, lane, seq)).some(stands)) return false
  }
  return true
}

/** Every segment of a number here: the one under the lane's name, and those beside it. */
async function candidatesOf(host: VaultHost, collection: string, lane: string, seq: number): Promise<readonly NamedSegment[]> {
  const [read, beside] = [await host.journal.read({ collection, lane, from: seq, count: 1 }), await host.journal.beside({ collection })]
  const found = read.ok ? [...read.value] : []
  for (const one of beside.ok ? beside.value : []) {
    const object = one.lane === lane && one.seq === seq ? await host.objects.get({ name: one.name }) : null
    if (object?.ok && object.value.bytes) found.push({ name: one.name, bytes: object.value.bytes })
  }
  return found
}

function givenKeyReader({ vault }: VaultHost): (collection: string, document: string) => Promise<Uint8Array | null> {
  return async (collection, document) => {
    const answer = await vault.givenKey({ collection, document })
    return answer.ok ? answer.value.key : null
  }
}

function objectReader(host: VaultHost): (name: string) => Promise<Uint8Array | null> {
  return async (name) => {
    const answer = await host.objects.get({ name })
    return answer.ok ? answer.value.bytes : null
  }
}
