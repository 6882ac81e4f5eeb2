// Runs in Node, a process for each job: the product's own services, engine and adapters over a real folder and a real server. The
// job is the first argument, the answer a line on stdout.

import { join } from 'node:path'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { encodeCbor } from '@shared/base/cbor.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createKeyPair, createSigner, pairOf } from '@shared/crypto/keys.ts'
import type { ContentKey } from '@shared/crypto/ports.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionHandle, documentHandle, documentWrapName, packName } from '@shared/log/names.ts'
import { packFile } from '@shared/log/pack.ts'
import type { NamedObject } from '@shared/log/parcel.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { sealDocumentKey } from '@shared/log/wraps.ts'
import type { TargetChoice } from '@shared/ipc/contract/sync.ts'
import { sideBySide } from '@shared/sync/ahead.ts'
import { createSyncEngine, type SyncEngine } from '@shared/sync/engine.ts'
import type { RoundReport } from '@shared/sync/report.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { segmentOf } from '@shared/sync/testing/machine.ts'
import { createMemoryDisk, createSyncNotes } from '@shared/sync/testing/memory-parts.ts'
import { openStorage, storageTargetOf } from '../../../electron/main/cloud/open-storage.ts'
import { createKnownDevices } from '../../../electron/main/services/known-devices.ts'
import { nodeHost, systemClock } from '../../../electron/main/services/node-host.ts'
import { createObjectStores } from '../../../electron/main/services/object-store.ts'
import { createProfile, type Profile, type ProfileRecord } from '../../../electron/main/services/profile.ts'
import { createFileNotes } from '../../../electron/main/services/sync-target.ts'
import { answerRuns } from '../answer-runs.ts'
import { answerMark } from '../driver.ts'
import { cheapPin, openTown, takeSeat } from '../office/town.ts'
import { collection, drafter } from '../office/roles.ts'
import { startStopwatch } from '../stopwatch.ts'
import { documentOf } from './corpus.ts'
import type { Job, Saved, Synced } from './job.ts'

const { signal } = new AbortController()

/** Each document under a key of its own; `acts` of them to a segment, which is signed and durable, and so are the wraps and packs before it. */
async function save({ folder, corpus, from, documents, acts }: Extract<Job, { act: 'save' }>): Promise<Saved> {
  const session = await openTown({ folder, exports: folder, people: [drafter.person], cost: cheapPin })
  await takeSeat(session, drafter.person)
  const { journal, objects, vault } = session.vault
  const opened = value(await vault.open({}))
  const epoch = opened.epochKeys.filter((one) => one.collection === collection).at(-1)
  if (!epoch) throw new Error('the collection is closed to this seat')
  const epochKey = await importContentKey(nodeHost, epoch.key)
  const handle = collectionHandle(opened.genesis, collection)
  const lanes = value(await journal.lanes({ collection }))
  let seq = lanes.find(({ lane }) => lane === opened.lane)?.seq ?? 0
  const clock = createHybridClock(systemClock)
  const watch = startStopwatch()
  let bytes = 0
  const sealOne = async (n: number): Promise<SealedDocument> => {
    const doc = bytesToBase32(nodeHost.random.bytes(15))
    const docHandle = documentHandle(opened.workspace, doc)
    const content = documentOf(corpus, n)
    const raw = nodeHost.random.bytes(32)
    const key = await importContentKey(nodeHost, raw)
    const wrap = await sealDocumentKey(nodeHost, epochKey, epoch.epoch, { workspace: opened.workspace, collection, docHandle }, raw)
    const body = corpus === 'pdf' ? await packFile(nodeHost, key, opened.workspace, docHandle, content) : null
    const act = body
      ? { type: 'draft.attach', body: { attachment: { id: '1', name: `資料${n}.pdf`, mediaType: 'application/pdf', size: content.length, sha256: body.blob.sha256, blob: body.blob } } }
      : { type: 'draft.body', body: { update: content } }
    const packs = (body?.packs ?? []).map((pack) => ({ name: packName(pack.sha256), bytes: pack.bytes }))
    return { doc, key, act, objects: [{ name: documentWrapName(handle, docHandle), bytes: wrap }, ...packs] }
  }
  for (let n = from; n < from + documents; n += acts) {
    const some = await watch.time('seal', () => Promise.all(Array.from({ length: Math.min(acts, from + documents - n) }, (_, at) => sealOne(n + at))))
    const targets = some.flatMap((one) => one.objects)
    await watch.time('put', () => sideBySide(targets, null, async (object) => value(await objects.put(object))))
    const hlc = clock.tick()
    const events = some.map(({ doc, act }): LogEvent => ({ v: 1, ...act, doc, deps: [], hlc, at: new Date(hlc.ms).toISOString(), person: drafter.person, position: drafter.position, salt: nodeHost.random.bytes(16) }))
    const keys = new Map(some.map(({ doc, key }) => [doc, key]))
    const keyOf = ({ doc }: LogEvent): ContentKey => keys.get(doc ?? '') ?? epochKey
    seq += 1
    const sealed = await watch.time('seal', () => sealEvents(nodeHost, { workspace: opened.workspace, collection, lane: opened.lane, seq }, events, keyOf))
    const committed = value(await watch.time('commit', () => journal.commit({ collection, seq, hlc, authority: {}, epoch: 0, acts: sealed.acts.map((one) => ({ ...one })), events: [...sealed.events] })))
    bytes += committed.bytes.length + targets.reduce((sum, object) => sum + object.bytes.length, 0)
  }
  const run = watch.stop()
  const part = (name: string): number => Math.round(run.parts.find((one) => one.name === name)?.ms ?? 0)
  return { documents, acts, sealMs: part('seal'), commitMs: part('commit'), putMs: part('put'), ms: Math.round(run.ms), bytes }
}

