import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CarryStatus } from '@shared/ipc/contract/carry.ts'
import { createKeyPair } from '@shared/crypto/keys.ts'
import { parcelPrefix } from '@shared/log/names.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import { packOf, segmentOf } from '@shared/sync/testing/machine.ts'
import { openStorage, storageTargetOf } from '../cloud/open-storage.ts'
import { createContact } from './contact.ts'
import { createCarryService } from './carry-service.ts'
import { loopbackWire } from '../cloud/testing/loopback-wire.ts'
import { createKeyStore } from './key-store.ts'
import { nodeHost, systemClock } from './node-host.ts'
import { createObjectStore, tellingStore } from './object-store.ts'
import { createProfile, type OsSecret, type ProfileRecord } from './profile.ts'
import { createReplacedNotes } from './replaced-notes.ts'
import { createSyncService } from './sync-service.ts'
import { createTurns } from '@shared/base/turns.ts'

const folders: string[] = []
const closings: (() => Promise<void>)[] = []
const osSecret: OsSecret = { seal: async (s) => s.map((b) => b ^ 0x5a), open: async (s) => s.map((b) => b ^ 0x5a) }
const device = { id: 'device1', signing: createKeyPair(nodeHost).privateKey }
const record: ProfileRecord = { v: 1, workspace: 'town0', genesis: 'ab'.repeat(32), kind: 'real', townName: '町', device, rootCertificate: new Uint8Array(1), seats: [] }
/** Rounds of the network happen when the test asks. */
const noTimers: Timers = { after: () => () => undefined }

