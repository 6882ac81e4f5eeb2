import { describe, expect, it } from 'vitest'
import { parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelName, parcelPrefix } from '../log/names.ts'
import { openIndex } from '../log/parcel.ts'
import { packOf, segmentOf, workspace } from './testing/machine.ts'
import { bent, codes, createTown, stored, type Machine, type Town } from './testing/town.ts'

const day = 24 * 60 * 60 * 1000
const [old, other, fresh, more] = [packOf('pages, old key'), packOf('another document'), packOf('pages, new key'), packOf('attachment, new key')]

/** Names of the packs that lie in any parcel of the storage, listed or not. */
function lying(town: Town): ReadonlySet<string> {
  return new Set(stored(town, 'o/').flatMap((name) => (openIndex(workspace, town.storage.objects.get(name) as Uint8Array)?.items ?? []).map((item) => item.name)))
}

function listed(town: Town): ReadonlySet<string> {
  const parcels = stored(town, beaconPrefix).flatMap((name) => (parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.parcels ?? []).map(({ sha256 }) => parcelName(sha256)))
  return new Set(parcels.flatMap((name) => (openIndex(workspace, town.storage.objects.get(name) ?? new Uint8Array())?.items ?? []).map((item) => item.name)))
}

async function thorough(...machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) expect(await machine.round({ thorough: true })).toMatchObject({ failure: null, suspicions: [] })
}


/** One wrote a document and another one in one parcel; two gave the first a new key. */
async function rekeyed(through?: Parameters<Town['byNeed']>[1]) {
  const town = createTown()
  const [one, two] = [town.byNeed('one', through), town.byNeed('two')]
  one.write(old, other, segmentOf('a.inc', 1, 'drafted'))
  await thorough(one, two)
  expect((await two.fetch([old.name])).missing).toEqual([])
  two.write(fresh, more, segmentOf('b.inc', 1, 'a new key'))
  two.replaced.set(old.name, [fresh.name, more.name])
  await thorough(two, one)
  return { town, one, two }
}

/** Somebody at the first machine reads the document and opened what holds its files since. */
async function told(scene: Awaited<ReturnType<typeof rekeyed>>): Promise<void> {
  expect((await scene.one.fetch([fresh.name, more.name])).missing).toEqual([])
  scene.one.replaced.set(old.name, [fresh.name, more.name])
}

