// A device for tests of its session: real files in a folder of its own, a desk at which somebody types a PIN, and a clock that is moved.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TownData } from '@shared/authority/model.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok } from '@shared/base/result.ts'
import type { StorageDoubt } from '@shared/authority/events.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import type { ConsentDesk, ConsentQuestion, DeviceState } from '../../ports.ts'
import { createCertificateIssuer } from '../certificates.ts'
import { createExportSink } from '../export-sink.ts'
import { createKeyStore } from '../key-store.ts'
import { nodeHost } from '../node-host.ts'
import { nodeSinkDisk } from '../node-sink-disk.ts'
import { createObjectStores } from '../object-store.ts'
import { createProfile, type OsSecret } from '../profile.ts'
import { createReplacedNotes } from '../replaced-notes.ts'
import { stateless } from './stateless.ts'
import { createWorkspaceSession, type SessionDeps, type WorkspaceSession } from '../workspace-session.ts'
import { withoutSignIn } from './without-sign-in.ts'

export const pin = 'まきばの朝-2026'
const folders: string[] = []
const sessions: WorkspaceSession[] = []
export const osSecret: OsSecret = { seal: async (s) => s.map((b) => b ^ 0x5a), open: async (s) => s.map((b) => b ^ 0x5a) }

/** Closes every session and takes the folders away: after each test. */
export async function clearAway(): Promise<void> {
  for (const session of sessions.splice(0)) await session.lock('quit')
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}

/** A folder that is taken away after the test. */
export async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fumibako-'))
  folders.push(folder)
  return folder
}

/** A desk at which somebody always types this PIN; `asked` takes down every question. */
export function deskTyping(typed: string, asked: ConsentQuestion[] = []): ConsentDesk {
  return {
    async ask(question, check) {
      asked.push(question)
      const answer = await check(typed)
      return answer.ok ? ok({ value: answer.value, pdfSha256: null }) : { ok: false, error: { type: 'ConsentCancelled', retry: 'never' } }
    },
    withdraw: () => undefined,
  }
}

interface Place {
  readonly folder: string
  readonly clock: Clock
  readonly os?: OsSecret | null
}

/** The session of a device whose files lie in `folder`; what a test does not say is as on a device alone, at which nobody does anything wrong. */
export function sessionIn({ folder, clock, os = osSecret }: Place, more: Partial<SessionDeps> = {}): WorkspaceSession {
  const profile = createProfile(nodeHost, join(folder, 'workspace'), os)
  const session = createWorkspaceSession({
    device: stateless,
    signIn: withoutSignIn,
    host: nodeHost,
    clock,
    profile,
    replaced: createReplacedNotes(profile),
    keys: createKeyStore(nodeHost, os ? 'os' : 'none', null),
    storeOf: createObjectStores(folder),
    issuer: createCertificateIssuer(nodeHost),
    sample: sampleTown,
    cost: { memory: 1024, passes: 1, lanes: 1 },
    printSheets: async ({ codes }) => utf8ToBytes(`sheets ${codes.join(' ')}`),
    desk: deskTyping(pin),
    dialog: { chooseFolder: async () => null, chooseFile: async () => null },
    paper: { printers: async () => [], print: async () => err({ type: 'PrinterMissing', retry: 'later' }) },
    sink: createExportSink(nodeSinkDisk, nodeHost.random),
    saveFile: async () => true,
    changed: () => undefined,
    isFrozen: () => false,
    contact: { last: async () => null, away: async () => 0, reach: async () => undefined },
    storage: { doubts: () => [], settle: async () => ok(null) },
    isLaneSure: () => true,
    tellLost: () => undefined,
    storages: { placeOf: async () => null, open: () => err({ type: 'StorageAddressUnusable', retry: 'never' }), keep: async () => undefined },
    ...more,
  })
  sessions.push(session)
  return session
}

