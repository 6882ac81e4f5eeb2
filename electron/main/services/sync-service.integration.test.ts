import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeCbor } from '@shared/base/cbor.ts'
import type { Clock } from '@shared/base/ports.ts'
import type { SilenceRule } from '@shared/sync/silence.ts'
import type { Metered, SyncStatus } from '@shared/ipc/contract/sync.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import { epochWrapsToBytes } from '@shared/log/wraps.ts'
import { startApacheDav } from '../../../e2e/servers/apache-dav.ts'
import { openStorage, storageTargetOf } from '../cloud/open-storage.ts'
import { loopbackWire } from '../cloud/testing/loopback-wire.ts'
import { createContact } from './contact.ts'
import { createKeyStore } from './key-store.ts'
import { nodeHost, systemClock } from './node-host.ts'
import { createObjectStore } from './object-store.ts'
import { createProfile, type OsSecret, type ProfileRecord } from './profile.ts'
import { createReplacedNotes } from './replaced-notes.ts'
import { createSyncService } from './sync-service.ts'
import { createTurns } from '@shared/base/turns.ts'
import { createKeyPair } from '@shared/crypto/keys.ts'

const folders: string[] = []
const closings: (() => Promise<void>)[] = []
const osSecret: OsSecret = { seal: async (s) => s.map((b) => b ^ 0x5a), open: async (s) => s.map((b) => b ^ 0x5a) }
const device = { id: 'device1', signing: createKeyPair(nodeHost).privateKey }
const record: ProfileRecord = { v: 1, workspace: 'town0', genesis: 'ab'.repeat(32), kind: 'real', townName: '町', device, rootCertificate: new Uint8Array(1), seats: [] }
/** Rounds happen when the test asks: at once, or with `tick` the one that is due. */
function dueTimers(): Timers & { readonly tick: () => void } {
  let due: (() => void) | null = null
  return { after: (_ms, act) => ((due = act), () => undefined), tick: () => due?.() }
}

