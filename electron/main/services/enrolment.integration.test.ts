import { cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { err, ok } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { invitationToBytes, parseInvitation } from '@shared/enrol/invitation.ts'
import { newcomer } from '@shared/enrol/testing/newcomer.ts'
import type { PendingRequest } from '@shared/ipc/contract/enrol.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { parseHeader } from '@shared/log/header.ts'
import { collectionHandle, documentHandle, documentWrapName, enrolAnswerName, enrolRequestName } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { openEvent, openHeader, parseSegment } from '@shared/log/segment.ts'
import { openDocumentKey, sealDocumentKey } from '@shared/log/wraps.ts'
import { decodeCbor } from '@shared/base/cbor.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { nodeFolderDisk } from '../cloud/folder-disk.ts'
import { createFolderStorage } from '../cloud/folder-storage.ts'
import type { ConsentQuestion, Storages } from '../ports.ts'
import { nodeHost } from './node-host.ts'
import type { OsSecret } from './profile.ts'
import { clearAway, deskTyping, must, pin, sessionIn, standingClock, temporary } from './testing/session-device.ts'
import type { WorkspaceSession } from './workspace-session.ts'

const [ownPin, noAccess] = ['夏の終わりの 4177', { user: '', secret: '' }]
const admins = sampleTown.grants.filter((grant) => grant.collection === null && grant.role === 'admin').map((grant) => grant.person)
const [admin] = admins as [string]
afterEach(clearAway)

/** What a storage does wrong: each wraps the honest answers of a folder. */
type Hostile = (honest: Storage) => Storage

interface Machine {
  readonly session: WorkspaceSession
  readonly folder: string
  readonly saved: Uint8Array[]
  readonly asked: ConsentQuestion[]
  readonly advance: (ms: number) => void
  readonly clock: { now(): number }
}

async function machine(share: string, options: { readonly folder?: string; readonly hostile?: Hostile; readonly typed?: string; readonly os?: OsSecret | null } = {}): Promise<Machine> {
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

async function unlock({ session }: Machine, person: string, typed: string): Promise<OpenVault> {
  const status = await must(session.page.session.status({}))
  const seats = status.state === 'locked' ? status.seats : []
  const name = sampleTown.people.filter((p) => p.id === person).map((p) => `${p.familyName} ${p.givenName}`)[0]
  await must(session.page.session.unlock({ seat: seats.find((s) => s.name === name)?.seat ?? '', pin: typed }))
  return must(session.vault.vault.open({}))
}

interface Office extends Machine {
  readonly share: string
  readonly vault: OpenVault
  readonly invitation: Uint8Array
}

/** A town with one administrator at work, a shared folder, and an invitation. */
async function office(hostile?: Hostile): Promise<Office> {
  const share = await temporary()
  const made = await machine(share, hostile ? { hostile } : {})
  await must(made.session.page.setup.createWorkspace({ kind: 'real', start: 'sample', townName: '', admin: { familyName: '', givenName: '', reading: '', positionTitle: '' }, second: null, seats: [admin], pin }))
  const vault = await unlock(made, admin, pin)
  await mkdir(join(share, 'z1', vault.workspace), { recursive: true })
  await must(made.session.page.enrolment.invite({}))
  return { ...made, share, vault, invitation: made.saved[0] as Uint8Array }
}

const asks = (at: Machine, invitation: Uint8Array) => at.session.page.join.begin({ invitation, name: '𠮷田 花子', pin: ownPin, access: noAccess })
const pendingAt = async (at: Office): Promise<readonly PendingRequest[]> => must(at.session.page.enrolment.pending({}))
const approves = (at: Office, request: PendingRequest, person: string, seq = 2) =>
  at.session.vault.seats.approve({ id: request.id, digest: request.digest, person, seq, hlc: createHybridClock(at.clock).tick(), authority: { [at.vault.lane]: seq - 1 } })

/** A colleague without a seat who may read something. */
const newcomers = sampleTown.people.filter((p) => p.employment === 'regular' && !admins.includes(p.id) && sampleTown.grants.some((g) => g.person === p.id && g.collection !== null))
const colleague = newcomers[0]?.id ?? ''

describe('a second machine joins through the storage alone', () => {
  it('3.2 from an empty profile to an open seat that reads what its person may read, and no more', async () => {
    const town = await office()
    const doc = 'd-bus-route-2026'
    const readable = sampleTown.grants.filter((g) => g.person === colleague).map((g) => g.collection)
    const held = town.vault.epochKeys.find((k) => readable.includes(k.collection))
    const text = '町営バスの運行について'
    await writeDocument(town, held!, doc, text)
    const fresh = await machine(town.share)
    expect(await fresh.session.page.join.read({ invitation: town.invitation })).toMatchObject({ ok: true, value: { kind: 'real', townName: sampleTown.town.name } })
    const joining = await must(asks(fresh, town.invitation))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('waiting'))
    const [request] = await pendingAt(town)
    expect(request).toMatchObject({ name: '𠮷田 花子', level: 'L1', words: joining.words, reasons: [] })
    await must(approves(town, request!, colleague))
    expect(town.asked.at(-1)).toMatchObject({ outcome: 'join-seat', words: joining.words, asks: 'pin' })
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    expect(await pendingAt(town)).toEqual([])
    // What lies in the town's folder is carried over, as sync does.
    await cp(join(town.folder, 'objects'), join(fresh.folder, 'objects'), { recursive: true, force: false })
    const vault = await unlock(fresh, colleague, ownPin)
    expect(vault).toMatchObject({ person: colleague, workspace: town.vault.workspace, genesis: town.vault.genesis, kind: 'real' })
    expect(new Set(vault.epochKeys.map((k) => k.collection))).toEqual(new Set(['zero', ...town.vault.epochKeys.map((k) => k.collection).filter((id) => readable.includes(id))]))
    expect(await readDocument(fresh, vault, held!.collection, doc)).toBe(text)
  })

  it('3.2 an administrator takes a second machine for themself, with the same key and everything they may read', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, admin))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    const vault = await unlock(fresh, admin, ownPin)
    expect(vault.epochKeys).toEqual(town.vault.epochKeys)
    expect(vault.lane).not.toBe(town.vault.lane)
  })

  it('3.2 leaves neither a name nor a PIN nor a key readable in the storage or the new profile', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const needles = [ownPin, pin, '𠮷田', '花子', sampleTown.town.name].map((text) => Buffer.from(text, 'utf8'))
    for (const folder of [town.share, fresh.folder]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        const bytes = await readFile(join(entry.parentPath, entry.name))
        expect(needles.filter((needle) => bytes.includes(needle))).toEqual([])
      }
    }
  })

  it('3.2 waits through a restart and goes on with the PIN', async () => {
    const town = await office()
    const first = await machine(town.share)
    const joining = await must(asks(first, town.invitation))
    const again = await machine(town.share, { folder: first.folder })
    expect(await again.session.page.join.status({})).toEqual(ok({ ...joining, asksPin: true }))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await again.session.page.join.look({ pin: null })).toEqual(ok('waiting'))
    expect(await again.session.page.join.look({ pin: '000000' })).toMatchObject({ ok: false, error: { type: 'WrongPin' } })
    expect(await again.session.page.join.look({ pin: ownPin })).toEqual(ok('joined'))
    expect(await again.session.page.join.status({})).toEqual(ok(null))
  })

  it('3.2 takes its request back and forgets it', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    await fresh.session.page.join.leave({})
    expect(await pendingAt(town)).toEqual([])
    expect(await fresh.session.page.join.status({})).toEqual(ok(null))
    expect((await must(fresh.session.page.session.status({}))).state).toBe('empty')
  })

  it('3.2 refuses at the start what can be known there', async () => {
    const town = await office()
    const fresh = await machine(town.share, { os: null })
    expect(await asks(fresh, town.invitation)).toMatchObject({ ok: false, error: { type: 'KeystoreMissing' } })
    expect(await fresh.session.page.join.begin({ invitation: town.invitation, name: '𠮷田 花子', pin: '123', access: noAccess })).toMatchObject({ ok: false, error: { type: 'PinTooShort' } })
    expect(await fresh.session.page.join.begin({ invitation: town.invitation, name: ' ', pin: ownPin, access: noAccess })).toMatchObject({ ok: false, error: { type: 'BadInput' } })
    expect(await asks(fresh, town.invitation.slice(1))).toMatchObject({ ok: false, error: { type: 'InvitationUnreadable' } })
    expect(await asks(town, town.invitation)).toMatchObject({ ok: false, error: { type: 'WorkspaceExists' } })
  })
})