afterEach(async () => {
  for (const close of closings.splice(0)) await close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fumibako-carry-'))
  folders.push(folder)
  return folder
}

/** A machine with both ways, as `compose` joins them. All machines are copies of one profile. */
async function machine(folder: string, { isOpen = true, pulled = () => false, slow = Promise.resolve() }: { readonly isOpen?: boolean; readonly pulled?: (path: string) => boolean; readonly slow?: Promise<void> } = {}) {
  const profile = createProfile(nodeHost, join(folder, 'workspace'), osSecret)
  if ((await profile.load()) === 'empty') await profile.save(record)
  const store = createObjectStore(join(folder, 'objects'))
  const contact = createContact(profile, systemClock)
  let contacts = 0
  const parts = { host: nodeHost, clock: systemClock, timers: noTimers, profile, keys: createKeyStore(nodeHost, 'os', null), devices: { keyOf: async () => null }, lost: { notices: async () => [], heard: async () => false }, replaced: createReplacedNotes(profile), lostHere: () => undefined, isOpen: () => isOpen, silence: () => null, inTurn: createTurns(), contact, reached: () => void (contacts += 1), arrived: async () => undefined, snapshotCame: async () => undefined, log: { note: () => undefined, defect: (where: string, thrown: unknown) => `${where} ${String(thrown)}` } }
  const open = (choice: Parameters<typeof storageTargetOf>[0], workspace: string, founding: boolean) => openStorage(storageTargetOf(choice, founding), workspace, { fetch: loopbackWire, clock: systemClock })
  const sync = createSyncService({ ...parts, storeOf: () => tellingStore(store, (name) => carrying.wrote(name)), openStorage: open, metered: async () => 'unknown', copied: async () => undefined, contentCame: () => undefined, changed: () => undefined })
  const carrying = createCarryService({
    ...parts,
    storeOf: () => tellingStore(store, (name) => sync.wrote(name)),
    openFolder(address, workspace, founding) {
      const opened = open({ kind: 'folder', address }, workspace, founding)
      if (!opened.ok) return opened
      const { value } = opened
      // A stick that takes its time, and one that is pulled out while it is written to.
      return { ok: true, value: { ...value, put: async (name, bytes, signal) => (await slow, pulled(name) ? { ok: false, error: { type: 'StorageUnreachable', retry: 'later' } } : value.put(name, bytes, signal)) } }
    },
    changed: () => undefined,
  })
  closings.push(async () => {
    await carrying.stop()
    await sync.close()
  })
  const status = async (): Promise<CarryStatus> => {
    const answer = await carrying.page.status({})
    if (!answer.ok) throw new Error('no status')
    return answer.value
  }
  const write = async (...objects: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> => {
    for (const { name, bytes } of objects) {
      await store.put(name, bytes)
      sync.wrote(name)
      carrying.wrote(name)
    }
  }
  return {
    sync,
    contact,
    contacts: () => contacts,
    carrying,
    store,
    status,
    write,
    /** Begins and waits for the end; what `begin` said, or how it ended. */
    async carry(address: string, fresh = false): Promise<CarryStatus | string | null> {
      const begun = await carrying.page.begin({ address, fresh })
      if (!begun.ok) return begun.error.type
      return vi.waitUntil(async () => {
        const now = await status()
        return now.running ? null : now
      }, { timeout: 15_000 })
    },
  }
}

describe('3.4 carrying by hand in main', () => {
  it('3.4 brings what two machines without any line wrote to each other on one stick, and says how fresh the other is', async () => {
    const [one, two, stick] = [await machine(await scratch()), await machine(await scratch()), await scratch()]
    await one.write(packOf('pages', 3_000), segmentOf('one.inc', 1, 'a'))
    expect(await one.status()).toMatchObject({ running: false, address: '', at: null, unsent: null, last: null })
    expect(await one.carry(stick)).toBe('MediumNew')
    expect(await readdir(stick)).toEqual([])
    expect(await one.carry(stick, true)).toMatchObject({ address: stick, at: expect.any(Number), unsent: 0, last: { failure: null, sent: 2, received: 0, othersAt: null, left: { objects: 0, bytes: 0 } } })
    await two.write(segmentOf('two.inc', 1, 'b'))
    expect(await two.carry(stick)).toMatchObject({ last: { failure: null, sent: 1, received: 2, othersAt: expect.any(Number), findings: [] } })
    expect(await one.carry(stick)).toMatchObject({ last: { failure: null, sent: 0, received: 1 } })
    expect((await one.store.names()).toSorted()).toEqual((await two.store.names()).toSorted())
  })

  it('4.14 PO-50 a round over the storage that came to its end is a contact, kept over a start; one over a storage that is gone is none; a stick is as new as what others wrote on it', async () => {
    const [folder, share, stick] = [await scratch(), await scratch(), await scratch()]
    const one = await machine(folder)
    await one.write(segmentOf('one.inc', 1, 'a'))
    await one.carry(stick, true)
    expect(await one.contact.last()).toBeNull()
    await one.sync.page.setTarget({ kind: 'folder', address: share })
    await one.sync.reach()
    const reached = await one.contact.last()
    expect([one.contacts(), reached]).toEqual([1, expect.any(Number)])
    await one.sync.close()
    await rm(share, { recursive: true, force: true })
    const again = await machine(folder)
    await again.sync.start()
    await again.sync.reach()
    expect([again.contacts(), await again.contact.last()]).toEqual([0, reached])
    const two = await machine(await scratch())
    await two.write(segmentOf('two.inc', 1, 'b'))
    await two.carry(stick)
    await one.carry(stick)
    expect(await two.contact.last()).not.toBeNull()
    expect(await one.contact.last()).toBeGreaterThan(reached ?? Infinity)
  })

  it('3.4 says that the stick is gone half-way, keeps what is on it, and goes on where it was', async () => {
    let puts = 0
    const one = await machine(await scratch(), { pulled: (name) => name.startsWith(parcelPrefix) && ++puts === 2 })
    const stick = await scratch()
    await one.write(packOf('a', 7_000_000), packOf('b', 7_000_000), segmentOf('one.inc', 1, 'a'))
    const broken = await one.carry(stick, true)
    expect(broken).toMatchObject({ at: null, unsent: 2, last: { failure: 'MediumGone', sent: 1, left: { objects: 2 } } })
    await rename(stick, `${stick}-away`)
    expect(await one.carry(stick)).toBe('MediumGone')
    // The place where it was mounted is still there, and empty: nothing is written into it.
    await mkdir(stick)
    expect(await one.carry(stick)).toBe('MediumNew')
    expect(await readdir(stick)).toEqual([])
    await rm(stick, { recursive: true })
    await rename(`${stick}-away`, stick)
    expect(await one.carry(stick)).toMatchObject({ unsent: 0, last: { failure: null, sent: 2 } })
    const two = await machine(await scratch())
    expect(await two.carry(stick)).toMatchObject({ last: { received: 3, failure: null, findings: [] } })
  })

  it('3.4 knows several sticks again wherever they are plugged in, and what each lacks after a start', async () => {
    const folder = await scratch()
    const one = await machine(folder)
    const [red, blue] = [await scratch(), await scratch()]
    await one.write(segmentOf('one.inc', 1, 'a'))
    await one.carry(red, true)
    await one.write(segmentOf('one.inc', 2, 'a'))
    expect(await one.carry(blue, true)).toMatchObject({ last: { sent: 2 } })
    expect(await one.status()).toMatchObject({ address: blue, unsent: 0 })
    await rename(red, `${red}-elsewhere`)
    expect(await one.carry(`${red}-elsewhere`)).toMatchObject({ last: { sent: 1, failure: null, findings: [] } })
    await rename(`${red}-elsewhere`, red)
    await one.write(segmentOf('one.inc', 3, 'a'))
    const again = await machine(folder)
    await again.carrying.start()
    expect(await again.status()).toMatchObject({ address: `${red}-elsewhere`, at: expect.any(Number), unsent: 1, last: null })
  })

  it('3.4 carries on what came over the network, and sends what came by hand', async () => {
    const [share, stick] = [await scratch(), await scratch()]
    const [far, middle, town] = [await machine(await scratch()), await machine(await scratch()), await machine(await scratch())]
    for (const each of [middle, town]) {
      expect(await each.sync.page.setTarget({ kind: 'folder', address: share })).toEqual({ ok: true, value: null })
      await each.sync.page.now({})
    }
    await far.write(segmentOf('far.inc', 1, 'f'))
    await far.carry(stick, true)
    await middle.carry(stick)
    await middle.sync.page.now({})
    await town.write(segmentOf('town.inc', 1, 't'))
    await town.sync.page.now({})
    expect(await town.store.names()).toContain(segmentOf('far.inc', 1, 'f').name)
    await middle.sync.page.now({})
    expect(await middle.status()).toMatchObject({ unsent: 1 })
    await middle.carry(stick)
    await far.carry(stick)
    expect((await far.store.names()).toSorted()).toEqual((await town.store.names()).toSorted())
  })

  it('3.4 begins nothing while locked, for no folder, or twice', async () => {
    const locked = await machine(await scratch(), { isOpen: false })
    expect(await locked.carry(await scratch(), true)).toBe('SessionLocked')
    const one = await machine(await scratch())
    expect(await one.carry('usb')).toBe('MediumAddressUnusable')
    expect(await one.carry('')).toBe('MediumAddressUnusable')
    const stick = await scratch()
    await one.carry(stick, true)
    let goOn = (): void => undefined
    const slow = new Promise<void>((resolve) => (goOn = resolve))
    const two = await machine(await scratch(), { slow })
    await two.write(packOf('a', 2_000))
    expect(await two.carrying.page.begin({ address: stick, fresh: false })).toEqual({ ok: true, value: null })
    expect(await two.carrying.page.begin({ address: stick, fresh: false })).toMatchObject({ error: { type: 'CarryRunning' } })
    const stopped = two.carrying.page.stop({})
    goOn()
    await stopped
    expect(await two.status()).toMatchObject({ running: false })
  })
})
