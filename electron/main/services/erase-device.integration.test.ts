import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createEraser } from './erase-device.ts'
import { clearAway, device, founded, temporary } from './testing/session-device.ts'

afterEach(clearAway)

describe('4.14 a device that was called lost', () => {
  it('4.14 P-01 keeps no key, no object and nothing of the page, and remembers when', async () => {
    const { session, profile, folder, clock } = await device()
    await founded(session)
    let pages = 'full'
    const eraser = createEraser({ folder, clock, profile, clearPages: async () => void (pages = 'empty') })
    expect(await eraser.finish()).toBeNull()
    expect(existsSync(join(folder, 'objects'))).toBe(true)
    await eraser.erase()
    expect([await profile.load(), existsSync(join(folder, 'objects')), pages]).toEqual(['empty', false, 'empty'])
    expect(await eraser.finish()).toBe(clock.now())
  })

  it('4.14 P-01 a kill at any step is gone on with at the next start', async () => {
    for (const step of ['keys', 'pages'] as const) {
      const { session, profile, folder, clock } = await device()
      await founded(session)
      const killed = async (): Promise<void> => {
        throw new Error('killed')
      }
      const first = createEraser({ folder, clock, profile: step === 'keys' ? { forget: killed, close: async () => undefined } : profile, clearPages: killed })
      await expect(first.erase()).rejects.toThrow('killed')
      let pages = 'full'
      const next = createEraser({ folder, clock, profile, clearPages: async () => void (pages = 'empty') })
      expect([step, await next.finish(), await profile.load(), existsSync(join(folder, 'objects')), pages]).toEqual([step, clock.now(), 'empty', false, 'empty'])
      pages = 'new'
      await next.finish()
      expect(pages).toBe('new')
    }
  })

  it('4.14 P-01 what the background still writes while it is erased, and after, is not there: a town set up on it later is sealed by the keystore', async () => {
    const { session, profile, folder, clock } = await device()
    await founded(session)
    const eraser = createEraser({ folder, clock, profile, clearPages: async () => undefined })
    const begun = profile.writeNote('posture', new Uint8Array([1]))
    const erased = eraser.erase()
    const during = profile.writeNote('posture', new Uint8Array([2]))
    await Promise.all([begun, erased, during])
    await profile.writeNote('posture', new Uint8Array([3]))
    await profile.saveTries('a-seat', { wrong: 1, lastAt: clock.now() })
    expect(await readdir(join(folder, 'workspace')).catch(() => [])).toEqual([])

    const next = await device({ folder })
    await createEraser({ folder, clock, profile: next.profile, clearPages: async () => undefined }).finish()
    expect((await founded(next.session)).ok).toBe(true)
    expect((await readdir(join(folder, 'workspace'))).filter((name) => name.endsWith('-secret'))).toEqual(['device-secret'])
  })

  it('4.14 what lies there besides stays, and a note that is none erases nothing', async () => {
    const folder = await temporary()
    await mkdir(join(folder, 'logs'))
    await writeFile(join(folder, 'logs', 'a.log'), 'x')
    await writeFile(join(folder, 'erased.json'), '{"v":1,"at":"yesterday","done":false}')
    let forgotten = 0
    const eraser = createEraser({ folder, clock: { now: () => 5 }, profile: { forget: async () => void (forgotten += 1), close: async () => undefined }, clearPages: async () => undefined })
    expect([await eraser.finish(), forgotten]).toEqual([null, 0])
    await eraser.erase()
    expect(await readFile(join(folder, 'logs', 'a.log'), 'utf8')).toBe('x')
  })
})
