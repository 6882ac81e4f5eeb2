import { describe, expect, it } from 'vitest'
import { segmentOf } from './testing/machine.ts'
import { createTown, pair } from './testing/town.ts'

const lane = 'seat.inc'

describe('3.11 who is known to have a record', () => {
  it('3.11 SY-47 is said of a device once its own beacon says that it verified ours, not before, and stays so after a start', async () => {
    const town = createTown()
    const [one, two, three] = ['one', 'two', 'three'].map((device) => town.machine(device)) as [ReturnType<typeof town.machine>, ReturnType<typeof town.machine>, ReturnType<typeof town.machine>]
    const [first, second] = [segmentOf(lane, 1, 'a'), segmentOf(lane, 2, 'b')]
    const reached = async (name: string) => one.engine().reached(name)
    one.write(first)
    expect(await reached(first.name)).toEqual([])
    await one.round()
    expect(await reached(first.name)).toEqual([])
    await two.round()
    await one.round()
    // It has it, and has not said so yet.
    expect(await reached(first.name)).toEqual([])
    two.write(segmentOf('other.inc', 1, 'c'))
    await two.round()
    await one.round()
    expect(await reached(first.name)).toEqual(['two'])
    one.write(second)
    three.write(segmentOf('third.inc', 1, 'd'))
    await one.round()
    await three.round()
    await one.round()
    expect([await reached(first.name), await reached(second.name)]).toEqual([['three', 'two'], ['three']])
    one.restart()
    expect([await reached(first.name), await reached(second.name)]).toEqual([['three', 'two'], ['three']])
    expect(await reached(segmentOf('nobody.inc', 1, '').name)).toEqual([])
  })

  it('3.11 SY-47 what one publisher was told says nothing of another: a copied profile begins with nothing', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    const first = segmentOf(lane, 1, 'a')
    one.write(first)
    await one.round()
    two.write(segmentOf('other.inc', 1, 'c'))
    await two.round()
    await one.round()
    expect(await one.engine().reached(first.name)).toEqual(['two'])
    const copy = town.copyOf(one, 'one')
    copy.write(segmentOf('copy.inc', 1, 'b'))
    await copy.round()
    one.write(segmentOf(lane, 2, 'c'))
    await one.round()
    expect(await one.engine().reached(segmentOf(lane, 2, 'c').name)).toEqual([])
  })

  it('3.11 SY-47 what a publisher whose list was lost was told is not said of the one that follows it', async () => {
    const { one, two } = await pair()
    two.write(segmentOf('other.inc', 1, 'c'))
    await two.round()
    await one.round()
    const { name } = segmentOf(lane, 1, 'a')
    expect(await one.engine().reached(name)).toEqual(['two'])
    one.notes.delete('self')
    one.restart()
    expect(await one.engine().reached(name)).toEqual([])
  })

  it('3.11 SY-47 keeps what it was told short, and then says it later rather than earlier', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    for (let seq = 1; seq <= 405; seq++) {
      one.write(segmentOf(lane, seq, 'a'))
      await one.round()
      if (seq !== 3) continue
      two.write(segmentOf('other.inc', 1, 'c'))
      await two.round()
    }
    await one.round()
    expect(await one.engine().reached(segmentOf(lane, 1, 'a').name)).toEqual([])
    two.write(segmentOf('other.inc', 2, 'c'))
    await two.round()
    await one.round()
    for (const seq of [1, 3, 405]) expect(await one.engine().reached(segmentOf(lane, seq, 'a').name)).toEqual(['two'])
  })
})
