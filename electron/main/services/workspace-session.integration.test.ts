import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { ok } from '@shared/base/result.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { takeObject } from '@shared/sync/take-object.ts'
import { createObjectStore } from './object-store.ts'
import { clearAway, commitRequest, device, founded, openVault, people, pin, seats } from './testing/session-device.ts'

afterEach(clearAway)

describe('the session of a device', () => {
  it('3.12 decides nothing while the storage misleads it, and drafts and unlocks all the same', async () => {
    let frozen = true
    const { session, clock } = await device({ frozen: () => frozen })
    await founded(session)
    const [seat] = await seats(session)
    expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    const vault = await openVault(session)
    const seq = 2
    const own = await commitRequest(vault, clock, seq, 'session.unlock', { session: vault.session })
    const put = await commitRequest(vault, clock, seq, 'section.put', { id: 's', name: 's', nameEn: 's' })
    expect(await session.vault.journal.commit(put.request)).toEqual({ ok: false, error: { type: 'StorageDoubted', retry: 'later' } })
    expect(await session.vault.consent.request({ events: [eventToBytes(put.event)], title: 't', facts: [], warnings: [] })).toEqual({ ok: false, error: { type: 'StorageDoubted', retry: 'later' } })
    expect(await session.vault.journal.commit(own.request)).toMatchObject({ ok: true })
    frozen = false
    const again = await commitRequest(vault, clock, seq + 1, 'section.put', { id: 's', name: 's', nameEn: 's' })
    expect(await session.vault.journal.commit(again.request)).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
  })

  it('3.2 JU-32 locks whoever sits in a lane of which two segments of one number are here, and begins another lane', async () => {
    const first = await device()
    await founded(first.session)
    await first.session.lock('quit')
    const folder = await mkdtemp(join(tmpdir(), 'fumibako-'))
    await cp(first.folder, folder, { recursive: true })
    const copy = await device({ folder })
    const [seat] = await seats(first.session)
    const lanes: string[] = []
    for (const { session, clock } of [first, copy]) {
      expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
      const vault = await openVault(session)
      lanes.push(vault.lane)
      expect(await session.vault.journal.commit((await commitRequest(vault, clock, 2, 'session.unlock', { session: vault.session })).request)).toMatchObject({ ok: true })
    }
    expect(lanes[0]).toBe(lanes[1])
    const [workspace = ''] = await readdir(join(folder, 'objects', 'z1'))
    const [here, there] = [first.folder, folder].map((at) => createObjectStore(join(at, 'objects', 'z1', workspace)))
    for (const name of await there!.names()) expect((await takeObject(here!, { name, bytes: (await there!.get(name)) as Uint8Array })).ok).toBe(true)
    await first.session.arrived()
    expect(await first.session.page.session.status({})).toMatchObject({ ok: true, value: { state: 'locked' } })
    expect(await first.session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    const opened = await openVault(first.session)
    expect(opened.lane).not.toBe(lanes[0])
    // What was set aside does not stand in the way of the next one.
    expect(await first.session.vault.journal.commit((await commitRequest(opened, first.clock, 1, 'session.unlock', { session: opened.session })).request)).toMatchObject({ ok: true })
    expect((await first.session.vault.journal.beside({ collection: collectionZero })).ok).toBe(true)
    // At the copy, which has not heard of it, what lies beside its lane is enough for another one.
    for (const name of await here!.names()) await takeObject(there!, { name, bytes: (await here!.get(name)) as Uint8Array })
    await copy.session.lock('person')
    expect(await copy.session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    expect((await openVault(copy.session)).lane).not.toBe(lanes[1])
  })

  it('3.2 SY-25 begins a new incarnation where a copy of the profile may be at work, and keeps it afterwards', async () => {
    let sure = true
    const { session } = await device({ sure: () => sure })
    await founded(session)
    const [seat] = await seats(session)
    const laneNow = async (): Promise<string> => {
      await session.lock('person')
      expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
      return (await openVault(session)).lane
    }
    const first = await laneNow()
    expect(await laneNow()).toBe(first)
    sure = false
    const second = await laneNow()
    expect(second).not.toBe(first)
    expect(second.split('.')[0]).toBe(first.split('.')[0])
    sure = true
    expect(await laneNow()).toBe(second)
    await session.renewLanes()
    expect(await session.vault.vault.open({})).toMatchObject({ error: { type: 'SessionLocked' } })
    expect([first, second]).not.toContain(await laneNow())
  })

  it('2.8 opens a seat with its PIN and slows wrong PINs down, also after a restart', async () => {
    const { session, folder, advance } = await device()
    expect((await founded(session)).ok).toBe(true)
    const [seat] = await seats(session)
    for (let i = 0; i < 3; i++) expect(await session.page.session.unlock({ seat: seat!.seat, pin: '000000' })).toMatchObject({ ok: false, error: { type: 'WrongPin' } })
    expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toMatchObject({ ok: false, error: { type: 'TryLater' } })
    const again = await device({ folder })
    expect(await again.session.page.session.unlock({ seat: seat!.seat, pin })).toMatchObject({ ok: false, error: { type: 'TryLater' } })
    advance(5 * 60 * 1000)
    expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
    expect(await session.page.session.status({})).toMatchObject({ value: { state: 'unlocked', seat: { seat: seat!.seat } } })
    await session.lock('person')
    expect(await session.vault.vault.open({})).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
  })

  it('2.18 keeps what it judged at an unlock, and judges again when that is damaged or gone', async () => {
    const { session, folder } = await device()
    await founded(session)
    const [seat] = await seats(session)
    const file = join(folder, 'workspace', 'seats', `${seat!.seat}.checkpoint`)
    const unlock = async () => {
      expect(await session.page.session.unlock({ seat: seat!.seat, pin })).toEqual(ok(null))
      const { epochKeys } = await openVault(session)
      await session.lock('person')
      return epochKeys.length
    }
    const collections = await unlock()
    const kept = await readFile(file)
    expect(await unlock()).toBe(collections)
    expect(await readFile(file)).toEqual(kept)
    await writeFile(file, kept.subarray(0, kept.length - 1))
    expect(await unlock()).toBe(collections)
    expect((await readFile(file)).length).toBe(kept.length)
    await rm(file)
    expect(await unlock()).toBe(collections)
    expect((await readFile(file)).length).toBe(kept.length)
  })

  it('2.8 needs the operating system secret as well as the PIN', async () => {
    const { session, folder } = await device()
    await founded(session)
    const [seat] = await seats(session)
    const elsewhere = await device({ folder, os: { seal: async (s) => s, open: async () => null } })
    expect(await elsewhere.session.page.session.unlock({ seat: seat!.seat, pin })).toMatchObject({ ok: false, error: { type: 'KeystoreChanged' } })
  })

  it('2.8 without a keystore makes a practice workspace only', async () => {
    const { session } = await device({ os: null })
    expect(await founded(session, 'real')).toMatchObject({ ok: false, error: { type: 'KeystoreMissing' } })
    expect((await founded(session, 'practice')).ok).toBe(true)
  })

  it('2.8 leaves no name and no PIN readable in any file of the profile', async () => {
    const { session, folder } = await device()
    await founded(session)
    const needles = [pin, ...sampleTown.people.map((p) => p.familyName), ...sampleTown.positions.map((p) => p.title), sampleTown.town.name].filter((text) => text.length > 1)
    let scanned = 0
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const bytes = await readFile(join(entry.parentPath, entry.name))
      scanned += bytes.length
      for (const needle of needles) {
        expect(bytes.includes(Buffer.from(needle, 'utf8'))).toBe(false)
        expect(bytes.includes(Buffer.from(needle, 'utf16le'))).toBe(false)
      }
    }
    expect(scanned).toBeGreaterThan(50_000)
  })

  it('2.8 one person at the same machine cannot open the other with the profile and one PIN', async () => {
    const { session } = await device()
    await founded(session)
    const [a, b] = await seats(session)
    await session.page.session.unlock({ seat: a!.seat, pin })
    expect(await session.page.session.changePin({ current: pin, next: 'another-pin-1' })).toEqual(ok(null))
    const mine = await openVault(session)
    expect(await session.page.session.unlock({ seat: b!.seat, pin: 'another-pin-1' })).toMatchObject({ ok: false, error: { type: 'WrongPin' } })
    expect(await session.page.session.unlock({ seat: b!.seat, pin })).toEqual(ok(null))
    const theirs = await openVault(session)
    expect(theirs.viewKey).not.toEqual(mine.viewKey)
    expect(theirs.lane).not.toBe(mine.lane)
  })

  it('2.7 the gate signs nothing that needs consent without one, and lets exactly the confirmed event pass once', async () => {
    const { session, clock } = await device()
    await founded(session)
    const admin = sampleTown.grants.find((g) => g.role === 'admin')?.person
    const all = await seats(session)
    for (const seat of all) {
      await session.page.session.unlock({ seat: seat.seat, pin })
      if ((await openVault(session)).person === admin) break
      await session.lock('person')
    }
    const vault = await openVault(session)
    const seq = 2
    const strict = await commitRequest(vault, clock, seq, 'grant.put', { ...sampleTown.grants[0], id: 'grant-new' })
    expect(await session.vault.journal.commit(strict.request)).toMatchObject({ ok: false, error: { type: 'ConsentMissing', act: 'grant.put' } })
    const consent = await session.vault.consent.request({ events: [eventToBytes(strict.event)], title: '権限の付与', facts: [], warnings: [] })
    expect(consent).toMatchObject({ ok: true })
    // A mark bears today or a day before it that exists.
    const signature = (dated: string) => ({ pdf: new Uint8Array([1]), signature: { file: new Uint8Array([1, 2]), field: 'f', dated } })
    for (const dated of ['2999-01-01', '2026-02-30', 'x']) expect(await session.vault.consent.request({ events: [eventToBytes(strict.event)], title: '権限の付与', facts: [], warnings: [], ...signature(dated) })).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'mark-date' } })
    const other = await commitRequest(vault, clock, seq, 'grant.put', { ...sampleTown.grants[0], id: 'grant-other' })
    expect(await session.vault.journal.commit(other.request)).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
    const done = await session.vault.journal.commit(strict.request)
    expect(done).toMatchObject({ ok: true })
    expect(await session.vault.journal.commit({ ...strict.request, seq: seq + 1 })).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
    expect(await session.vault.journal.commit(strict.request)).toMatchObject({ ok: false, error: { type: 'LaneMoved' } })
  })

  it('2.10 every administrator can make a seat for a colleague at this machine, who then opens it with a PIN of their own', async () => {
    const admins = sampleTown.grants.filter((grant) => grant.collection === null && grant.role === 'admin').map((grant) => grant.person)
    const { session, clock } = await device()
    await founded(session, 'real', admins)
    const newcomers = sampleTown.people.filter((p) => p.employment === 'regular' && !people.includes(p.id) && !admins.includes(p.id))
    const laneOf = new Map<string, string>()
    for (const seat of await seats(session)) {
      await session.page.session.unlock({ seat: seat.seat, pin })
      const vault = await openVault(session)
      laneOf.set(vault.person, vault.lane)
      await session.lock('person')
    }
    const known: Record<string, number> = { [laneOf.get(admins[0] ?? '') ?? '']: 1 }
    for (const [at, admin] of admins.entries()) {
      const name = (person: string) => sampleTown.people.filter((p) => p.id === person).map((p) => `${p.familyName} ${p.givenName}`)[0]
      const own = (await seats(session)).find((s) => s.name === name(admin))
      expect(await session.page.session.unlock({ seat: own!.seat, pin })).toEqual(ok(null))
      const newcomer = newcomers[at]!.id
      const lane = laneOf.get(admin) ?? ''
      const seq = (known[lane] ?? 0) + 1
      const enrolled = await session.vault.seats.enrol({ person: newcomer, seq, hlc: createHybridClock(clock).tick(), authority: { ...known } })
      expect(enrolled).toMatchObject({ ok: true })
      known[lane] = seq
      await session.lock('person')
      const tile = (await seats(session)).find((s) => s.name === name(newcomer))
      expect(await session.page.session.unlock({ seat: tile!.seat, pin })).toEqual(ok(null))
      expect((await openVault(session)).person).toBe(newcomer)
      await session.lock('person')
    }
  })

  it('3.1 a blank town begins with two administrators, each with a PIN of their own', async () => {
    const { session } = await device({ os: null })
    const admin = { familyName: '山', givenName: '花', reading: 'ヤマ ハナ', positionTitle: '総務課長' }
    const second = { familyName: '川', givenName: '光', reading: 'カワ ヒカル', positionTitle: '情報係長', pin: 'かわの音-2026' }
    const blank = { kind: 'practice' as const, start: 'blank' as const, townName: '新町', admin, seats: [], pin }
    expect(await session.page.setup.createWorkspace({ ...blank, second: { ...second, pin: '12' } })).toMatchObject({ ok: false, error: { type: 'PinTooShort' } })
    expect(await session.page.setup.createWorkspace({ ...blank, second })).toMatchObject({ ok: true })
    const [one, two] = await seats(session)
    expect([one?.name, two?.name]).toEqual(['山 花', '川 光'])
    expect(await session.page.session.unlock({ seat: two!.seat, pin })).toMatchObject({ ok: false, error: { type: 'WrongPin' } })
    expect(await session.page.session.unlock({ seat: two!.seat, pin: second.pin })).toEqual(ok(null))
    expect((await openVault(session)).person).toBe('person-2')

    expect(await session.page.session.unlock({ seat: one!.seat, pin })).toEqual(ok(null))
    expect((await openVault(session)).person).toBe('person-1')
  })
})