describe('a hostile storage', () => {
  it('3.2 that asks in the place of the new machine shows other words; refused, nothing is added', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    const joining = await must(asks(fresh, town.invitation))
    const invitation = await must(Promise.resolve(parseInvitation(town.invitation)))
    const thief = newcomer(nodeHost, { workspace: town.vault.workspace, genesis: town.vault.genesis }, town.clock.now())
    const id = await lettersOf(town)
    const swapped = await thief.ask(enrolRequestName(id), invitation.admins.map((a) => a.exchangeKey))
    await storageOf(town).put(enrolRequestName(id), swapped.object, new AbortController().signal)
    const [shown] = await pendingAt(town)
    expect(shown?.name).toBe(joining.name)
    expect(shown?.words.ja).not.toEqual(joining.words.ja)
    await must(town.session.page.enrolment.refuse({ id }))
    expect(await pendingAt(town)).toEqual([])
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 1 }])
    expect(await fresh.session.page.join.look({ pin: null })).toMatchObject({ ok: false, error: { type: 'JoinNotBelieved', reasons: [{ code: 'enrol-not-for-me' }] } })
  })

  it('3.2 that swaps the request after the words were compared gets no approval', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    const invitation = await must(Promise.resolve(parseInvitation(town.invitation)))
    const thief = newcomer(nodeHost, { workspace: town.vault.workspace, genesis: town.vault.genesis }, town.clock.now())
    const swapped = await thief.ask(enrolRequestName(request!.id), invitation.admins.map((a) => a.exchangeKey))
    await storageOf(town).put(enrolRequestName(request!.id), swapped.object, new AbortController().signal)
    expect(await approves(town, request!, colleague)).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'request-changed' } })
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 1 }])
  })

  it('3.2 that replays a request gets the same seat answered again, never a second one, and an old one is refused', async () => {
    const town = await office()
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const id = await lettersOf(town)
    const letter = (await must(storageOf(town).get(enrolRequestName(id), new AbortController().signal))) as Uint8Array
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    await must(fresh.session.page.join.look({ pin: null }))
    await storageOf(town).put(enrolRequestName(id), letter, new AbortController().signal)
    await storageOf(town).put(enrolRequestName('anothername'), letter, new AbortController().signal)
    expect(await pendingAt(town)).toEqual([])
    expect(await approves(town, request!, colleague, 3)).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'enrol-known' } })
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 2 }])
    const late = await machine(town.share)
    await must(asks(late, town.invitation))
    town.advance(7 * 24 * 60 * 60 * 1000 + 1)
    const old = (await pendingAt(town)).find((one) => one.id !== id)
    expect(old?.reasons).toEqual([{ code: 'enrol-old' }])
    expect(await approves(town, old!, colleague, 3)).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'enrol-old' } })
  })

  it('3.2 that answers with somebody else\'s answer, or withholds or damages what it names, is not believed; afterwards the honest answer is', async () => {
    const town = await office()
    let lie: 'other' | 'withhold' | 'damage' | 'none' = 'other'
    let others: Uint8Array | null = null
    const fresh = await machine(town.share, {
      hostile: (honest) => ({
        ...honest,
        async get(name, signal, range) {
          if (lie === 'other' && name.endsWith('.a')) return ok(others)
          if (lie === 'withhold' && name.startsWith('o/')) return ok(null)
          const got = await honest.get(name, signal, range)
          return lie === 'damage' && name.startsWith('o/') && got.ok && got.value ? ok(got.value.map((byte, i) => (i === 500 ? byte ^ 1 : byte))) : got
        },
      }),
    })
    const other = await machine(town.share)
    await must(asks(other, town.invitation))
    const [first] = await pendingAt(town)
    await must(approves(town, first!, colleague))
    others = (await must(storageOf(town).get(enrolAnswerName(first!.id), new AbortController().signal))) as Uint8Array
    await must(asks(fresh, town.invitation))
    const second = (await pendingAt(town)).find((one) => one.id !== first!.id)
    await must(approves(town, second!, newcomers[1]?.id ?? '', 3))
    const look = () => fresh.session.page.join.look({ pin: null })
    const reasons = (code: string) => ({ ok: false, error: { type: 'JoinNotBelieved', reasons: [{ code }] } })
    expect(await look()).toMatchObject(reasons('enrol-not-for-me'))
    lie = 'withhold'
    expect(await look()).toMatchObject(reasons('enrol-parcel-missing'))
    lie = 'damage'
    expect(await look()).toMatchObject(reasons('enrol-parcel-damaged'))
    expect((await must(fresh.session.page.session.status({}))).state).toBe('empty')
    expect(await readdir(join(fresh.folder, 'objects')).catch(() => [])).toEqual([])
    lie = 'none'
    expect(await look()).toEqual(ok('joined'))
  })

  it('3.2 an invitation that calls a real workspace practice, or another workspace by its place, leads nowhere', async () => {
    const town = await office()
    const elsewhere = await office()
    const invitation = await must(Promise.resolve(parseInvitation(town.invitation)))
    const practice = await machine(town.share)
    await must(asks(practice, invitationToBytes({ ...invitation, kind: 'practice' })))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await practice.session.page.join.look({ pin: null })).toMatchObject({ ok: false, error: { type: 'JoinNotBelieved', reasons: [{ code: 'enrol-other-kind' }] } })
    const misled = await machine(town.share)
    await must(asks(misled, invitationToBytes({ ...invitation, genesis: elsewhere.vault.genesis })))
    expect((await pendingAt(town)).length).toBe(0)
  })

  it('3.2 that loses the answer is answered again at the next look, without a second seat', async () => {
    let lost = true
    const town = await office((honest) => ({ ...honest, put: async (name, bytes, signal) => (lost && name.endsWith('.a') ? err({ type: 'StorageUnreachable', retry: 'later' }) : honest.put(name, bytes, signal)) }))
    const fresh = await machine(town.share)
    await must(asks(fresh, town.invitation))
    const [request] = await pendingAt(town)
    await must(approves(town, request!, colleague))
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('waiting'))
    lost = false
    expect(await pendingAt(town)).toEqual([])
    expect(await fresh.session.page.join.look({ pin: null })).toEqual(ok('joined'))
    expect(await lanesOfZero(town)).toEqual([{ lane: town.vault.lane, seq: 2 }])
  })
})

