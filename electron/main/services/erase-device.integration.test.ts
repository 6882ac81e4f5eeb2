import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
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
      const first = createEraser({ folder, clock, profile: step === 'keys' ? { forget: killed } : profile, clearPages: killed })
      await expect(first.erase()).rejects.toThrow('killed')
      let pages = 'full'
      const next = createEraser({ folder, clock, profile, clearPages: async () => void (pages = 'empty') })
      expect([step, await next.finish(), await profile.load(), existsSync(join(folder, 'objects')), pages]).toEqual([step, clock.now(), 'empty', false, 'empty'])
      pages = 'new'
      await next.finish()
      expect(pages).toBe('new')
    }
  })

  it('4.14 what lies there besides stays, and a note that is none erases nothing', async () => {
    const folder = await temporary()
    await mkdir(join(folder, 'logs'))
    await writeFile(join(folder, 'logs', 'a.log'), 'x')
    await writeFile(join(folder, 'erased.json'), '{"v":1,"at":"yesterday","done":false}')
    let forgotten = 0
    const eraser = createEraser({ folder, clock: { now: () => 5 }, profile: { forget: async () => void (forgotten += 1) }, clearPages: async () => undefined })
    expect([await eraser.finish(), forgotten]).toEqual([null, 0])
    await eraser.erase()
    expect(await readFile(join(folder, 'logs', 'a.log'), 'utf8')).toBe('x')
  })
})
