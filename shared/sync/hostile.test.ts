import { describe, expect, it } from 'vitest'
import { ok } from '../base/result.ts'
import { utf8ToBytes } from '../base/bytes.ts'
import { createBeacon, parseBeacon } from '../log/beacon.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { beaconPrefix, packName, parcelName, parcelPrefix } from '../log/names.ts'
import { openIndex, type NamedObject } from '../log/parcel.ts'
import { twinOf } from './take-object.ts'
import { deviceSigner, epochWrapsOf, packOf, segmentOf, workspace } from './testing/machine.ts'
import { bent, codes, createTown, names, pair, stored } from './testing/town.ts'

const lane = 'seat.inc'
const html = utf8ToBytes('<!doctype html><title>Sign in</title>')

describe('3.4 a storage that lies or loses', () => {
  it('3.4 takes absence for nothing: an empty listing lowers nothing and loses nothing', async () => {
    const town = createTown()
    const scene = bent()
    const one = town.machine('one')
    const two = town.machine('two', scene.through)
    one.write(segmentOf(lane, 1, 'a'))
    await one.round()
    await two.round()
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    scene.bend = { list: async () => ok([]) }
    expect(await two.round()).toMatchObject({ received: { objects: 1 }, suspicions: [] })
    expect(names(two)).toEqual(names(one))
  })

  it('3.4 keeps the highest beacon that was verified and reports an older one, surely at the third round', async () => {
    const { town, one, two } = await pair()
    const old = new Map(town.storage.objects)
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    await two.round()
    const [beacon] = stored(town, beaconPrefix)
    const newest = town.storage.objects.get(beacon!)!
    town.storage.objects.set(beacon!, old.get(beacon!)!)
    const reports = [await two.round(), await two.round(), await two.round()]
    expect(reports.map(codes)).toEqual([['beacon-rolled-back?'], ['beacon-rolled-back?'], ['beacon-rolled-back']])
    expect(reports[2]).toMatchObject({ completeAt: null, publishers: [{ serial: 2 }] })
    town.storage.objects.set(beacon!, newest)
    expect(await two.round()).toMatchObject({ suspicions: [], completeAt: town.clock.now() })
  })

  it('3.14 SY-46 fetches what an older beacon holds out, and misses nothing that only it names', async () => {
    const { town, one, two } = await pair()
    const scene = bent()
    const three = town.machine('three', scene.through)
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    const [beacon] = stored(town, beaconPrefix)
    const older = town.storage.objects.get(beacon!)!
    one.write(segmentOf(lane, 3, 'c'))
    await one.round()
    await two.round()
    scene.bend = { get: async (name, signal, range) => (name.startsWith(parcelPrefix) ? ok(null) : town.storage.get(name, signal, range)) }
    await three.round()
    scene.bend = {}
    town.storage.objects.set(beacon!, older)
    const names = parseBeacon(older)!.beacon.parcels.map(({ sha256 }) => parcelName(sha256))
    town.storage.objects.delete(names[0]!)
    const report = await three.round()
    expect(codes(report)).toEqual(['beacon-rolled-back?'])
    expect(report).toMatchObject({ missing: [], completeAt: null })
    expect(three.disk.objects.has(segmentOf(lane, 2, 'b').name)).toBe(true)
    expect(three.disk.objects.has(segmentOf(lane, 3, 'c').name)).toBe(false)
  })

  it('3.4 tells a forged, a swapped and an unreadable beacon from a true one', async () => {
    const { town, two } = await pair()
    const three = town.machine('three')
    three.write(segmentOf('other.inc', 1, 'x'))
    await three.round()
    const [first, second] = stored(town, beaconPrefix) as [string, string]
    const [good, other] = [town.storage.objects.get(first)!, town.storage.objects.get(second)!]
    const { beacon } = parseBeacon(good)!
    const forged = await createBeacon({ ...beacon, serial: beacon.serial + 9, parcels: [] }, deviceSigner('three'))
    for (const [bytes, code] of [[forged, 'beacon-forged?'], [other, 'beacon-forged?'], [html, 'beacon-unreadable?']] as const) {
      town.storage.objects.set(first, bytes)
      expect(codes(await two.round({ thorough: true }))).toContain(code)
    }
    town.storage.objects.set(first, good)
    expect(codes(await two.round({ thorough: true }))).toEqual([])
    town.storage.objects.set(first, other)
    town.storage.objects.delete(second)
    expect(await town.machine('four').round()).toMatchObject({ suspicions: [{ code: 'beacon-forged', subject: first.slice(beaconPrefix.length) }], received: { objects: 0 }, publishers: [] })
  })

  it('3.4 notices from others that something is withheld from it alone', async () => {
    const town = createTown()
    const scene = bent()
    const [one, three] = [town.machine('one'), town.machine('three')]
    const two = town.machine('two', scene.through)
    one.write(segmentOf(lane, 1, 'a'))
    for (const machine of [one, two, three]) await machine.round()
    const old = new Map(town.storage.objects)
    const [beacon] = stored(town, beaconPrefix)
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    await three.round()
    three.write(segmentOf('three.inc', 1, 'x'))
    await three.round()
    scene.bend = {
      list: async () => ok((await Promise.all(stored(town, beaconPrefix).map(async (name) => ({ name, size: 1, tag: name === beacon ? null : 'x' }))))),
      get: async (name, signal, range) => (name === beacon ? ok(old.get(name)!) : town.storage.get(name, signal, range)),
    }
    expect(codes(await two.round())).toEqual([])
    expect(codes(await two.round())).toEqual(['withheld?'])
  })

  it('3.4 gives no altered, cut, swapped or foreign parcel a name on the disk, and asks for it until it is whole', async () => {
    const { town, one, two } = await pair()
    const before = names(two)
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    const parcels = stored(town, parcelPrefix)
    const [first, newest] = [parcels[0]!, parcels.at(-1)!]
    const good = town.storage.objects.get(newest)!
    const flipped = Uint8Array.from(good)
    const { size } = openIndex(workspace, good)!
    flipped[size - 3] = flipped[size - 3]! ^ 1
    for (const lie of [flipped, good.slice(0, size - 1), good.slice(0, 3), new Uint8Array(), town.storage.objects.get(first)!, html]) {
      town.storage.objects.set(newest, lie)
      const report = await two.round()
      expect(report.missing).toHaveLength(1)
      expect(codes(report)[0]).toMatch(/^parcel-damaged/)
      expect(names(two)).toEqual(before)
    }
    town.storage.objects.set(newest, good)
    expect(await two.round()).toMatchObject({ missing: [], received: { objects: 1 }, suspicions: [] })
  })

  it('3.4 heals a lost parcel from any machine that has its objects', async () => {
    const { town, one, two } = await pair()
    const parcel = stored(town, parcelPrefix)[0]!
    const good = town.storage.objects.get(parcel)!
    town.storage.objects.delete(parcel)
    const three = town.machine('three')
    expect(codes(await three.round())).toEqual(['parcel-missing?'])
    await three.round()
    await two.round()
    expect(town.storage.objects.get(parcel)).toEqual(good)
    await three.round()
    expect(names(three)).toEqual(names(one))
  })

  it('3.4 heals a parcel whose wraps have grown since by holding its objects out anew', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(epochWrapsOf(['anna']), segmentOf(lane, 1, 'a'))
    await one.round()
    one.write(epochWrapsOf(['anna', 'ben']))
    await one.round()
    for (const name of stored(town, parcelPrefix)) town.storage.objects.delete(name)
    const three = town.machine('three')
    for (const machine of [three, three, one, three]) await machine.round()
    expect(names(three)).toEqual(names(one))
  })

  it('3.6 holds objects out anew although it is killed between taking their parcel back and sending them', async () => {
    const town = createTown()
    const scene = bent()
    const one = town.machine('one', scene.through)
    one.write(segmentOf(lane, 1, 'a'))
    await one.round()
    for (const name of [...stored(town, parcelPrefix), ...stored(town, beaconPrefix)]) town.storage.objects.delete(name)
    scene.bend.put = async () => {
      throw new Error('killed')
    }
    await one.round().catch(() => null)
    scene.bend = {}
    one.restart()
    const three = town.machine('three')
    for (const machine of [one, three]) await machine.round()
    expect(names(three)).toEqual(names(one))
  })

  it('3.6 fetches again what this disk lost', async () => {
    const { town, one, two } = await pair()
    two.disk.objects.delete(segmentOf(lane, 1, 'a').name)
    two.restart()
    expect(await two.round()).toMatchObject({ received: { objects: 1 }, completeAt: town.clock.now() })
    expect(names(two)).toEqual(names(one))
  })

  it('3.4 sends again what a rolled-back storage lost, without being asked', async () => {
    const { town, one, two } = await pair()
    const old = new Map(town.storage.objects)
    one.write(segmentOf(lane, 2, 'b'))
    two.write(segmentOf('two.inc', 1, 'c'))
    await one.round()
    await two.round()
    town.storage.objects.clear()
    for (const [name, bytes] of old) town.storage.objects.set(name, bytes)
    for (const machine of [one, two, one, two]) await machine.round()
    const three = town.machine('three')
    expect(await three.round()).toMatchObject({ suspicions: [] })
    expect(names(three)).toEqual([...new Set([...names(one), ...names(two)])].sort())
  })

  it('3.12 SY-39 waits no more for a beacon of which a person knows that it is gone, and believes no older one when it comes back', async () => {
    const { town, one, two } = await pair()
    const beacon = stored(town, beaconPrefix)[0]!
    const old = town.storage.objects.get(beacon)!
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    await two.round()
    town.storage.objects.delete(beacon)
    for (let round = 0; round < 3; round++) await two.round()
    await two.settle()
    two.restart()
    expect(await two.round()).toMatchObject({ suspicions: [], completeAt: town.clock.now() })
    town.storage.objects.set(beacon, old)
    expect(codes(await two.round())).toEqual(['beacon-rolled-back?'])
  })

  it('3.4 sends nothing into a storage that was emptied or is another one, and loses nothing', async () => {
    const { town, one } = await pair()
    const before = names(one)
    town.storage.objects.clear()
    one.write(segmentOf(lane, 2, 'b'))
    for (const certain of [false, false, true]) expect((await one.round()).suspicions).toEqual([{ code: 'storage-emptied', subject: 'f', certain }])
    expect(town.storage.objects.size).toBe(0)
    expect(names(one)).toEqual([...before, segmentOf(lane, 2, 'b').name].sort())
    one.notes.clear()
    one.restart()
    expect(await one.round()).toMatchObject({ unsent: 0, suspicions: [] })
    const three = town.machine('three')
    await three.round()
    expect(names(three)).toEqual(names(one))
  })

  it('3.4 lays a lost format down again where somebody’s true beacon shows that it is the same storage', async () => {
    const { town, one, two } = await pair()
    two.write(segmentOf('two.inc', 1, 'c'))
    await two.round()
    town.storage.objects.delete('f')
    for (const name of stored(town, beaconPrefix).slice(0, 1)) town.storage.objects.delete(name)
    await one.round()
    expect(town.storage.objects.has('f')).toBe(true)
    expect(await one.round()).toMatchObject({ suspicions: [], completeAt: town.clock.now() })
  })

  it('3.4 sends nothing where the format is newer, and takes a login page for no format at all', async () => {
    for (const [bytes, code] of [[utf8ToBytes('\u{a2}'), 'beacon-unreadable?'], [html, 'beacon-unreadable?'], [Uint8Array.from([0xa2, 0x61, 0x7a, 2, 0x63, 0x6d, 0x69, 0x6e, 2]), 'storage-newer?']] as const) {
      const town = createTown()
      town.storage.objects.set('f', bytes)
      const one = town.machine('one')
      one.write(segmentOf(lane, 1, 'a'))
      expect(codes(await one.round())).toEqual([code])
      expect([...town.storage.objects.keys()]).toEqual(['f'])
    }
  })

  it('3.4 waits for a device that it does not know yet, and reads it when it does', async () => {
    const town = createTown()
    const strangers = new Set(['one'])
    const one = town.machine('one')
    const two = town.machine('two', (s) => s, strangers)
    one.write(segmentOf(lane, 1, 'a'))
    await one.round()
    expect(await two.round()).toMatchObject({ strangers: [expect.any(String)], received: { objects: 0 }, completeAt: null })
    strangers.clear()
    expect(await two.round()).toMatchObject({ strangers: [], received: { objects: 1 } })
  })
})