function storageOf(town: Office): Storage {
  return createFolderStorage({ folder: town.share, workspace: town.vault.workspace, founding: true }, nodeFolderDisk)
}

async function lettersOf(town: Office): Promise<string> {
  const listed = await must(storageOf(town).list('e/', new AbortController().signal))
  return listed[0]?.name.slice(2) ?? ''
}

async function lanesOfZero(town: Office) {
  return must(town.session.vault.journal.lanes({ collection: 'zero' }))
}

async function writeDocument(town: Office, { collection, key }: OpenVault['epochKeys'][number], doc: string, text: string): Promise<void> {
  const { vault, session, clock } = town
  const docHandle = documentHandle(vault.workspace, doc)
  const raw = nodeHost.random.bytes(32)
  const wrap = await sealDocumentKey(nodeHost, await importContentKey(nodeHost, key), 0, { workspace: vault.workspace, collection, docHandle }, raw)
  await must(session.vault.objects.put({ name: documentWrapName(collectionHandle(vault.genesis, collection), docHandle), bytes: wrap }))
  const hlc = createHybridClock(clock).tick()
  const event: LogEvent = { v: 1, type: 'draft.create', doc, deps: [], hlc, at: new Date(clock.now()).toISOString(), person: vault.person, position: null, body: { text }, salt: nodeHost.random.bytes(16) }
  const documentKey = await importContentKey(nodeHost, raw)
  const sealed = await sealEvents(nodeHost, { workspace: vault.workspace, collection, lane: vault.lane, seq: 1 }, [event], () => documentKey)
  await must(session.vault.journal.commit({ collection, seq: 1, hlc, authority: { [vault.lane]: 1 }, epoch: 0, acts: [...sealed.acts], events: [...sealed.events] }))
}

/** The text of the one event of a document, with nothing but the keys that this machine's vault was given. */
async function readDocument({ session }: Machine, vault: OpenVault, collection: string, doc: string): Promise<string> {
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