/** A clock that stands until it is moved. */
export function standingClock(): { readonly clock: Clock; readonly advance: (ms: number) => void } {
  let now = Date.parse('2026-10-01T00:00:00.000Z')
  return { clock: { now: () => now }, advance: (ms) => void (now += ms) }
}

export async function device(options: { os?: OsSecret | null; typed?: string; folder?: string; frozen?: () => boolean; sure?: () => boolean; doubts?: StorageDoubt[]; state?: DeviceState; sample?: TownData; signIn?: SessionDeps['signIn']; contact?: SessionDeps['contact'] } = {}) {
  const folder = options.folder ?? (await temporary())
  const { clock, advance } = standingClock()
  const profile = createProfile(nodeHost, join(folder, 'workspace'), options.os === undefined ? osSecret : options.os)
  const session = sessionIn({ folder, clock, ...(options.os === undefined ? {} : { os: options.os }) }, {
    profile,
    device: options.state ?? stateless,
    signIn: options.signIn ?? withoutSignIn,
    sample: options.sample ?? sampleTown,
    desk: deskTyping(options.typed ?? pin),
    isFrozen: () => options.frozen?.() ?? false,
    ...(options.contact ? { contact: options.contact } : {}),
    storage: { doubts: () => options.doubts ?? [], settle: async () => { options.doubts?.splice(0); return ok(null) } },
    isLaneSure: () => options.sure?.() ?? true,
  })
  return { session, profile, folder, clock, advance }
}

/** A founded practice town; `sit` opens the seat of the nth of its people. */
export async function practiceOffice() {
  const asked: ConsentQuestion[] = []
  const { clock } = standingClock()
  const session = sessionIn({ folder: await temporary(), clock, os: null }, { desk: deskTyping(pin, asked) })
  await founded(session, 'practice')
  const all = await seats(session)
  const sit = async (n: number) => {
    await must(session.page.session.unlock({ seat: all[n]?.seat ?? '', pin }))
    return openVault(session)
  }
  return { session, clock, asked, sit }
}

/** The value, or the test ends here. */
export async function must<V>(answer: Promise<{ readonly ok: true; readonly value: V } | { readonly ok: false; readonly error: { readonly type: string } }>): Promise<V> {
  const given = await answer
  if (!given.ok) throw new Error(JSON.stringify(given.error))
  return given.value
}

export const people = sampleTown.people.filter((p) => p.employment === 'regular').slice(0, 3).map((p) => p.id)

export async function founded(session: WorkspaceSession, kind: 'practice' | 'real' = 'real', more: readonly string[] = []) {
  return session.page.setup.createWorkspace({ kind, start: 'sample', townName: '', admin: { familyName: '', givenName: '', reading: '', positionTitle: '' }, second: null, seats: [...people, ...more], pin })
}

export async function seats(session: WorkspaceSession) {
  const status = await session.page.session.status({})
  return status.ok && status.value.state === 'locked' ? status.value.seats : []
}

export async function openVault(session: WorkspaceSession): Promise<OpenVault> {
  const opened = await session.vault.vault.open({})
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}

export async function commitRequest(vault: OpenVault, clock: { now(): number }, seq: number, type: string, body: unknown, epoch = 0) {
  const zero = vault.epochKeys.find((k) => k.collection === collectionZero && k.epoch === epoch)
  const key = await importContentKey(nodeHost, zero?.key as Uint8Array)
  const hlc = createHybridClock(clock).tick()
  const event: LogEvent = { v: 1, type, doc: null, deps: [], hlc, at: new Date(clock.now()).toISOString(), person: vault.person, position: null, body, salt: nodeHost.random.bytes(16) }
  const sealed = await sealEvents(nodeHost, { workspace: vault.workspace, collection: collectionZero, lane: vault.lane, seq }, [event], () => key)
  return { event, request: { collection: collectionZero, seq, hlc, authority: {}, epoch, acts: [...sealed.acts], events: [...sealed.events] } }
}