describe('4.13 content that a new key took the place of', () => {
  it('4.13 SY-130 SY-131 SY-132 SY-134 goes off the storage 30 days after its publisher knows, and nothing else does', async () => {
    const scene = await rekeyed()
    const { town, one, two } = scene
    await thorough(one, two, one)
    expect([listed(town).has(old.name), await one.engine().cleared([old.name])]).toEqual([true, null])
    await told(scene)
    await thorough(one)
    expect([...listed(town)].filter((name) => name.startsWith('p/')).sort()).toEqual([other, fresh, more].map(({ name }) => name).sort())
    await thorough(two, one)
    town.clock.advance(29 * day)
    await thorough(two, one)
    expect(lying(town).has(old.name)).toBe(true)
    expect(await one.engine().cleared([old.name])).toEqual([])
    town.clock.advance(2 * day)
    await thorough(two, one, two)
    expect(lying(town).has(old.name)).toBe(false)
    for (const machine of [one, two]) expect(await machine.engine().cleared([old.name, fresh.name])).toEqual([old.name])
    expect([one.disk.objects.has(old.name), two.disk.objects.has(old.name)]).toEqual([true, true])
    // Nobody brings it back, whatever is started anew; whoever comes new reads what there is.
    one.restart()
    two.restart()
    await thorough(one, two, one, two)
    expect([lying(town).has(old.name), await one.engine().lacking(), await two.engine().lacking()]).toEqual([false, 0, 0])
    const newcomer = town.byNeed('three')
    await thorough(newcomer)
    expect((await newcomer.fetch([other.name, fresh.name, more.name])).missing).toEqual([])
    expect((await newcomer.fetch([old.name])).missing).toEqual([old.name])
  })

  it('4.13 SY-132 a machine that was away six weeks is waited for, loses nothing, and then it goes', async () => {
    const scene = await rekeyed()
    const { town, one, two } = scene
    const away = town.byNeed('three')
    away.write(segmentOf('c.inc', 1, 'before it left'))
    await thorough(away, one, two)
    await told(scene)
    await thorough(one, one, two)
    town.clock.advance(42 * day)
    await thorough(two, one, one)
    expect(lying(town).has(old.name)).toBe(true)
    away.write(segmentOf('c.inc', 2, 'written on the way'))
    await thorough(away)
    expect((await away.fetch([fresh.name, more.name, other.name])).missing).toEqual([])
    await thorough(one, two, one)
    expect(lying(town).has(old.name)).toBe(false)
    await thorough(away, two)
    expect(two.disk.objects.get(segmentOf('c.inc', 2, '').name)).toBeDefined()
  })

  it('4.13 SY-131 stays listed while anything that holds its files since is held out by nobody', async () => {
    const { town, one, two } = await rekeyed()
    const never = packOf('on nobody’s disk')
    one.replaced.set(old.name, [fresh.name, never.name])
    await thorough(one, two, one)
    expect(listed(town).has(old.name)).toBe(true)
    expect(await one.engine().cleared([old.name])).toEqual([])
    // What is held out all the while is not sent once more when it is not to go after all.
    one.replaced.clear()
    expect(await one.round({ thorough: true })).toMatchObject({ failure: null, sent: { parcels: 0 } })
  })

  it('4.13 SY-132 is not taken away while what holds its files since is not on this disk, or does not come back whole', async () => {
    for (const how of ['not here', 'old not here', 'not listed', 'spoilt'] as const) {
      const scene = await rekeyed()
      const { town, one, two } = scene
      await told(scene)
      await thorough(one, one, two)
      town.clock.advance(31 * day)
      await thorough(two)
      if (how === 'not here') one.disk.objects.delete(more.name)
      else if (how === 'old not here') one.disk.objects.delete(old.name)
      else if (how === 'not listed') {
        const later = packOf('attachment, newer key')
        two.write(later)
        two.replaced.set(more.name, [later.name])
        await thorough(two, two)
        expect([listed(town).has(more.name), listed(town).has(fresh.name)]).toEqual([false, true])
      }
      else {
        const name = stored(town, 'o/').find((parcel) => openIndex(workspace, town.storage.objects.get(parcel) as Uint8Array)?.items.some((item) => item.name === fresh.name)) ?? ''
        const whole = town.storage.objects.get(name) as Uint8Array
        const at = openIndex(workspace, whole)?.items[0]?.at ?? 0
        town.storage.objects.set(name, whole.map((byte, i) => (i === at ? byte ^ 1 : byte)))
      }
      const report = await one.round({ thorough: true })
      expect([how, codes(report)]).toEqual([how, how === 'spoilt' ? ['parcel-damaged?'] : []])
      expect([how, lying(town).has(old.name)]).toEqual([how, true])
    }
  })

  it('4.13 SY-134 is said to be gone only when nothing that lies there holds it, listed or not, and by nobody who did not look', async () => {
    const scene = await rekeyed()
    const { town, one, two } = scene
    await told(scene)
    await thorough(one)
    // It has the content from elsewhere and never met the place in which it lay.
    const three = town.byNeed('three')
    three.disk.objects.set(old.name, old.bytes)
    three.replaced.set(old.name, [fresh.name, more.name])
    three.write(segmentOf('c.inc', 1, 'came by hand'))
    expect([listed(town).has(old.name), lying(town).has(old.name)]).toEqual([false, true])
    await thorough(three, three)
    expect(await three.engine().cleared([old.name])).toEqual([])
    await thorough(one, two, one)
    town.clock.advance(31 * day)
    await thorough(two, three, one)
    expect([lying(town).has(old.name), await three.engine().cleared([old.name])]).toEqual([false, []])
    await thorough(three)
    expect(await three.engine().cleared([old.name])).toEqual([old.name])
    three.restart()
    expect(await three.engine().cleared([old.name])).toBe(null)
  })

  it('4.13 SY-134 what is gone is asked for once, and said to be there again where it is shown again', async () => {
    const asked: string[] = []
    const bend = bent()
    const scene = await rekeyed(bend.through)
    const { town, one, two } = scene
    await told(scene)
    await thorough(one, one, two)
    const [place = ''] = stored(town, 'o/').filter((name) => openIndex(workspace, town.storage.objects.get(name) as Uint8Array)?.items.some((item) => item.name === old.name))
    const bytes = town.storage.objects.get(place) as Uint8Array
    // A storage that shows less than it has makes nothing gone.
    bend.bend = { list: async (prefix, ...rest) => (prefix === parcelPrefix ? { ok: true, value: [] } : town.storage.list(prefix, ...rest)) }
    await thorough(one)
    expect(await one.engine().cleared([old.name])).toEqual([])
    bend.bend = {}
    town.clock.advance(31 * day)
    await thorough(two, one)
    bend.bend = { get: async (name, ...rest) => (asked.push(name), town.storage.get(name, ...rest)) }
    await thorough(one, one)
    expect(await one.engine().cleared([old.name])).toEqual([old.name])
    expect(asked.filter((name) => name === place)).toEqual([])
    town.storage.objects.set(place, bytes)
    await thorough(one)
    expect(await one.engine().cleared([old.name])).toEqual([])
  })

  it('4.13 SY-130 SY-133 is never sent where it was replaced before it went out, and goes out when nothing takes its place any more', async () => {
    const town = createTown()
    const one = town.byNeed('one')
    one.replaced.set(old.name, [fresh.name])
    one.write(old, fresh, segmentOf('a.inc', 1, 'drafted'))
    await thorough(one, one)
    expect([lying(town).has(old.name), lying(town).has(fresh.name), await one.engine().lacking()]).toEqual([false, true, 0])
    one.restart()
    await thorough(one)
    expect(lying(town).has(old.name)).toBe(false)
    one.replaced.delete(old.name)
    await thorough(one)
    expect(listed(town).has(old.name)).toBe(true)
  })

  it('4.13 SY-133 goes out again where it was taken away', async () => {
    const scene = await rekeyed()
    const { town, one, two } = scene
    await told(scene)
    await thorough(one, one, two)
    town.clock.advance(31 * day)
    await thorough(two, one)
    expect(lying(town).has(old.name)).toBe(false)
    one.replaced.clear()
    await thorough(one, two)
    expect(listed(town).has(old.name)).toBe(true)
  })

  it('4.13 SY-131 a parcel of nothing else is listed no more, and what somebody put back is put again in no other parcel', async () => {
    const town = createTown()
    const one = town.byNeed('one')
    one.write(old, segmentOf('a.inc', 1, 'drafted'))
    await thorough(one)
    one.write(fresh)
    await thorough(one)
    one.replaced.set(old.name, [fresh.name])
    await thorough(one)
    expect([...listed(town)].filter((name) => name.startsWith('p/'))).toEqual([fresh.name])
    town.clock.advance(31 * day)
    await thorough(one, one)
    expect([lying(town).has(old.name), await one.engine().cleared([old.name])]).toEqual([false, [old.name]])
  })

  it('4.13 SY-132 killed at any request it goes on, nothing that is listed is ever gone, and the old content goes in the end', async () => {
    let ended = false
    for (let kill = 0; kill < 60 && !ended; kill += 1) {
      const bend = bent()
      const scene = await rekeyed(bend.through)
      const { town, one, two } = scene
      await told(scene)
      let left = kill
      const dies = <A extends readonly unknown[], V>(act: (...all: A) => Promise<V>) => async (...all: A): Promise<V> => {
        if (left-- <= 0) throw new Error('killed')
        return act(...all)
      }
      const { storage } = town
      bend.bend = { list: dies(storage.list), get: dies(storage.get), put: dies(storage.put), remove: dies(storage.remove) }
      const whole = async (): Promise<boolean> => one.round({ thorough: true }).then(() => true, () => (one.restart(), false))
      ended = await whole()
      await thoroughOf(two)
      town.clock.advance(31 * day)
      ended = (await whole()) && ended
      for (const name of [other, fresh, more]) expect([kill, lying(town).has(name.name), listed(town).has(name.name)]).toEqual([kill, true, true])
      bend.bend = {}
      for (let month = 0; month < 3; month++) {
        await thoroughOf(one, two, one)
        town.clock.advance(31 * day)
      }
      expect([kill, lying(town).has(old.name)]).toEqual([kill, false])
      expect(listed(town).has(other.name)).toBe(true)
    }
    expect(ended).toBe(true)
  })
})

/** Whatever they meet on the way. */
async function thoroughOf(...machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) expect((await machine.round({ thorough: true })).failure).toBe(null)
}
