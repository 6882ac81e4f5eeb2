import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createBeacon, parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelName, snapshotName } from '../log/names.ts'
import { openIndex, storedSize } from '../log/parcel.ts'
import { createRemoval, parseRemoval } from '../log/removal.ts'
import { deviceSigner, epochWrapsOf, segmentOf, workspace } from './testing/machine.ts'
import { bent, codes, contents, createTown, names, stored, type Machine, type Town } from './testing/town.ts'

const day = 24 * 60 * 60 * 1000

function listed(town: Town): ReadonlySet<string> {
  return new Set(stored(town, beaconPrefix).flatMap((name) => (parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.parcels ?? []).map(({ sha256 }) => parcelName(sha256))))
}

/** Parcels that nobody lists. */
function litter(town: Town): readonly string[] {
  return stored(town, 'o/').filter((name) => !listed(town).has(name))
}

/** So many small edits, each sent by itself, then a rest in which they are put together. */
async function edits(machine: Machine, from: number, count = 16): Promise<void> {
  for (let n = from; n < from + count; n++) {
    machine.write(segmentOf('a.inc', n, `edit ${n}`))
    await machine.round()
  }
  await machine.round()
}

async function thorough(...machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) expect(await machine.round({ thorough: true })).toMatchObject({ failure: null, suspicions: [] })
}

/** Two machines over one storage, where the first one’s small parcels were put together. */
async function littered(through?: Parameters<Town['machine']>[1]) {
  const town = createTown()
  const [one, two] = [town.machine('one', through), town.machine('two')]
  one.write(epochWrapsOf(['p']))
  two.write(segmentOf('t.inc', 1, 'unlocked'))
  await two.round()
  await edits(one, 1)
  await thorough(two)
  expect(litter(town).length).toBeGreaterThanOrEqual(16)
  return { town, one, two }
}

/** As `littered`, with what lies about written down, and everybody heard 31 days later: the next thorough round of the first takes it away. */
async function ripe(through?: Parameters<Town['machine']>[1]) {
  const scene = await littered(through)
  await thorough(scene.one, scene.two)
  scene.town.clock.advance(31 * day)
  await thorough(scene.two)
  return scene
}

