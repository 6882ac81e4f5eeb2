// A town with one administrator at work and a shared folder, and machines that ask to join it: what tests of enrolment play with.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { ok } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import type { PendingRequest } from '@shared/ipc/contract/enrol.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { parseHeader } from '@shared/log/header.ts'
import { collectionHandle, documentHandle, documentWrapName } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { openEvent, openHeader, parseSegment } from '@shared/log/segment.ts'
import { openDocumentKey, sealDocumentKey } from '@shared/log/wraps.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { nodeFolderDisk } from '../../cloud/folder-disk.ts'
import { createFolderStorage } from '../../cloud/folder-storage.ts'
import { keysOn } from '../../keys/testing/tokens.ts'
import type { ConsentQuestion, Storages } from '../../ports.ts'
import { nodeHost } from '../node-host.ts'
import type { OsSecret } from '../profile.ts'
import { deskTyping, must, pin, sessionIn, standingClock, temporary } from './session-device.ts'
import type { WorkspaceSession } from '../workspace-session.ts'

export const [ownPin, noAccess] = ['夏の終わりの 4177', { user: '', secret: '' }]
export const admins = sampleTown.grants.filter((grant) => grant.collection === null && grant.role === 'admin').map((grant) => grant.person)
export const [admin] = admins as [string]
/** What a storage does wrong: each wraps the honest answers of a folder. */
export type Hostile = (honest: Storage) => Storage

export interface Machine {
  readonly session: WorkspaceSession
  readonly folder: string
  readonly saved: Uint8Array[]
  readonly asked: ConsentQuestion[]
  readonly advance: (ms: number) => void
  readonly clock: { now(): number }
}

export async function machine(share: string, options: { readonly folder?: string; readonly hostile?: Hostile; readonly typed?: string; readonly os?: OsSecret | null; readonly module?: string } = {}): Promise<Machine> {
  const folder = options.folder ?? (await temporary())
  const { clock, advance } = standingClock()
  const asked: ConsentQuestion[] = []
  const saved: Uint8Array[] = []
  const target = { kind: 'folder', address: share }
  const open: Storages['open'] = ({ address }, workspace) => {
    const honest = createFolderStorage({ folder: String(address), workspace, founding: true }, nodeFolderDisk)
    return ok(options.hostile ? options.hostile(honest) : honest)
  }
  const session = sessionIn({ folder, clock, ...(options.os === undefined ? {} : { os: options.os }) }, {
    ...(options.module === undefined ? {} : { keys: keysOn(folder, options.module) }),
    printSheets: async () => new Uint8Array(1),
    desk: deskTyping(options.typed ?? pin, asked),
    dialog: { chooseFolder: async () => null, chooseFile: async (name) => `/chosen/${name}` },
    saveFile: async (_path, bytes) => saved.push(bytes) > 0,
    storages: {
      async placeOf(workspace) {
        const storage = open(target, workspace, noAccess)
        return storage.ok ? { storage: storage.value, target } : null
      },
      open,
      keep: async () => undefined,
    },
  })
  return { session, folder, saved, asked, clock, advance }
}

export async function unlock({ session }: Machine, person: string, typed: string): Promise<OpenVault> {
  const status = await must(session.page.session.status({}))
  const seats = status.state === 'locked' ? status.seats : []
  const name = sampleTown.people.filter((p) => p.id === person).map((p) => `${p.familyName} ${p.givenName}`)[0]
  await must(session.page.session.unlock({ seat: seats.find((s) => s.name === name)?.seat ?? '', pin: typed }))
  return must(session.vault.vault.open({}))
}

export interface Office extends Machine {
  readonly share: string
  readonly vault: OpenVault
  readonly invitation: Uint8Array
}

/** A town with one administrator at work, a shared folder, and an invitation. */
export async function office(hostile?: Hostile): Promise<Office> {
  const share = await temporary()
  const made = await machine(share, hostile ? { hostile } : {})
  await must(made.session.page.setup.createWorkspace({ kind: 'real', start: 'sample', townName: '', admin: { familyName: '', givenName: '', reading: '', positionTitle: '' }, second: null, seats: [admin], pin }))
  const vault = await unlock(made, admin, pin)
  await mkdir(join(share, 'z1', vault.workspace), { recursive: true })
  await must(made.session.page.enrolment.invite({}))
  return { ...made, share, vault, invitation: made.saved[0] as Uint8Array }
}