describe('3.4 a device that does what none should', () => {
  it('3.2 goes on as a new publisher when the profile was copied, says so, and nobody misses anything', async () => {
    const { town, one } = await pair()
    const copy = town.copyOf(one, 'one')
    copy.write(segmentOf('copy.inc', 1, 'b'))
    await copy.round()
    one.write(segmentOf(lane, 2, 'c'))
    expect(codes(await one.round())).toEqual(['profile-copied'])
    await copy.round()
    const three = town.machine('three')
    await three.round()
    for (const machine of [one, copy]) {
      await machine.round()
      expect(names(machine)).toEqual(names(three))
    }
    expect(stored(town, beaconPrefix)).toHaveLength(2)
  })

  it('3.4 refuses objects that do not fit their names and keeps its own where a name is taken', async () => {
    const town = createTown()
    const liar = town.machine('liar')
    const honest = packOf('pages')
    const bad: readonly NamedObject[] = [
      { name: packName('0'.repeat(64)), bytes: honest.bytes },
      { ...segmentOf(lane, 1, 'x'), bytes: html },
      { name: 'j/coll/seat.inc/00009/00000001', bytes: segmentOf(lane, 1, 'x').bytes },
      { name: 'c/00/0', bytes: html },
      { name: 'u/p/s', bytes: html },
    ]
    liar.write(...bad, honest, segmentOf(lane, 7, 'theirs'))
    await liar.round()
    const two = town.machine('two')
    two.write(segmentOf(lane, 7, 'mine'))
    const report = await two.round()
    expect([...codes(report)].sort()).toEqual([...bad.map(() => 'object-refused'), 'object-differs'].sort())
    const twins = ['mine', 'theirs'].map((word) => twinOf(segmentOf(lane, 7, '').name, sha256Hex(segmentOf(lane, 7, word).bytes)) ?? '')
    expect(names(two)).toEqual([honest.name, segmentOf(lane, 7, '').name, ...twins].sort())
    expect(two.disk.objects.get(segmentOf(lane, 7, '').name)).toEqual(segmentOf(lane, 7, 'mine').bytes)
  })

  it('3.2 SY-14 keeps both segments of one number everywhere, whichever came first, and hands both on', async () => {
    const town = createTown()
    const [one, other] = [town.machine('one'), town.machine('other')]
    one.write(segmentOf(lane, 7, 'mine'))
    other.write(segmentOf(lane, 7, 'theirs'))
    await one.round()
    const alone = new Set(stored(town, parcelPrefix))
    expect(codes(await other.round())).toEqual(['object-differs'])
    expect(codes(await one.round())).toEqual(['object-differs'])
    // One machine never gets the parcel in which the first came: what was kept beside the name is enough.
    const scene = bent()
    scene.bend = { get: async (name, signal, range) => (alone.has(name) ? ok(null) : town.storage.get(name, signal, range)) }
    const [three, late] = [town.machine('three'), town.machine('late', scene.through)]
    for (const machine of [three, late, one, other, three, late]) await machine.round()
    const both = ['mine', 'theirs'].map((word) => sha256Hex(segmentOf(lane, 7, word).bytes)).sort()
    for (const { disk } of [one, other, three, late]) expect([...new Set([...disk.objects.values()].map(sha256Hex))].sort()).toEqual(both)
    expect((await three.round()).received.objects).toBe(0)
  })
})
