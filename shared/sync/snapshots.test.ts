import { describe, expect, it } from 'vitest'
import { createBeacon, parseBeacon, type ParcelEntry } from '../log/beacon.ts'
import { beaconName, beaconPrefix, parcelName, snapshotPlace } from '../log/names.ts'
import { createParcel, largestParcelBytes, storedSize, type NamedObject } from '../log/parcel.ts'
import { deviceSigner, segmentOf, seededHost, snapshotOf, workspace } from './testing/machine.ts'
import { bent, createTown, names, stored, type Town } from './testing/town.ts'

const records = (seat: string, n: number, size = 400): readonly NamedObject[] => Array.from({ length: n }, (_, i) => segmentOf(`${seat}.inc`, i + 1, `${seat}${i}`, size))

function listed(town: Town): readonly { readonly sha256: string; readonly records: number }[] {
  return stored(town, beaconPrefix).flatMap((name) => (parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.parcels ?? []).flatMap(({ sha256, snapshot }) => (snapshot ? [{ sha256, records: snapshot.records }] : [])))
}

/** A new machine's round where somebody holds out a parcel of these objects as one snapshot, and much else. */
async function heldOut(objects: readonly NamedObject[], over: Partial<ParcelEntry> = {}) {
  const town = createTown()
  const one = town.machine('one')
  one.write(...records('a', 40))
  await one.round()
  const { index, bytes } = await createParcel(seededHost('liar'), workspace, objects)
  const entry: ParcelEntry = { sha256: index.sha256, index: index.bytes.length, size: storedSize(index), snapshot: { of: 'coll', records: 40 }, ...over }
  const absent = Array.from({ length: 3 }, (_, i): ParcelEntry => ({ sha256: `0${i}`.repeat(32), index: 100, size: largestParcelBytes }))
  town.storage.objects.set(parcelName(entry.sha256), bytes)
  town.storage.objects.set(beaconName('theirs'), await createBeacon({ workspace, publisher: 'theirs', device: 'liar', serial: 1, at: 1, parcels: [entry, ...absent], seen: {}, wants: [] }, deviceSigner('liar')))
  const order: string[] = []
  const fresh = town.machine('fresh', (storage) => ({ ...storage, get: async (name, ...rest) => (order.push(name), storage.get(name, ...rest)) }))
  await fresh.round()
  return { fresh, order, entry }
}

