// Each check of sync alone: what an object must be to get its name here, what a beacon and a parcel must be to count.

import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createBeacon, parseBeacon, type Beacon } from '../log/beacon.ts'
import { beaconName, beaconPrefix, packName, parcelName, parcelPrefix, snapshotName, twinName } from '../log/names.ts'
import { createParcel, largestParcelBytes } from '../log/parcel.ts'
import { largestSegmentBytes } from '../log/segment.ts'
import { handedKeysToBytes, parseHandedKeys } from '../log/handed-keys.ts'
import { parseWrapBook, wrapBookToBytes } from '../log/wrap-books.ts'
import { epochWrapsToBytes, parseEpochWraps, singleWrapToBytes } from '../log/wraps.ts'
import { createNotes } from './memory.ts'
import { fitsName, takeObject } from './take-object.ts'
import { deviceSigner, packOf, personWrapOf, seededHost, segmentOf, sessionOf, snapshotOf, workspace } from './testing/machine.ts'
import { createMemoryDisk, createSyncNotes } from './testing/memory-parts.ts'
import { codes, createTown, names, pair, stored } from './testing/town.ts'

const lane = 'seat.inc'
const html = utf8ToBytes('<!doctype html><title>Sign in</title>')
const segment = segmentOf(lane, 1, 'a').bytes
const documentWrap = (epoch: number, sealed = 'key'): Uint8Array => encodeCbor({ s: 1, v: 1, kind: 'document', epoch, sealed: utf8ToBytes(sealed) })
const handed = (...people: readonly string[]): Uint8Array => handedKeysToBytes(Object.fromEntries(people.map((person) => [person, { enc: utf8ToBytes(`to ${person}`), ct: utf8ToBytes('key') }])))
const bookOf = (epoch: number, ...docs: readonly string[]): Uint8Array => wrapBookToBytes(new Map(['doc', ...docs].map((doc) => [doc, { epoch, sealed: utf8ToBytes('key') }])))
const wrap = (word: string) => ({ enc: utf8ToBytes(word), ct: utf8ToBytes(word) })

