import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { createObjectStores } from './object-store.ts'
import { clearAway, device, founded, temporary } from './testing/session-device.ts'

afterEach(clearAway)

const wrap = (n: number): string => `k/coll/d/doc${n}`
const bytes = new Uint8Array([1, 2, 3])

describe('3.6 objects on this disk', () => {
  it('3.6 many at once in a folder that is not there yet are all there, whoever asks for the store', async () => {
    const storeOf = createObjectStores(await temporary())
    const names = Array.from({ length: 40 }, (_, n) => wrap(n))
    const answers = await Promise.all(names.map((name) => storeOf('town0').put(name, bytes)))
    expect(new Set(answers.map((answer) => answer.ok))).toEqual(new Set([true]))
    expect([...(await storeOf('town0').names())].sort()).toEqual([...names].sort())
    expect(await storeOf('town1').names()).toEqual([])
  })

  it('3.6 a folder that was taken away is made again for what is written next', async () => {
    const folder = await temporary()
    const store = createObjectStores(folder)('town0')
    await store.put(wrap(1), bytes)
    await rm(join(folder, 'objects'), { recursive: true })
    expect(await store.put(wrap(2), bytes)).toEqual(ok(null))
    expect(await store.names()).toEqual([wrap(2)])
  })
})

describe('3.2 the profile, which every call of the page asks for', () => {
  it('3.2 is what lies on the disk now: another file, none, or one that was saved since', async () => {
    const { session, profile, folder } = await device()
    await founded(session)
    const record = await profile.load()
    if (typeof record === 'string') throw new Error(record)
    expect(await profile.load()).toEqual(record)
    await profile.save({ ...record, townName: '山の村' })
    expect(await profile.load()).toMatchObject({ townName: '山の村' })
    await writeFile(join(folder, 'workspace', 'profile'), bytes)
    expect(await profile.load()).toBe('changed')
    await rm(join(folder, 'workspace', 'profile'))
    expect(await profile.load()).toBe('empty')
    await profile.save(record)
    expect(await profile.load()).toEqual(record)
  })
})