describe('3.8 snapshots on a storage', () => {
  it('3.8 SY-100 SY-102 a new machine has the furthest snapshot of a collection before its records, and is told then', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(...records('a', 40), snapshotOf(40))
    await one.round()
    const order: string[] = []
    const fresh = town.machine('fresh', (storage) => ({ ...storage, get: async (name, ...rest) => (order.push(name), storage.get(name, ...rest)) }))
    const report = await fresh.round()
    expect(report).toMatchObject({ failure: null, missing: [], suspicions: [] })
    expect(report.completeAt).not.toBeNull()
    const [snapshot] = listed(town)
    expect(order.filter((name) => name.startsWith('o/'))[0]).toBe(parcelName(snapshot?.sha256 ?? ''))
    expect(names(fresh)).toEqual(names(one))
  })

  it('3.8 SY-101 a publisher holds out one snapshot of each collection: the furthest; the others are in no list any more', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(...records('a', 10), snapshotOf(10), snapshotOf(3, '', 200, 'other'))
    await one.round()
    one.write(snapshotOf(40))
    await one.round()
    one.write(snapshotOf(20))
    const last = await one.round()
    expect(listed(town).map(({ records: n }) => n).sort()).toEqual([3, 40])
    expect(last.unsent).toBe(0)
    one.restart()
    await one.round()
    expect(listed(town).map(({ records: n }) => n).sort()).toEqual([3, 40])
  })

  it('3.8 SY-102 of several that are held out the furthest comes, whoever holds it out', async () => {
    for (const [first, second] of [[30, 40], [40, 30]] as const) {
      const town = createTown()
      const [one, two] = [town.machine('one'), town.machine('two')]
      one.write(...records('a', 40))
      await one.round()
      await two.round()
      one.write(snapshotOf(first))
      two.write(snapshotOf(second))
      await Promise.all([one.round(), two.round()])
      const fresh = town.machine('fresh')
      await fresh.round()
      expect(names(fresh).filter((name) => snapshotPlace(name))).toEqual([snapshotOf(40).name])
      expect(Object.fromEntries(await fresh.engine().covered())).toEqual({ coll: 40 })
    }
  })

  it('3.8 SY-102 who lacks little, or has all, fetches no snapshot', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    one.write(...records('a', 20))
    await one.round()
    await two.round()
    one.write(segmentOf('a.inc', 21, 'x'), snapshotOf(21, '', 20_000))
    await one.round()
    await two.round()
    expect(names(two).filter((name) => snapshotPlace(name))).toEqual([])
    expect(Object.fromEntries(await two.engine().covered())).toEqual({ coll: 21 })
  })

  it('3.8 SY-103 one that is gone, cut, altered or no snapshot costs its bytes: the records come, nothing is suspected and nothing waited for', async () => {
    for (const bend of ['gone', 'cut', 'altered'] as const) {
      const town = createTown()
      const one = town.machine('one')
      one.write(...records('a', 40), snapshotOf(40))
      await one.round()
      const name = parcelName(listed(town)[0]?.sha256 ?? '')
      const whole = town.storage.objects.get(name) as Uint8Array
      if (bend === 'gone') town.storage.objects.delete(name)
      else town.storage.objects.set(name, bend === 'cut' ? whole.slice(0, whole.length / 2) : whole.map((byte, i) => (i === 400 ? byte ^ 1 : byte)))
      const fresh = town.machine('fresh')
      const report = await fresh.round()
      expect([bend, report.suspicions, report.missing, report.completeAt !== null]).toEqual([bend, [], [], true])
      expect(names(fresh)).toEqual(names(one).filter((other) => !snapshotPlace(other)))
    }
  })

  it('3.8 SY-103 of what is held out as a snapshot only one object of its own name and form gets a name here', async () => {
    const [good, other] = [snapshotOf(40), snapshotOf(41)]
    const taken = async (...objects: readonly NamedObject[]): Promise<readonly string[]> => {
      const { fresh } = await heldOut(objects)
      return names(fresh).filter((name) => !name.startsWith('j/coll/a.'))
    }
    expect(await taken(good)).toEqual([good.name])
    expect(await taken({ name: other.name, bytes: good.bytes })).toEqual([])
    expect(await taken(segmentOf('x.inc', 1, 'x'))).toEqual([])
    expect(await taken(good, other)).toEqual([])
  })

  it('3.8 SY-103 what cannot be a parcel is not asked for', async () => {
    const asked = async (over: Partial<ParcelEntry>): Promise<boolean> => {
      const { order, entry } = await heldOut([snapshotOf(40)], over)
      return order.includes(parcelName(entry.sha256))
    }
    expect(await asked({})).toBe(true)
    expect(await asked({ size: largestParcelBytes + 1 })).toBe(false)
    expect(await asked({ index: 900, size: 899 })).toBe(false)
  })

  it('3.8 SY-104 two machines that write one at the same time do no harm: one of them is fetched', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    one.write(...records('a', 40))
    await one.round()
    await two.round()
    one.write(snapshotOf(40, 'one'))
    two.write(snapshotOf(40, 'two'))
    await Promise.all([one.round(), two.round()])
    const fresh = town.machine('fresh')
    expect((await fresh.round()).completeAt).not.toBeNull()
    expect(names(fresh).filter((name) => snapshotPlace(name))).toHaveLength(1)
    for (const machine of [one, two, fresh]) expect((await machine.round()).suspicions).toEqual([])
  })

  it('3.8 SY-105 a snapshot that gave way to a later one on this disk is not missed, and is never put together with records', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(...records('a', 40), snapshotOf(40))
    await one.round()
    const fresh = town.machine('fresh')
    await fresh.round()
    for (const name of names(fresh)) if (snapshotPlace(name)) fresh.disk.objects.delete(name)
    fresh.restart()
    const again = await fresh.round()
    expect(again.requests).toBeLessThanOrEqual(2)
    expect(again.completeAt).not.toBeNull()
    for (let n = 41; n < 80; n++) {
      one.write(segmentOf('a.inc', n, `more ${n}`), snapshotOf(n))
      await one.round()
    }
    expect(listed(town).map(({ records: r }) => r)).toEqual([79])
  })

  it('3.14 SY-105 a snapshot that a later one took the place of is held out by nobody who has it', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(...records('a', 40), snapshotOf(40))
    await one.round()
    const fresh = town.machine('fresh')
    await fresh.round()
    expect(names(fresh)).toContain(snapshotOf(40).name)
    one.write(segmentOf('a.inc', 41, 'x'), snapshotOf(41, '', 20_000))
    await one.round()
    for (let round = 0; round < 3; round++) await fresh.round({ thorough: true })
    expect(listed(town).map(({ records: n }) => n)).toEqual([41])
  })

  it('3.8 SY-103 where the line breaks while it comes, the next round goes on', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(...records('a', 40), snapshotOf(40))
    await one.round()
    const scene = bent()
    const fresh = town.machine('fresh', scene.through)
    scene.bend = { get: async (name, ...rest) => (name.startsWith('o/') ? { ok: false, error: { type: 'StorageUnreachable', retry: 'later' } } : town.storage.get(name, ...rest)) }
    expect((await fresh.round()).failure?.type).toBe('StorageUnreachable')
    scene.bend = {}
    expect((await fresh.round()).completeAt).not.toBeNull()
    expect(names(fresh)).toEqual(names(one))
  })
})