afterEach(async () => {
  for (const close of closings.splice(0)) await close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fumibako-sync-'))
  folders.push(folder)
  return folder
}

/** Two machines of one device key: the second is a copy of the first one's profile. */
async function machine(folder: string, isOpen = true, line: Metered = 'unknown', timers: ReturnType<typeof dueTimers> = dueTimers(), { clock = systemClock, silence = null }: { readonly clock?: Clock; readonly silence?: SilenceRule | null } = {}) {
  const profile = createProfile(nodeHost, join(folder, 'workspace'), osSecret)
  if ((await profile.load()) === 'empty') await profile.save(record)
  const store = createObjectStore(join(folder, 'objects'))
  const statuses: SyncStatus[] = []
  let arrivals = 0
  let copies = 0
  const service = createSyncService({
    host: nodeHost,
    clock, silence: () => silence, timers,
    log: { note: () => undefined, defect: (where, thrown) => `${where} ${String(thrown)}` },
    profile,
    keys: createKeyStore(nodeHost, 'os', null),
    storeOf: () => store,
    devices: { keyOf: async () => null }, lost: { notices: async () => [], heard: async () => false }, replaced: createReplacedNotes(profile), lostHere: () => undefined,
    openStorage: (choice, workspace, founding, heard) => openStorage(storageTargetOf(choice, founding), workspace, { fetch: loopbackWire, clock: systemClock, ...heard }),
    isOpen: () => isOpen, contentCame: () => undefined,
    contact: createContact(profile, clock), reached: () => undefined, metered: async () => line,
    inTurn: createTurns(),
    arrived: async () => void (arrivals += 1),
    snapshotCame: async () => undefined,
    copied: async () => void (copies += 1),
    changed: (status) => void statuses.push(status),
  })
  closings.push(() => service.close())
  const status = async (): Promise<SyncStatus> => {
    const answer = await service.page.status({})
    if (!answer.ok) throw new Error('no status')
    return answer.value
  }
  return { service, store, status, statuses, profile, arrivals: () => arrivals, copies: () => copies, async tick(): Promise<void> {
    const before = statuses.length
    timers.tick()
    await expect.poll(() => statuses.slice(before).some((one) => !one.running)).toBe(true)
  } }
}

const wrap = { name: 'k/coll/0', bytes: epochWrapsToBytes({}) }

describe('3.4 sync in main', () => {
  it('3.4 carries objects over a folder, tells who waits for them, and goes on after a start while locked', async () => {
    const share = await scratch()
    const [one, two] = [await machine(await scratch()), await machine(await scratch())]
    await one.store.replace(wrap.name, wrap.bytes)
    expect(await one.service.page.setTarget({ kind: 'folder', address: share })).toEqual({ ok: true, value: null })
    await one.service.page.now({})
    expect(await one.status()).toMatchObject({ target: { address: share }, unsent: 0, failure: null, completeAt: expect.any(Number) })
    expect(await two.service.page.setTarget({ kind: 'folder', address: share })).toEqual({ ok: true, value: null })
    await two.service.page.now({})
    expect(await two.store.get(wrap.name)).toEqual(wrap.bytes)
    expect(two.arrivals()).toBe(1)
    expect(two.statuses.at(-1)?.completeAt).not.toBeNull()
  })

  it('3.4 keeps where to send sealed, and begins there again at the next start without anybody’s PIN', async () => {
    const [share, folder] = [await scratch(), await scratch()]
    const one = await machine(folder)
    await one.service.page.setTarget({ kind: 'folder', address: share })
    await one.service.page.now({})
    await one.service.close()
    const files = await readdir(join(folder, 'workspace'))
    expect(files).toContain('storage.note')
    const note = await one.profile.readNote('storage')
    expect(Buffer.from(note ?? []).includes(share)).toBe(true)
    expect((await readFile(join(folder, 'workspace', 'storage.note'))).includes(share)).toBe(false)
    const again = await machine(folder, false)
    await again.store.replace(wrap.name, wrap.bytes)
    await again.service.start()
    await again.service.page.now({})
    expect(await again.status()).toMatchObject({ target: { address: share }, unsent: 0, failure: null })
  })

  it('3.4 keeps a WebDAV place with its password sealed, tells neither, and begins there again; a wrong password changes nothing', async () => {
    const apache = await startApacheDav()
    closings.push(apache.stop)
    const folder = await scratch()
    const one = await machine(folder)
    const choice = { kind: 'webdav', address: apache.address, user: apache.user, password: apache.password } as const
    expect(await one.service.page.setTarget({ ...choice, password: 'not-it' })).toMatchObject({ ok: false, error: { type: 'StorageRefused' } })
    expect(await one.status()).toMatchObject({ target: null })
    expect(await one.service.page.setTarget(choice)).toEqual({ ok: true, value: null })
    await one.service.page.now({})
    expect((await one.status()).target).toEqual({ kind: 'webdav', address: apache.address })
    expect(JSON.stringify([one.statuses, one.service.place()?.target])).not.toContain(apache.password)
    await one.service.close()
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) expect((await readFile(join(entry.parentPath, entry.name))).includes(apache.password)).toBe(false)
    }
    const again = await machine(folder, false)
    await again.store.replace(wrap.name, wrap.bytes)
    await again.service.start()
    await again.service.page.now({})
    expect(await again.status()).toMatchObject({ target: { kind: 'webdav' }, unsent: 0, failure: null })
  })

  it('3.4 still opens the folder that an earlier version noted', async () => {
    const [share, folder] = [await scratch(), await scratch()]
    const before = await machine(folder)
    await before.profile.writeNote('storage', encodeCbor({ v: 1, id: 'a1', kind: 'folder', address: share }))
    await before.service.start()
    expect((await before.status()).target).toEqual({ kind: 'folder', address: share })
  })

  it('3.11 says at once that something is not sent, before any round looks at it', async () => {
    const one = await machine(await scratch())
    await one.service.page.setTarget({ kind: 'folder', address: await scratch() })
    await one.service.page.now({})
    expect(one.statuses.at(-1)?.unsent).toBe(0)
    one.service.wrote(wrap.name)
    expect(one.statuses.at(-1)?.unsent).toBe(1)
  })

  it('3.11 says that a folder is gone and what is not sent, and heals when it is back', async () => {
    const share = join(await scratch(), 'share')
    await mkdir(share)
    const one = await machine(await scratch())
    await one.service.page.setTarget({ kind: 'folder', address: share })
    await one.service.page.now({})
    await rename(share, `${share}-away`)
    await one.store.replace(wrap.name, wrap.bytes)
    one.service.wrote(wrap.name)
    await one.service.page.now({})
    expect(await one.status()).toMatchObject({ failure: 'StorageUnreachable', unsent: 1 })
    await rename(`${share}-away`, share)
    await one.service.page.now({})
    expect(await one.status()).toMatchObject({ failure: null, unsent: 0, findings: [] })
  })

  it('3.4 says that a synchronised folder holds a conflict copy, until it is gone', async () => {
    const share = await scratch()
    const one = await machine(await scratch())
    await one.store.replace(wrap.name, wrap.bytes)
    await one.service.page.setTarget({ kind: 'folder', address: share })
    await one.service.page.now({})
    const [beacon = ''] = await readdir(join(share, 'z1/town0/b/0'))
    const copy = join(share, 'z1/town0/b/0', `${beacon}-DESKTOP-7`)
    await writeFile(copy, 'what the other one wrote')
    await one.service.page.now({})
    expect(await one.status()).toMatchObject({ failure: null, findings: [{ code: 'conflict-copy', certain: true }] })
    await rm(copy)
    await one.service.page.now({})
    expect(await one.status()).toMatchObject({ failure: null, findings: [] })
  })

  it('3.4 takes no place that cannot be written or read, or while nobody has unlocked', async () => {
    const one = await machine(await scratch())
    for (const [address, type] of [['share', 'StorageAddressUnusable'], [join(await scratch(), 'no', 'such'), 'StorageUnreachable']] as const) {
      expect(await one.service.page.testTarget({ kind: 'folder', address })).toMatchObject({ ok: false, error: { type } })
      expect(await one.service.page.setTarget({ kind: 'folder', address })).toMatchObject({ ok: false, error: { type } })
    }
    expect(await one.status()).toMatchObject({ target: null })
    const locked = await machine(await scratch(), false)
    expect(await locked.service.page.setTarget({ kind: 'folder', address: await scratch() })).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
    const share = await scratch()
    expect(await one.service.page.testTarget({ kind: 'folder', address: share })).toEqual({ ok: true, value: null })
    expect((await readdir(share, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([])
  })

  it('3.5 keeps a pause over a start, sends nothing meanwhile or at the end, and only a person’s own asking breaks it', async () => {
    const [share, folder] = [await scratch(), await scratch()]
    const one = await machine(folder)
    await one.service.page.setTarget({ kind: 'folder', address: share })
    await one.service.page.now({})
    expect(await one.service.page.pause({ paused: true, minutes: null })).toEqual({ ok: true, value: null })
    await one.store.replace(wrap.name, wrap.bytes)
    one.service.wrote(wrap.name)
    expect(await one.status()).toMatchObject({ paused: true, resumesAt: null, nextAt: null, unsent: 1 })
    await one.service.close()
    const again = await machine(folder)
    await again.service.start()
    expect(await again.status()).toMatchObject({ paused: true, nextAt: null, unsent: 1 })
    const stored = (): Promise<number> => readdir(share, { recursive: true }).then((names) => names.filter((name) => /o\/..\/.+/.test(name)).length)
    expect(await stored()).toBe(0)
    await again.service.page.pause({ paused: true, minutes: 60 })
    expect((await again.status()).resumesAt).toBeGreaterThan(Date.now() + 3_500_000)
    await again.service.page.now({})
    expect(await again.status()).toMatchObject({ paused: true, unsent: 0 })
    expect(await stored()).toBe(1)
    await again.service.page.pause({ paused: false, minutes: null })
    expect(await again.status()).toMatchObject({ paused: false, resumesAt: null, nextAt: expect.any(Number) })
  })

  it('3.5 only looks on a line that the system calls metered, tells what waits there, and moves it when a person asks', async () => {
    const share = await scratch()
    const [one, two] = [await machine(await scratch()), await machine(await scratch(), true, 'yes', dueTimers())]
    for (const each of [one, two]) await each.service.page.setTarget({ kind: 'folder', address: share })
    await two.service.page.now({})
    await two.service.page.setLine({ metered: 'told', up: 0, down: 0 })
    await one.store.replace(wrap.name, wrap.bytes)
    one.service.wrote(wrap.name)
    await one.service.page.now({})
    await two.tick()
    expect(await two.status()).toMatchObject({ metered: 'yes', heldBack: true, waiting: expect.any(Number), completeAt: expect.any(Number) })
    expect((await two.status()).waiting).toBeGreaterThan(0)
    expect(await two.store.get(wrap.name)).toBeNull()
    await two.service.page.now({})
    expect(await two.store.get(wrap.name)).toEqual(wrap.bytes)
    expect(await two.status()).toMatchObject({ waiting: 0 })
  })
})

describe('3.2 a copied profile', () => {
  it('3.2 SY-25 is not sure of its lanes until it has read its own beacon, and says once that there is a copy, also after a start', async () => {
    const [share, folder, other] = [await scratch(), await scratch(), await scratch()]
    const one = await machine(folder)
    expect(one.service.isLaneSure()).toBe(true)
    await one.store.replace(wrap.name, wrap.bytes)
    await one.service.page.setTarget({ kind: 'folder', address: share })
    expect(one.service.isLaneSure()).toBe(true)
    await one.service.page.now({})
    await cp(folder, other, { recursive: true })
    const copy = await machine(other)
    await rename(share, `${share}-away`)
    await copy.service.start()
    await copy.service.page.now({})
    expect([copy.service.isLaneSure(), one.service.isLaneSure()]).toEqual([false, true])
    await rename(`${share}-away`, share)
    await copy.service.page.now({})
    expect([copy.service.isLaneSure(), copy.copies()]).toEqual([true, 0])
    for (const [at, machineOf] of [[1, one], [2, copy]] as const) {
      await machineOf.store.replace(wrap.name, epochWrapsToBytes({ [`p${at}`]: { enc: new Uint8Array(1), ct: new Uint8Array(1) } }))
      machineOf.service.wrote(wrap.name)
      await machineOf.service.page.now({})
    }
    await one.service.page.now({})
    expect(one.copies() + copy.copies()).toBe(1)
    const [told, where] = one.copies() > 0 ? [one, folder] : [copy, other]
    expect(await told.status()).toMatchObject({ frozen: false, doubts: [{ code: 'profile-copied', at: expect.any(Number) }] })
    await told.service.close()
    const again = await machine(where)
    await again.service.start()
    await again.service.page.now({})
    expect([again.copies(), again.service.isLaneSure()]).toEqual([0, true])
    expect((await again.status()).doubts).toHaveLength(1)
  })
})

describe('3.12 a folder that misleads', () => {
  it('3.12 put back for one reader is told at the third poll, also after a start, and ends when a person looked into it', async () => {
    const [share, folder] = [await scratch(), await scratch()]
    const [one, two] = [await machine(await scratch()), await machine(folder)]
    const target = { kind: 'folder', address: share } as const
    await one.store.replace(wrap.name, wrap.bytes)
    await one.service.page.setTarget(target)
    await one.service.page.now({})
    const yesterday = await scratch()
    await cp(share, yesterday, { recursive: true })
    await one.store.replace(wrap.name, epochWrapsToBytes({ anna: { enc: new Uint8Array(1), ct: new Uint8Array(1) } }))
    one.service.wrote(wrap.name)
    await one.service.page.now({})
    await two.service.page.setTarget(target)
    await two.service.page.now({})
    await rename(share, `${share}-truth`)
    folders.push(`${share}-truth`)
    await cp(yesterday, share, { recursive: true })
    const frozen: boolean[] = []
    for (let poll = 0; poll < 3; poll++) {
      await two.service.page.now({})
      frozen.push(two.service.isFrozen())
    }
    expect(frozen).toEqual([false, false, true])
    expect(await two.status()).toMatchObject({ frozen: true, doubts: [{ code: 'beacon-rolled-back', at: expect.any(Number) }] })
    await two.service.close()
    const again = await machine(folder)
    await again.service.start()
    expect(again.service.isFrozen()).toBe(true)
    await again.service.page.now({})
    expect(again.service.doubts()).toEqual([{ code: 'beacon-rolled-back', at: expect.any(Number) }])
    expect(await again.service.settle()).toEqual({ ok: true, value: null })
    await again.service.page.now({})
    expect(await again.status()).toMatchObject({ frozen: false, doubts: [], findings: [] })
    expect(again.service.doubts()).toEqual([])
  })
})

describe('3.12 a folder that shows nothing new to anybody', () => {
  it('3.12 SY-48 F23 freezes what is decided after the policy’s hours of work, also after a start, until a person looked into it or somebody is heard', async () => {
    const [share, folder] = [await scratch(), await scratch()]
    let now = Date.parse('2026-10-01T00:00:00.000Z')
    const options = { clock: { now: () => now }, silence: { hours: 24, others: 3 } }
    const [one, two] = [await machine(await scratch()), await machine(folder, true, 'unknown', dueTimers(), options)]
    for (const each of [one, two]) await each.service.page.setTarget({ kind: 'folder', address: share })
    await one.service.page.now({})
    const work = async (hours: number): Promise<void> => {
      const until = now + hours * 3_600_000
      for (; now < until; now += 300_000) await two.service.page.now({})
    }
    await work(3)
    now += 22 * 3_600_000
    await work(0.5)
    expect([two.service.isFrozen(), two.service.doubts()]).toEqual([false, []])
    await work(1)
    expect([two.service.isFrozen(), two.service.doubts().map(({ code }) => code)]).toEqual([true, ['silent']])
    await two.service.close()

    const again = await machine(folder, true, 'unknown', dueTimers(), options)
    await again.service.start()
    expect(again.service.isFrozen()).toBe(true)
    await again.service.page.now({})
    await again.service.settle()
    for (let poll = 0; poll < 3; poll++) await again.service.page.now({})
    expect([again.service.isFrozen(), (await again.status()).findings]).toEqual([false, []])
    await one.store.replace(wrap.name, wrap.bytes)
    one.service.wrote(wrap.name)
    await one.service.page.now({})
    await again.service.page.now({})
    expect([again.service.isFrozen(), again.service.doubts()]).toEqual([false, []])
  })
})

describe('3.12 a folder that is swapped or emptied', () => {
  it('3.12 another town’s folder takes nothing and costs nothing, and an emptied one is filled again from the machines', async () => {
    const share = await scratch()
    const [one, two] = [await machine(await scratch()), await machine(await scratch())]
    const poll = async (of: typeof one): Promise<SyncStatus> => {
      for (let round = 0; round < 3; round++) await of.service.page.now({})
      return of.status()
    }
    const calm = { frozen: false, doubts: [], findings: [], missing: 0, strangers: 0, unsent: 0, failure: null, completeAt: expect.any(Number) }
    const wrapOf = (person: string) => epochWrapsToBytes({ [person]: { enc: new Uint8Array(1), ct: new Uint8Array(1) } })
    const target = { kind: 'folder', address: share } as const
    for (const [at, of] of [one, two].entries()) {
      await of.store.replace(`k/coll${at}/0`, wrapOf(`p${at}`))
      await of.service.page.setTarget(target)
      await of.service.page.now({})
    }
    expect(await poll(one)).toMatchObject(calm)
    expect(await poll(two)).toMatchObject(calm)
    const [own] = await readdir(join(share, 'z1'))
    await rename(join(share, 'z1', own!), join(share, 'z1', 'othertown'))
    expect(await poll(one)).toMatchObject({ frozen: true, doubts: expect.arrayContaining([{ code: 'storage-emptied', at: expect.any(Number) }]) })
    expect(await readdir(join(share, 'z1'))).toEqual(['othertown'])
    await rename(join(share, 'z1', 'othertown'), join(share, 'z1', own!))
    await poll(one)
    await one.service.settle()
    expect(await one.status()).toMatchObject(calm)
    for (const part of await readdir(join(share, 'z1', own!))) await rm(join(share, 'z1', own!, part), { recursive: true })
    expect(await poll(one)).toMatchObject({ frozen: true })
    await one.service.page.setTarget(target)
    await one.service.page.now({})
    // Choosing anew fills it again; that somebody looked into it is said on its own.
    expect(await one.status()).toMatchObject({ ...calm, frozen: true, doubts: expect.arrayContaining([{ code: 'storage-emptied', at: expect.any(Number) }]) })
    await one.service.settle()
    expect(await one.status()).toMatchObject(calm)
    expect((await poll(two)).doubts.map(({ code }) => code)).toContain('own-beacon-lost')
    await two.service.settle()
    expect(await poll(two)).toMatchObject(calm)
    expect(await poll(one)).toMatchObject(calm)
    const fresh = await machine(await scratch())
    await fresh.service.page.setTarget(target)
    await fresh.service.page.now({})
    for (const at of [0, 1]) expect(await fresh.store.get(`k/coll${at}/0`)).toEqual(wrapOf(`p${at}`))
  })
})