interface SealedDocument {
  readonly doc: string
  readonly key: ContentKey
  readonly act: Pick<LogEvent, 'type' | 'body'>
  readonly objects: readonly NamedObject[]
}

/** A profile of the same workspace with a key of its own; each knows the other's. */
async function join2({ folder, second }: Extract<Job, { act: 'join' }>): Promise<null> {
  const [first, fresh] = [profileOf(folder), profileOf(second)]
  const record = await recordOf(first)
  const device = { id: bytesToBase32(nodeHost.random.bytes(10)), signing: createKeyPair(nodeHost).privateKey }
  await fresh.save({ ...record, device, seats: [] })
  const keys = Object.fromEntries([record.device, device].map(({ id, signing }) => [id, pairOf(signing).publicKey]))
  for (const profile of [first, fresh]) await profile.writeNote('devices', encodeCbor(keys))
  return null
}

async function sync({ folder, notes, target }: Extract<Job, { act: 'sync' }>): Promise<Synced> {
  const profile = profileOf(folder)
  const record = await recordOf(profile)
  const storage = storageOf(target, record.workspace)
  const local = createObjectStores(folder)(record.workspace)
  const memory = createFileNotes(profile, notes)
  const signer = await createSigner(nodeHost, pairOf(record.device.signing))
  const engine = createSyncEngine({ host: nodeHost, clock: systemClock, workspace: record.workspace, storage, local, memory, devices: createKnownDevices(profile), device: { id: record.device.id, signer } })
  const begun = performance.now()
  const reports = await roundsUntilDone(engine)
  const sum = (of: (report: RoundReport) => number): number => reports.reduce((total, report) => total + of(report), 0)
  return { rounds: reports.length, ms: Math.round(performance.now() - begun), sent: sum((r) => r.sent.objects), received: sum((r) => r.received.objects), parcels: sum((r) => r.sent.parcels + r.received.parcels) }
}

async function roundsUntilDone(engine: SyncEngine): Promise<readonly RoundReport[]> {
  const reports: RoundReport[] = []
  for (;;) {
    const report = await engine.round(signal)
    reports.push(report)
    if (report.failure || report.suspicions.length > 0 || reports.length > 100) throw new Error(`a round did not end well: ${JSON.stringify({ ...report, publishers: [] })}`)
    if (report.unsent === 0 && report.missing.length === 0) return reports
  }
}

/** `product` is one poll, `peer` one edit and its round. What the objects say is nobody's concern in a poll: they are small. */
async function poll({ target, objects, machines }: Extract<Job, { act: 'poll' }>): Promise<void> {
  const storage = storageOf(target, 'town0')
  const keys = new Map<string, Uint8Array>()
  let first: { readonly engine: SyncEngine; readonly disk: ReturnType<typeof createMemoryDisk> } | null = null
  for (let n = machines; n >= 1; n--) {
    const pair = createKeyPair(nodeHost)
    keys.set(`device${n}`, pair.publicKey)
    const disk = createMemoryDisk()
    const many = n === 1 ? objects : 1
    for (let seq = 1; seq <= many; seq++) {
      const { name, bytes } = segmentOf(`seat${n}.inc`, seq, 'edit')
      disk.objects.set(name, bytes)
    }
    const device = { id: `device${n}`, signer: await createSigner(nodeHost, pair) }
    const engine = createSyncEngine({ host: nodeHost, clock: systemClock, workspace: 'town0', storage, local: disk, memory: createSyncNotes(), devices: { keyOf: async (id) => (n === 1 ? (keys.get(id) ?? null) : null) }, device })
    if (n === 1) await roundsUntilDone(engine)
    else await engine.round(signal)
    first = { engine, disk }
  }
  if (!first) throw new Error('no machines')
  const { engine, disk } = first
  await roundsUntilDone(engine)
  let seq = objects
  const round = async (): Promise<{ ms: number; parts: [] }> => {
    const begun = performance.now()
    await roundsUntilDone(engine)
    return { ms: performance.now() - begun, parts: [] }
  }
  await answerRuns({
    facts: { objects, machines },
    product: round,
    async peer() {
      seq += 1
      const { name, bytes } = segmentOf('seat1.inc', seq, 'edit', 700)
      disk.objects.set(name, bytes)
      engine.wrote(name)
      return round()
    },
    close: async () => undefined,
  })
}

function profileOf(folder: string): Profile {
  return createProfile(nodeHost, join(folder, 'workspace'), null)
}

async function recordOf(profile: Profile): Promise<ProfileRecord> {
  const record = await profile.load()
  if (typeof record === 'string') throw new Error('no workspace')
  return record
}

/** As the app opens what a person chose. */
function storageOf(target: TargetChoice, workspace: string): Storage {
  return value(openStorage(storageTargetOf(target, true), workspace, { fetch, clock: systemClock }))
}

function value<T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly type: string } }): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

async function run(job: Job): Promise<void> {
  if (job.act === 'poll') return poll(job)
  const answer = job.act === 'save' ? await save(job) : job.act === 'join' ? await join2(job) : await sync(job)
  process.stdout.write(`${answerMark}${JSON.stringify(answer)}\n`)
}

run(JSON.parse(process.argv[2] ?? '') as Job).catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