export const asks = (at: Machine, invitation: Uint8Array) => at.session.page.join.begin({ invitation, name: '𠮷田 花子', pin: ownPin, access: noAccess })
export const pendingAt = async (at: Office): Promise<readonly PendingRequest[]> => must(at.session.page.enrolment.pending({}))
export const approves = (at: Office, request: PendingRequest, person: string, seq = 2) =>
  at.session.vault.seats.approve({ id: request.id, digest: request.digest, person, seq, hlc: createHybridClock(at.clock).tick(), authority: { [at.vault.lane]: seq - 1 } })

/** A colleague without a seat who may read something. */
export const newcomers = sampleTown.people.filter((p) => p.employment === 'regular' && !admins.includes(p.id) && sampleTown.grants.some((g) => g.person === p.id && g.collection !== null))
export const colleague = newcomers[0]?.id ?? ''

export function storageOf(town: Office): Storage {
  return createFolderStorage({ folder: town.share, workspace: town.vault.workspace, founding: true }, nodeFolderDisk)
}

export async function lettersOf(town: Office): Promise<string> {
  const listed = await must(storageOf(town).list('e/', new AbortController().signal))
  return listed[0]?.name.slice(2) ?? ''
}

export async function lanesOfZero(town: Office) {
  return must(town.session.vault.journal.lanes({ collection: 'zero' }))
}

export async function writeDocument({ vault, session, clock }: Pick<Office, 'vault' | 'session' | 'clock'>, { collection, key }: OpenVault['epochKeys'][number], doc: string, text: string, authority: Readonly<Record<string, number>> = { [vault.lane]: 1 }): Promise<void> {
  const docHandle = documentHandle(vault.workspace, doc)
  const raw = nodeHost.random.bytes(32)
  const wrap = await sealDocumentKey(nodeHost, await importContentKey(nodeHost, key), 0, { workspace: vault.workspace, collection, docHandle }, raw)
  await must(session.vault.objects.put({ name: documentWrapName(collectionHandle(vault.genesis, collection), docHandle), bytes: wrap }))
  const hlc = createHybridClock(clock).tick()
  const event: LogEvent = { v: 1, type: 'draft.create', doc, deps: [], hlc, at: new Date(clock.now()).toISOString(), person: vault.person, position: null, body: { text }, salt: nodeHost.random.bytes(16) }
  const documentKey = await importContentKey(nodeHost, raw)
  const sealed = await sealEvents(nodeHost, { workspace: vault.workspace, collection, lane: vault.lane, seq: 1 }, [event], () => documentKey)
  await must(session.vault.journal.commit({ collection, seq: 1, hlc, authority, epoch: 0, acts: [...sealed.acts], events: [...sealed.events] }))
}

/** The text of the one event of a document, with nothing but the keys that this machine's vault was given. */
export async function readDocument({ session }: Machine, vault: OpenVault, collection: string, doc: string): Promise<string> {
  const keyOf = async (id: string) => importContentKey(nodeHost, vault.epochKeys.find((k) => k.collection === id)?.key ?? new Uint8Array(32))
  const handle = collectionHandle(vault.genesis, collection)
  const docHandle = documentHandle(vault.workspace, doc)
  const [lane] = await must(session.vault.journal.lanes({ collection }))
  const [segment] = await must(session.vault.journal.read({ collection, lane: lane?.lane ?? '', from: 1, count: 1 }))
  const parsed = parseSegment(segment?.bytes ?? new Uint8Array())
  const header = parsed && parseHeader((await openHeader(nodeHost, await keyOf('zero'), vault.workspace, parsed)) ?? new Uint8Array())
  const wrap = await must(session.vault.objects.get({ name: documentWrapName(handle, docHandle) }))
  const epochKey = await keyOf(collection)
  const key = await openDocumentKey(nodeHost, () => epochKey, { workspace: vault.workspace, collection, docHandle }, wrap.bytes ?? new Uint8Array())
  const plain = key && header && (await openEvent(nodeHost, key, { workspace: vault.workspace, collection, lane: header.lane, seq: 1, index: 0 }, parsed?.events[0] ?? new Uint8Array()))
  const event = plain && (decodeCbor(plain) as { readonly body: { readonly text: string } })
  return event ? event.body.text : utf8ToBytes('').toString()
}