describe('3.14 what gets a name on this disk', () => {
  it('3.14 SY-10 an object fits the name of its kind and no other', () => {
    const epochWraps = epochWrapsToBytes({ anna: wrap('a') })
    const twin = { name: twinName('coll', lane, 1, sha256Hex(segment)), bytes: segment }
    const snapshot = snapshotOf(40)
    const good = [snapshot, segmentOf(lane, 1, 'a'), segmentOf(lane, 2000, 'a'), twin, packOf('pages'), sessionOf('one', 'seat'), personWrapOf('anna', 'seat'), { name: 'k/coll/0', bytes: epochWraps }, { name: 'k/coll/d/doc', bytes: documentWrap(0) }, { name: 'k/coll/d/doc.k2', bytes: documentWrap(0) }, { name: 'k/coll/w/d', bytes: bookOf(0, 'doc.k2') }, { name: 'k/coll/p/doc', bytes: handed('anna') }, { name: 'k/coll/p/doc.k2', bytes: handed('anna') }]
    for (const object of good) expect([object.name, fitsName(object)]).toEqual([object.name, true])
    for (const { name } of good) for (const bytes of [html, new Uint8Array()]) expect([name, fitsName({ name, bytes })]).toEqual([name, false])
    const bad = [
      { name: 'j/coll/seat.inc/00000/00000000', bytes: segment },
      { name: 'j/coll/seat.inc/00001/00000001', bytes: segment },
      { name: twin.name, bytes: segmentOf(lane, 1, 'b').bytes },
      { name: twinName('coll', lane, 1, sha256Hex(html)), bytes: html },
      { name: snapshot.name, bytes: snapshotOf(41).bytes },
      { name: snapshotName('coll', 40, sha256Hex(html)), bytes: html },
      { name: packName(sha256Hex(html)), bytes: segment },
      { name: sessionOf('one', 'seat').name, bytes: sessionOf('two', 'seat').bytes },
      { name: 'k/coll/0', bytes: documentWrap(0) },
      { name: 'k/coll/d/doc', bytes: epochWraps },
      { name: 'k/coll/w/e', bytes: bookOf(0) },
      { name: 'k/coll/p/doc', bytes: epochWraps },
      { name: 'k/coll/p/doc.k.2', bytes: handed('anna') },
      { name: 'k/coll/d/doc.k.2', bytes: documentWrap(0) },
      { name: 'k/coll/w/dd', bytes: bookOf(0) },
      { name: 'k/coll/w/d', bytes: documentWrap(0) },
      { name: 'u/anna/seat', bytes: epochWraps },
      { name: 'b/0/somebody', bytes: segment },
      { name: 'f', bytes: encodeCbor({ z: 1, min: 1 }) },
    ]
    const later = (size: number): Uint8Array => encodeCbor({ s: 1, v: 2, later: new Uint8Array(size) })
    expect([fitsName({ name: segmentOf(lane, 1, 'a').name, bytes: later(9) }), fitsName({ name: segmentOf(lane, 1, 'a').name, bytes: later(largestSegmentBytes) })]).toEqual([true, false])
    for (const object of bad) expect([object.name, fitsName(object)]).toEqual([object.name, false])
  })

  it('3.14 SY-11 SY-12 what is here stays, wraps grow, and a document’s wrap gives way to a later epoch only', async () => {
    const disk = createMemoryDisk()
    const take = async (name: string, bytes: Uint8Array): Promise<unknown> => {
      const taken = await takeObject(disk, { name, bytes })
      return taken.ok && taken.value
    }
    const place = segmentOf(lane, 1, 'a')
    expect([await take(place.name, place.bytes), await take(place.name, place.bytes), await take(place.name, segmentOf(lane, 1, 'b').bytes)]).toEqual(['new', 'known', 'twin'])
    expect(disk.objects.get(place.name)).toEqual(place.bytes)
    for (const [bytes, taken] of [[documentWrap(1), 'new'], [documentWrap(0), 'known'], [documentWrap(1, 'other'), 'known'], [documentWrap(2), 'new']] as const) expect(await take('k/coll/d/doc', bytes)).toBe(taken)
    expect(disk.objects.get('k/coll/d/doc')).toEqual(documentWrap(2))
    await take('k/coll/0', epochWrapsToBytes({ anna: wrap('here'), ben: wrap('ben') }))
    expect(await take('k/coll/0', epochWrapsToBytes({ anna: wrap('there'), cleo: wrap('cleo') }))).toBe('new')
    expect(parseEpochWraps(disk.objects.get('k/coll/0')!)).toEqual({ anna: wrap('here'), ben: wrap('ben'), cleo: wrap('cleo') })
    for (const [bytes, taken] of [[bookOf(1), 'new'], [bookOf(0), 'known'], [bookOf(1), 'known'], [bookOf(0, 'dot'), 'new'], [bookOf(2), 'new']] as const) expect(await take('k/coll/w/d', bytes)).toBe(taken)
    expect([...parseWrapBook(disk.objects.get('k/coll/w/d')!)!].map(([doc, { epoch }]) => [doc, epoch]).sort()).toEqual([['doc', 2], ['dot', 0]])
    for (const [bytes, taken] of [[handed('anna'), 'new'], [handed('anna'), 'known'], [handed('ben'), 'new'], [handed('anna', 'ben'), 'known']] as const) expect(await take('k/coll/p/doc', bytes)).toBe(taken)
    expect(Object.keys(parseHandedKeys(disk.objects.get('k/coll/p/doc')!) ?? {}).sort()).toEqual(['anna', 'ben'])
    // A certificate's name is the hash of what was signed: another copy may bear other signatures, and the one that is here stays.
    const certificate = sessionOf('one', 'seat')
    const resigned = encodeCbor({ ...(decodeCbor(certificate.bytes) as object), seat: new Uint8Array(64).fill(1) })
    expect([fitsName({ name: certificate.name, bytes: resigned }), await take(certificate.name, certificate.bytes), await take(certificate.name, resigned)]).toEqual([true, 'new', 'differs'])
    expect(disk.objects.get(certificate.name)).toEqual(certificate.bytes)
    await take('u/anna/seat', singleWrapToBytes(wrap('one')))
    expect(await take('u/anna/seat', singleWrapToBytes(wrap('two')))).toBe('known')
    expect(disk.objects.get('u/anna/seat')).toEqual(singleWrapToBytes(wrap('one')))
  })
})

const theirs: Beacon = { workspace, publisher: 'theirs', device: 'liar', serial: 1, at: 1, parcels: [], seen: {}, wants: [] }
const entry = { sha256: 'ab'.repeat(32), index: 10, size: 20 }