describe('3.8 clearing away', () => {
  it('3.8 SY-110 SY-112 SY-113 takes away what was put together, signed and written down before, after 30 days and when every machine has read a list without it', async () => {
    const { town, one, two } = await littered()
    const before = litter(town)
    await thorough(one)
    const [manifest] = stored(town, 'd/')
    expect(parseRemoval(town.storage.objects.get(manifest ?? '') as Uint8Array)?.removal.parcels.map(parcelName).sort()).toEqual([...before].sort())
    town.clock.advance(29 * day)
    await thorough(two, one)
    expect(litter(town)).toEqual(before)
    town.clock.advance(2 * day)
    await thorough(two, one)
    expect(litter(town)).toEqual([])
    expect(stored(town, 'd/')).toEqual([])
    await thorough(two, one)
    const fresh = town.machine('fresh')
    await thorough(fresh)
    expect(contents(fresh)).toEqual(contents(one))
    for (const machine of [one, two, fresh]) {
      machine.restart()
      expect((await machine.round()).completeAt).not.toBeNull()
    }
  })

  it('3.8 SY-113 a machine that was away six weeks is waited for: it comes back, loses nothing and brings nothing back', async () => {
    const { town, one, two } = await littered()
    await thorough(one)
    const before = litter(town)
    town.clock.advance(42 * day)
    await edits(one, 17)
    await thorough(one)
    expect(before.filter((name) => !town.storage.objects.has(name))).toEqual([])
    two.write(segmentOf('b.inc', 1, 'written on the way'))
    await thorough(two, one, two)
    expect(contents(two)).toEqual(contents(one))
    expect(before.filter((name) => town.storage.objects.has(name))).toEqual([])
    const since = litter(town)
    town.clock.advance(31 * day)
    await thorough(two, one, two, one)
    expect(since.filter((name) => town.storage.objects.has(name))).toEqual([])
    expect(contents(two)).toEqual(contents(one))
  })

  it('3.8 SY-113 one that was away ten weeks is waited for no more, and has everything all the same', async () => {
    const { town, one, two } = await littered()
    await thorough(one)
    await edits(one, 17)
    town.clock.advance(70 * day)
    await thorough(one)
    expect(litter(town).length).toBeLessThan(20)
    two.restart()
    await thorough(two)
    expect(contents(two)).toEqual(contents(one))
    await thorough(one, two)
    expect(litter(town).filter((name) => !stored(town, 'o/').includes(name))).toEqual([])
  })

  it('3.8 SY-115 SY-116 takes nothing that anybody lists or asks for, and nothing of which it cannot prove that it lies elsewhere', async () => {
    const { town, one } = await ripe()
    const [heldOut = '', wanted = '', unproven = ''] = litter(town)
    const sha = (name: string): string => name.slice(-64)
    const name = beaconOf(town, 'two')
    const { beacon } = parseBeacon(town.storage.objects.get(name) as Uint8Array) ?? expect.fail('a beacon')
    const index = openIndex(workspace, town.storage.objects.get(heldOut) as Uint8Array) ?? expect.fail('an index')
    const entry = { sha256: sha(heldOut), index: index.bytes.length, size: storedSize(index) }
    town.storage.objects.set(name, await createBeacon({ ...beacon, serial: beacon.serial + 1, parcels: [...beacon.parcels, entry], wants: [sha(wanted)] }, deviceSigner('two')))
    for (const note of one.notes.keys()) if (note.endsWith(sha(unproven))) one.notes.set(note, new Uint8Array())
    one.restart()
    // What is asked for is put again first.
    await thorough(one, one)
    expect(stored(town, 'o/')).toEqual(expect.arrayContaining([heldOut, wanted, unproven]))
    expect([...litter(town)].sort()).toEqual([wanted, unproven].sort())
    for (const listedName of listed(town)) expect(town.storage.objects.has(listedName)).toBe(true)
  })

  it('3.8 SY-116 takes nothing while what it was put together into does not come back whole: that goes out anew first', async () => {
    for (const how of ['gone', 'spoilt'] as const) {
      const { town, one, two } = await ripe()
      const before = litter(town)
      const whole = [...listed(town)].map((name) => [name, town.storage.objects.get(name)] as const).sort(([, a], [, b]) => (b?.length ?? 0) - (a?.length ?? 0))[0] ?? expect.fail('a parcel')
      if (how === 'gone') town.storage.objects.delete(whole[0])
      else town.storage.objects.set(whole[0], whole[1]?.map((byte, i) => (i === openIndex(workspace, whole[1] ?? new Uint8Array())?.items[0]?.at ? byte ^ 1 : byte)) ?? new Uint8Array())
      expect(codes(await one.round({ thorough: true }))).toEqual([how === 'gone' ? 'parcel-missing?' : 'parcel-damaged?'])
      expect([how, before.every((name) => town.storage.objects.has(name))]).toEqual([how, true])
      await one.round({ thorough: true })
      const fresh = town.machine('fresh')
      await thorough(fresh)
      expect(contents(fresh)).toEqual(contents(one))
      await thorough(one, two)
      expect([how, before.every((name) => town.storage.objects.has(name))]).toEqual([how, true])
      town.clock.advance(31 * day)
      await thorough(two, one)
      expect([how, litter(town).filter((name) => before.includes(name))]).toEqual([how, []])
    }
  })

  it('3.8 SY-111 SY-113 a storage that is put back to an earlier day, for one or for all, or lies about who read what, makes nobody take anything', async () => {
    const scene = bent()
    const { town, one, two } = await littered(scene.through)
    const early = new Map(town.storage.objects)
    await thorough(one, two)
    town.clock.advance(31 * day)
    const before = litter(town)
    const name = beaconOf(town, 'two')
    const bytes = town.storage.objects.get(name) as Uint8Array
    const { beacon } = parseBeacon(bytes) ?? expect.fail('a beacon')
    const own = parseBeacon(town.storage.objects.get(beaconOf(town, 'one')) as Uint8Array)?.beacon ?? expect.fail('a beacon')
    // What two would have to have said, by another hand.
    town.storage.objects.set(name, await createBeacon({ ...beacon, serial: beacon.serial + 1, at: town.clock.now(), seen: { [own.publisher]: own.serial } }, deviceSigner('mallory')))
    expect(codes(await one.round({ thorough: true }))).toContain('beacon-forged?')
    town.storage.objects.set(name, early.get(name) as Uint8Array)
    await one.round({ thorough: true })
    town.storage.objects.set(name, bytes)
    scene.bend = { get: async (asked, ...rest) => (early.has(asked) ? { ok: true, value: early.get(asked) as Uint8Array } : town.storage.get(asked, ...rest)) }
    await one.round({ thorough: true })
    expect(before.every((one) => town.storage.objects.has(one))).toBe(true)
    scene.bend = {}
    await one.round({ thorough: true })
    await thorough(two, one, two, one)
    expect(litter(town).filter((one) => before.includes(one))).toEqual([])
    await thorough(two)
    expect(contents(two)).toEqual(contents(one))
  })

  it('3.8 SY-113 one wrong clock hurries nothing: where somebody else was heard since, it is as late as they say', async () => {
    const { town, one, two } = await littered()
    await thorough(one)
    const before = litter(town)
    town.clock.advance(60 * 60 * 1000)
    two.write(segmentOf('b.inc', 1, 'soon after'))
    await thorough(two)
    town.clock.advance(365 * day)
    await one.round({ thorough: true })
    expect(litter(town)).toEqual(before)
  })

  it('3.8 SY-117 takes 64 away in a round, and the rest in the next ones', async () => {
    const { town, one, two } = await littered()
    for (let n = 0; n < 5; n++) await edits(one, 17 + n * 16)
    await thorough(one, two)
    town.clock.advance(31 * day)
    await thorough(two)
    const before = litter(town).length
    expect(before).toBeGreaterThan(64)
    await thorough(one)
    expect(litter(town)).toHaveLength(before - 64)
    await thorough(one)
    expect(litter(town)).toEqual([])
  })

  it('3.8 SY-111 a round that failed, met something, is in haste or did not hear everybody takes nothing', async () => {
    const scene = bent()
    const { town, one } = await ripe(scene.through)
    const before = litter(town)
    await one.round()
    scene.bend = { list: async () => ({ ok: false, error: { type: 'StorageUnreachable', retry: 'later' } }) }
    await one.round({ thorough: true })
    const beacon = beaconOf(town, 'two')
    scene.bend = { get: async (name, ...rest) => (name === beacon ? { ok: true, value: null } : town.storage.get(name, ...rest)) }
    await one.round({ thorough: true })
    expect(litter(town)).toEqual(before)
    scene.bend = {}
    await thorough(one)
    expect(litter(town)).toEqual([])
  })

  it('3.8 SY-111 takes nothing where something is withheld from it, or two wrote as one', async () => {
    for (const how of ['withheld', 'beacon-forked'] as const) {
      const scene = bent()
      const { town, one, two } = await littered(scene.through)
      const three = town.machine('three')
      three.write(segmentOf('c.inc', 1, 'c'))
      await thorough(three, one, two, one)
      const name = beaconOf(town, 'three')
      const early = town.storage.objects.get(name) as Uint8Array
      town.clock.advance(31 * day)
      const before = litter(town)
      three.write(segmentOf('c.inc', 2, 'c'))
      await thorough(three, two)
      const { beacon } = parseBeacon(early) ?? expect.fail('a beacon')
      const shown = how === 'withheld' ? early : await createBeacon({ ...beacon, at: beacon.at + 1 }, deviceSigner('three'))
      scene.bend = { get: async (asked, ...rest) => (asked === name ? { ok: true, value: shown } : town.storage.get(asked, ...rest)) }
      // What is claimed in one round is missed in the next.
      for (let round = 0; round < 2; round++) {
        const report = await one.round({ thorough: true })
        if (round > 0) expect(codes(report).map((code) => code.replace('?', ''))).toEqual(expect.arrayContaining([how]))
        if (how === 'withheld') continue
        scene.bend = {}
      }
      expect([how, before.filter((parcel) => !town.storage.objects.has(parcel))]).toEqual([how, []])
    }
  })

  it('3.8 SY-116 keeps the parcel of an object that is not on this disk any more', async () => {
    const { town, one } = await ripe()
    const lost = segmentOf('a.inc', 3, 'edit 3').name
    const holding = litter(town).filter((name) => openIndex(workspace, town.storage.objects.get(name) as Uint8Array)?.items.some((item) => item.name === lost))
    expect(holding).toHaveLength(1)
    one.disk.objects.delete(lost)
    await thorough(one)
    expect(litter(town)).toEqual(holding)
  })

  it('3.8 SY-114 what is not there as it was written down, or by another hand, is written down anew and waits again', async () => {
    for (const bend of ['gone', 'forged', 'shorter'] as const) {
      const { town, one, two } = await littered()
      await thorough(one)
      const [name = ''] = stored(town, 'd/')
      const { removal } = parseRemoval(town.storage.objects.get(name) as Uint8Array) ?? expect.fail('written down')
      const before = litter(town)
      if (bend === 'gone') town.storage.objects.delete(name)
      else town.storage.objects.set(name, (await createRemoval(bend === 'forged' ? removal : { ...removal, parcels: removal.parcels.slice(1) }, deviceSigner(bend === 'forged' ? 'mallory' : 'one'))).bytes)
      town.clock.advance(31 * day)
      await thorough(two, one)
      expect([bend, litter(town)]).toEqual([bend, before])
      town.clock.advance(31 * day)
      await thorough(two, one)
      expect([bend, litter(town)]).toEqual([bend, []])
      expect(workspace).toBe(removal.workspace)
    }
  })

  it('3.8 SY-117 a storage that takes nothing away is asked once until the next start, and its rounds are whole', async () => {
    const scene = bent()
    const { town, one } = await ripe(scene.through)
    const before = litter(town)
    let asked = 0
    scene.bend = { remove: async () => ((asked += 1), { ok: false, error: { type: 'StorageRefused', retry: 'never' } }) }
    await thorough(one, one, one)
    expect(asked).toBe(1)
    expect((await one.round()).completeAt).not.toBeNull()
    expect(litter(town)).toEqual(before)
    scene.bend = {}
    await thorough(one)
    expect(litter(town)).toEqual(before)
    one.restart()
    await thorough(one)
    expect(litter(town)).toEqual([])
    expect(stored(town, 'd/')).toEqual([])
  })

  it('3.8 SY-117 killed at any request it goes on the next time, and nothing that is listed is ever gone', async () => {
    for (let kill = 0; kill < 40; kill += 1) {
      const scene = bent()
      const { town, one, two } = await ripe(scene.through)
      let left = kill
      const dies = <A extends readonly unknown[], V>(act: (...all: A) => Promise<V>) => async (...all: A): Promise<V> => {
        if (left-- <= 0) throw new Error('killed')
        return act(...all)
      }
      const { storage } = town
      scene.bend = { list: dies(storage.list), get: dies(storage.get), put: dies(storage.put), remove: dies(storage.remove) }
      const ended = await one.round({ thorough: true }).then(() => true, () => false)
      for (const name of listed(town)) expect(town.storage.objects.has(name)).toBe(true)
      scene.bend = {}
      one.restart()
      await thorough(one)
      expect(litter(town)).toEqual([])
      expect(names(one)).toEqual(names(two))
      town.clock.advance(31 * day)
      await thorough(two, one)
      expect(stored(town, 'd/')).toEqual([])
      if (ended) break
    }
  })

  it('3.8 SY-110 a snapshot that gave way goes in the same way', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    const snapshotOf = (records: number) => {
      const bytes = encodeCbor({ s: 1, v: 1, kind: 'snapshot', e: 0, x: new Uint8Array(300).fill(records) })
      return { name: snapshotName('coll', records, sha256Hex(bytes)), bytes }
    }
    one.write(segmentOf('a.inc', 1, 'a'), snapshotOf(1))
    await one.round()
    one.write(segmentOf('a.inc', 2, 'b'), snapshotOf(2))
    await one.round()
    await thorough(one, two)
    const [before = ''] = litter(town)
    expect(litter(town)).toEqual([before])
    town.clock.advance(31 * day)
    await thorough(two, one, one)
    expect(stored(town, 'o/')).not.toContain(before)
  })
})

function beaconOf(town: Town, device: string): string {
  return stored(town, beaconPrefix).find((name) => parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.device === device) ?? ''
}