describe('3.14 what counts of a storage', () => {
  it('3.14 SY-30 SY-32 a beacon is of this workspace, of its publisher, of its device, and has its number once', async () => {
    const { town, two } = await pair()
    const show = async (beacon: Partial<Beacon>, signer = 'liar'): Promise<readonly string[]> => {
      town.storage.objects.set(beaconName('theirs'), await createBeacon({ ...theirs, ...beacon }, deviceSigner(signer)))
      return codes(await two.round({ thorough: true }))
    }
    expect(await show({ workspace: 'other' })).toEqual(['beacon-forged?'])
    expect(await show({ publisher: 'another' })).toEqual(['beacon-forged?'])
    expect(await show({}, 'one')).toEqual(['beacon-forged'])
    expect(await show({ serial: 2 })).toEqual([])
    expect(await show({ serial: 3, device: 'one' }, 'one')).toEqual(['beacon-forged?'])
    expect(await show({ serial: 1 })).toEqual(['beacon-rolled-back?'])
    expect(await show({ serial: 2, at: 9 })).toEqual(['beacon-forked'])
    expect(await show({ serial: 3 })).toEqual(['beacon-forked'])
  })

  it('3.14 SY-31 SY-41 what was read before and is gone is told, and so is a parcel that is not there', async () => {
    const { town, two } = await pair()
    const beacon = stored(town, beaconPrefix)[0]!
    const bytes = town.storage.objects.get(beacon)!
    town.storage.objects.delete(beacon)
    expect(codes(await two.round())).toEqual(['beacon-missing?'])
    town.storage.objects.set(beacon, bytes)
    for (const name of stored(town, parcelPrefix)) town.storage.objects.delete(name)
    const report = await town.machine('three').round()
    expect(codes(report)).toEqual(['parcel-missing?', 'parcel-missing?'])
    expect(report).toMatchObject({ completeAt: null, missing: [expect.any(String), expect.any(String)] })
  })

  it('3.14 SY-40 a parcel has the size and the index that the beacon says, and the workspace is this one', async () => {
    const town = createTown()
    const two = town.machine('two')
    const host = seededHost('liar')
    const { index, bytes } = await createParcel(host, workspace, [packOf('pages')])
    const foreign = await createParcel(host, 'other', [packOf('pages')])
    const noise = new Uint8Array(64).fill(7)
    const whole = { sha256: index.sha256, index: index.bytes.length, size: index.size }
    let serial = 0
    const show = async (parcel: typeof entry, object: Uint8Array | null): Promise<readonly string[]> => {
      serial += 1
      if (object) town.storage.objects.set(parcelName(parcel.sha256), object)
      town.storage.objects.set(beaconName(`p${serial}`), await createBeacon({ ...theirs, publisher: `p${serial}`, parcels: [parcel] }, deviceSigner('liar')))
      const report = await two.round()
      if (report.missing.length > 0) expect(report.completeAt).toBeNull()
      town.storage.objects.delete(beaconName(`p${serial}`))
      return codes(report).filter((code) => code.startsWith('parcel'))
    }
    const requestsOf = async (parcel: typeof entry): Promise<number> => {
      town.storage.objects.set(beaconName('large'), await createBeacon({ ...theirs, publisher: 'large', parcels: [parcel] }, deviceSigner('liar')))
      return (await town.machine('new').round()).requests
    }
    expect(await show({ ...entry, size: largestParcelBytes + 1 }, null)).toEqual(['parcel-unreadable'])
    expect(await requestsOf({ ...entry, size: largestParcelBytes + 1 })).toBe(2)
    expect(await requestsOf({ ...entry, index: 21 })).toBe(2)
    town.storage.objects.delete(beaconName('large'))
    two.restart()
    two.notes.clear()
    const unreadable = async (parcel: typeof entry, object: Uint8Array): Promise<void> => {
      two.restart()
      two.notes.clear()
      await two.round()
      expect(await show(parcel, object)).toEqual(['parcel-unreadable'])
    }
    await unreadable({ ...whole, size: whole.size + 1000 }, bytes)
    await unreadable({ sha256: foreign.index.sha256, index: foreign.index.bytes.length, size: foreign.index.size }, foreign.bytes)
    await unreadable({ sha256: sha256Hex(noise), index: 64, size: 64 }, noise)
    two.restart()
    two.notes.clear()
    expect(await show({ ...whole, sha256: 'cd'.repeat(32) }, bytes)).toEqual(['parcel-damaged?'])
    expect(names(two)).toEqual([])
    expect(await show(whole, bytes)).toEqual([])
    expect(names(two)).toEqual([packOf('pages').name])
  })

  it('3.14 SY-22 SY-24 only what this device signed under this name, later than what is noted, is a copy of the profile', async () => {
    for (const [change, signer] of [[{ workspace: 'other', serial: 9 }, 'one'], [{ publisher: 'another', serial: 9 }, 'one'], [{ serial: 9 }, 'two'], [{ serial: 1, at: 5 }, 'one']] as const) {
      const { town, one } = await pair()
      one.write(segmentOf(lane, 2, 'b'))
      await one.round()
      const name = stored(town, beaconPrefix)[0]!
      const { beacon } = parseBeacon(town.storage.objects.get(name)!)!
      town.storage.objects.set(name, await createBeacon({ ...beacon, ...change }, deviceSigner(signer)))
      expect([change, codes(await one.round({ thorough: true }))]).toEqual([change, ['own-beacon-lost?']])
      expect(codes(await one.round({ thorough: true }))).toEqual([])
    }
    const { town, one } = await pair()
    const name = stored(town, beaconPrefix)[0]!
    const { beacon } = parseBeacon(town.storage.objects.get(name)!)!
    town.storage.objects.set(name, await createBeacon({ ...beacon, at: beacon.at + 1 }, deviceSigner('one')))
    expect(codes(await one.round({ thorough: true }))).toEqual(['profile-copied'])
  })

  it('3.14 SY-5 a note of a parcel stands under that parcel’s name and this generation, or is none', async () => {
    const kept = new Map<string, Uint8Array>()
    const notes = createNotes(workspace, createSyncNotes(kept))
    const { index } = await createParcel(seededHost('notes'), workspace, [packOf('pages')])
    const self = { publisher: 'p', generation: 'one', serial: 0, parcels: [], beacon: null, at: 0, wants: [], confirmed: false, tag: null, former: [], removals: [], month: { at: 0, parcels: [], rolled: [] } }
    await notes.saveSelf(self)
    await notes.saveSlip(index)
    await notes.saveLeaf({ index, taken: [0] })
    expect([await notes.slips(), await notes.leaves()]).toEqual([[index.sha256], [index.sha256]])
    expect([(await notes.slip(index.sha256))?.items.length, (await notes.leaf(index.sha256))?.taken]).toEqual([1, [0]])
    const other = 'ab'.repeat(32)
    for (const [key, bytes] of [...kept]) kept.set(key.replace(index.sha256, other), bytes)
    expect([await notes.slip(other), await notes.leaf(other)]).toEqual([null, null])
    await notes.saveSelf({ ...self, generation: 'two' })
    expect([await notes.slips(), await notes.leaves(), await notes.slip(index.sha256)]).toEqual([[], [], null])
  })

  it('3.14 SY-31 a beacon that the storage describes in no way is read each time', async () => {
    const town = createTown()
    const one = town.machine('one')
    const two = town.machine('two', (storage) => ({
      ...storage,
      list: async (...all) => {
        const got = await storage.list(...all)
        return got.ok ? { ok: true, value: got.value.map((entry) => ({ ...entry, tag: null })) } : got
      },
    }))
    for (let seq = 1; seq <= 3; seq++) {
      one.write(segmentOf(lane, seq, 'a'))
      await one.round()
      expect((await two.round()).received.objects).toBe(1)
    }
  })

  it('3.14 SY-14 a second segment of a number is fetched although the first is here, and both are kept and go out', async () => {
    const { town, two } = await pair()
    const second = segmentOf('seat.inc', 1, 'b')
    const { index, bytes } = await createParcel(seededHost('liar'), workspace, [second])
    town.storage.objects.set(parcelName(index.sha256), bytes)
    town.storage.objects.set(beaconName('theirs'), await createBeacon({ ...theirs, parcels: [{ sha256: index.sha256, index: index.bytes.length, size: index.size }] }, deviceSigner('liar')))
    const report = await two.round()
    expect(codes(report)).toEqual(['object-differs'])
    const twins = [segment, second.bytes].map((one) => twinName('coll', lane, 1, sha256Hex(one))).sort()
    expect(names(two).filter((name) => name.startsWith('x/'))).toEqual(twins)
    expect([report.sent.objects, report.unsent]).toEqual([2, 0])
  })
})
